"""What is said of real feeds and of feeds with one fault each, held against what is known of
them."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from helpers import reading
from helpers.checking import suites
from helpers.checking.findings import Finding
from helpers.checking.planning import Known
from helpers.checking.running import run

TODAY = dt.date(2026, 11, 24)
# Feeds of 2007 to 2025: expired, which is all that may be said of the good one.
EXPIRED = {"gtfs_service_not_past", "gtfs_traffic_ahead"}
# Most of the small feeds leave out the last commas of a row; the fault that they were made for
# stands beside it.
RAGGED = "gtfs_rows_whole"
FAULTS: dict[str, set[tuple[str, str, str | None, tuple[int, ...]]]] = {
    "good_feed": set(),
    "utf8bom": set(),
    "bad_date_format": {
        ("gtfs_dates_read", "calendar", "start_date", (2,)),
        ("gtfs_dates_read", "calendar_dates", "date", (2,)),
    },
    "bad_utf8": {("gtfs_utf8", "", None, ())},
    "utf16": {("gtfs_utf8", "", None, ())},
    "contains_null": {("gtfs_utf8", "", None, ())},
    "duplicate_stop": {("gtfs_stop_once", "stops", None, (4, 5))},
    "duplicate_stop_sequence": {("gtfs_keys_unique", "stop_times", None, (3, 4))},
    "empty_file": {("gtfs_files_there", "", None, ())},
    "extra_row_cells": {("gtfs_rows_whole", "routes", None, (4,))},
    "missing_calendar": {("gtfs_files_there", "", None, ())},
    "missing_column": {("gtfs_fields_there", "agency", None, ())},
    "missing_endpoint_times": {("gtfs_ends_timed", "stop_times", None, (16, 21))},
    "missing_stop_times": {("gtfs_files_there", "", None, ())},
    "missing_stops": {("gtfs_files_there", "", None, ())},
    "undefined_stop": {("gtfs_ids_exist", "stop_times", "stop_id", (11,))},
}


def failed(file: Path, folder: Path, *, twice: bool = False) -> list[Finding]:
    snapshot = reading.read(file, folder)
    found = run(
        snapshot, suites.rules_for("rorelsedata", "gtfs"), {}, Known(today=TODAY), twice=twice
    )
    assert not [one for one in found if one.outcome == "error"]
    return [one for one in found if one.outcome == "failed"]


QUICK = {"missing_stop_times"}


@pytest.mark.real
@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[] if one in QUICK else [pytest.mark.slow]) for one in FAULTS]
)
def test_each_fault_is_named_by_its_rule_and_no_other(name: str, real: Path, tmp_path: Path):
    feed = tmp_path / f"{name}.zip"
    with zipfile.ZipFile(feed, "w") as archive:
        for part in sorted((real / "bad" / "gtfs" / name).iterdir()):
            archive.write(part, part.name)
    (tmp_path / "read").mkdir()
    found = failed(feed, tmp_path / "read", twice=name == "good_feed")
    said = {
        (one.id, one.table, one.column, tuple(one.rows)) for one in found if one.id not in EXPIRED
    }
    ragged = {one for one in said - FAULTS[name] if one[0] == RAGGED}
    assert said - ragged == FAULTS[name]
    assert name != "good_feed" or not ragged


@pytest.mark.real
def test_the_ferries_of_finland_are_expired_and_nothing_worse(real: Path, tmp_path: Path):
    found = failed(real / "mobility" / "finnish_ferries_gtfs.zip", tmp_path)
    assert {one.id for one in found if one.severity != "info"} == EXPIRED
    assert {one.id: one.failed for one in found if one.severity == "info"} == {
        "gtfs_routes_used": 67,
        "gtfs_stops_served": 274,
        "gtfs_stop_once": 12,
        "gtfs_route_names_differ": 14,
    }


@pytest.mark.real
def test_uppsala_lacks_its_stop_times_and_places_kalkugnen_off_kaliningrad(
    real: Path, tmp_path: Path
):
    found = {
        one.id: one
        for one in failed(real / "mobility" / "ul_gtfs_2021-09_without_stop_times.zip", tmp_path)
    }
    assert "stop_times.txt" in found["gtfs_files_there"].message["sv"]
    # the cut that took the times took the shapes too
    assert "shapes.txt" in found["gtfs_ids_have_their_file"].message["sv"]
    assert found["gtfs_stop_not_far_off"].rows == [3096, 9578]
    # Gamla Uppsala Buss: its bay lies 4 km east of its station
    assert found["gtfs_stop_near_station"].rows == [7974]
    assert {name for name, one in found.items() if one.severity != "info"} == {
        *EXPIRED,
        "gtfs_files_there",
        "gtfs_ids_have_their_file",
        "gtfs_stop_not_far_off",
        "gtfs_stop_near_station",
    }
