"""The number has at most {decimals} decimals.

More of them are left from a calculation, or from a decimal sign in the wrong place. Source: amounts
are in kronor and öre.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    if not on.column.numeric:
        return None
    return f"abs(round({on.value}, {on.kwargs['decimals']}) - {on.value}) < 1e-6"


EXPECTATION = Expectation(_sql, takes={"decimals": 2})
