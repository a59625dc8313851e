"""A service ends today or later.

What has ended no longer belongs in the timetable, and a feed where all has ended answers no
question. Source: GTFS best practice, old services are removed.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import day, feed, header, ids


def _sql(on: Target) -> str | None:
    if not {"service_id", "end_date"} <= set(on.fields):
        return None
    today = f"date '{on.today}'"
    current = f"{day(header(on, 'end_date'))} >= {today}"
    if not on.has("calendar_dates", "service_id", "date", "exception_type"):
        return current
    coming = f"exception_type = '1' and {day('calendar_dates.date')} >= {today}"
    added = ids("calendar_dates", "service_id", coming)
    return f"({current} or {header(on, 'service_id')} in ({added}))"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(calendar={0: {"end_date": "20991231"}}),),
    wrong=(feed(calendar={0: {"end_date": "20251231"}}),),
)
