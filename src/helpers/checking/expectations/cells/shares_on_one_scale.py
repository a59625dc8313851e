"""Where most shares are 0 to 1, none is above 1.

A share of 95 among shares of 0.95 is per cent, and a sum or a map is wrong a hundredfold. The other
way round cannot be told from a small share, so it is not asked. Source: tables put together from
two publishers.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    usual = on.facts["usual"]
    if usual is None or usual > 1:
        return None
    return f"case when {on.value} is not null then {on.value} <= 1 end"


EXPECTATION = Expectation(
    _sql,
    facts=lambda on: {"usual": f"median({on.value})" if on.column.numeric else "null"},
    right=([{"column": "0.5"}, {"column": "0.95"}, {"column": "1"}],),
    wrong=([{"column": "0.5"}, {"column": "0.95"}, {"column": "95"}],),
)
