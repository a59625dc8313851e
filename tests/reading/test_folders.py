"""A folder that is one dataset is read as one; of any other it is said what it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import reading
from helpers.declared import catalogue
from helpers.reading import surroundings
from helpers.running.source import SourceFile
from helpers.words.errors import InputRefused
from helpers.words.files import protected

STOPS = "stop_id,stop_name,stop_lat,stop_lon\nS1,Torget,56.11,15.51\nS2,Ån,56.12,15.52\n"
ROUTES = "route_id,route_short_name,route_type\nR1,1,3\n"


def folder_of(place: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        target = place / "underlag" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return place / "underlag"


def test_an_unpacked_timetable_is_one_dataset(tmp_path: Path):
    files = {"stops.txt": STOPS, "routes.txt": ROUTES, "mer/LÄSMIG.txt": "Ring Anna\n"}
    folder = folder_of(tmp_path, files)
    found = reading.read(folder, tmp_path / "out")
    assert found.format == "gtfs" and found.source == "underlag"
    assert [(table.name, table.rows) for table in found.tables] == [("stops", 2), ("routes", 1)]
    told = [repair.code for repair in found.repairs if repair.code != "missing_file"]
    assert told == ["feed_unpacked", "folder_others"]
    assert not list((tmp_path / "out").glob("*.zip"))
    assert catalogue.sources([folder]) == [folder]


def test_what_lies_beside_is_screened_and_deliveries_are_datasets_of_their_own(tmp_path: Path):
    files = {"stops.txt": STOPS, "routes.txt": ROUTES, "om.md": "Anna", "skolor.csv": "a;b\n1;2\n"}
    folder = folder_of(tmp_path, files)
    reading.read(folder, tmp_path / "out")
    beside = {part.within for part in surroundings.parts(tmp_path / "out")}
    assert {"om.md", "skolor.csv"} <= beside
    assert catalogue.sources([folder]) == [folder, folder / "skolor.csv"]


def test_a_shapefile_with_its_papers_is_one_dataset(tmp_path: Path):
    import geopandas
    from shapely.geometry import Point

    folder = folder_of(tmp_path, {"LÄSMIG.txt": "Frågor besvaras av kontoret\n"})
    points = [Point(536000, 6225000), Point(537000, 6226000)]
    geopandas.GeoDataFrame({"namn": ["Ön", "Ån"]}, geometry=points, crs="EPSG:3006").to_file(
        folder / "bad.shp"
    )
    found = reading.read(folder, tmp_path / "out")
    assert (found.format, found.main.rows) == ("shapefile", 2)
    assert found.main.geometry is not None and found.main.geometry.crs == "EPSG:3006"
    assert {part.within for part in surroundings.parts(tmp_path / "out")} >= {"LÄSMIG.txt"}
    assert catalogue.sources([folder]) == [folder]
    (folder / "annat.csv").write_text("a;b\n1;2\n")
    assert [one.name for one in catalogue.sources([folder])] == [
        "LÄSMIG.txt",
        "annat.csv",
        "bad.shp",
    ]


@pytest.mark.parametrize(
    ("files", "key"),
    [
        ({"a.csv": "a;b\n1;2\n", "c.csv": "c;d\n1;2\n"}, "reading.folder_several"),
        ({"21.csv": "id;n\n1;2\n", "22.csv": "id;n\n3;4\n"}, "reading.folder_delivery"),
        ({"x.gdb/a00000001.gdbtable": "x"}, "reading.geodatabase"),
        ({"a/stops.txt": STOPS, "b/stops.txt": STOPS}, None),
        ({"a.zip": "PK"}, "reading.folder_nested"),
        (
            {f"{f}/{n}": STOPS for f in "ab" for n in ("stops.txt", "trips.txt", "routes.txt")},
            "reading.folder_feeds",
        ),
    ],
)
def test_a_folder_of_others_is_told(files: dict[str, str], key: str | None, tmp_path: Path):
    folder = folder_of(tmp_path, files)
    if key is None:
        assert reading.read(folder, tmp_path / "out").format == "gtfs"
        return
    with pytest.raises(InputRefused) as refused:
        reading.read(folder, tmp_path / "out")
    assert refused.value.key == key and "underlag" in refused.value.text()
    assert all(name in refused.value.text() for name in files if "csv" in name)


def test_an_empty_folder_and_one_with_links_are_refused(tmp_path: Path):
    empty = tmp_path / "tom"
    empty.mkdir()
    with pytest.raises(InputRefused) as refused:
        reading.read(empty, tmp_path / "out")
    assert refused.value.key == "reading.folder_empty"
    assert catalogue.sources([empty]) == [empty]
    (tmp_path / "hemlig.txt").write_text("hemligt")
    (folder_of(tmp_path, {"stops.txt": STOPS}) / "om.txt").symlink_to(tmp_path / "hemlig.txt")
    with pytest.raises(InputRefused) as refused:
        reading.read(tmp_path / "underlag", tmp_path / "out")
    assert refused.value.key == "reading.folder_path"


def test_one_table_with_its_paper_is_read(tmp_path: Path):
    folder = folder_of(tmp_path, {"data.txt": "id;namn\n1;A\n2;B\n", "README.md": "# Om\n"})
    found = reading.read(folder, tmp_path / "out")
    assert (found.format, found.main.rows) == ("csv", 2)
    assert [repair.code for repair in found.repairs][:2] == ["folder", "folder_others"]


def test_a_folder_has_the_checksum_of_its_files_and_none_may_be_written_over(tmp_path: Path):
    folder = folder_of(tmp_path, {"stops.txt": STOPS, "routes.txt": ROUTES})
    source = SourceFile(folder, "running.no_file")
    before = source.checksums()
    assert set(before) == {"underlag", "underlag/stops.txt", "underlag/routes.txt"}
    assert not source.changed()
    (folder / "routes.txt").write_text(ROUTES + "R2,2,3\n")
    assert source.changed() and source.checksums()["underlag"] != before["underlag"]
    protection = protected.protected_by(tmp_path, [folder])
    assert protection.why(folder / "stops.txt") == protection.why(folder) == "input"


def test_a_folder_beyond_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from helpers.words.files import folders

    monkeypatch.setattr(folders, "MOST", 2)
    folder = folder_of(tmp_path, {f"{n}.csv": "a;b\n1;2\n" for n in range(4)})
    with pytest.raises(InputRefused) as refused:
        reading.read(folder, tmp_path / "out")
    assert refused.value.key == "reading.folder_bounds" and "2" in refused.value.text()
