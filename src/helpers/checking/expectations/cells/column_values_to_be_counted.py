"""The count is there, or hidden as too small (``..``).

Nothing at all does not say whether anybody was there; ``..`` does. Source: the sign by which
statistics offices, and our own proposal of a masked version, hide a small count.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, literal
from helpers.words.suppression import SUPPRESSED

EXPECTATION = Expectation(
    lambda on: (
        f"({on.cell} is not null or coalesce(trim({on.column.raw}) = {literal(SUPPRESSED)}, false))"
    ),
    right=("12", "0", ".."),
    wrong=("", "-"),
)
