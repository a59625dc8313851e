"""The row's numbers are of the same kind as most rows': degrees (up to 180), or metres (above 1,000).

Two systems in one column put the odd rows on another continent. Source: Swedish extracts that mix WGS84 and SWEREF 99.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    usual = on.facts["usual"]
    if usual is None:
        return None
    large = "greatest(abs(x), abs(y))"
    right = f"{large} > 1000" if usual > 1000 else f"{large} <= 180"
    return f"case when x is not null and {large} > 0.01 then {right} end"


EXPECTATION = Expectation(
    _sql, scope="point", facts=lambda on: {"usual": "median(greatest(abs(x), abs(y)))"},
    right=([{"lon": 15.5, "lat": 56.2}] * 3,),
    wrong=([{"lon": 15.5, "lat": 56.2}] * 3 + [{"lon": 536432.0, "lat": 6224176.0}],),
)  # fmt: skip
