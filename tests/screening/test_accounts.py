"""Bank accounts, giros, payment cards and identity documents: what is found, how certainly, and what
only looks like it.

The numbers are those that the standards and the issuers give as examples, or made here with the
right check digit.
"""

from __future__ import annotations

import random
import uuid
from pathlib import Path

import pytest
from stdnum import ean, luhn

from .test_kinds import marks, said
from .test_screen import PERSON

SWEDISH = "SE45 5000 0000 0583 9825 7466"  # the registry's
IBANS = (SWEDISH, "NO9386011117947", "DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819")
CARDS = ("4111 1111 1111 1111", "5555-5555-5555-4444", "3782 822463 10005", "4242 4242 4242 4242")


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
