"""The outline is a polygon in well-known text or GeoJSON whose first ring has four positions or
more and ends where it begins.

A ring that is open, or cut off, is drawn wrong or not at all. Sources: OGC Simple Features 6.1, RFC
7946.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.points import outlines


def _sql(on: Target) -> str:
    ring = outlines.ring(on.cell)
    return (
        f"case when {on.cell} is not null then {outlines.rings(on.cell)} > 0"
        f" and coalesce(len({ring}) >= 4 and ({ring})[1] = ({ring})[-1], false) end"
    )


EXPECTATION = Expectation(
    _sql,
    right=(
        "POLYGON ((15.58 56.16, 15.59 56.16, 15.59 56.17, 15.58 56.16))",
        "SRID=4326;MULTIPOLYGON(((15.58 56.16, 15.59 56.16, 15.59 56.17, 15.58 56.16)))",
        (
            '{"type": "Polygon", "coordinates":'
            " [[[15.58, 56.16], [15.59, 56.16], [15.59, 56.17], [15.58, 56.16]]]}"
        ),
    ),
    wrong=(
        "POLYGON ((15.58 56.16, 15.59 56.16, 15.59 56.17))",
        "POLYGON ((15.58 56.16, 15.59 56.16, 15.59 56.17, 15.57 56.18))",
        '{"type": "Polygon", "coordinates": [[[15.58, 56.16], [15.59, 56.16], [15.59,',
        "se kartan",
    ),
)
