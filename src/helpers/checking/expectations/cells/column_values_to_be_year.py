"""Four digits from 1000 to 2100.

A year can be sorted and searched; "ca 1900" cannot. Source: Offentligkonst.se's parameter ``year``.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"1\d{3}|20\d{2}|2100"), form=True, right=("1954",), wrong=("54", "ca 1900")
)
