"""A picture is a row of marks: how many cells hold each value, or lie in each interval; or how
large a share of each part of the file is empty.

Where the rows of a table are about people, a mark of fewer than k of them is hidden (its count is
None), and so is as much more as keeps it from being found by subtraction from the column's total.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from helpers.words.suppression import in_parts

HISTOGRAM, BARS, TIMELINE, LENGTHS, MISSING, FIRST, LAST = KINDS = (
    "histogram",
    "bars",
    "timeline",
    "lengths",
    "missing",
    "first_digit",
    "last_digit",
)


@dataclass(frozen=True)
class Mark:
    """``low`` to below ``high`` (numbers, or dates as 2024-01-31), or one value: then ``high`` is
    None. ``count``: cells there, None where hidden; of ``missing`` the empty ones, of ``of``."""

    low: float | str
    high: float | str | None
    count: int | None
    of: int | None = None


@dataclass(frozen=True)
class Picture:
    """``present``: cells that are filled; ``below`` and ``above``: how many lie outside the marks.
    ``unit``: of a timeline, ``day`` | ``month`` | ``year``. ``rest``: of bars, cells of other
    values; None where hidden."""

    column: str
    kind: str
    marks: list[Mark]
    present: int
    below: int | None = 0
    above: int | None = 0
    rest: int | None = 0
    unit: str = ""
    least: str | float | None = None  # of all values, where some lie outside
    greatest: str | float | None = None
    told: dict[str, Any] = field(default_factory=dict)  # figures that its sentence names

    def to_json(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Picture:
        """The opposite of ``to_json``."""
        marks = [Mark(**mark) for mark in plain["marks"]]
        return Picture(**{**plain, "marks": marks})

    def trimmed(self) -> Picture:
        """Without the empty marks before the first filled one and after the last."""
        filled = [i for i, mark in enumerate(self.marks) if mark.count != 0]
        marks = self.marks[filled[0] : filled[-1] + 1] if filled else self.marks
        return replace(self, marks=marks)

    def frame(self) -> Any:
        """A pandas DataFrame with a row a mark: ``low``, ``high`` (missing where the mark is one
        value), ``count`` (missing where hidden), ``of``."""
        import pandas as pd  # 0.3 s

        frame = pd.DataFrame([asdict(mark) for mark in self.marks])
        return frame.astype({"count": "Int64", "of": "Int64"})

    @property
    def hidden(self) -> bool:
        """Some of its counts are not shown."""
        return None in (self.below, self.above, self.rest, *(mark.count for mark in self.marks))

    def suppressed(self, k: int) -> Picture:
        """The same where the rows are about people: counts below ``k`` hidden, and what would tell
        them."""
        counts: dict[Any, int] = {i: mark.count or 0 for i, mark in enumerate(self.marks)}
        for end in ("below", "above", "rest"):
            counts[end] = getattr(self, end) or 0
        gone = in_parts(counts, [(cell, "all", count) for cell, count in counts.items()], k)
        if not gone:
            return self
        marks = [
            replace(mark, count=None) if i in gone else mark for i, mark in enumerate(self.marks)
        ]
        ends: dict[str, Any] = {
            end: None if end in gone else getattr(self, end) for end in ("below", "above", "rest")
        }
        # an extreme is one row's, and a quartile may be
        return replace(self, marks=marks, least=None, greatest=None, told={}, **ends)
