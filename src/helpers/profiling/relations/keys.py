"""Keys: the columns, pairs and triples of columns that are never alike on two rows, or on a few
rows only; none that holds a smaller one.

Where values are many enough, any two columns are a key by chance. A pair or a triple is told only
where many rows would have been alike, had its columns nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.profiling.relations.bounds import COLUMNS, IN_PAIRS, IN_TRIPLES
from helpers.profiling.relations.cells import Codes, alike, chance, sizes, together

MOST = (COLUMNS, IN_PAIRS, IN_TRIPLES)  # of which keys of one, two and three columns are made
NEARLY = 0.02  # of the rows may be alike
BY_CHANCE = 10.0  # pairs of rows alike by chance, at least: e^-10 of being none


def breaking(codes: Codes) -> NDArray[np.bool_]:
    """The rows that keep columns from being a key: those with an empty cell, and those that are
    alike."""
    groups = codes[:, 0].astype(np.int64)
    for column in range(1, codes.shape[1]):
        _, groups = np.unique(together(groups, codes[:, column]), return_inverse=True)
    _, places, counts = np.unique(groups, return_inverse=True, return_counts=True)
    return (counts[places] > 1) | (codes == 0).any(axis=1)


def allowed(rows: int) -> int:
    """How many rows may break a key that is told as nearly one.

    >>> allowed(30), allowed(1000)
    (2, 20)
    """
    return max(2, int(NEARLY * rows))


def _by_chance(codes: Codes) -> float:
    """How many pairs of rows would be alike, if the columns had nothing to do with each other; of
    three, if the one that fits least had nothing to do with the others together."""
    rows, width = codes.shape
    pairs = rows * (rows - 1) / 2
    alone = [chance(sizes(codes[:, i])) for i in range(width)]
    if width == 2:
        return pairs * alone[0] * alone[1]
    least = pairs
    for left in range(3):
        first, second = (i for i in range(3) if i != left)
        joint = chance(sizes(together(codes[:, first], codes[:, second])))
        least = min(least, pairs * joint * alone[left])
    return least


def _at_most(alone: list[float], rows: int) -> float:
    """The most that ``_by_chance`` can be: two columns are alike together no more often than each
    of them is."""
    pairs = rows * (rows - 1) / 2
    if len(alone) == 2:
        return pairs * alone[0] * alone[1]
    low, middle, _ = sorted(alone)
    return pairs * low * middle


def _candidates(codes: Codes, most: int) -> list[int]:
    """The most varied of the columns that are not empty on more rows than a key may break on."""
    filled = [
        i for i in range(codes.shape[1]) if (codes[:, i] == 0).sum() <= allowed(codes.shape[0])
    ]
    varied = {i: len(np.unique(codes[:, i])) for i in filled}
    chosen = sorted((i for i in filled if varied[i] > 1), key=lambda i: (-varied[i], i))[:most]
    return sorted(chosen)


def _sets(
    codes: Codes, known: list[tuple[int, ...]], only_beside: frozenset[int]
) -> Iterable[tuple[int, ...]]:
    """One column, then two, then three, none that holds what is known by then."""
    for width, most in enumerate(MOST, 1):
        for columns in combinations(_candidates(codes, most), width):
            if width == 1 and columns[0] in only_beside:
                continue
            if not any(set(key) <= set(columns) for key in known):
                yield columns


def found(
    codes: Codes, *, by_chance: float = BY_CHANCE, only_beside: frozenset[int] = frozenset()
) -> list[tuple[int, ...]]:
    """The keys, by the places of their columns, smallest first. ``by_chance``: how many pairs of
    rows would be alike by chance, at least, in two or three columns; ``only_beside``: columns that
    are no key by themselves."""
    rows = codes.shape[0]
    varied = [len(np.unique(codes[:, i])) for i in range(codes.shape[1])]
    alone = [chance(sizes(codes[:, i])) for i in range(codes.shape[1])]
    known: list[tuple[int, ...]] = []
    for columns in _sets(codes, known, only_beside):
        most = np.prod([float(varied[i]) for i in columns])
        if most < rows - allowed(rows):
            continue
        if len(columns) > 1 and _at_most([alone[i] for i in columns], rows) < by_chance:
            continue
        chosen: Any = codes[:, list(columns)]
        broken = breaking(chosen)
        if broken.sum() > allowed(rows):
            continue
        if len(columns) > 1:
            groups = np.unique(chosen, axis=0, return_counts=True)[1]
            if _by_chance(chosen) < by_chance * (1 + alike(groups.astype(np.int64))):
                continue
        known.append(columns)
    return known
