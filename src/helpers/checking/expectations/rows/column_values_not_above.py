"""The number is not greater than the other 1 that it is a part of.

A part is never more than the whole: a column is shifted, or the two count different things. Source:
arithmetic.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    other = on.columns["whole"]
    if not (on.column.numeric and other.numeric):
        return None
    return (
        f"case when {on.value} is not null and {other.value} is not null"
        f" then {on.value} <= {other.value} end"
    )


EXPECTATION = Expectation(
    _sql,
    columns=("whole",),
    right=({"column": "950", "whole": "1000"},),
    wrong=({"column": "1200", "whole": "1000"},),
)
