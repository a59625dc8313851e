"""No code of 1 letter and 2 digits stands in both lists.

What was passed and remarked on at once says nothing. Source: Livsmedelsverket's points of
reporting, as Livsmedelsinspektioner version 2 lists them in two columns.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _codes(cell: str) -> str:
    return f"regexp_extract_all(upper({cell}), '[A-Z][0-9]{{2}}')"


def _sql(on: Target) -> str:
    other = on.columns["other"].cell
    return f"(not list_has_any({_codes(on.cell)}, {_codes(other)}))"


EXPECTATION = Expectation(
    _sql,
    columns=("other",),
    right=({"column": '["A01","J02"]', "other": '["A03"]'},),
    wrong=({"column": '["A01","J02"]', "other": '["J02"]'},),
)
