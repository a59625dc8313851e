"""No 2 rows have the same values in all columns of a key of the schema.

Source: ``primaryKey`` and ``uniqueKeys`` of Table Schema, ``primaryKey`` of CSVW. A row without any
of them is not compared.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, repeated
from helpers.checking.expectations.schemas import values


def _key(on: Target) -> str:
    columns = zip(on.kwargs["fields"], on.listed("column_list"), strict=True)
    parts = [values.value(field.written, values.cell(field, at.raw)) for field, at in columns]
    there = " and ".join(f"{part} is not null" for part in parts)
    return f"case when {there} then hash({', '.join(parts)}) end"


EXPECTATION = Expectation(
    _key,
    scope="row",
    columns=("column_list",),
    takes={"fields": REQUIRED},
    groups=lambda on: repeated(_key(on)),
    keys="repeated",
    right=([{"a": "1", "b": "x"}, {"a": "1", "b": "y"}],),
    wrong=([{"a": "1", "b": "x"}, {"a": "1", "b": "x"}],),
)
