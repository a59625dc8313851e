"""The second of the 2 dates is not before the first.

Nothing ends before it begins: the two have changed places, or one has another year. Where one of
them has no clock time, days are compared. Source: the calendar.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    first, last = on.columns["first"], on.columns["last"]
    if not (first.dated and last.dated):
        return None
    timed = first.type == last.type == "datetime"
    day = "" if timed else "::date"
    return (
        f"case when {first.value} is not null and {last.value} is not null"
        f" then {first.value}{day} <= {last.value}{day} end"
    )


EXPECTATION = Expectation(
    _sql,
    scope="row",
    columns=("first", "last"),
    right=(
        {"first": "2026-06-01T18:00:00", "last": "2026-06-01T20:00:00"},
        {"first": "2026-06-01T18:00:00", "last": "2026-06-01T18:00:00"},
    ),
    wrong=({"first": "2026-06-02T18:00:00", "last": "2026-06-01T20:00:00"},),
)
