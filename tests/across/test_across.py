"""One supplier under several names or numbers, one object in two municipalities: found by row, and
no name or number is kept."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.reporting.whole import write_report
from tests.sampling import every

from helpers.advising.across import facts
from helpers.advising.across.comparing import Across, Match
from helpers.advising.results import Candidate, Region
from helpers.declared.catalogue import Entry
from helpers.running import region, sharing
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.scoring import weights
from helpers.words import paths
from helpers.words.messages import LANGUAGES

INVOICES = "kopare_id;kopare;verifikationsnummer;leverantor;leverantor_id;konto_nr;konto_text;belopp;datum\n"
PLACES = "source;id;name;latitude;longitude;email\n"
BYGG, RORA, SJO, SAGA = "5560125790", "5566778899", "5561234567", "5569999991"
SOLE = "8112189876"  # the Tax Agency's own test number
Supplier = tuple[str, str]


def invoices(file: Path, suppliers: list[Supplier]) -> Path:
    """One invoice for each supplier (name, number), from row 2."""
    lines = [
        "2120000829;Karlskrona"
        f" kommun;V{i};{name};{own};4010;Material;{100 + i},50;2025-01-{1 + i % 28:02}\n"
        for i, (name, own) in enumerate(suppliers)
    ]
    file.write_text(INVOICES + "".join(lines), "utf-8")
    return file


def places(file: Path, spots: list[tuple[str, float, float]]) -> Path:
    lines = [
        f"1080;p-{i};{name};{lat:.6f};{lon:.6f};bad@exempel.se\n"
        for i, (name, lat, lon) in enumerate(spots)
    ]
    file.write_text(PLACES + "".join(lines), "utf-8")
    return file


class Office:
    """A store and the candidates that are read into it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store(folder / "store")

    def opened(
        self, id: str, file: Path, organisation: str, type: str, title: str = ""
    ) -> Candidate:
        entry = Entry(id=id, title=title or id, type=type, organisation=organisation)
        opened = Opened(file, entry=entry, store=self.store)
        return Candidate(
            entry=entry,
            snapshot=opened.snapshot,
            screening=opened.screening,
            fields=opened.fields,
            facts=opened.facts,
        )

    def invoices(self, id: str, suppliers: list[Supplier]) -> Candidate:
        return self.opened(
            id, invoices(self.folder / f"{id}.csv", suppliers), id, "leverantorsfakturor"
        )

    def places(self, id: str, spots: list[tuple[str, float, float]], title: str = "") -> Candidate:
        return self.opened(
            id, places(self.folder / f"{id}.csv", spots), id, "platsinformation", title
        )

    def across(self, *candidates: Candidate) -> Across:
        return sharing.across(list(candidates), self.store)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def rows(one: Match) -> list[tuple[int, str, list[int]]]:
    return [(place.group, place.candidate, place.rows) for place in one.where]


def test_a_supplier_under_several_numbers_and_a_number_under_several_names(office: Office):
    one = office.invoices(
        "karlskrona",
        [("Rörfirman AB", BYGG), ("Sjö Aktiebolag", SJO), ("Saga AB", SAGA), ("Saga AB", SAGA)],
    )
    other = office.invoices(
        "karlshamn",
        [
            ("rörfirman  aktiebolag", RORA),
            ("Sjö, AB (publ)", "16556123-4567"),
            ("Rorfirman AB", "556555-5555"),
            ("Helt annat namn AB", "SE556999999101"),
        ],
    )
    found = office.across(one, other)
    assert found == office.across(other, one)
    assert found.totals == {"numbers": 1, "names": 1, "object": 0}
    assert [(match.kind, match.count, rows(match)) for match in found.matches] == [
        ("numbers", 2, [(1, "karlshamn", [2]), (2, "karlskrona", [2])]),
        ("names", 2, [(1, "karlshamn", [5]), (2, "karlskrona", [4, 5])]),
    ]
    assert found.of("karlshamn") == found.matches
    assert [place.total for place in found.matches[1].where] == [1, 2]


def test_it_is_found_within_one_file(office: Office):
    found = office.across(
        office.invoices("karlskrona", [("Saga AB", SAGA), ("SAGA", SJO), ("Annan AB", BYGG)])
    )
    assert [(match.kind, rows(match)) for match in found.matches] == [
        ("numbers", [(1, "karlskrona", [2]), (2, "karlskrona", [3])])
    ]


def test_clean_files_share_nothing(office: Office):
    same = [("Rörfirman AB", BYGG), ("Sjö Aktiebolag", SJO), ("Saga AB", SAGA)]
    spots = [(f"Badet {i}", 56.16 + i / 100, 15.58) for i in range(5)]
    far = [(name, lat + 0.002, lon) for name, lat, lon in spots]
    found = office.across(
        office.invoices("karlskrona", same),
        office.invoices("karlshamn", same * 3),
        office.places("ronneby", spots),
        office.places("solvesborg", far),
    )
    assert found.matches == [] and set(found.totals.values()) == {0}


def test_one_object_in_two_municipalities(office: Office):
    spots = [("Strandbadet", 56.160000, 15.580000), ("Ensam", 56.2, 15.6), ("Viken", 56.3, 15.6)]
    near = [
        ("Annat", 56.16, 15.58),
        ("STRAND-BADET", 56.160450, 15.580000),
        ("Viken", 56.301, 15.6),
    ]
    one, other = office.places("karlskrona", spots), office.places("ronneby", near)
    found = office.across(one, other)
    assert [(match.kind, match.distance_m, rows(match)) for match in found.matches] == [
        ("object", 50, [(1, "karlskrona", [2]), (2, "ronneby", [3])])
    ]
    same_owner = replace(other, entry=other.entry.model_copy(update={"organisation": "karlskrona"}))
    assert office.across(one, same_owner).matches == []
    bathing, play = (
        office.places(id, some, title)
        for id, some, title in (("a", spots, "Badplatser"), ("b", near, "Lekplatser"))
    )
    assert office.across(bathing, play).matches == []


@pytest.mark.parametrize("name", every(3, ["Erik Exempelsson", "*", ""]))
def test_sole_traders_and_masked_rows_are_counted_only(office: Office, name: str):
    some = [
        (name, SOLE),
        (name, "*"),
        (name, "198112189876"),
        ("Saga AB", SAGA),
        ("*", SJO),
        ("*", BYGG),
    ]
    one, other = (
        office.invoices("karlskrona", some),
        office.invoices("karlshamn", [("Annan Person", SOLE), *some]),
    )
    found = office.across(one, other)
    assert found.matches == []
    assert found.left_out == {"karlskrona": 5, "karlshamn": 6}
    kept = "".join(
        file.read_text("utf-8")
        for file in (office.store.folder / "results").glob("*.json")
        if file.stem in {one.facts, other.facts}
    )
    assert kept and not any(raw in kept.lower() for raw in (SOLE, SAGA, "saga", "exempelsson"))


@pytest.mark.slow
def test_it_is_shown_in_the_report_and_changes_no_score(office: Office):
    candidates = []
    for id, own in (("karlskrona", BYGG), ("karlshamn", RORA)):
        entry = Entry(id=id, title=id.title(), type="leverantorsfakturor", organisation=id)
        file = invoices(office.folder / f"{id}.csv", [("Rörfirman AB", own), ("Saga AB", SAGA)])
        candidates.append(Opened(file, entry=entry, store=office.store).candidate())
    plain = {}
    for shared in (True, False):
        folder, found = office.folder / str(shared), office.across(*(candidates if shared else []))
        whole = Region(
            {"sv": "Prov", "en": "Trial"},
            [region.advised(one) for one in candidates],
            "2026-11-25T02:00:00+01:00",
            across=found,
        )
        whole = region.reweighed(whole, weights.common())
        for language in LANGUAGES:
            index = write_report(whole, folder / language, language)
            said = [
                one.read_text("utf-8")
                for one in (index, *index.parent.glob("candidates/*/index.html"))
            ]
            assert ["#across" in one or 'id="across"' in one for one in said] == [shared] * 3
        plain[shared] = json.loads((folder / "sv" / "results.json").read_text("utf-8"))
        schema = json.loads(
            (paths.project_root() / "src/helpers/reporting/schemas/results-2.json").read_text(
                "utf-8"
            )
        )
        from jsonschema import Draft202012Validator  # here, as it takes seconds to import

        Draft202012Validator(schema).validate(plain[shared])
    assert plain[True]["candidates"] == plain[False]["candidates"]
    told = plain[True]["across"]
    assert len(told["matches"]) == 1 and plain[False]["across"]["matches"] == []
    assert not any(raw in json.dumps(told) for raw in (BYGG, RORA, "rfirman"))


def test_facts_are_made_once_and_compared_from_the_store(
    office: Office, monkeypatch: pytest.MonkeyPatch
):
    one, other = (
        office.invoices(id, [("Saga AB", own)])
        for id, own in (("karlskrona", SAGA), ("karlshamn", SJO))
    )
    first = office.across(one, other)
    office.store.forget_tables()
    monkeypatch.setattr(facts, "facts", lambda *_: pytest.fail("made again"))
    again = [
        office.invoices(id, [("Saga AB", own)])
        for id, own in (("karlskrona", SAGA), ("karlshamn", SJO))
    ]
    assert office.across(*again) == first and len(first.matches) == 1


def test_the_listed_are_bounded(office: Office):
    numbers = [f"55{i:08}" for i in range(60_200_000, 60_200_500)]
    pairs = [(f"Firma {chr(97 + i // 20)}{i} AB", own) for i, own in enumerate(numbers[:250])]
    twice = [(name, own) for (name, _), own in zip(pairs, numbers[250:], strict=True)]
    crowd = (
        office.places("a", [("Bad", 56.16, 15.58)] * 300),
        office.places("b", [("Bad", 56.16, 15.58)] * 300),
    )
    found = office.across(
        office.invoices("karlskrona", list(itertools.chain(pairs, twice))), *crowd
    )
    assert found.totals == {"numbers": 250, "names": 0, "object": 300} and len(found.matches) == 400
