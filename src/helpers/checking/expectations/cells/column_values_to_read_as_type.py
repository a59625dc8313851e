"""A cell that is not missing reads as the column's type.

A cell that does not is lost in every sum, sort and map. Source: the types that the specification or
95 % of the cells give.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

EXPECTATION = Expectation(
    lambda on: f"case when {on.cell} is not null then {on.value} is not null end",
    scope="typed",
    right=({"number": "12"},),
    wrong=({"number": "tolv"},),
)
