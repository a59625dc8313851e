"""A stop, station or entrance (location_type 0 to 2) has a position, and not (0, 0).

It shows on no map and no journey can be planned by way of it. Source: GTFS Schedule reference,
stop_lat and stop_lon.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header, number


def _sql(on: Target) -> str:
    lat, lon = number(header(on, "stop_lat")), number(header(on, "stop_lon"))
    return (
        f"case when coalesce({header(on, 'location_type')}, '0') in ('0', '1', '2')"
        f" then {lat} is not null and {lon} is not null"
        f" and not (abs({lat}) < 0.01 and abs({lon}) < 0.01) end"
    )


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(),),
    wrong=(
        feed(stops={0: {"stop_lat": "0", "stop_lon": "0.0"}}),
        feed(stops={0: {"stop_lat": None}}),
    ),
)
