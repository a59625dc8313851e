"""Four digits, the first two a county's code.

A code that lost its leading zero (180 for 0180) matches no register. Source: SCB's municipality
codes.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"(0[1345678789]|1[0234789]|2[0-5])\d{2}"),
    form=True,
    right=("0180", "1080"),
    wrong=("180", "9999"),
)
