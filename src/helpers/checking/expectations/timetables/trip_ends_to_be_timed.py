"""The first and the last stop of a trip have an arrival time, and the first a departure time.

Without them nobody knows when the trip runs. Windows of on-demand traffic take their place. Source:
GTFS Schedule reference, arrival_time.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header, whole


def _sql(on: Target) -> str | None:
    if not {"trip_id", "stop_sequence"} <= set(on.fields):
        return None
    nth, trip = whole(header(on, "stop_sequence")), f"over (partition by {header(on, 'trip_id')})"
    arrives, leaves, window = (
        header(on, name)
        for name in ("arrival_time", "departure_time", "start_pickup_drop_off_window")
    )
    return (
        f"case when {window} is not null or {header(on, 'trip_id')} is null then null "
        f"when {nth} = min({nth}) {trip} then {arrives} is not null and {leaves} is not null "
        f"when {nth} = max({nth}) {trip} then {arrives} is not null end"
    )


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(), feed(stop_times={1: {"arrival_time": None, "departure_time": None}})),
    wrong=(
        feed(stop_times={0: {"departure_time": None}}),
        feed(stop_times={5: {"arrival_time": None}}),
    ),
)
