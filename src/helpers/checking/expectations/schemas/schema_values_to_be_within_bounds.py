"""Every value keeps to the least and greatest of the schema.

Source: ``minimum``, ``maximum``, ``exclusiveMinimum`` and ``exclusiveMaximum`` of Table Schema, the
same of CSVW.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.schemas import values


def _sql(on: Target) -> str:
    field = on.kwargs["field"]
    text, limits = values.cell(field, on.column.raw), field.limits
    bounds = (
        (">=", limits.minimum),
        ("<=", limits.maximum),
        (">", limits.above),
        ("<", limits.below),
    )
    kept = [
        values.compared(field.written, text, sign, bound)
        for sign, bound in bounds
        if bound is not None
    ]
    return f"({' and '.join(kept)})"


EXPECTATION = Expectation(_sql, takes={"field": REQUIRED}, right=("12",), wrong=("-1",))
