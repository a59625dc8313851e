"""{end} is not before {start}.

The period or the time cannot be. Times count beyond 24:00:00. Source: GTFS Schedule reference.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import day
from helpers.checking.times import seconds


def _sql(on: Target) -> str:
    start, end = on.columns["start"].cell, on.columns["end"].cell
    # a time never has eight digits and nothing else, a date always
    return f"coalesce({seconds(start)} <= {seconds(end)}, {day(start)} <= {day(end)})"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    columns=("start", "end"),
    right=(
        {"start": "23:50:00", "end": "24:05:00"},
        {"start": "9:00:00", "end": "10:00:00"},
        {"start": "20260101", "end": "20261231"},
    ),
    wrong=({"start": "8:07:00", "end": "8:05:00"}, {"start": "20261231", "end": "20260101"}),
)
