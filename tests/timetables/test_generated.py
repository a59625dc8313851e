"""A synthetic feed in which all is right has no finding; a reference that says nonsense is
refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from helpers import reading
from helpers.checking import suites
from helpers.checking.planning import Known
from helpers.checking.running import run
from helpers.reading.snapshot import Repair
from helpers.traffic import gtfs_reference
from helpers.words.errors import ConfigurationError

from . import makers


def test_a_right_feed_has_no_finding_but_when_its_day_has_passed(tmp_path: Path):
    file = makers.write(tmp_path)
    (tmp_path / "read").mkdir()
    snapshot = reading.read(file, tmp_path / "read")
    rules = suites.of("rorelsedata", "gtfs")
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
