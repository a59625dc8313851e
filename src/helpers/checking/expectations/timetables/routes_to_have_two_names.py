"""The long name of a route is another than its short name.

The same name twice tells the traveller nothing more; of the two one is enough. Source: GTFS
Schedule reference, route_long_name; information only.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header


def _sql(on: Target) -> str | None:
    if not {"route_short_name", "route_long_name"} <= set(on.fields):
        return None
    short, long = header(on, "route_short_name"), header(on, "route_long_name")
    return f"lower({short}) <> lower({long})"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    right=(feed(routes={0: {"route_long_name": "Torget - Kyrkan"}}),),
    wrong=(feed(routes={0: {"route_short_name": "Linje 1", "route_long_name": "linje 1"}}),),
)
