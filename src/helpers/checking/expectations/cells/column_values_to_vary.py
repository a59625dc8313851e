"""Not 1 and the same value on every one of 10 rows or more.

An address that is the same for each object leads to none of them. Source: a city's map of art, one
address on 179 rows.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str:
    same = on.facts["filled"] >= 10 and on.facts["different"]
    return f"case when {on.cell} is not null then {'false' if same else 'true'} end"


EXPECTATION = Expectation(
    _sql,
    facts=lambda on: {
        "filled": f"count({on.cell})",
        "different": f"min({on.cell}) = max({on.cell})",
    },
    right=([{"column": str(i)} for i in range(12)], [{"column": "a"}] * 5),
    wrong=([{"column": "a"}] * 10,),
)
