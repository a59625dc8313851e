"""Every value is one of those that the schema lists.

Source: ``enum`` and ``categories`` of Table Schema. Values are compared as the field's type has
them: 1 and 01 are one number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, literal
from helpers.checking.expectations.schemas import values
from helpers.declared.schemas.model import Field


def _texts(field: Field) -> list[str]:
    """The members as a cell would have them."""
    return [values.spelt(member) for member in field.limits.enum]


def _sql(on: Target) -> str:
    field = on.kwargs["field"]
    own = values.value(field.written, values.cell(field, on.column.raw))
    if values.exact(field.written):
        members = [literal(text) for text in _texts(field)]
    else:
        members = [values.member(field.written, member) for member in field.limits.enum]
    return f"({own} in ({', '.join(members)}))"


def _stock(on: Target) -> Mapping[str, Any] | None:
    """Great Expectations counts it too, where texts are compared as they stand."""
    field = on.kwargs["field"]
    texts = [*_texts(field), *field.missing]
    plain = field.written.type in ("any", "string") and field.written.format == "default"
    return (
        {"column": on.column.raw, "value_set": texts}
        if plain and all(map(str.isprintable, texts))
        else None
    )


EXPECTATION = Expectation(
    _sql,
    stock=_stock,
    stock_name="expect_column_values_to_be_in_set",
    takes={"field": REQUIRED},
    right=("a",),
    wrong=("b",),
)
