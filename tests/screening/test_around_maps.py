"""Whatever a map or a Parquet holds beside its cells is looked into, wherever it stands.

Each place is a small file that is harmless but for one text, in that place alone. With a text that
points to nobody there, nothing is told.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from tests.screening.canaries import checked, harmless, sampled, whole
from tests.screening.map_places.geojson import features, geojson
from tests.screening.map_places.gpkg import gpkg
from tests.screening.map_places.kml import kml
from tests.screening.map_places.standing import (
    EMAIL,
    HARMLESS,
    NUMBER,
    NUMBERS,
    PLACES,
    outside,
    words,
)


@pytest.mark.parametrize("name", sampled(PLACES))
def test_a_number_is_found_in_its_place(name: str, tmp_path: Path) -> None:
    place, build = PLACES[name]
    text = NUMBER.replace("-", "") if name in NUMBERS else NUMBER
    found, told = outside(build(tmp_path, text))
    assert words(place) in told.get("found_personnummer", ""), told
    assert found["gate"]["content"] == "stopp"


@pytest.mark.parametrize("name", sampled(name for name in PLACES if name not in NUMBERS))
def test_an_address_is_found_in_its_place(name: str, tmp_path: Path) -> None:
    place, build = PLACES[name]
    found, told = outside(build(tmp_path, EMAIL))
    assert words(place) in told.get("found_email", ""), told
    assert found["gate"]["content"] == "granska"


@pytest.mark.parametrize("name", harmless(PLACES))
def test_what_points_to_nobody_is_not_told(name: str, tmp_path: Path) -> None:
    _, build = PLACES[name]
    found, told = outside(build(tmp_path, HARMLESS))
    assert told == {} and found["gate"]["content"] == "fri"


@pytest.mark.parametrize("name", whole(PLACES))
def test_nothing_that_check_says_of_a_file_holds_it(name: str, tmp_path: Path) -> None:
    _, build = PLACES[name]
    checked(build(tmp_path, NUMBER.replace("-", "") if name in NUMBERS else NUMBER))


def repairs(found: dict[str, Any]) -> dict[str, int]:
    return {repair["code"]: repair["count"] for repair in found["repairs"]}


def test_what_is_no_feature_is_told(tmp_path: Path) -> None:
    found, _ = outside(geojson(tmp_path, [*features(), "a", 1, None, ["b"]]))
    assert found["rows"] == 3 and repairs(found)["no_feature"] == 4


@pytest.mark.slow
def test_folders_beyond_those_that_are_read_are_told_and_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.reading.features.MAX_FOLDERS", 50)
    folders = "".join(
        f"<Folder><name>Lager {i}</name><Placemark><name>Plats {i}</name>"
        f"<description>{NUMBER if i == 69 else 'Gräs'}</description>"
        "<Point><coordinates>15.5,56.1</coordinates></Point></Placemark></Folder>"
        for i in range(70)
    )
    file = kml(tmp_path, folders)
    found, told = outside(file)
    assert repairs(found)["layers_left_out"] == 21 and repairs(found)["folders"] == 50
    assert repairs(found)["placemarks_left"] == 21
    assert words("feature_member") in told["found_personnummer"]


@pytest.mark.slow
def test_layers_of_a_database_beyond_those_that_are_read(tmp_path: Path) -> None:
    file = gpkg(tmp_path)
    with closing(sqlite3.connect(file)) as base:
        for i in range(60):
            base.execute(f"create table l{i} (fid integer primary key, a text)")
            base.execute(f"insert into l{i} values (1, ?)", (NUMBER if i == 59 else "Gräs",))
            base.execute(
                "insert into gpkg_contents (table_name, data_type, identifier) values (?1,"
                " 'attributes', ?1)",
                (f"l{i}",),
            )
        base.commit()
    found, told = outside(file)
    assert repairs(found)["layers_left_out"] == 12
    assert words("other_table") in told["found_personnummer"]


def test_a_journal_beside_a_database_is_told(tmp_path: Path) -> None:
    file = gpkg(tmp_path)
    (tmp_path / "karta.gpkg-wal").write_bytes(b"\0Lekplats")
    assert repairs(outside(file)[0])["journal"] == 1


@pytest.mark.parametrize(
    "body",
    [
        "with recursive t(a) as (select 1 union all select a from t) select a from t",
        "select hex(zeroblob(400000000)) as a",
    ],
)
def test_no_view_is_run_to_look_into_it(body: str, tmp_path: Path) -> None:
    found, told = outside(gpkg(tmp_path, f"create view vy as {body}"))
    assert told == {} and found["rows"] == 3


def test_a_row_that_was_moved_is_no_deleted_one(tmp_path: Path) -> None:
    """Rows that grow move to other pages; the copies that stay behind are of rows still there."""
    people = [f"Anmält av {EMAIL} {i}" for i in range(400)]
    file = gpkg(tmp_path, "create table logg (a integer primary key, b text)")
    with closing(sqlite3.connect(file)) as base:
        base.executemany("insert into logg values (?, ?)", enumerate(people))
        base.commit()
        base.executemany(
            "insert into logg values (?, ?)", ((-i - 1, p) for i, p in enumerate(people))
        )
        base.commit()
    _, told = outside(file)
    assert words("deleted") not in told["found_email"], told
    assert words("other_table") in told["found_email"]


def test_random_ids_are_looked_at_and_not_stopped(tmp_path: Path) -> None:
    """Ids of ten digits, of which a few are a date with a right check digit."""
    ids = [f"1212121{i:03}" for i in range(1000)]
    listed = [one for number in ids for one in features(id=number, properties={"id": "a"})[:1]]
    found, told = outside(geojson(tmp_path, listed))
    assert words("feature_id") in told["found_personnummer"]
    assert found["gate"]["content"] == "granska"


def test_a_picture_in_a_database_is_to_be_reviewed(tmp_path: Path) -> None:
    file = gpkg(tmp_path, "create table bilder (bild blob)")
    with closing(sqlite3.connect(file)) as base:
        base.execute("insert into bilder values (?)", (b"\x89PNG\r\n" + bytes(20),))
        base.commit()
    found, told = outside(file)
    assert words("embedded") in told["found_unread"] and found["gate"]["content"] == "granska"


def test_names_of_places_and_systems_are_nobodys(tmp_path: Path) -> None:
    """What every file of a map has: definitions of systems, styles, names of programs."""
    frame = geopandas.GeoDataFrame(
        {"namn": ["Bollplan"]}, geometry=[shapely.Point(500_000, 6_200_000)], crs="EPSG:3006"
    )
    for suffix in (".gpkg", ".fgb", ".geojson", ".parquet"):
        file = tmp_path / f"karta{suffix}"
        if suffix == ".parquet":
            frame.to_parquet(file)
        else:
            frame.to_file(file)
        found, told = outside(file)
        assert told == {}, told
        assert found["gate"]["content"] == "fri"
