"""The feed has every file that the GTFS reference requires: agency, stops, routes, trips,
stop_times, and calendar or calendar_dates.

Without one of them no journey can be found. Source: GTFS Schedule reference, dataset files. Zones
of on-demand traffic (locations.geojson) may stand for stops; a file with a header alone is as good
as missing.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import FEED, feed
from helpers.reading.snapshot import Snapshot
from helpers.traffic import gtfs_reference


def _judge(snapshot: Snapshot) -> list[Judged]:
    missing = gtfs_reference.missing(snapshot)
    required = sum(file.required for file in gtfs_reference.load().files.values())
    return [Judged(required, len(missing), names=tuple(_named(name) for name in missing))]


def _named(name: str) -> str:
    instead = gtfs_reference.load().files[name].instead
    return f"{name}.txt/{instead}.txt" if instead else f"{name}.txt"


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(
        feed(),
        feed(
            calendar=[],
            calendar_dates=[{"service_id": "W", "date": "20261201", "exception_type": "1"}],
        ),
    ),
    wrong=(
        {name: rows for name, rows in FEED.items() if name != "stop_times"},
        feed(agency=[]),
        feed(calendar=[]),
    ),
)
