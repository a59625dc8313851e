"""Where a histogram begins and ends, and how wide its bars are: round widths, and far values told
instead of drawn.

Far is beyond three times the distance between the quartiles (Tukey's outer fences, Exploratory Data
Analysis, 1977); where half of the values are equal, beyond the outer twentieths.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

FENCE = 3.0
MOST = 30  # bars
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Bins:
    """``count`` bars of ``width``, the first from ``start``."""

    start: float
    width: float
    count: int

    @property
    def stop(self) -> float:
        """Where the last ends."""
        return self.edge(self.count)

    def edge(self, i: int) -> float:
        """Where bar ``i`` begins, without the noise of floating point."""
        return round(self.start + i * self.width, 12)


def nice(width: float) -> float:
    """The next width up that people count in: 1, 2 or 5 times a power of ten.

    >>> nice(0.13), nice(3), nice(70)
    (0.2, 5.0, 100.0)
    """
    power = 10.0 ** math.floor(math.log10(width))
    return float(
        next(round(step * power, 12) for step in STEPS if step * power >= width * (1 - 1e-9))
    )


def bins(low: float, high: float, quantiles: tuple[float, ...], *, whole: bool) -> Bins | None:
    """Of values from ``low`` to ``high``; ``quantiles``: at 5, 25, 75 and 95 %. ``whole``: of whole
    numbers, where no bar is narrower than one. None where they are all equal, or too large for
    their differences to be told.

    >>> bins(0, 100, (5, 25, 75, 95), whole=True)
    Bins(start=0.0, width=5.0, count=21)
    >>> bins(0, 1e9, (1, 2, 8, 9), whole=False).stop
    27.0
    """
    first, lower, upper, last = quantiles
    fence = FENCE * (upper - lower)
    least, most = (lower - fence, upper + fence) if fence > 0 else (first, last)
    least, most = max(low, least), min(high, most)
    if most <= least:
        least, most = low, high
    if not math.isfinite(most - least) or most - least <= 1e-12 * max(abs(most), abs(least)):
        return None
    width = nice((most - least) / (MOST - 4))
    width = max(width, 1.0) if whole else width
    start = math.floor(least / width) * width
    count = math.floor((most - start) / width) + 1
    return Bins(round(float(start), 12), width, int(count))
