"""Accounts, cards, identity documents, health, initials and accounts on the web: what is found, how
certainly, and what only looks like it.

The numbers are those that the standards and the issuers give as examples, or made here with the
right check digit.
"""

from __future__ import annotations

import random
import uuid
from pathlib import Path

import pytest
from stdnum import ean, luhn

from helpers import reading
from helpers.screening import masking, outside, screen
from helpers.screening.kinds import ALL
from helpers.words.personal import hiding

from .test_kinds import marks, said
from .test_screen import PERSON

SWEDISH = "SE45 5000 0000 0583 9825 7466"  # the registry's
IBANS = (SWEDISH, "NO9386011117947", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819")
CARDS = ("4111 1111 1111 1111", "5555-5555-5555-4444", "3782 822463 10005", "4242 4242 4242 4242")
NEW = (
    "bank_accounts",
    "payment_cards",
    "identity_documents",
    "health",
    "staff_ids",
    "online_accounts",
)


def test_every_kind_has_a_truth() -> None:
    for name in NEW:
        assert (ALL[name].__doc__ or "").split("\n\n")[0].endswith(".")


@pytest.mark.parametrize(
    "text", [*IBANS, f"Betalas till {SWEDISH}, tack", "iban:SE4550000000058398257466"]
)
def test_an_account_may_be_a_persons(tmp_path: Path, text: str) -> None:
    assert said(marks(tmp_path, anteckning=["Levererat", text])) == [
        ("anteckning", "bank_account", "granska", [3])
    ]


@pytest.mark.parametrize(
    "text", [SWEDISH[:-1] + "7", "SE45 5000 0000 0583 9825 746", "XX45 5000 0000 0583 9825 7466"]
)
def test_another_text_of_that_form_is_no_account(tmp_path: Path, text: str) -> None:
    assert marks(tmp_path, anteckning=["Levererat", text]) == []


def iban(bban: str) -> str:
    """A Swedish account with the right check digits."""
    return f"SE{98 - int(bban + '281400') % 97:02}{bban}"


@pytest.mark.parametrize(
    "text", [f"3300{PERSON}", f"3300-{PERSON}", iban(f"3000000000{PERSON}"), f"3300,{PERSON}"]
)
def test_an_account_that_is_the_personnummer_stops(tmp_path: Path, text: str) -> None:
    found = marks(tmp_path, uppgift=["-", text])
    assert ("uppgift", "bank_account", "stopp", [3]) in said(found)


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        ({"Bankkonto": ["5000 583 98 25", "-"]}, [2]),
        ({"Clearingnr": ["5000", "8327-9"], "Kontonr": ["5839825", "923 456 789-0"]}, [2, 3]),
        ({"Anteckning": ["Clearing 8327-9, konto 923 456 789-0", "-"]}, [2]),
        ({"Kontonr": ["4510", "6110"], "Belopp": ["12,50", "3"]}, None),
        ({"Kontonr": ["4510-12345-6789", "6110-12345-6789"]}, None),
        ({"Anteckning": ["Bankkonto 1940 2026-01-31", "Bankkonto 1930"]}, None),
        ({"Anteckning": ["Bankkonto 1930 100 000", "Bankkonto, clearing 1930-1234567"]}, [3]),
        ({"Anteckning": ["Bankkonto 5000 583 98 25", "-"]}, [2]),
        ({"Mottagarkonto": ["1234567", "9234567890"]}, [3]),
        ({"Clearing": ["5000", "8327-9"], "Mottagarkonto": ["5839825", "9234567890"]}, [2, 3]),
    ],
)
def test_other_accounts_need_a_word_of_a_bank(
    tmp_path: Path, columns: dict[str, list[str]], rows: list[int] | None
) -> None:
    found = [one.rows for one in marks(tmp_path, **columns) if one.kind == "bank_account"]
    assert found == ([rows] if rows else [])


def test_a_giro_counts_beside_sole_traders(tmp_path: Path) -> None:
    giros = ["160-9908", "9999-9999"]
    for ids, found in (
        ([PERSON, "5560125790"], [("giro", "possible", [2])]),
        (["5560125790", "5560125790"], []),
    ):
        made = marks(tmp_path, "leverantorsfakturor", leverantor_id=ids, Bankgiro=giros)
        assert [
            (one.kind, one.certainty, one.rows) for one in made if one.column == "Bankgiro"
        ] == found
    beside = marks(
        tmp_path, Förening=["IF Påhitt", "Kör"], Kontaktperson=["Anna Ek", "Lars Ek"], bg=giros
    )
    assert {one.kind for one in beside} == {"person_name"}


def test_cards_in_groups(tmp_path: Path) -> None:
    assert said(marks(tmp_path, notering=["-", f"Betalt med {CARDS[0]}"])) == [
        ("notering", "payment_card", "granska", [3])
    ]
    assert said(marks(tmp_path, notering=list(CARDS))) == [
        ("notering", "payment_card", "stopp", [2, 3, 4, 5])
    ]
    plain = [card.replace(" ", "").replace("-", "") for card in CARDS]
    assert said(marks(tmp_path, kreditkort=plain)) == [
        ("kreditkort", "payment_card", "stopp", [2, 3, 4, 5])
    ]
    assert [(one.certainty, one.level) for one in marks(tmp_path, uppgift=plain)] == [
        ("possible", "granska")
    ]
    assert [one.level for one in marks(tmp_path, uppgift=[f"Kort {plain[0]}"])] == ["granska"]


def _lookalikes(name: str, rng: random.Random) -> str:
    digits = "".join(str(rng.randrange(10)) for _ in range(20))
    return {
        "reference to pay by": digits[:15] + luhn.calc_check_digit(digits[:15]),
        "uuid": str(uuid.UUID(int=rng.getrandbits(128))),
        "UUID": str(uuid.UUID(int=rng.getrandbits(128))).upper(),
        "meter": f"735999{digits[:12]}",
        "article": (one := f"73{digits[:10]}") + ean.calc_check_digit(one),
        "groups": " ".join(digits[n : n + 4] for n in range(0, 16, 4)),
        "code": f"SE{digits[:12]}",
        "account string": f"{digits[:4]}-{digits[4:9]}-{digits[9:13]}",
        "bigint": str(rng.randrange(10**18)),
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        "reference to pay by",
        "uuid",
        "UUID",
        "meter",
        "article",
        "groups",
        "code",
        "account string",
        "bigint",
    ],
)
def test_numbers_of_other_things_are_left_alone(tmp_path: Path, name: str) -> None:
    """Of random groups of four one in fifty is a card's by chance: they only ask for a look."""
    rng = random.Random(name)
    texts = [_lookalikes(name, rng) for _ in range(400)]
    found = [one for one in marks(tmp_path, nummer=texts) if one.kind != "personnummer"]
    assert [one.level for one in found] == (["granska"] if name == "groups" else [])


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Passnummer", "AA1234567"),
        ("passnr", "12345678"),
        ("LMA-nummer", "12-345678"),
        ("Dossiernr", "12345678"),
        ("LMA", "12-345678/1"),
        ("ID-kortnummer", "1234 5678 901"),
        ("Körkortsnr", "12345678"),
        ("Körkortsnummer", "12345678"),
        ("notering", "Boende med LMA-kort 12-345678"),
        ("notering", "passnr: AA1234567"),
    ],
)
def test_numbers_of_identity_documents(tmp_path: Path, header: str, text: str) -> None:
    assert said(marks(tmp_path, **{header: ["-", text]})) == [
        (header, "id_document", "granska", [3])
    ]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Passnummer", "12"),  # a hunter's stand
        ("Pass", "20260101"),
        ("Arbetspass", "12345678"),
        ("LMA", "ja"),
        ("Körkortsnivå", "B96 12345"),
        ("Dossier", "2024-12"),
        ("notering", "Pass nr 4, kl 12-14"),
        ("notering", "LMA 20260101"),
        ("notering", "Kompassnummer 12345678"),
    ],
)
def test_passes_of_other_kinds(tmp_path: Path, header: str, text: str) -> None:
    assert marks(tmp_path, **{header: ["-", text]}) == []


CODES = ["F32.1", "C50.9", "M175A", "J06"]


@pytest.mark.parametrize(
    ("beside", "certainty"),
    [
        ({"Patient-ID": ["a", "b", "c", "d"]}, "probable"),
        ({"Kön": ["K", "M", "K", "K"], "Ålder": ["61", "47", "33", "5"]}, "possible"),
        (
            {"Kön": ["K", "M", "K", "K"], "Ålder": ["61", "47", "33", "5"], "Antal": list("9988")},
            None,
        ),
        ({"Antal patienter": ["61", "47", "33", "50"]}, None),
        ({"Kön": ["K", "M", "K", "K"], "Ålder": list("6543"), "2022": list("9988")}, None),
        ({"Sal": ["1", "2", "3", "4"]}, None),
    ],
)
def test_diagnoses_in_rows_about_persons(
    tmp_path: Path, beside: dict[str, list[str]], certainty: str | None
) -> None:
    found = [one for one in marks(tmp_path, Diagnoskod=CODES, **beside) if one.kind == "health"]
    assert [(one.certainty, one.rows) for one in found] == (
        [(certainty, [2, 3, 4, 5])] if certainty else []
    )
    assert "health" not in {one.kind for one in marks(tmp_path, Hållplatsläge=CODES, **beside)}


@pytest.mark.parametrize(
    "text",
    [
        "Patienten är sedan i maj sjukskriven",
        "Ringde. Hon har diagnos inom autism",
        "Sjukskriven t.o.m. 2026-03-01",
        "sjukskrivning 50 %",
        "Klienten har fått avslag på ansökan om färdtjänst",
        "Sökanden är beviljad hemtjänst sedan maj",
    ],
)
def test_a_sentence_about_one_persons_health(tmp_path: Path, text: str) -> None:
    assert said(marks(tmp_path, notering=["Inget", text])) == [
        ("notering", "health", "granska", [3])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Du som är sjukskriven till 50 procent kan få stöd",
        "Antal sjukskrivna per 1 000 invånare",
        "När medarbetaren är sjukskriven mer än 14 dagar ska en plan göras",
        "Stöd till barn med diagnos inom autism",
        "Sjuklönekostnader",
        "Cancerfonden",
        "Kostnad för sjukskrivning",
        "Kvinnan är huggen i granit",
        "Sökanden har fått avslag på bygglov",
        "Kunden har diagnostiserat felet i pumpen",
        "Kunden är inlagd på fel adress",
        "sjukskrivning tom dag 14",
        "En film om Lisa. Hon har autism",
        "Han fick cancer och dog 1950",
        "Han är målare. 1951 fick han cancer, hon var deprimerad",
        "Romanen är ny: mannen är deprimerad",
    ],
)
def test_texts_to_the_public_about_health(tmp_path: Path, text: str) -> None:
    assert marks(tmp_path, beskrivning=["Inget", text]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Född 1935. Patienten är dement",
        "F. 1935. Patienten är dement",
        "Klienten har fått avslag på bistånd 1800 kr",
        "Hon har epilepsi sedan 1975",
        "Hon är deprimerad sedan maken dog",
    ],
)
def test_a_year_or_a_death_beside_it_leaves_a_sentence_about_health(
    tmp_path: Path, text: str
) -> None:
    columns = {"notering": ["Inget", text]}
    for beside, certainty in (({}, "possible"), ({"Brukare": ["17", "18"]}, "probable")):
        found = [one for one in marks(tmp_path, **columns, **beside) if one.kind == "health"]
        assert [(one.certainty, one.rows) for one in found] == [(certainty, [3])]


def test_events_and_works_of_art_tell_of_nobodys_health(tmp_path: Path) -> None:
    told = ["Inget", "Mannen är deprimerad"]
    days = ["2026-05-01", "2026-05-02"]
    for type, columns in (
        ("offentlig_konst", {"beskrivning": told}),
        ("platsinformation", {"beskrivning": told, "start_date": days}),
        ("platsinformation", {"beskrivning": told}),
    ):
        kinds = {one.kind for one in marks(tmp_path, type, **columns)}
        assert ("health" in kinds) is (columns == {"beskrivning": told} and type[0] == "p"), type


@pytest.mark.parametrize(
    ("header", "texts", "rows"),
    [
        ("Initialer", ["AB", "C.D.", "-"], [2, 3]),
        ("created_user", ["KOMMUN\\anan01", "SDE", "lisber"], [2, 4]),
        ("last_edited_user", ["gis", "admin", "anna.ek_kommun"], [4]),
        ("Skapad av", ["Trafikverket", "anan01", "SCB"], [3]),
        ("Handläggare", ["AB", "CD", "EF", "GH", "IJ"], [2, 3, 4, 5, 6]),
        ("Handläggare", ["KS", "BUN", "KS"], None),
        ("trip_headsign", ["ABC", "DEF", "GHI"], None),
        ("Signal", ["AB", "CD", "EF"], None),
        ("creator", ["Boverket", "SMHI", "SCB"], None),
        ("Sign", ["1", "2", "3"], None),
        ("Sign", ["Cst", "Ck", "M"], None),
        ("username", ["karlskrona.se", "QGIS3", "karlskronakommun"], None),
        ("username", ["visitblekinge", "Redaktionen1", "Kultur.Fritid"], None),
        ("editor", ["fme2023", "karlskrona_kommun", "skola.aan01"], [4]),
    ],
)
def test_initials_and_users(
    tmp_path: Path, header: str, texts: list[str], rows: list[int] | None
) -> None:
    found = [one for one in marks(tmp_path, **{header: texts}) if one.kind == "staff_id"]
    assert [(one.level, one.rows) for one in found] == ([("granska", rows)] if rows else [])
    assert marks(tmp_path, "offentlig_konst", signatur=["A.B.", "CD", "E.F."]) == []


def test_a_signature_is_of_somebody_at_work_beside_what_she_handles(tmp_path: Path) -> None:
    held = ["ab", "Cst", "Ma"]
    for header, found in (
        *(("Diarienr", True), ("Ärende", True), ("Handläggare", True), ("Beslutsdatum", True)),
        *(("Station", False), ("Hylla", False), ("Kursnamn", False), ("Text", False)),
    ):
        beside = {header: ["17", "18", "19"]}
        for name in ("Sign", "Signatur"):
            kinds = {one.kind for one in marks(tmp_path, **beside, **{name: held})}
            assert ("staff_id" in kinds) is found, header


def test_a_user_name_is_as_sure_as_it_is_made(tmp_path: Path) -> None:
    for text, certainty in (
        *(("KOMMUN\\anan", "probable"), ("anna.ek", "probable"), ("anan01", "probable")),
        *(("lisber", "possible"), ("solvik_x", "possible")),
    ):
        found = marks(tmp_path, username=[text, "-"])
        assert [(one.kind, one.certainty) for one in found] == [("staff_id", certainty)], text
    beside = {"Plattform": ["Instagram", "Facebook"]}
    assert not marks(tmp_path, username=["lisber", "anan01"], **beside)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://www.linkedin.com/in/exempel-exempelsson", True),
        ("https://orcid.org/0000-0002-1825-0097", True),  # ORCID's own example
        ("Följ @anna.andersson", True),
        ("https://www.instagram.com/anna_andersson/", True),
        ("https://www.linkedin.com/company/karlskrona-kommun", False),
        ("https://www.facebook.com/karlskronakommun", False),
        ("@karlskronakommun", False),
        ("https://www.facebook.com/karin.boyes.vanner", False),
        ("info@anna.andersson.se", False),
    ],
)
def test_accounts_on_the_web(tmp_path: Path, text: str, found: bool) -> None:
    kinds = [one.kind for one in marks(tmp_path, länk=[text])]
    assert kinds == (["online_account"] if found else [])


def test_they_are_found_beside_the_table_and_hidden_in_names(tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    notes = [SWEDISH, CARDS[0], "LMA-nr 12-345678", "Patienten är nu sjukskriven"]
    file.write_text(
        "".join(f"{note}\n" for note in notes) + "\nnamn;ort;antal\nA;Bro;1\nB;Ek;2\n", "utf-8"
    )
    found = outside.marks(reading.read(file, tmp_path / "read"), "annan")
    assert {"bank_account", "payment_card", "id_document", "health"} <= {one.kind for one in found}
    for text, kind in ((SWEDISH, "bank_account"), (CARDS[0], "payment_card")):
        assert hiding.kinds(f"Lista {text}") == [kind]
        assert "99" in hiding.hide(f"Lista {text}") and text not in hiding.hide(f"Lista {text}")


def test_what_is_masked_has_none_left(tmp_path: Path) -> None:
    file = tmp_path / "arenden.csv"
    held = [
        SWEDISH,
        CARDS[0],
        "12-345678",
        "Patienten är nu sjukskriven",
        "anan01",
        "@anna.andersson",
    ]
    heads = ["konto", "kort", "lma", "notering", "username", "instagram"]
    ordinary = ["nej", "nej", "", "inget", "", "@kommunen"]
    rows = [["nr", *heads], ["1", *held], *([str(n), *ordinary] for n in range(2, 8))]
    file.write_text("\n".join(";".join(row) for row in rows) + "\n", "utf-8")
    snapshot = reading.read(file, tmp_path / "read")
    kinds = {one.kind for one in screen(snapshot, {}, None).marks}
    assert kinds == {
        "bank_account",
        "payment_card",
        "id_document",
        "health",
        "staff_id",
        "online_account",
    }
    masking.mask(snapshot, {}, None, "annan", tmp_path / "version.csv")
    text = (tmp_path / "version.csv").read_text("utf-8")
    assert not [one for one in held if one in text]


def test_what_does_not_read_as_the_columns_type_is_looked_at(tmp_path: Path) -> None:
    dates = [f"2024-01-{day:02}" for day in range(1, 29)]
    found = said(
        marks(tmp_path, kontrollerad=[*dates, SWEDISH], id=[*map(str, range(1, 29)), "anna@ek.se"])
    )
    assert ("kontrollerad", "bank_account", "granska", [30]) in found
    assert ("id", "service_email", "granska", [30]) in found
