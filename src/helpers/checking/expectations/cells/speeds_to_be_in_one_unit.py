"""No speed is more than {times} times the median of its technology.

A row in kbit/s among rows in Mbit/s is 1,000 times too fast. Source: measured speeds spread far
less than a hundredfold above their median.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    usual = on.facts["usual"]
    if not usual:
        return None
    limit = f"{on.kwargs['times']} * greatest({usual}, 1)"
    if "technology" in on.columns:
        kinds = on.facts["by_technology"] or {}
        known = " ".join(
            f"when '{str(kind).replace(chr(39), chr(39) * 2)}' then"
            f" {on.kwargs['times'] * max(float(median or 0), 1.0)}"
            for kind, median in list(kinds.items())[:200]
        )
        limit = (
            f"(case {on.columns['technology'].cell} {known} else {limit} end)" if known else limit
        )
    return f"case when {on.value} is not null then {on.value} <= {limit} end"


def _facts(on: Target) -> dict[str, str]:
    if not on.column.numeric:
        return {"usual": "null"}
    asked = {"usual": f"median({on.value})"}
    if "technology" in on.columns:
        kind = on.columns["technology"].cell
        asked["by_technology"] = (
            "(select map_from_entries(list((k, m)))"
            f" from (select {kind} as k, median({on.value}) as m from base"
            f" where {kind} is not null group by k having count(*) >= 20))"
        )
    return asked


EXPECTATION = Expectation(
    _sql,
    optional=("technology",),
    takes={"times": 100},
    facts=_facts,
    right=([{"column": "100"}] * 5 + [{"column": "900"}],),
    wrong=([{"column": "100"}] * 5 + [{"column": "94000"}],),
)
