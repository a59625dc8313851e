"""No value stands on two rows, compared as the schema's type has it.

Source: ``unique`` and ``primaryKey`` of Table Schema, ``primaryKey`` of CSVW.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, repeated
from helpers.checking.expectations.schemas import values


def _key(on: Target) -> str:
    field = on.kwargs["field"]
    return values.value(field.written, values.cell(field, on.column.raw))


EXPECTATION = Expectation(
    _key,
    takes={"field": REQUIRED},
    groups=lambda on: repeated(_key(on)),
    keys="repeated",
    right=([{"column": "a"}, {"column": "b"}],),
    wrong=([{"column": "a"}, {"column": "a"}],),
)
