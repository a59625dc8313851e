"""A trip of the feed runs on one of the coming {days} days.

The timetable answers nothing about today. Source: GTFS Schedule reference, a feed is to be valid
for at least the next 7 days and should cover the next 30.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, ids, running


def _sql(on: Target) -> str | None:
    days = running(on, on.today, on.kwargs["days"])
    if days is None or not on.has("trips", "service_id"):
        return None
    return f"(select count(*) > 0 from ({days}) where service_id in ({ids('trips', 'service_id')}))"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    takes={"days": 30},
    right=(feed(calendar={0: {"end_date": "20991231"}}),),
    wrong=(
        feed(calendar={0: {"end_date": "20251231"}}),
        feed(trips={0: {"service_id": "X"}, 1: {"service_id": "X"}}),
    ),
)
