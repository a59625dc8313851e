"""The periods of a trip's frequencies do not overlap.

Two headways hold at once. Source: GTFS Schedule reference, frequencies.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header
from helpers.checking.times import seconds


def _sql(on: Target) -> str | None:
    if not {"trip_id", "start_time", "end_time"} <= set(on.fields):
        return None
    start, end = seconds(header(on, "start_time")), seconds(header(on, "end_time"))
    order = f"partition by {header(on, 'trip_id')} order by {start}, {end}, source_row"
    return f"coalesce({start} >= lag({end}) over ({order}), true)"


def _two(second: str) -> list[dict[str, str]]:
    return [
        {"trip_id": "T1", "start_time": start, "end_time": end, "headway_secs": "600"}
        for start, end in (("6:00:00", "9:00:00"), (second, "12:00:00"))
    ]


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(frequencies=_two("9:00:00")),),
    wrong=(feed(frequencies=_two("08:50:00")),),
)
