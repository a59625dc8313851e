"""The whole text follows the schema's pattern.

Source: ``pattern`` of Table Schema, ``format`` of a text in CSVW. A pattern that needs more than a
regular language (RE2) is told as not tried.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, literal
from helpers.checking.expectations.schemas import values


def _sql(on: Target) -> str:
    field = on.kwargs["field"]
    text = values.cell(field, on.column.raw)
    follows = f"regexp_full_match({text}, {literal(field.limits.pattern)})"
    return f"case when {values.reads(field.written, text)} then {follows} end"


EXPECTATION = Expectation(_sql, takes={"field": REQUIRED}, right=("AB",), wrong=("ab",))
