"""Each kind of personal data in a table of its own: what is found, how certainly, and what is left
alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from stdnum import luhn

from helpers.declared import specifications
from helpers.screening import different, screen
from helpers.screening.marks import Mark

from .test_screen import PERSON, snapshot, test_number


def marks(folder: Path, type: str = "annan", **columns: list[str]) -> list[Mark]:
    specification = specifications.load(type) if type in specifications.types() else None
    fields = specifications.match(list(columns), specification) if specification else {}
    shot = snapshot(folder, **columns)
    found = screen(shot, fields, specification, type=type).marks
    with pytest.MonkeyPatch.context() as patch:  # as in a large table
        patch.setattr(different, "FEW_CELLS", 0)
        assert screen(shot, fields, specification, type=type).marks == found
    return found


def said(found: list[Mark]) -> list[tuple[str, str, str, list[int]]]:
    return [(one.column, one.kind, one.level, one.rows) for one in found]


def test_natural_persons_in_supplier_ids(tmp_path: Path) -> None:
    """domain facts 5b: third digit 0 or 1; 18, 19, 20 + ten; SE + ten + 01; 16 + ten is a legal
    person; estates."""
    estate = "132345678" + luhn.calc_check_digit("132345678")
    ids = [
        PERSON,
        f"{PERSON[:6]}-{PERSON[6:]}",
        f"18{PERSON}",
        f"20{test_number('050505')}",
        f"SE{PERSON}01",
        "16556012-5790",
        "5560125790",
        "8513991234",
        "*",
        "NO 987654321",
        estate,
    ]
    found = marks(tmp_path, "leverantorsfakturor", leverantor_id=ids)
    by_level = {(one.kind, one.certainty, one.level): one.rows for one in found}
    assert by_level["sole_trader", "certain", "stopp"] == [2, 3, 4, 5, 6]
    assert by_level["sole_trader", "possible", "granska"] == [
        9
    ]  # no month is 39: mistyped or foreign
    assert ("estate", "certain", "granska") in by_level


def test_a_partnership_called_after_a_person_is_to_be_reviewed(tmp_path: Path) -> None:
    ids = ["9696012345", "9696012345", "5560125790"]
    found = marks(
        tmp_path,
        "leverantorsfakturor",
        leverantor_id=ids,
        leverantor=["Anna Anderssons Handelsbolag", "Blekinge Trafik HB", "Andersson Bygg AB"],
    )
    assert ("leverantor", "partnership", "granska", [2]) in said(found)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("anna.exempel@gmail.com", "email"),
        ("anna.andersson@karlskrona.example", "service_email"),
        ("info@karlskrona.example", None),
        ("kundtjanst@bolaget.example", None),
        ("forskolan.solen@kommun.example", None),
    ],
)
def test_emails(tmp_path: Path, address: str, kind: str | None) -> None:
    assert [one.kind for one in marks(tmp_path, kontakt_epost=[address])] == (
        [kind] if kind else []
    )


@pytest.mark.parametrize(
    ("column", "number", "found"),
    [
        ("telefon", "070-174 06 05", True),
        ("telefon", "0701740605", True),
        ("telefon", "701740605", True),
        ("text", "Ring 070-174 06 05", True),
        ("telefon", "0455-30 30 00", False),
        ("telefon", "020-12 34 56", False),
        ("telefon", "0771-12 34 56", False),
        ("artikel", "1791740605", False),
        ("kod", "2024-10-01", False),
    ],
)
def test_phones(tmp_path: Path, column: str, number: str, found: bool) -> None:
    assert [one.kind for one in marks(tmp_path, **{column: [number]})] == (
        ["phone"] if found else []
    )


def test_an_exchange_stands_in_row_after_row(tmp_path: Path) -> None:
    assert not marks(tmp_path, telefon=["0455-12 34 56"] * 12)
    numbers = ["0455-12 34 56", "0454-12 34 57", "0457-12 34 58"]
    assert not marks(tmp_path, telefon=numbers, enhet=["Biblioteket", "Simhallen", "Turistbyrån"])
    assert [one.kind for one in marks(tmp_path, direkttelefon=numbers)] == ["phone"]
    beside = marks(tmp_path, telefon=numbers, rektor=["Anna Andersson", "Fatima Ek", "Xylo Quux"])
    assert {(one.kind, one.count) for one in beside} == {("phone", 3), ("person_name", 3)}


def test_names_are_weighed_by_header_and_share(tmp_path: Path) -> None:
    assert said(marks(tmp_path, handlaggare=["Anna Andersson", "Xylo Quux", "-"])) == [
        ("handlaggare", "person_name", "granska", [2, 3])
    ]
    suppliers = [
        "Anders Bygg AB",
        "Karlskrona kommun",
        "Fatima Andersson",
        "Eriksson & Co Måleri",
        "Anna Linds plats",
    ]
    assert said(marks(tmp_path, "leverantorsfakturor", leverantor=suppliers)) == [
        ("leverantor", "person_name", "granska", [4])
    ]
    statues = ["Karin Boye", "Hoppande hästar", "Näcken", "Vind", "Familj", "Karlavagnen"]
    assert not marks(tmp_path, "offentlig_konst", name=statues)
    assert said(marks(tmp_path, "offentlig_konst", artist=["Anna Andersson", "Okänd"])) == [
        ("artist", "person_name", "told", [2])
    ]
    assert said(marks(tmp_path, kommentar=["Ring Anna Andersson i maj", "Levererat"])) == [
        ("kommentar", "person_name", "granska", [2])
    ]


def test_names_on_no_list_under_a_persons_header(tmp_path: Path) -> None:
    heads = {"Ordförande": 3, "Miljöhandläggare": 3, "Anteckning": 0}
    people = ["Xhevdet Krasniqi", "Bo Ek", "Miljöförbundet Blekinge Väst", "Kerstin von Essen"]
    for head, count in heads.items():
        assert sum(one.count for one in marks(tmp_path, **{head: people})) == count, head


def test_short_surnames_that_are_words(tmp_path: Path) -> None:
    (mark,) = marks(
        tmp_path,
        fritext=["Jag heter Karin Ek och bor här", "Maria Park är trevlig", "Vid Karl Gustavs väg"],
    )
    assert mark.rows == [2]
    assert not marks(
        tmp_path,
        "platsinformation",
        namn=["Maria Park", "Anna Lindhs plats", "Berg", "Bo Strand", "Norra Berg"],
    )


def test_a_legal_persons_id_says_that_the_name_is_a_firms(tmp_path: Path) -> None:
    ids = ["5560125790", "-", "*", "9697123456", "-"]
    names = [
        "Clas Ohlson",
        "Clas Ohlson",
        "Maria Lind Redovisning",
        "Erik Svensson Konsult",
        "Advokatfirman Berg & Holm KB",
    ]
    found = said(marks(tmp_path, "leverantorsfakturor", leverantor_id=ids, leverantor=names))
    assert ("leverantor", "person_name", "granska", [3]) in found
    assert ("leverantor", "sole_trader_name", "granska", [4, 5]) in found
    assert ("leverantor", "partnership", "granska", [5, 6]) in found


def test_a_sole_trader_runs_what_is_inspected(tmp_path: Path) -> None:
    names = ["Pizzeria Napoli", "Anna Svensson Catering", "Skolköket Hulta", "ICA Kallinge"]
    days = ["2025-03-12", "2025-04-12", "2025-05-12", "2025-06-12"]
    found = said(marks(tmp_path, "annan", Anläggning=names, kontrolldatum=days))
    assert ("Anläggning", "sole_trader_name", "granska", [3]) in found
    assert not said(marks(tmp_path, "annan", Anläggning=["Karin Boyes plats", *names[2:]]))


def test_addresses_are_places_beside_a_position_and_in_invoices(tmp_path: Path) -> None:
    streets = ["Snöröjning Storgatan 12", "Målning Parkvägen 3"]
    found = marks(
        tmp_path,
        "leverantorsfakturor",
        leverantor_id=["*", "*"],
        leverantor=["Anna Andersson", "Fatima Eriksson"],
        konto_text=streets,
    )
    assert {one.kind for one in found} == {"person_name"}


def test_addresses_and_properties_count_beside_persons(tmp_path: Path) -> None:
    streets = ["Storgatan 12 A", "Parkvägen 3"]
    assert not marks(tmp_path, adress=streets, namn=["Lekplats ett", "Lekplats två"])
    found = marks(tmp_path, adress=streets, kontaktperson=["Anna Andersson", "Fatima Eriksson"])
    assert {one.kind for one in found} == {"address", "person_name"}
    assert [one.kind for one in marks(tmp_path, hemadress=streets)] == ["address"]
    assert [
        one.kind for one in marks(tmp_path, adress=["c/o Ek, Storgatan 1", "Storgatan 2 lgh 1203"])
    ] == ["address"]
    designations = ["PÅHITTAD LYCKEBY 1:23", "PÅHITTAD ROSEN 5:2"]
    assert not marks(tmp_path, fastighet=designations)
    for owners in (["AB Ett", "Olle"], ["Okänd", "Qwx"], ["", ""]):  # who may be persons
        assert "property" in {
            one.kind for one in marks(tmp_path, fastighet=designations, agare=owners)
        }, owners
    for bodies in (["AB Ett", "Region Påhitt"], ["Påhittade Hus KB", "Påhitts kommun"]):
        assert not marks(tmp_path, fastighet=designations, agare=bodies), bodies


def test_network_ids(tmp_path: Path) -> None:
    found = marks(
        tmp_path,
        "bredband",
        ip=["192.0.2.17", "2001:db8::17"],
        cookie=["a81f90bb2c", "77c0de99aa1"],
        version=["10.4.2.1", "10.4.2.2"],
        tid=["12:30:45", "12:31:00"],
    )
    assert {(one.column, one.kind, one.level) for one in found} == {
        ("ip", "ip_address", "stopp"),
        ("cookie", "cookie_id", "stopp"),
    }


def test_protected_homes_among_places(tmp_path: Path) -> None:
    kinds = [
        "Gruppbostad LSS",
        "HVB-hem",
        "Skyddat boende",
        "Bibliotek",
        "Äldreboende",
        "Familjedaghem",
        "Kommunhus",
    ]
    assert said(marks(tmp_path, "platsinformation", verksamhet=kinds)) == [
        ("verksamhet", "protected", "granska", [2, 3, 4, 7])
    ]


def test_protected_patterns_in_invoices(tmp_path: Path) -> None:
    found = marks(
        tmp_path,
        "leverantorsfakturor",
        konto_text=["Ersättning familjehem", "Kontorsmaterial", "HVB placering barn"],
        konto_nr=["4510", "6110", "4520"],
    )
    assert ("konto_text", "protected", "granska", [2, 4]) in said(found)
    assert ("konto_nr", "protected_account", "told", [2, 4]) in said(found)


def test_birth_dates_and_storage_places(tmp_path: Path) -> None:
    assert [one.kind for one in marks(tmp_path, fodelsedatum=["1954-03-02", "1961-11-30"])] == [
        "birth_date"
    ]
    found = marks(tmp_path, "offentlig_konst", placering=["Magasin 3, hylla 12", "Stortorget"])
    assert said(found) == [("placering", "storage_place", "granska", [2])]


@pytest.mark.parametrize(
    "head", ["Personnummer", "pnr", "Samordningsnummer", "personal id", "Person-ID", "persnr"]
)
def test_a_header_alone_asks_for_a_look(tmp_path: Path, head: str) -> None:
    """Whatever the column holds: masked numbers, running numbers, words."""
    held = ["A-17", "ÅÅMMDD-XXXX", "finns"]
    assert said(marks(tmp_path, **{head: held})) == [(head, "personnummer", "granska", [2, 3, 4])]
    assert not marks(tmp_path, postnummer=["371 34", "371 35", "371 36"], lopnr=held)


def test_one_weak_number_asks_and_three_stop(tmp_path: Path) -> None:
    weak = [f"{day} {test_number(day)[6:]}" for day in ("121212", "130101", "140202")]
    weak = [f"{text[:2]} {text[2:4]} {text[4:]}" for text in weak]
    assert said(marks(tmp_path, uppgift=weak[:1])) == [("uppgift", "personnummer", "granska", [2])]
    assert [one.level for one in marks(tmp_path, uppgift=weak)] == ["stopp"]
    times = [f"2024-05-{day:02} 12{day}" for day in range(10, 28)]
    assert not marks(tmp_path, uppgift=[*times, weak[0]])


def test_sixteen_before_a_persons_number_makes_no_legal_person(tmp_path: Path) -> None:
    found = marks(tmp_path, "leverantorsfakturor", leverantor_id=[f"16{PERSON}", "165560125790"])
    assert said(found) == [("leverantor_id", "sole_trader", "stopp", [2])]


@pytest.mark.parametrize(
    ("header", "count"), [("kontaktperson", 5), ("sokande", 5), ("namn", 3), ("leverantor", 3)]
)
def test_names_without_capitals(tmp_path: Path, header: str, count: int) -> None:
    """Under a header of persons also where first name and surname are one word; other words are
    left alone."""
    persons = ["anna andersson", "lars berg", "fatima nilsson", "annaandersson", "elinlund"]
    found = marks(tmp_path, **{header: persons})
    assert [(one.kind, one.level, one.count) for one in found] == [
        ("person_name", "granska", count)
    ]
    others = [
        "lekparken",
        "kommunledning",
        "kristinehamn",
        "receptionen",
        "Katrineholm",
        "trafik och park",
    ]
    assert not marks(tmp_path, **{header: others})


def test_a_small_name_among_words_of_a_text_is_left_alone(tmp_path: Path) -> None:
    assert not marks(tmp_path, anteckning=["anna andersson ringde", "maria park", "annaandersson"])


def test_a_masked_sole_trader_still_says_the_day_of_birth(tmp_path: Path) -> None:
    """As the specification of food inspections asks for it; a firm's number has no such day."""
    numbers = ["121212XXXX", "20121212-****", "5560125790", "556012XXXX"]
    found = marks(tmp_path, "livsmedelsinspektioner", **{"facility.organizationNumber": numbers})
    assert said(found) == [("facility.organizationNumber", "birth_date", "granska", [2, 3])]


def test_inspections_of_sole_traders(tmp_path: Path) -> None:
    """The facility is called after her, and what she answered is free text; a company's facility
    may be called as it likes."""
    found = marks(
        tmp_path,
        "livsmedelsinspektioner",
        **{
            "facility.organizationNumber": [PERSON, "5560125790"],
            "facility.name": ["Karins Bageri", "Anna Andersson"],
            "inspection.ownerComment": ["Kylen är lagad, hälsar Karin Lindgren", ""],
        },
    )
    assert said(found) == [
        ("facility.organizationNumber", "sole_trader", "stopp", [2]),
        ("inspection.ownerComment", "person_name", "granska", [2]),
        ("facility.name", "sole_trader_name", "granska", [2]),
    ]


def test_vehicles_and_drivers_are_not_followed(tmp_path: Path) -> None:
    """A number alone is none; beside times it is a track."""
    plates = {"Fordon": ["ABC 123", "ABC12D"], "Fordonstyp": ["VHK 2", "lastbil"]}
    assert said(marks(tmp_path, **plates)) == [("Fordon", "vehicle_id", "granska", [2, 3])]
    numbers = {"vehicle_id": ["7", "18"]}
    assert not marks(tmp_path, **numbers)
    times = {"start": ["2026-01-05T06:00:00", "2026-01-05T07:00:00"]}
    found = marks(tmp_path, "snorojning", **numbers, **times, driver=["Karin Lindgren", "Per Ek"])
    assert said(found) == [
        ("vehicle_id", "vehicle_id", "granska", [2, 3]),
        ("driver", "person_name", "granska", [2, 3]),
    ]
    assert not marks(tmp_path, momsregnr=["ABC123", "DEF456"], id=["KON001", "KON002"])


def test_meals_of_few_point_to_those_who_eat(tmp_path: Path) -> None:
    """Three who eat, and what was left of special diets."""
    kept = snapshot(
        tmp_path, amount_eating=["3", "120", "98"], special_diet_waste=["0.4", "1", "2"]
    )
    kept.main.columns[0] = replace(kept.main.columns[0], type="integer")
    waste = specifications.load("matsvinn")
    table = pq.read_table(tmp_path / "main.parquet")
    table = table.append_column("v0", pa.array([3, 120, 98]))
    pq.write_table(table, tmp_path / "main.parquet")
    (risk,) = screen(kept, {"amount_eating": "amount_eating"}, waste, type="matsvinn").risks
    assert (risk.kind, risk.counted, risk.small) == ("small_cells", "amount_eating", 1)


@pytest.mark.parametrize(
    "text", ["Flicka f. 19500131", "Pojke född den 1912-12-12 i Bro", "Patient, born 500131"]
)
def test_a_day_of_birth_in_a_sentence_is_found(tmp_path: Path, text: str) -> None:
    found = marks(tmp_path, notering=["Inget att notera", text])
    assert said(found) == [("notering", "birth_date", "granska", [3])]


@pytest.mark.parametrize(
    "text", ["Huset uppfördes 1912-12-12", "jfr. 19500131", "Skulptör f. 1923"]
)
def test_other_days_and_years_are_not(tmp_path: Path, text: str) -> None:
    assert "birth_date" not in [one.kind for one in marks(tmp_path, notering=["Park", text])]


@pytest.mark.parametrize("header", ["Födelsetid", "Fødselsnummer", "Henkilötunnus", "CPR-nr"])
def test_what_the_neighbours_call_it_is_looked_at(tmp_path: Path, header: str) -> None:
    found = marks(tmp_path, **{header: ["19121212", "15076500565", "131052-308T"]})
    assert {one.column for one in found} == {header} and found[0].level != "told"


@pytest.mark.parametrize("header", ["Verksamhet utgift", "Enhet utan", "Cprofil"])
def test_words_that_hold_those_letters_are_not(tmp_path: Path, header: str) -> None:
    assert marks(tmp_path, **{header: ["12", "15"]}) == []


@pytest.mark.parametrize("header", ["timestamp", "Tidpunkt", "epoch"])
def test_seconds_since_1970_stop_nothing(tmp_path: Path, header: str) -> None:
    found = marks(tmp_path, **{header: ["1706700000", "1706700300", "1706700600"]})
    assert [one.level for one in found] == ["granska"]


@pytest.mark.parametrize("sign", ["[at]", "(at)", "(a)", " [at] ", "(snabel-a)"])
def test_an_address_that_robots_shall_not_read_is_found(tmp_path: Path, sign: str) -> None:
    found = marks(tmp_path, kontakt=["info@kommun.example", f"anna.exempel{sign}gmail.com"])
    assert said(found) == [("kontakt", "email", "granska", [3])]
