"""The date lies in the delivery's most usual calendar year (1 year).

A row of another year is counted in the wrong one, or in none. Source: leverantörsreskontra 1.1, one
dataset is one calendar year.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    if on.facts["year"] is None:
        return None
    return f"year({on.value}) = {on.facts['year']}"


EXPECTATION = Expectation(
    _sql,
    facts=lambda on: {"year": f"mode(year({on.value}))"} if on.column.dated else {"year": "null"},
    right=([{"column": "2025-01-01"}, {"column": "2025-12-31"}],),
    wrong=([{"column": "2025-01-01"}, {"column": "2025-12-31"}, {"column": "2024-12-31"}],),
)
