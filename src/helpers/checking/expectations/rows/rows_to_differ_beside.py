"""No 2 rows that have {key_list} are equal in every column but {column_list}.

One thing is counted twice, whether with the same number or with another. Source: usual practice; a
column more that tells rows apart (a line, an hour, a group) makes them two.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Operand, Target, repeated


def _alike(on: Target) -> list[Operand]:
    """The columns that are equal in one thing counted twice."""
    counted = {column.name for column in on.listed("column_list")}
    return [column for column in on.every if column.name not in counted]


def _key(on: Target) -> str:
    cells = [column.cell for column in _alike(on)]
    filled = " and ".join(f"{column.cell} is not null" for column in on.listed("key_list"))
    return f"case when {filled} then hash({', '.join(cells)}) end"


EXPECTATION = Expectation(
    _key,
    scope="row",
    columns=("key_list", "column_list"),
    groups=lambda on: repeated(_key(on), _alike(on)),
)
