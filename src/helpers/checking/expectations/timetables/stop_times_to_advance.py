"""Within a trip no time is earlier than the one before it.

A vehicle does not go back in time: the order of stops or a time is wrong. Past midnight times go on
beyond 24:00:00. Source: GTFS Schedule reference, arrival_time and departure_time.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import (
    feed,
    gone,
    header,
    here,
    whole,
)


def _sql(on: Target) -> str | None:
    if not {"trip_id", "stop_sequence"} <= set(on.fields):
        return None
    order = (
        f"partition by {header(on, 'trip_id')} order by {whole(header(on, 'stop_sequence'))},"
        f" {here(on)}, source_row"
    )
    return f"{here(on)} >= lag({gone(on)} ignore nulls) over ({order})"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(), feed(stop_times={1: {"arrival_time": None, "departure_time": None}})),
    wrong=(
        feed(stop_times={4: {"arrival_time": "0:01:00"}}),
        feed(stop_times={1: {"departure_time": "23:59:00"}}),
    ),
)
