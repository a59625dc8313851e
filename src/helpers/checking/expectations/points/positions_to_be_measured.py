"""Fewer than 5 measurements share exactly one position of 4 decimals or more.

No two fixes by GPS are equal to 11 m again and again: such a position is an address, an operator's
or a geocoder's. Where a column says how positions were got it is not asked. Source:
Bredbandskollen's web measurements, placed by the operator's address.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target, Told
from helpers.checking.expectations.points.points_not_stacked import POINT

_FINE = "(lon <> round(lon, 3) or lat <> round(lat, 3))"
STACKED = f"select {POINT} as key from base where {_FINE} group by key having count(*) >= 5"


def _told(on: Target) -> Told | None:
    share = on.facts["stacked"]
    return ("derived", {"share": round(100 * share)}) if share else None


EXPECTATION = Expectation(
    lambda on: None if "position_source" in on.fields else f"case when {_FINE} then {POINT} end",
    scope="point",
    groups=lambda on: STACKED,
    keys="spots",
    told=_told,
    facts=lambda on: {
        "stacked": f"(select avg(({POINT} in ({STACKED}))::int) from base where lon is not null)"
    },
    right=(
        [{"lon": 15.5912, "lat": 56.1634}] * 4,
        [{"lon": 15.5912 + i / 10000, "lat": 56.1634} for i in range(6)],
    ),
    wrong=([{"lon": 15.5912, "lat": 56.1634}] * 5,),
)
