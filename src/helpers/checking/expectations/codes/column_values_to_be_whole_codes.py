"""A code of a municipality or a county that stands as a number has its leading zero: four digits
and two.

180 for 0180 matches no register, and no map. Source: SCB's codes; a spreadsheet takes them for
numbers.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.reading.widths import width_of


def _sql(on: Target) -> str | None:
    width = width_of(on.column.name) if on.column.type == "integer" else None
    return f"case when {on.value} > 0 then length({on.cell}) <> {width - 1} end" if width else None


EXPECTATION = Expectation(
    _sql,
    scope="typed",
    right=({"kommun_nr": "1080"},),
    wrong=([{"kommun_nr": "1080"}, {"kommun_nr": "180"}],),
)
