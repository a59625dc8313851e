"""The area in square metres is that of the outline, to within {percent} per cent.

One of them is old, or the area is in another unit. Only an outline of one ring is measured, on a
sphere, which is within half a per cent of the truth in Sweden. Source: geometry; the room is for
how roughly people draw.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.points import outlines


def _sql(on: Target) -> str | None:
    if not on.column.numeric:
        return None
    outline = on.columns["outline"].cell
    ring = outlines.ring(outline)
    crossed = "pair[1][1] * pair[2][2] - pair[2][1] * pair[1][2]"
    doubled = (
        f"list_sum(list_transform(list_zip(({ring})[:-2], ({ring})[2:]), lambda pair: {crossed}))"
    )
    scale = f"{outlines.METRES} * {outlines.METRES} * cos(radians(({ring})[1][2]))"
    area = f"(abs({doubled}) / 2 * {scale})"
    room = on.kwargs["percent"] / 100
    return (
        f"case when {on.value} is not null and {outlines.rings(outline)} = 1"
        f" then abs({on.value} - {area}) <= {room} * {area} end"
    )


_SQUARE = "POLYGON ((15.58 56.16, 15.59 56.16, 15.59 56.17, 15.58 56.17, 15.58 56.16))"

EXPECTATION = Expectation(
    _sql,
    columns=("outline",),
    takes={"percent": 20},
    right=({"column": "688000", "outline": _SQUARE},),
    wrong=(
        {"column": "6880", "outline": _SQUARE},
        {"column": "68.8", "outline": _SQUARE},
    ),
)
