"""Every value has as many characters, or parts, as the schema asks for.

Source: ``minLength`` and ``maxLength`` of Table Schema and CSVW.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.schemas import values


def _sql(on: Target) -> str:
    field = on.kwargs["field"]
    long = values.length(field.written, values.cell(field, on.column.raw))
    limits = (("<=", field.limits.most_length), (">=", field.limits.least_length))
    kept = [f"{long} {sign} {limit}" for sign, limit in limits if limit is not None]
    return f"({' and '.join(kept)})"


EXPECTATION = Expectation(_sql, takes={"field": REQUIRED}, right=("abc",), wrong=("a",))
