"""Columns that are empty on the same rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.profiling.relations.cells import Codes

LEAST = 5  # empty rows: of fewer it may be by chance
ALIKE = 0.9  # agreement beyond chance (Cohen's kappa): columns that are mostly empty often meet


def found(codes: Codes) -> list[tuple[tuple[int, ...], int, int]]:
    """Columns, on how many rows all of them are empty, and on how many only some; most rows
    first. A column with no empty cell, or with nothing else, is in none."""
    empty = codes == 0
    counts = empty.sum(axis=0)
    waiting = [i for i in range(codes.shape[1]) if LEAST <= counts[i] < codes.shape[0]]
    waiting.sort(key=lambda i: (-int(counts[i]), i))
    groups = []
    while waiting:
        first = waiting.pop(0)
        near = [i for i in waiting if _alike(empty[:, first], empty[:, i]) >= ALIKE]
        if near:
            waiting = [i for i in waiting if i not in near]
            columns = tuple(sorted((first, *near)))
            every = empty[:, list(columns)].all(axis=1)
            some = empty[:, list(columns)].any(axis=1) & ~every
            groups.append((columns, int(every.sum()), int(some.sum())))
    return groups


def _alike(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    """Cohen's kappa: 1 where both are empty on the same rows, 0 where they meet by chance."""
    same, first, second = float((a == b).mean()), float(a.mean()), float(b.mean())
    expected = first * second + (1 - first) * (1 - second)
    return (same - expected) / (1 - expected) if expected < 1 else 0.0
