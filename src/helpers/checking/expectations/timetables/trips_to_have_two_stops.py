"""A trip calls at 2 stops or more.

A trip with one stop, or none, takes nobody anywhere. Source: MobilityData's practice; often stops
fell out of the export.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import FEED, feed, header


def _wrong(on: Target) -> str:
    trip = header(on, "trip_id")
    return (
        f"select {trip} from base where {trip} is not null and {trip} not in"
        " (select trip_id from stop_times where trip_id is not null"
        " group by trip_id having count(*) > 1)"
    )


EXPECTATION = Expectation(
    lambda on: (
        header(on, "trip_id")
        if on.has("stop_times", "trip_id") and "trip_id" in on.fields
        else None
    ),
    scope="row",
    groups=_wrong,
    right=(feed(),),
    wrong=(feed(stop_times=FEED["stop_times"][:4]), feed(stop_times=FEED["stop_times"][:3])),
)
