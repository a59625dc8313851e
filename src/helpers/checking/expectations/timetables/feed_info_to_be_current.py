"""Today lies in the period that feed_info gives the feed.

The publisher's own statement says that the feed is not valid. Source: GTFS Schedule reference,
feed_start_date and feed_end_date.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import day, feed, header


def _sql(on: Target) -> str:
    start, end = day(header(on, "feed_start_date")), day(header(on, "feed_end_date"))
    today = f"date '{on.today}'"
    return (
        f"case when ({start}) is not null or ({end}) is not null "
        f"then {today} >= coalesce({start}, {today}) and {today} <= coalesce({end}, {today}) end"
    )


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(feed_info=[{"feed_start_date": "20260101", "feed_end_date": "20991231"}]),),
    wrong=(feed(feed_info=[{"feed_start_date": "20250101", "feed_end_date": "20251231"}]),),
)
