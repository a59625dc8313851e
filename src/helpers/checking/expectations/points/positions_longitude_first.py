"""Of the 2 numbers of a position the longitude, in Sweden the smaller, stands first.

GeoJSON has longitude before latitude; whoever reads by it draws the place in the sea off Somalia.
Numbers that are no degrees are not checked. Source: RFC 7946, section 3.1.1.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target

_NUMBER = r"(-?\d+(?:\.\d+)?)"


def _sql(on: Target) -> str:
    first, second = (
        f"try_cast(regexp_extract({on.cell}, '{_NUMBER}[ ,;]+{_NUMBER}', {i}) as double)"
        for i in (1, 2)
    )
    return f"case when greatest(abs({first}), abs({second})) <= 180 then {first} < {second} end"


EXPECTATION = Expectation(
    _sql,
    right=("[15.5869, 56.1612]", '{"type":"Point","coordinates":[15.5869,56.1612]}'),
    wrong=("[56.1612, 15.5869]", "56.1612,15.5869"),
)
