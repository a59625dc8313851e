"""Between the tables of a source: keys and references are those that pandas finds in the file, of
each column one at most, and nothing of a marked column or of a few people is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from helpers.profiling.profile import profile
from helpers.profiling.relations import between_tables
from helpers.profiling.relations.making import relations
from helpers.reading import read
from helpers.reading.snapshot import Snapshot
from helpers.reporting import show
from helpers.screening.marks import Mark, Risk, Screening
from helpers.words import escaping

Book = dict[str, pd.DataFrame]


def book() -> Book:
    """Places with their kinds and inspections; both count their rows from 1."""
    places = pd.DataFrame(
        {
            "id": range(1, 41),
            "plats_id": [f"P{n:03d}" for n in range(40)],
            "sort": [f"slag {n % 7}" for n in range(40)],
        }
    )
    kinds = pd.DataFrame({"slag": [f"slag {n}" for n in range(9)], "avgift": [9] * 9})
    visits = pd.DataFrame(
        {
            "id": range(1, 121),
            "Plats_ID": [f"P{n % 40:03d}" for n in range(120)],
            "löpnr": [f"L{n % 60}" for n in range(120)],
            "del": ["a"] * 60 + ["b"] * 60,
        }
    )
    visits.loc[[3, 50], "Plats_ID"] = "P999"
    visits.loc[7, "Plats_ID"] = None
    return {"platser": places, "slag": kinds, "besök": visits}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("tables")
    with pd.ExcelWriter(folder / "bok.xlsx") as writer:
        for name, frame in book().items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return read(folder / "bok.xlsx", folder / "snapshot")


def made_of(snapshot: Snapshot, screening: Screening | None = None) -> dict[str, Any]:
    screening = screening or Screening()
    return relations(snapshot, screening, profile(snapshot, screening))[snapshot.main.name]


def shown(snapshot: Snapshot, made: dict[str, Any], language: str = "sv") -> str:
    opened: Any = SimpleNamespace(snapshot=snapshot, relations={snapshot.main.name: made})
    found = show.relations(opened, language)
    assert escaping.html(found.note) in found._repr_html_()
    return repr(found).replace("\xa0", " ")


def test_references_are_those_of_the_file(snapshot: Snapshot):
    frames = book()
    filled = frames["besök"]["Plats_ID"].dropna()
    lacking = filled[~filled.isin(frames["platser"]["plats_id"])]
    of = {(one["table"], one["column"]): one for one in made_of(snapshot)["others"]["references"]}
    # sheets that only count their rows do not refer to each other
    assert set(of) == {("besök", "Plats_ID"), ("platser", "sort")}
    visit, kind = of["besök", "Plats_ID"], of["platser", "sort"]
    assert (visit["to_table"], visit["to_column"]) == ("platser", "plats_id")
    assert visit["rows"] == len(filled) and visit["lacking"] == len(lacking)
    assert visit["listed"] == [i + 2 for i in lacking.index]
    assert (kind["to_table"], kind["to_column"]) == ("slag", "slag")
    assert kind["rows"] == 40 and kind["lacking"] == 0


def test_each_other_table_has_its_keys(snapshot: Snapshot):
    others = made_of(snapshot)["others"]
    by_name = {one["table"]: one for one in others["tables"]}
    assert set(by_name) | {snapshot.main.name} == set(book())
    frames = book()
    for name, one in by_name.items():
        if len(frames[name]) < 20:
            assert one["keys"] is None
            continue
        for key in one["keys"]:
            doubled = frames[name].duplicated(key["columns"], keep=False)
            assert doubled.sum() == key["breaking"] == 0
        assert ["plats_id"] in [key["columns"] for key in one["keys"]]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_which_table_is_meant_is_said(snapshot: Snapshot, language: str):
    said = shown(snapshot, made_of(snapshot), language)
    first = said.split(". ")[0]
    assert snapshot.main.name in first and "besök" in said.split("\n")[0]
    if language == "sv":
        assert "Plats_ID i ”besök” hänvisar till plats_id i ”platser”, utom på 2 rader" in said
        assert "(av 119 som är ifyllda). Radnummer: 5, 52." in said
        assert "färre än 20 rader har för få rader för att säga något om nycklar: ”slag”" in said


def test_a_source_of_one_table_says_nothing_of_others(tmp_path: Path):
    book()["besök"].to_csv(tmp_path / "x.csv", index=False)
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    made = made_of(snapshot)
    assert "others" not in made and "tabell" not in shown(snapshot, made)


def test_of_tables_of_a_few_rows_references_are_told_all_the_same(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as feed:
        feed.writestr("agency.txt", "agency_id,agency_name\nA,Ett\nB,Två\n")
        feed.writestr("routes.txt", "route_id,agency_id,route_type\nr1,A,3\nr2,B,3\nr3,A,3\n")
        feed.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\ns1,X,56,15\ns2,Y,56,15\n")
        feed.writestr("trips.txt", "route_id,service_id,trip_id\nr1,v,t1\nr1,v,t2\nr3,v,t3\n")
        feed.writestr(
            "stop_times.txt", "trip_id,stop_id,stop_sequence\nt1,s1,1\nt1,s2,2\nt9,s1,1\n"
        )
        feed.writestr("calendar.txt", "service_id,monday,start_date\nv,1,20260101\nw,1,20260101\n")
        feed.writestr("calendar_dates.txt", "service_id,date,exception_type\nv,20260102,2\n")
    snapshot = read(tmp_path / "feed.zip", tmp_path / "s")
    made = made_of(snapshot)
    found = {
        (one["table"], one["column"], one["to_table"]): one["lacking"]
        for one in made["others"]["references"]
    }
    assert made["few"] and found == {
        ("routes", "agency_id", "agency"): 0,
        ("trips", "route_id", "routes"): 0,
        # a calendar is not said to refer to its own exceptions
        ("trips", "service_id", "calendar"): 0,
        ("calendar_dates", "service_id", "calendar"): 0,
        ("stop_times", "trip_id", "trips"): 1,
        ("stop_times", "stop_id", "stops"): 0,
    }
    said = shown(snapshot, made)
    assert said.startswith("Det gäller tabellen ”stops”. De 6 andra tabellerna")
    assert "trip_id i ”stop_times” hänvisar till trip_id i ”trips”, utom på en rad" in said


def test_nothing_of_a_marked_column_and_no_few_people_are_told(snapshot: Snapshot):
    mark = Mark("besök", "Plats_ID", "person_name", "certain", 3, [2], "stopp")
    made = made_of(snapshot, Screening([mark]))
    assert "Plats_ID" not in json.dumps(made["others"])
    risk = Risk("besök", "k_anonymity", ["del"], 5, 1, 9, 9, 9, 120, 1, 0.5)
    made = made_of(snapshot, Screening([], [risk]))
    (one,) = [one for one in made["others"]["references"] if one["table"] == "besök"]
    assert one["lacking"] is None and one["listed"] == []
    said = shown(snapshot, made)
    assert "utom på ett fåtal (av 119" in said and "Radnummer: 5, 52" not in said


def test_tables_beyond_the_bounds_are_named(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(between_tables, "ROWS", 100)
    made = made_of(snapshot)
    assert made["others"]["large"] == ["besök"]
    assert "för stora eller för många: ”besök”" in shown(snapshot, made)
