"""A stop time names a stop or a platform (location_type 0), never a station or an entrance.

Nobody can tell from which platform the vehicle leaves. Source: GTFS Schedule reference,
stop_times.stop_id.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header


def _wrong(on: Target) -> str:
    return (
        "select stop_id from stops"
        " where coalesce(location_type, '0') <> '0' and stop_id is not null"
    )


EXPECTATION = Expectation(
    lambda on: (
        header(on, "stop_id")
        if on.has("stops", "stop_id", "location_type") and "stop_id" in on.fields
        else None
    ),
    scope="row",
    groups=_wrong,
    right=(feed(),),
    wrong=(feed(stops={0: {"location_type": "1"}}),),
)
