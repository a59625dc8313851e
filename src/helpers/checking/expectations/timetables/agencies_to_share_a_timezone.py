"""All agencies of the feed have 1 time zone.

Times of one trip would lie in two zones. Named are those outside the zone of most, or all where no
zone has most. Source: GTFS Schedule reference, agency_timezone.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import FEED, feed, header


def _sql(on: Target) -> str:
    zone = header(on, "agency_timezone")
    return (
        f"case when {zone} is not null"
        f" then 2 * count(*) over (partition by {zone}) > count({zone}) over () end"
    )


_TWO = [
    FEED["agency"][0],
    FEED["agency"][0] | {"agency_id": "2", "agency_timezone": "Europe/Helsinki"},
]

EXPECTATION = Expectation(
    lambda on: _sql(on) if "agency_timezone" in on.fields else None,
    scope="row",
    right=(feed(),),
    wrong=(feed(agency=_TWO),),
)
