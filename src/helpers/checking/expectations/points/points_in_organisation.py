"""The point lies in the publisher's municipality or county, or within 2 km of it.

The shapes are simplified, so that a place at the border may lie on either side of them. Elsewhere
it is most often a wrong coordinate, and sometimes another municipality's object. Source: the
organisation's own code.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import REQUIRED, Expectation, literal
from helpers.checking.expectations.points.points_to_be_in_one_system import LIKELY, told

EXPECTATION = Expectation(
    lambda on: (
        "case when kommunkod is not null"
        f" then contains(within_reach, ' ' || {literal(on.kwargs['area'])}) end"
    ),
    scope="point",
    facts=lambda on: {"likely": LIKELY},
    told=told,
    takes={"area": REQUIRED},
    right=({"lon": 15.55, "lat": 56.2},),
    wrong=({"lon": 14.86, "lat": 56.17},),
)
