"""An object that was in the delivery before has moved at most {metres} m.

Either it was moved, or its coordinates were spoiled on the way. Source: usual practice; playgrounds
and schools seldom move. Deliveries are compared by keyed hashes of ids; without one before nothing
is asked.
"""

from __future__ import annotations

from helpers.checking.deliveries import hashed
from helpers.checking.expectations.expectation import Expectation, Target

# a degree of latitude is 111,320 m
APART = "111320 * sqrt(pow(b.lat - p.lat, 2) + pow((b.lon - p.lon) * cos(radians(b.lat)), 2))"
_HERE, _THERE = {"lon": 15.55, "lat": 56.2}, {"lon": 15.55, "lat": 56.21}


def _wrong(on: Target) -> str | None:
    if on.secret is None:
        return None
    return f"""
        select b.{on.cell}
        from base b
        join previous p on p.id_hash = {hashed(f"b.{on.cell}", on.secret)}
        where p.lat is not null and b.lat is not null
        group by b.{on.cell}
        having min({APART}) > {on.kwargs["metres"]}
    """


EXPECTATION = Expectation(
    lambda on: (
        f"case when lon is not null then {on.cell} end"
        if on.secret is not None and on.placed
        else None
    ),
    takes={"metres": 100},
    groups=_wrong,
    right=(
        {
            "previous": [{"id": "1", "name": "Eken"} | _HERE],
            "example": [{"id": "1", "name": "Eken"} | _HERE],
        },
    ),
    wrong=(
        {
            "previous": [{"id": "1", "name": "Eken"} | _HERE],
            "example": [{"id": "1", "name": "Eken"} | _THERE],
        },
    ),
)
