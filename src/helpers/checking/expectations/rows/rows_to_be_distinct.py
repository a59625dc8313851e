"""No row is equal to another in every cell.

Two equal rows may be one thing told twice. Source: usual practice; in a ledger equal lines are
normal, so information only.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target, repeated


def _key(on: Target) -> str:
    return f"hash({', '.join(column.raw for column in on.every)})"


EXPECTATION = Expectation(
    _key,
    scope="row",
    groups=lambda on: repeated(_key(on), on.every),
    keyed=lambda on: "true",
    right=([{"a": "1", "b": "x"}, {"a": "1", "b": "y"}],),
    wrong=([{"a": "1", "b": "x"}, {"a": "1", "b": "x"}],),
)
