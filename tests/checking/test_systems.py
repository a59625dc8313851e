"""Coordinate systems are told apart by where the points would lie, and a table that mixes them
names rows and systems."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from helpers.checking.expectations.expectation import Target
from helpers.checking.expectations.registry import EXPECTATIONS
from helpers.checking.findings import Finding
from helpers.declared.catalogue import Entry
from helpers.ground import geography, systems
from helpers.running.opening import Opened
from helpers.running.store import Store

TODAY = dt.date(2026, 11, 24)
KNOWN = ("EPSG:4326", "EPSG:3006", "EPSG:3021", "EPSG:3857", "EPSG:3009", "EPSG:3012")
Spots = list[tuple[float, float]]


def in_karlshamn(count: int = 40) -> Spots:
    rng = random.Random(1)
    return [
        (round(14.86 + rng.uniform(-0.04, 0.04), 6), round(56.21 + rng.uniform(-0.02, 0.02), 6))
        for _ in range(count)
    ]


def in_system(spots: Spots, crs: str) -> Spots:
    if crs == "EPSG:4326":
        return spots
    made = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return [(round(x, 2), round(y, 2)) for x, y in (made.transform(*spot) for spot in spots)]


def failed(file: Path, folder: Path) -> dict[str, Finding]:
    entry = Entry(
        id="lekplatser", title="Lekplatser", type="platsinformation", organisation="karlshamn"
    )
    opened = Opened(file, entry=entry, store=Store(folder / "store"), today=TODAY)
    assert not [one.id for one in opened.findings if one.outcome == "error"]
    return {one.id: one for one in opened.findings if one.outcome == "failed"}


def written(spots: Spots, file: Path) -> Path:
    lines = [
        f"1082;l-{i};Lekplatsen {i};{north};{east};lek@karlshamn.example\n"
        for i, (east, north) in enumerate(spots)
    ]
    file.write_text("source;id;name;latitude;longitude;email\n" + "".join(lines), "utf-8")
    return file


@pytest.mark.parametrize("crs", KNOWN)
def test_a_table_in_one_system_is_known_by_its_municipality(crs: str):
    x, y = (np.array(axis) for axis in zip(*in_system(in_karlshamn(), crs), strict=True))
    assert geography.recognise_crs(x, y, "1082") == (crs, "recognised")
    if crs == "EPSG:3857":  # in the far south a web map's numbers could be RT 90's in the far north
        assert geography.recognise_crs(x, y)[0] == crs


@pytest.mark.parametrize(
    "crs", [KNOWN[1], *(pytest.param(one, marks=pytest.mark.slow) for one in KNOWN[2:])]
)
def test_rows_in_another_system_are_named_with_it(crs: str, tmp_path: Path):
    spots = in_karlshamn()
    spots[4:7] = in_system(spots[4:7], crs)
    found = failed(written(spots, tmp_path / "blandat.csv"), tmp_path)["points_one_system"]
    assert found.rows == [6, 7, 8]
    assert (
        f"{systems.name(crs)} (3)" in found.message["sv"]
        and systems.name(crs) in found.message["en"]
    )


@pytest.mark.parametrize(
    "crs", [KNOWN[1], *(pytest.param(one, marks=pytest.mark.slow) for one in KNOWN[2:])]
)
def test_metres_where_degrees_are_asked_for_are_named_with_their_system(crs: str, tmp_path: Path):
    found = failed(written(in_system(in_karlshamn(), crs), tmp_path / "meter.csv"), tmp_path)
    assert "points_one_system" not in found and "points_in_sweden" not in found
    assert systems.name(crs) in found["latitude_in_range"].message["sv"]


def test_a_file_that_says_the_wrong_system_is_told(tmp_path: Path):
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": spot},
            "properties": {"source": "1082", "id": f"l-{i}", "name": f"Lekplatsen {i}"},
        }
        for i, spot in enumerate(in_system(in_karlshamn(), "EPSG:3021"))
    ]
    said = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}}
    file = tmp_path / "fel.geojson"
    file.write_text(
        json.dumps({"type": "FeatureCollection", "crs": said, "features": features}), "utf-8"
    )
    message = failed(file, tmp_path)["points_declared_system"].message["sv"]
    assert "SWEREF 99 TM" in message and "RT 90" in message


@pytest.mark.parametrize(
    "crs", [KNOWN[0], *(pytest.param(one, marks=pytest.mark.slow) for one in KNOWN[1:])]
)
def test_a_clean_table_in_each_system_accuses_nobody(crs: str, tmp_path: Path):
    wrong = {
        "points_one_system",
        "points_in_sweden",
        "points_in_organisation",
        "points_declared_system",
    }
    assert not wrong & set(
        failed(written(in_system(in_karlshamn(), crs), tmp_path / "rent.csv"), tmp_path)
    )


def test_positions_in_a_system_that_nobody_knows_are_not_said_to_be_lacking():
    exists = EXPECTATIONS["expect_points_to_exist"]
    assert exists.sql(Target({}, placed=True, crs="unknown")) is None
    assert exists.sql(Target({}, placed=True, crs="EPSG:3006")) is not None
