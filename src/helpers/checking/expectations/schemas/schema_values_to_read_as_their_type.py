"""Every value is written as the schema's type and format are.

Source: ``type`` and ``format`` of Table Schema, ``datatype`` of CSVW.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.schemas import values


def _sql(on: Target) -> str:
    field = on.kwargs["field"]
    text = values.cell(field, on.column.raw)
    return f"case when {text} is not null then {values.reads(field.written, text)} end"


EXPECTATION = Expectation(_sql, takes={"field": REQUIRED}, right=("12",), wrong=("tolv",))
