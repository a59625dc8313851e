"""The feed's last day with traffic lies {days} days ahead or more.

Whoever plans a journey for next month finds nothing. A feed that has ended altogether is not
checked here. Source: GTFS Schedule reference, a feed should cover the next 30 days.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import day, feed, ids


def _sql(on: Target) -> str | None:
    ends = []
    if on.has("calendar", "service_id", "end_date"):
        ends.append(f"select service_id, {day('calendar.end_date')} as day from calendar")
    if on.has("calendar_dates", "service_id", "date", "exception_type"):
        ends.append(
            f"select service_id, {day('calendar_dates.date')} as day from calendar_dates"
            " where exception_type = '1'"
        )
    if not ends or not on.has("trips", "service_id"):
        return None
    last = (
        f"select max(day) from ({' union all '.join(ends)})"
        f" where service_id in ({ids('trips', 'service_id')})"
    )
    today = f"date '{on.today}'"
    return f"case when ({last}) >= {today} then ({last}) >= {today} + {on.kwargs['days']} end"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    takes={"days": 30},
    right=(feed(calendar={0: {"end_date": "20991231"}}),),
    wrong=(feed(calendar={0: {"end_date": "20261210"}}),),
)
