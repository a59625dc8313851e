"""A stop, station or entrance (location_type 0 to 2) has a name.

The traveller has nothing to search for. Source: GTFS Schedule reference, stop_name.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation
from helpers.checking.expectations.timetables.relations import feed, header

EXPECTATION = Expectation(
    lambda on: (
        f"case when coalesce({header(on, 'location_type')}, '0') in ('0', '1', '2') "
        f"then {header(on, 'stop_name')} is not null end"
    ),
    scope="row",
    right=(feed(), feed(stops={0: {"location_type": "3", "stop_name": None}})),
    wrong=(feed(stops={0: {"stop_name": " "}}),),
)
