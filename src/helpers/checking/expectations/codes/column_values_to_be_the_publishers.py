"""The code is one of the publisher's own: {codes}.

A row with another's code is counted as theirs. Source: leverantörsreskontra 1.1 and the point
specifications. It does not apply where the publisher has no such code (a region has no kommunkod).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, literal


def _sql(on: Target) -> str:
    codes = ", ".join(literal(code) for code in on.kwargs["codes"])
    return f"case when {on.cell} <> '*' then replace({on.cell}, '-', '') in ({codes}) end"


EXPECTATION = Expectation(_sql, takes={"codes": REQUIRED})
