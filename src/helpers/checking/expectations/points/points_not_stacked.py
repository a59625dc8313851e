"""Fewer than 5 rows share exactly one position.

They have a default position, such as the town hall's. Source: real maps; equal to 1e-9 degree, a
tenth of a millimetre.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

POINT = "(round(lon, 9)::varchar || ' ' || round(lat, 9)::varchar)"

EXPECTATION = Expectation(
    lambda on: POINT,
    scope="point",
    keys="spots",
    groups=lambda on: (
        f"select {POINT} as key from base where lon is not null group by key having count(*) >= 5"
    ),
    right=([{"lon": 15.59, "lat": 56.16}] * 4,),
    wrong=([{"lon": 15.59, "lat": 56.16}] * 5,),
)
