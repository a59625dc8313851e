"""The share is the part of the whole, to within {points} percentage points; on either scale, 0 to 1
or 0 to 100.

One of the three is of another year, another area or another row. Source: arithmetic; the room is
for rounding.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    part, whole = on.columns["part"], on.columns["whole"]
    if not (on.column.numeric and part.numeric and whole.numeric):
        return None
    counted = f"100.0 * {part.value} / {whole.value}"
    near = " or ".join(
        f"abs({on.value} * {scale} - {counted}) <= {on.kwargs['points']}" for scale in (1, 100)
    )
    return (
        f"case when {on.value} is not null and {part.value} is not null and {whole.value} > 0"
        f" then {near} end"
    )


EXPECTATION = Expectation(
    _sql,
    columns=("part", "whole"),
    takes={"points": 1},
    right=(
        {"column": "95", "part": "950", "whole": "1000"},
        {"column": "0.95", "part": "950", "whole": "1000"},
    ),
    wrong=({"column": "59", "part": "950", "whole": "1000"},),
)
