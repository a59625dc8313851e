"""The position is in the table's own coordinate system: not in Sweden by another one only, nor in
metres among degrees.

Two systems in one column put the odd rows on another continent. Told apart are WGS 84, SWEREF 99 TM
and its zones, RT 90 2.5 gon V and Web Mercator, by where the point would lie: in the publisher's
municipality or county where that is known. Source: Swedish extracts that mix WGS 84, SWEREF 99 and
RT 90.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target, Told

LIKELY = (
    "(select list(name || ' (' || n || ')' order by n desc, name)"
    " from (select looks_like as name, count(*) as n from base"
    " where looks_like is not null group by looks_like))"
)


def told(on: Target) -> Told | None:
    """Which systems the points look like, and how many."""
    likely = on.facts["likely"]
    return ("looks_like", {"systems": ", ".join(likely)}) if likely else None


def _sql(on: Target) -> str | None:
    usual = on.facts["usual"]
    if usual is None:
        return None
    large = "greatest(abs(x), abs(y))"
    right = f"{large} > 1000" if usual > 1000 else f"{large} <= 180"
    return f"case when x is not null and {large} > 0.01 then looks_like is null and {right} end"


EXPECTATION = Expectation(
    _sql,
    scope="point",
    facts=lambda on: {"usual": "median(greatest(abs(x), abs(y)))", "likely": LIKELY},
    told=told,
    right=([{"lon": 15.5, "lat": 56.2}] * 3,),
    wrong=(
        [{"lon": 15.5, "lat": 56.2}] * 3 + [{"lon": 536432.0, "lat": 6224176.0}],
        [{"lon": 15.5, "lat": 56.2}] * 3 + [{"lon": 1488000.0, "lat": 6228000.0}],
    ),
)
