"""Every row has a value, by the schema's own words for none.

Source: ``required`` and ``missingValues`` of Table Schema, ``required`` and ``null`` of CSVW.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation
from helpers.checking.expectations.schemas import values

EXPECTATION = Expectation(
    lambda on: f"({values.cell(on.kwargs['field'], on.column.raw)} is not null)",
    takes={"field": REQUIRED},
    right=("a",),
    wrong=("",),
)
