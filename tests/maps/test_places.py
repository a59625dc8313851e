"""The map of places: real files land where they should, what is wrong is named, marks bind, and
tables count the marks."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from helpers.drawing import page
from helpers.drawing.numbers import positions
from helpers.screening.marks import Screening
from helpers.words.suppression import in_parts

from .drawn import places

BLEKINGE = {"Karlskrona": 17, "Ronneby": 16, "Karlshamn": 12, "Olofström": 6, "Sölvesborg": 6}


def test_the_bathing_places_of_blekinge_lie_in_their_five_municipalities(real: Path, opened):
    made = places(opened(real / "places/sweden_bathing_places_2016.json", "platsinformation"))
    table = {row[0]: row[-1] for row in made.tables[1].rows}
    assert {name: int(table[name]) for name in BLEKINGE} == BLEKINGE
    lies_in = Counter(
        next(fact for fact in made.layers[0].facts if fact.label == "Ligger i").values
    )
    assert {name: lies_in[name] for name in BLEKINGE} == BLEKINGE
    assert (
        table["Summa"].replace("\xa0", "") == str(len(made.layers[0])) == "2621"
        and "3 rader" in made.tables[1].note
    )


def test_the_waters_outside_sweden_are_listed_by_name(real: Path, opened):
    made = places(opened(real / "places/sweden_active_bathing_waters.geojson", "platsinformation"))
    found = made.layers[1]
    features = json.loads(
        (real / "places/sweden_active_bathing_waters.geojson").read_text("utf-8")
    )["features"]
    outside = {
        one["properties"]["NAMN"].strip()
        for one in features
        if not (
            10 < one["geometry"]["coordinates"][0] < 24.3
            and 54.9 < one["geometry"]["coordinates"][1] < 69.2
        )
    }
    assert len(found) == len(made.tables[0].rows) == 17
    assert set(found.labels or []) == outside == {row[0] for row in made.tables[0].rows}


def test_the_art_of_malmo_lies_in_malmo(real: Path, opened):
    made = places(opened(real / "art/malmo_public_art.geojson", "offentlig_konst"))
    assert [tuple(row) for row in made.tables[0].rows] == [("Malmö", "193"), ("Summa", "193")]


@pytest.mark.slow
def test_three_systems_agree_or_the_difference_is_shown(real: Path, opened):
    candidate = opened(real / "places/dalarna_care_points.xlsx", "platsinformation")
    made = places(candidate)
    systems = positions.between_systems(candidate.subject)
    assert [system for system, _, _ in systems] == ["EPSG:3021", "EPSG:3006"]
    far = {int(row) for _, rows, metres in systems for row in rows[metres > 10]}
    assert far == {int(row) for row in made.layers[1].rows} and len(far) == 6
    assert any("EPSG:3021" in note and "31 av 34" in note for note in made.notes)


HEAD = "id,name,type,description,latitude,longitude\n"


def rows(count: int, description: str = "badplats") -> str:
    return "".join(
        f"{i},Plats"
        f" {i},{'bad' if i % 3 else 'lek'},{description},{56.2 + i / 1000:.4f},{15.6 + i / 900:.4f}\n"
        for i in range(count)
    )


def test_every_mark_is_in_the_table(opened):
    made = places(
        opened(
            HEAD + rows(40) + "99,Fel,bad,fel,15.6,56.2\n98,Noll,bad,fel,0,0\n97,Ingen,bad,fel,,\n",
            "platsinformation",
        )
    )
    table = made.tables[1]
    assert table.rows[-1][-1] == "42" == str(made.layers[0].total) and "En rad" in table.note
    assert sum(int(row[-1]) for row in table.rows[:-1]) == 42
    assert {row[0] for row in made.tables[0].rows} == {"Fel", "Noll"}
    kinds = [kind.label for kind in made.layers[0].kinds]
    assert list(table.head)[1:-1] == kinds == ["bad", "lek"]


def test_a_place_across_the_water_is_abroad_and_one_on_an_outer_island_is_not(opened):
    made = places(
        opened(
            HEAD + rows(20) + "90,Tivoli,bad,x,55.6761,12.5683\n91,Utklippan,bad,x,55.954,15.702\n",
            "platsinformation",
        )
    )
    told = {row[0]: row[-1] for row in made.tables[1].rows}
    assert told == {
        "Karlskrona": "21",
        "utanför Sverige": "1",
        "Summa": "22",
    }
    assert [row[0] for row in made.tables[0].rows] == ["Tivoli"]


def test_marked_columns_never_reach_a_map(opened):
    text = HEAD.replace("description", "beskrivning") + rows(20, "19121212-1212 Anna")
    made = places(opened(text.replace("name,type", "name,typ"), "platsinformation"))
    assert "121212" not in page.page(made) and "Anna" not in page.page(made)


def test_a_sensitive_position_is_not_drawn(opened):
    text = HEAD + rows(12) + "50,Villa Eken,HVB,HVB-hem för unga,56.25,15.7\n"
    made = places(opened(text, "platsinformation"))
    assert len(made.layers[0]) == 12 and 14 not in made.layers[0].rows.tolist()
    assert any("En plats ritas inte" in note for note in made.notes)
    assert "Villa Eken" not in page.page(made)


def test_marked_positions_are_counted_by_municipality(opened, monkeypatch: pytest.MonkeyPatch):
    candidate = opened(HEAD + rows(30), "platsinformation")
    monkeypatch.setattr(Screening, "marked", lambda _self, _table: frozenset({"latitude"}))
    made = places(candidate)
    assert made.layers[0].type == "areas" and "inte var för sig" in made.notes[0]
    assert made.tables[0].rows[0] == ("Karlskrona", "30")


@pytest.mark.slow
def test_a_hundred_thousand_places_are_a_small_page():
    from helpers.drawing.layers import Fact, Kind, Points
    from helpers.drawing.map import Map

    rng, n, kinds = np.random.default_rng(3), 100_000, [Kind("a"), Kind("b", "b")]
    layer = Points(
        key="places",
        title="Platser",
        kinds=kinds,
        kind=rng.integers(0, 2, n),
        lon=rng.uniform(12, 18, n),
        lat=rng.uniform(56, 62, n),
        rows=np.arange(2, n + 2),
        labels=[f"Badplatsen vid sjön {i}" for i in range(n)],
        facts=[Fact("Adress", ["Storgatan 1"] * n)],
    )
    assert len(page.page(Map("places", "Många", "Se.", "Prov.", [layer])).encode()) <= 3_000_000


@pytest.mark.parametrize("tables", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_no_small_number_by_subtraction(tables: int):
    """Random tables with two overlapping sets of totals: what remains after subtraction is none or
    at least k in two cells."""
    rng = np.random.default_rng(7)
    for _ in range(tables):
        k = int(rng.integers(3, 8))
        parts, counts = [], Counter()
        for cell in range(int(rng.integers(2, 30))):
            for total in rng.choice(6, size=int(rng.integers(1, 3)), replace=False):
                n = int(rng.integers(0, 14))
                parts.append((cell, ("area", int(total)), n))
                counts[cell] += n
        parts += [(cell, "all", n) for cell, n in counts.items()]
        hidden = in_parts(counts, parts, k)
        assert all(n >= k or n == 0 or cell in hidden for cell, n in counts.items())
        for total in {one[1] for one in parts}:
            rest = [n for cell, one, n in parts if one == total and cell in hidden and n]
            whole = sum(n for _, one, n in parts if one == total)
            everything = sum(rest) == whole
            assert not rest or everything or (sum(rest) >= k and len(rest) >= 2), (total, rest)


def test_inspections_are_called_after_their_facility(opened, tmp_path: Path):
    header = (
        "inspecOrg.id,facility.name,facility.idNational,facility.address.streetAddress,"
        "facility.location.wgs84.coordinates,inspection.idNational,inspection.date"
    )
    rows = [
        f'1082,Bageriet {n},F-1082-{n},Storgatan {n},"[14.86{n},56.17{n}]",I-1082-{n},2026-03-0{n}'
        for n in range(1, 6)
    ]
    file = tmp_path / "inspektioner.csv"
    file.write_text("\n".join([header, *rows]), "utf-8")
    layer = places(opened(file, "livsmedelsinspektioner")).layers[0]
    assert (layer.labels or [])[:2] == ["Bageriet 1", "Bageriet 2"]
    assert [fact.label for fact in layer.facts] == ["Gatuadress", "Inspekterad", "Ligger i"]


def test_the_legend_calls_places_what_people_call_them(tmp_path: Path, opened):
    file = tmp_path / "badplatser.csv"
    file.write_text("id;name;latitude;longitude;bath_type\n1;A;56.16;15.58;strand\n", "utf-8")
    made = places(opened(file, "platsinformation"))
    assert made.layers[0].title == "Badplatser" == made.layers[0].kinds[0].label
    file = tmp_path / "allt.csv"
    file.write_text("id;name;latitude;longitude\n1;A;56.16;15.58\n", "utf-8")
    assert places(opened(file, "platsinformation")).layers[0].title == "Platsinformation"
