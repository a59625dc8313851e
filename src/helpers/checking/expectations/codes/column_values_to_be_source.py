"""A municipality's code of four digits, or an organisation number of ten.

The first column of the point specifications says whose the row is. Source: Nationella
dataverkstaden, ``source``.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"(0[1345678789]|1[0234789]|2[0-5])\d{2}|\d{6}-?\d{4}"),
    form=True,
    right=("0180", "1080", "2120000829"),
    wrong=("180", "Karlskrona"),
)
