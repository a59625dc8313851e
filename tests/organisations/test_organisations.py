"""Every municipality and region can be named in a catalogue, and a file that says whose it is needs
no guess."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from helpers.advising import publishing_steps
from helpers.declared import catalogue, organisations
from helpers.filling_in import adding
from helpers.ground import geography
from helpers.reporting import titles
from helpers.running import region
from helpers.running.opening import Opened
from helpers.running.single import looked_at
from helpers.running.store import Store

HEAD = "source;id;name;latitude;longitude\n"


def test_all_municipalities_and_regions_are_there():
    known = organisations.organisations().values()
    kommuner = [one for one in known if one.kind == "kommun"]
    assert len(kommuner) == len({one.kommunkod for one in kommuner}) == 290
    assert (
        len([one for one in known if one.kind == "region"]) == 20
    )  # Gotland's municipality is its region
    assert len({one.id for one in known}) == len(known)
    assert {one.lanskod for one in known if one.kind == "region"} | {"09"} == {
        one.lanskod for one in kommuner
    }


def test_the_list_is_the_map(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATAKOLLEN_MUNICIPALITIES", raising=False)
    shapes = geography.municipalities()
    declared = {one.kommunkod for one in organisations.organisations().values() if one.kommunkod}
    assert declared == set(shapes["kommunkod"])


def test_codes_and_names_are_those_of_a_published_list(real: Path):
    """That list puts an s to every consonant; Falu and Kalix call themselves otherwise, and Gotland
    is a region."""
    with (real / "boundaries" / "municipality_county.csv").open(
        encoding="utf-8-sig", newline=""
    ) as stream:
        said = {
            row["municipality_code"]: row["municipality_name"] for row in csv.DictReader(stream)
        }
    listed = {
        one.kommunkod: one.name
        for one in organisations.organisations().values()
        if one.kind == "kommun"
    }
    differ = {code for code in said if said[code] != listed.get(code)}
    assert (set(listed), differ) == (set(said), {"0980", "2080", "2513", "2514"})


@pytest.mark.parametrize(
    "code, name, said",
    [
        ("1082", "Karlshamn", "Karlshamns kommun"),
        ("2480", "Umeå", "Umeå kommun"),
        ("1490", "Borås", "Borås kommun"),
        ("2080", "Falun", "Falu kommun"),
        ("0980", "Gotland", "Region Gotland"),
        ("1438", "Dals-Ed", "Dals-Eds kommun"),
    ],
)
def test_a_municipality_is_called_as_it_calls_itself(code: str, name: str, said: str):
    assert organisations.kommun(code, name) == said


def test_what_is_declared_stands_before_the_list_and_one_id_is_one_municipality():
    assert organisations.organisation("karlskrona").organisationsnummer == "2120000829"  # type: ignore[union-attr]
    assert organisations.organisation("habo").name == "Håbo kommun"  # type: ignore[union-attr]
    assert organisations.organisation("habo-0643").name == "Habo kommun"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "stem, id",
    [
        ("Umeå badplatser 2025", "umea"),
        ("region-skane-vardcentraler", "region-skane"),
        ("upplands-vasby_skolor", "upplands-vasby"),
        ("mark-och-exploatering", None),
        ("lekplatser_ronneby", "ronneby"),
        ("Badplatser i Umeå kommun 2025-06", "umea"),
        ("skane_skolor_ystad", "ystad"),
        ("rapport-sala", None),
        ("alexander", None),
        ("umeaa", None),
    ],
)
def test_whom_the_name_of_a_file_names(stem: str, id: str | None):
    found = organisations.of_name(stem)
    assert (found.id if found else None) == id


@pytest.mark.parametrize(
    "code, id",
    [
        ("1080", "karlskrona"),
        ("114", "upplands-vasby"),
        ("232100-0081", "region-blekinge"),
        ("9999", None),
    ],
)
def test_whose_code_it_is(code: str, id: str | None):
    found = organisations.of_code(code)
    assert (found.id if found else None) == id


def test_a_file_without_an_entry_is_judged_by_the_code_that_all_its_rows_give(tmp_path: Path):
    file = tmp_path / "platser.csv"
    file.write_text(
        HEAD + "2480;1;Bad ett;63.826;20.263\n2480;2;Bad två;63.830;20.250\n2480;3;Bad"
        " tre;59.330;18.060\n",
        "utf-8",
    )
    opened = Opened(file, store=Store(tmp_path / "kept"))
    assert opened.publisher and opened.publisher.id == "umea"
    assert [one.rows for one in opened.findings if one.id == "points_in_organisation"] == [[4]]
    file.write_text(HEAD + "2480;1;Bad ett;63.826;20.263\n0180;2;Bad två;59.330;18.060\n", "utf-8")
    assert Opened(file, store=Store(tmp_path / "other")).publisher is None


def test_add_names_the_organisation_that_all_rows_give(tmp_path: Path):
    file = tmp_path / "export: 1.csv"
    file.write_text(HEAD + "2480;1;Bad ett;63.826;20.263\n", "utf-8")
    written = adding.add([file], tmp_path / "catalogue", looked_at).written[0]
    assert "gissat" not in written.read_text("utf-8")
    plain = yaml.safe_load(written.read_text("utf-8"))
    assert (plain["organisation"], plain["title"]) == ("umea", "export: 1")
    assert catalogue.load(tmp_path / "catalogue")[0].organisation == "umea"


def added(tmp_path: Path, stem: str, spots: list[tuple[float, float]]) -> Opened:
    """The candidate that ``add`` makes of a file of places whose rows name nobody."""
    file = tmp_path / f"{stem}.csv"
    rows = [f";{i};Plats {i};{lat};{lon}\n" for i, (lat, lon) in enumerate(spots)]
    file.write_text(HEAD + "".join(rows), "utf-8")
    adding.add([file], tmp_path / "catalogue", looked_at)
    (entry,) = catalogue.load(tmp_path / "catalogue")
    return Opened(file, entry=entry, store=Store(tmp_path / "kept"))


UPPSALA, ENKOPING, LUND = (59.858, 17.639), (59.636, 17.077), (55.704, 13.193)


def test_a_guess_accuses_nobody_and_is_asked_for(tmp_path: Path):
    """The name of a file made a municipality answer for stops in twenty-one others."""
    opened = added(tmp_path, "uppsala-lekplatser", [UPPSALA] * 9 + [LUND])
    assert opened.entry.organisation == "uppsala" and opened.entry.is_guessed("organisation")
    placed = [one.outcome for one in opened.findings if one.id == "points_in_organisation"]
    assert set(placed) <= {"not_applicable"} and opened.area is None
    steps = publishing_steps.steps(region.advised(opened.candidate()))
    assert "organisation" in [step.id for step in steps]
    assert titles.owner_of(opened.entry, "sv") == "Uppsala kommun (gissat)"
    said = opened.entry.model_copy(update={"guessed": {}})
    opened = Opened(opened.file, entry=said, store=opened.store)
    assert [one.rows for one in opened.findings if one.id == "points_in_organisation"] == [[11]]


def test_a_dataset_of_a_county_is_known_as_one(tmp_path: Path):
    opened = added(tmp_path, "uppsala-hallplatser", [UPPSALA] * 5 + [ENKOPING] * 5)
    assert opened.entry.organisation == "region-uppsala"


def test_nobody_is_guessed_whose_places_lie_elsewhere(tmp_path: Path):
    assert added(tmp_path, "uppsala-bad", [LUND] * 3).entry.organisation == "okand"


def test_who_corrects_a_guess_has_said_a_fact(tmp_path: Path):
    entry = added(tmp_path, "uppsala-lekplatser", [UPPSALA] * 3).entry
    assert not entry.model_copy(update={"organisation": "lund"}).is_guessed("organisation")
