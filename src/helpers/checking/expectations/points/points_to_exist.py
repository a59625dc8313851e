"""Every row has a position.

An object without one does not show on the map. Source: latitude and longitude are mandatory in the
point specifications.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

EXPECTATION = Expectation(
    # of a system that nobody knows no position is lacking: it cannot be shown
    lambda on: None if on.crs == "unknown" else "(lon is not null)",
    scope="point",
    right=({"lon": 15.59, "lat": 56.16},),
    wrong=({"lon": None, "lat": None},),
)
