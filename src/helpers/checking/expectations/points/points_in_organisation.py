"""The point lies in the publisher's municipality or county, its sea counted, or within 100 m of it.

The shapes are simplified by at most 50 m and positions are not exact, so that a place at the border
may lie on either side. Elsewhere it is most often a wrong coordinate, and sometimes another
municipality's object. Traffic runs across borders: where ``crossing``, points elsewhere are right
as long as a single one lies at home. Source: the organisation's own code, and the municipalities'
borders (``data/borders``).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target, literal
from helpers.checking.expectations.points.points_to_be_in_one_system import LIKELY, told


def _here(on: Target) -> str:
    return f"contains(within_reach, ' ' || {literal(on.kwargs['area'])})"


def _sql(on: Target) -> str:
    right = "true" if on.kwargs["crossing"] and on.facts["home"] else _here(on)
    return f"case when kommunkod is not null then {right} end"


EXPECTATION = Expectation(
    _sql,
    scope="point",
    facts=lambda on: {
        "likely": LIKELY,
        "home": f"count(*) filter (where kommunkod is not null and {_here(on)})",
    },
    told=told,
    takes={"area": REQUIRED, "crossing": False},
    right=(
        {"lon": 15.55, "lat": 56.2},
        {"lon": 15.7, "lat": 55.954},
    ),
    wrong=({"lon": 14.86, "lat": 56.17},),
)
