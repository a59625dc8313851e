"""The point is not (0, 0), to 0.01 degree.

Zero stands for a coordinate that is missing. Source: bathing waters of the national register, 11 of
them at (0, 0).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

EXPECTATION = Expectation(
    lambda on: "case when lon is not null then not (abs(lon) < 0.01 and abs(lat) < 0.01) end",
    scope="point",
    right=({"lon": 15.59, "lat": 56.16},),
    wrong=({"lon": 0.0, "lat": 0.0},),
)
