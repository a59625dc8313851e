"""The 2 columns hold different values.

A journey from a place to itself, or one text in two columns, is most often a slip of the export.
Source: usual practice.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str:
    other = on.columns["other"].cell
    return f"case when {on.cell} is not null and {other} is not null then {on.cell} <> {other} end"


EXPECTATION = Expectation(
    _sql,
    columns=("other",),
    right=({"column": "Ronneby", "other": "Karlshamn"},),
    wrong=({"column": "Ronneby", "other": "Ronneby"},),
)
