"""The date or time is not before the other 1.

What ends before it begins, or is changed before it is there, is mistyped. Where one of the two has
no time of day, days are compared. Source: usual practice.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    other = on.columns["other"]
    if not (on.column.dated and other.dated):
        return None
    form = "timestamp" if {on.column.type, other.type} == {"datetime"} else "date"
    return f"({on.value}::{form} >= {other.value}::{form})"


EXPECTATION = Expectation(
    _sql,
    columns=("other",),
    right=({"column": "2026-02-03", "other": "2026-02-03"},),
    wrong=({"column": "2026-02-02", "other": "2026-02-03"},),
)
