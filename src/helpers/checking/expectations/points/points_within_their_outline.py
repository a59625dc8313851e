"""The position lies within the bounds of the outline on the same row, to within {metres} metres.

One of them is another object's, in another system, or has latitude and longitude in each other's
place. Bounds alone are compared: a position may rightly lie at the gate. Source: the specification
gives both for one object.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.points import outlines


def _sql(on: Target) -> str | None:
    latitude, longitude = on.columns["latitude"], on.columns["longitude"]
    if not (latitude.numeric and longitude.numeric):
        return None
    positions = outlines.every(on.cell)
    near = []
    for number, axis in ((1, longitude), (2, latitude)):
        along = f"list_transform({positions}, lambda spot: spot[{number}])"
        scale = f"cos(radians({latitude.value}))" if number == 1 else "1"
        room = f"{on.kwargs['metres']} / {outlines.METRES} / greatest({scale}, 0.1)"
        near.append(
            f"{axis.value} between list_min({along}) - {room} and list_max({along}) + {room}"
        )
    there = f"{latitude.value} is not null and {longitude.value} is not null"
    return (
        f"case when {outlines.rings(on.cell)} > 0 and {there}"
        f" then coalesce({' and '.join(near)}, false) end"
    )


_SQUARE = "POLYGON ((15.58 56.16, 15.59 56.16, 15.59 56.17, 15.58 56.17, 15.58 56.16))"
_TURNED = "POLYGON ((56.16 15.58, 56.16 15.59, 56.17 15.59, 56.17 15.58, 56.16 15.58))"

EXPECTATION = Expectation(
    _sql,
    columns=("latitude", "longitude"),
    takes={"metres": 50},
    right=(
        {"column": _SQUARE, "latitude": "56.165", "longitude": "15.585"},
        {"column": _SQUARE, "latitude": "56.1702", "longitude": "15.585"},
    ),
    wrong=(
        {"column": _SQUARE, "latitude": "56.18", "longitude": "15.585"},
        {"column": _TURNED, "latitude": "56.165", "longitude": "15.585"},
    ),
)
