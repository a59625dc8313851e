"""Two, four, six or eight digits of ISO 9999, in pairs or together, the first pair one of its 13
classes.

The code finds the same kind of product at every supplier. Source: ISO 9999, classes 04-30 (its own
numbers, from memory), with a national level of two digits more.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, matches

EXPECTATION = Expectation(
    matches(r"(04|05|06|09|12|15|18|21|22|24|25|27|28|30)( ?\d{2}){0,3}"),
    form=True,
    right=("12 22 18", "122218", "12230301"),
    wrong=("12-22", "1222180", "99 01 02"),
)
