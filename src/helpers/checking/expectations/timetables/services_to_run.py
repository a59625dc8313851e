"""A service runs on 1 day or more: on a weekday of its period, or on a date of its own.

Its trips never run and still stand in the timetable. Source: GTFS Schedule reference, calendar and
calendar_dates.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import WEEKDAYS, day, feed, header, ids


def _sql(on: Target) -> str | None:
    if not {"service_id", "start_date", "end_date", *WEEKDAYS} <= set(on.fields):
        return None
    start, end = day(header(on, "start_date")), day(header(on, "end_date"))
    listed = ", ".join(header(on, weekday) for weekday in WEEKDAYS)
    first = f"range(0, least(7, ({end}) - ({start}) + 1))"
    weekly = (
        f"list_contains(list_transform({first}, i -> [{listed}][isodow(({start}) + i::int)]), '1')"
    )
    dated = on.has("calendar_dates", "service_id", "exception_type")
    listed_dates = ids("calendar_dates", "service_id", "exception_type = '1'")
    added = f"{header(on, 'service_id')} in ({listed_dates})"
    right = f"{weekly}{f' or {added}' if dated else ''}"
    return f"case when ({start}) is not null and ({end}) is not null then {right} end"


_NEVER = {0: dict.fromkeys(WEEKDAYS, "0")}
_TUESDAY = {"start_date": "20261124", "end_date": "20261124", "tuesday": "0"}

EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(
        feed(),
        feed(
            calendar=_NEVER,
            calendar_dates=[{"service_id": "W", "date": "20261201", "exception_type": "1"}],
        ),
    ),
    wrong=(feed(calendar=_NEVER), feed(calendar={0: _TUESDAY})),
)
