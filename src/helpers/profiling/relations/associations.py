"""How closely two columns go together, by a measure that fits their kinds.

- two numbers: Spearman's rank correlation, -1 to 1;
- a category and a number: the correlation ratio eta of the ranks, 0 to 1, corrected for the number
  of groups (epsilon squared: Kelley, PNAS 1935);
- two categories: Cramér's V, 0 to 1, corrected for bias (Bergsma, J. Korean Stat. Soc. 2013).

Ranks, so that a few great numbers do not decide. Dates are numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.profiling.relations.bounds import LEAST

EACH = 5  # rows for each value of a category, in the mean
NUMBER, CATEGORY = "number", "category"
SPEARMAN, ETA, CRAMER = "spearman", "eta", "cramer"
Values = NDArray[Any]


@dataclass(frozen=True)
class Variable:
    """A column to compare: numbers (nan where empty), or codes of a category (0 where empty)."""

    name: str
    kind: str
    values: Values

    @property
    def filled(self) -> NDArray[np.bool_]:
        there: NDArray[np.bool_] = (
            ~np.isnan(self.values) if self.kind == NUMBER else self.values > 0
        )
        return there

    @cached_property
    def ranked(self) -> NDArray[np.float64]:
        """The ranks of all its numbers."""
        return ranks(self.values)

    def ranks_of(self, rows: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Their ranks among these rows."""
        return self.ranked if rows.all() else ranks(self.values[rows])


def ranks(values: Values) -> NDArray[np.float64]:
    """From 1; equal values have the middle of their ranks."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[places].astype(np.float64)


def spearman(first: Values, second: Values) -> float | None:
    """Of ranks; None where one of them is the same everywhere."""
    if first.std() == 0 or second.std() == 0:
        return None
    return float(np.clip(np.corrcoef(first, second)[0, 1], -1, 1))


def eta(groups: Values, ranked: Values) -> float | None:
    """Of ranks; None where there is one group, or a number the same everywhere."""
    _, places, counts = np.unique(groups, return_inverse=True, return_counts=True)
    rows, many = len(ranked), len(counts)
    total = float(((ranked - ranked.mean()) ** 2).sum())
    if many < 2 or total == 0 or rows <= many:
        return None
    means = np.bincount(places, weights=ranked) / counts
    between = float((counts * (means - ranked.mean()) ** 2).sum())
    left = (1 - between / total) * (rows - 1) / (rows - many)
    return float(np.sqrt(max(0.0, 1 - left)))


def cramer(a: Values, b: Values) -> float | None:
    """None where one of them is the same everywhere."""
    first, one = np.unique(a, return_inverse=True)
    second, other = np.unique(b, return_inverse=True)
    rows, r, c = len(a), len(first), len(second)
    if r < 2 or c < 2:
        return None
    table = np.bincount(one * c + other, minlength=r * c).reshape(r, c)
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True) / rows
    phi = float(((table - expected) ** 2 / expected).sum()) / rows
    phi = max(0.0, phi - (r - 1) * (c - 1) / (rows - 1))
    fewest = min(r - (r - 1) ** 2 / (rows - 1), c - (c - 1) ** 2 / (rows - 1)) - 1
    return float(min(1.0, np.sqrt(phi / fewest))) if fewest > 0 else None


def between(a: Variable, b: Variable) -> dict[str, Any] | None:
    """``{"columns", "measure", "value" (two decimals), "rows"}``; None where too few rows have
    both, or one does not vary on them."""
    both = a.filled & b.filled
    rows = int(both.sum())
    groups = [len(np.unique(one.values[both])) for one in (a, b) if one.kind == CATEGORY]
    if rows < LEAST or any(many * EACH > rows for many in groups):
        return None
    if a.kind == b.kind == NUMBER:
        measure, value = SPEARMAN, spearman(a.ranks_of(both), b.ranks_of(both))
    elif a.kind == b.kind:
        measure, value = CRAMER, cramer(a.values[both], b.values[both])
    else:
        parts, numbers = (a, b) if a.kind == CATEGORY else (b, a)
        measure, value = ETA, eta(parts.values[both], numbers.ranks_of(both))
    if value is None:
        return None
    return {"columns": [a.name, b.name], "measure": measure, "value": round(value, 2), "rows": rows}
