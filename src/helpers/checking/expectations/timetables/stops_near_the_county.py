"""A stop lies in the box around the publisher's municipality or county, or within {km} km of it.

Lines run into the neighbouring counties; farther off the position is more often wrong, or the stop
another county's. Source: own threshold.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header, number
from helpers.ground import geography


def _sql(on: Target) -> str | None:
    box = geography.box_around(on.kwargs["area"], on.kwargs["km"])
    if box is None or not {"stop_lat", "stop_lon"} <= set(on.fields):
        return None
    west, south, east, north = box
    lon, lat = number(header(on, "stop_lon")), number(header(on, "stop_lat"))
    return f"{lon} between {west} and {east} and {lat} between {south} and {north}"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    takes={"area": REQUIRED, "km": 50},
    right=(feed(),),
    wrong=(feed(stops={0: {"stop_lat": "59.3"}}),),
)
