"""The point lies in Sweden: in a municipality, within 2 km of it, or at most 12 nautical miles out
in its own sea.

A point abroad has wrong coordinates, or another system than is said. Source: SCB's municipalities,
cut at the shore, and ``data/reference/borders.yaml`` for what lies on a neighbour's side.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation
from helpers.checking.expectations.points.points_to_be_in_one_system import LIKELY, told

EXPECTATION = Expectation(
    lambda on: (
        "case when lon is not null then coalesce(kommunkod is not null, false) or at_sea end"
    ),
    scope="point",
    facts=lambda on: {"likely": LIKELY},
    told=told,
    right=({"lon": 15.59, "lat": 56.16}, {"lon": 15.6, "lat": 56.0}),
    wrong=({"lon": 10.75, "lat": 59.91}, {"lon": 0.0, "lat": 0.0}),
)
