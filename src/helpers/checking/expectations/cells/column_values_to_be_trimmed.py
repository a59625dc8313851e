"""No blanks before or after the text.

Equal values count as different. Source: usual practice of tabular data (RFC 4180 keeps blanks as
part of a field).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation

EXPECTATION = Expectation(
    lambda on: f"case when {on.cell} is not null then {on.column.raw} = {on.cell} end",
    scope="each",
    right=("Bro",),
    wrong=("Bro ", " Bro"),
)
