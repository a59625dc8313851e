"""Latitude and longitude have not changed places: not 10-24.3 north and 54.9-69.2 east.

The point lands in the Arabian Sea. Source: Sweden's extent in degrees.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

EXPECTATION = Expectation(
    lambda on: (
        "case when lon is not null"
        " then not (lat between 10 and 24.3 and lon between 54.9 and 69.2) end"
    ),
    scope="point",
    right=({"lon": 15.59, "lat": 56.16},),
    wrong=({"lon": 56.16, "lat": 15.59},),
)
