"""A row with a position has more than 1 cell filled.

A point on the map that does not say what it is helps nobody. Source: rows of real maps with a
geometry and nothing else.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target


def _sql(on: Target) -> str | None:
    if len(on.every) < 3:
        return None
    return f"({' + '.join(f'({column.cell} is not null)::int' for column in on.every)} > 1)"


_PLACE = {"lon": 15.59, "lat": 56.16}

EXPECTATION = Expectation(
    _sql,
    scope="point",
    right=({"id": "1", "name": "Eken", "type": ""} | _PLACE,),
    wrong=({"id": "1", "name": "", "type": ""} | _PLACE,),
)
