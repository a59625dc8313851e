"""A route has a short name or a long name.

The traveller cannot tell which line it is. Source: GTFS Schedule reference, route_short_name and
route_long_name.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation
from helpers.checking.expectations.timetables.relations import feed, header

EXPECTATION = Expectation(
    lambda on: (
        f"(coalesce({header(on, 'route_short_name')}, {header(on, 'route_long_name')}) is not null)"
    ),
    scope="row",
    right=(feed(),),
    wrong=(feed(routes={0: {"route_short_name": None}}),),
)
