"""A stop time has both an arrival and a departure, or neither.

Where they are the same, both are to be given. Source: GTFS Schedule reference, departure_time.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation
from helpers.checking.expectations.timetables.relations import feed, header

EXPECTATION = Expectation(
    lambda on: (
        f"(({header(on, 'arrival_time')} is null) = ({header(on, 'departure_time')} is null))"
    ),
    scope="row",
    right=(feed(), feed(stop_times={1: {"arrival_time": None, "departure_time": None}})),
    wrong=(feed(stop_times={1: {"arrival_time": None}}),),
)
