"""Codes whose width is known by their column's name: four digits for a municipality, two for a
county (SCB's codes)."""

from __future__ import annotations

import re

WIDTHS = {
    re.compile(r"^komm?une?_?(?:kod|nr|nummer|id)$", re.I): 4,
    re.compile(r"^l[äa]ns?_?(?:kod|nr)$", re.I): 2,
}


def width_of(name: str) -> int | None:
    """How many digits the codes of a column have; None where its name does not tell.

    >>> width_of("Kommunkod"), width_of("antal")
    (4, None)
    """
    return next((width for pattern, width in WIDTHS.items() if pattern.search(name)), None)
