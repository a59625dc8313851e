"""A synthetic feed in which all is right has no finding; a reference that says nonsense is
refused."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import reading
from helpers.checking import suites
from helpers.checking.planning import Known
from helpers.checking.running import run
from helpers.declared import catalogue
from helpers.reading.snapshot import Repair
from helpers.running.source import SourceFile
from helpers.traffic import gtfs_reference
from helpers.words.errors import ConfigurationError, InputRefused

from . import makers


@pytest.mark.slow
def test_a_right_feed_has_no_finding_but_when_its_day_has_passed(tmp_path: Path):
    file = makers.write(tmp_path)
    (tmp_path / "read").mkdir()
    snapshot = reading.read(file, tmp_path / "read")
    rules = suites.rules_for("rorelsedata", "gtfs")
    for today, expected in (
        (dt.date(2026, 11, 24), set()),
        (dt.date(2026, 12, 10), {"gtfs_reaches_ahead"}),
        (dt.date(2027, 2, 1), {"gtfs_traffic_ahead", "gtfs_service_not_past"}),
    ):
        found = run(snapshot, rules, {}, Known(today=today), twice=False)
        assert {one.id for one in found if one.outcome in ("failed", "error")} == expected, today


def test_a_feed_in_a_folder_and_one_with_zones_only(tmp_path: Path):
    from tests.reading import makers as archives

    agency = "agency_name\nX\n"
    inner = {"gtfs/stops.txt": "stop_id\nA\n", "gtfs/agency.txt": agency}
    zones = {"agency.txt": agency, "locations.geojson": "{}"}
    for name, content, told in (("folder", inner, "in_folder"), ("zones", zones, "zones")):
        file, folder = tmp_path / f"{name}.zip", tmp_path / name
        file.write_bytes(archives.archive(content))
        folder.mkdir()
        repairs = reading.read(file, folder).repairs
        assert told in {one.code for one in repairs}
        assert (Repair("missing_file", 1, [], "stops") in repairs) is False


def test_an_unpacked_feed_is_one_timetable_and_the_same_as_its_zip(tmp_path: Path):
    file = makers.write(tmp_path, routes=4, trips=8, calls=10)
    feed = tmp_path / "unpacked"
    with zipfile.ZipFile(file) as archive:
        archive.extractall(feed)
    (feed / "annat.csv").write_text("a;b\n1;2\n", "utf-8")
    assert [one.name for one in catalogue.sources([feed])] == ["unpacked", "annat.csv"]
    assert catalogue.sources([feed / "trips.txt"]) == [feed / "trips.txt"]
    shots = []
    for one in (file, feed):
        folder = tmp_path / f"{one.stem}-tables"
        folder.mkdir()
        shots.append(reading.read(one, folder))
    plain, unpacked = ({one.name: (one.rows, one.columns) for one in shot.tables} for shot in shots)
    assert plain == unpacked and shots[1].format == "gtfs"
    before = SourceFile(feed, "x").checksums()
    (feed / "trips.txt").write_text("changed", "utf-8")
    assert SourceFile(feed, "x").checksums() != before


def rewritten(file: Path, target: Path, name: str, delimiter: str) -> Path:
    """The feed with its files called by ``name`` (a format of the stem) and ``delimiter`` between
    cells."""
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(target, "w") as archive:
        for entry in made.namelist():
            out = io.StringIO(newline="")
            rows = csv.reader(io.StringIO(made.read(entry).decode()))
            csv.writer(out, delimiter=delimiter).writerows(rows)
            archive.writestr(name.format(Path(entry).stem), out.getvalue())
    return target


@settings(max_examples=4, deadline=None)
@given(
    name=st.sampled_from(["{}.txt", "{}.TXT", "Mapp/{}.Txt"]), delimiter=st.sampled_from(",;|\t")
)
@example("{}.TXT", ";")
@pytest.mark.slow
def test_a_feed_is_the_same_whatever_its_files_are_called_and_parted_by(name: str, delimiter: str):
    with tempfile.TemporaryDirectory() as root:
        file = makers.write(Path(root), routes=4, trips=8, calls=10)
        other = rewritten(file, Path(root) / "other.zip", name, delimiter)
        shots = []
        for one in (file, other):
            folder = Path(root) / one.stem
            folder.mkdir()
            shots.append(reading.read(one, folder))
        plain, written = (
            {one.name: (one.rows, one.columns) for one in shot.tables} for shot in shots
        )
        assert plain == written
        told = {one.code: one.count for one in shots[1].repairs}
        assert told.get("file_capitals", 0) == (0 if name == "{}.txt" else len(plain))
        parted = sum(one.code == "feed_delimiter" for one in shots[1].repairs)
        assert parted == (0 if delimiter == "," else len(plain))


def test_two_feeds_in_one_archive_are_refused_and_a_spare_file_is_not(tmp_path: Path):
    from tests.reading import makers as archives

    files = {"stops.txt": "stop_id\nA\n", "agency.txt": "agency_name\nX\n", "trips.txt": "a\n1\n"}
    two = {f"{folder}/{name}": text for folder in ("norr", "söder") for name, text in files.items()}
    spare = files | {"gammalt/stops.txt": "stop_id\nB\n"}
    (tmp_path / "two.zip").write_bytes(archives.archive(two))
    (tmp_path / "spare.zip").write_bytes(archives.archive(spare))
    with pytest.raises(InputRefused) as refused:
        reading.read(tmp_path / "two.zip", tmp_path)
    assert refused.value.key == "reading.feeds_several"
    repairs = reading.read(tmp_path / "spare.zip", tmp_path).repairs
    assert Repair("archive_others", 1) in repairs


@pytest.mark.parametrize(
    ("part", "text"), [("stop_id: id required", "stop_id: idea"), ("modes:", "moods:")]
)
def test_a_reference_that_cannot_be_understood_is_refused(part: str, text: str, tmp_path: Path):
    file = tmp_path / "gtfs.yaml"
    file.write_text(gtfs_reference.REFERENCE.text().replace(part, text), "utf-8")
    with pytest.raises(ConfigurationError):
        gtfs_reference._load(file)


def test_no_code_is_of_two_kinds_and_every_id_leads_somewhere():
    known = gtfs_reference.load()
    codes = [code for mode in known.modes.values() for code in mode.codes]
    assert len(codes) == len(set(codes)) and {0, 3, 100, 401, 700, 717, 900, 1000, 1501} <= set(
        codes
    )
    ends = {
        end
        for file in known.files.values()
        for field in file.fields.values()
        for end in field.leads_to
    }
    assert all(name in known.files[file].fields for file, name in ends)
    assert yaml.safe_load(gtfs_reference.REFERENCE.text())["status"] == "verified"
