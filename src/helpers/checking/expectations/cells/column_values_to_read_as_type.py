"""A cell that is not missing reads as the column's type.

A cell that does not is lost in every sum, sort and map. Source: the types that the specification or
95 % of the cells give. Digits, a hyphen and digits are the number of a firm (0145076-7 is a Finnish
one) or of a case: a column of such is of codes, and nothing is lost.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

CODE = r"\d{5,}-\d{1,4}"


def _sql(on: Target) -> str:
    code = f" and not regexp_full_match({on.cell}, '{CODE}')" if on.column.type == "integer" else ""
    return f"case when {on.cell} is not null{code} then {on.value} is not null end"


EXPECTATION = Expectation(
    _sql,
    scope="typed",
    right=({"number": "12"}, [{"number": "12"}, {"number": "0145076-7"}]),
    wrong=({"number": "tolv"},),
)
