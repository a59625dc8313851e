"""A Q followed by digits.

An address instead of the code joins with nothing. Source: the point specifications of Nationella
dataverkstaden, ``^Q\\d+$``.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"Q\d+"), form=True, right=("Q42",), wrong=("https://www.wikidata.org/wiki/Q42", "42")
)
