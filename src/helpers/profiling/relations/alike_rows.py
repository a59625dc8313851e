"""Rows that are equal in all columns but one or two.

Where the columns have few values, some rows are so by chance: those are not told.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from helpers.profiling.relations.bounds import IN_TWO
from helpers.profiling.relations.cells import Codes, chance, sizes

LEFT = 3  # columns, at least, that vary and are equal
SHARE = 0.02  # of the rows, at most: where more are alike, that is how the table is made
BY_CHANCE = 0.1  # pairs of rows alike by chance, at most
LISTED = 10  # groups of row numbers
MIX = np.uint64(0x9E3779B97F4A7C15)


def _scattered(codes: Codes) -> NDArray[np.uint64]:
    """A number of 64 bits for each cell, by its column and its text (splitmix64)."""
    seeds = np.arange(1, codes.shape[1] + 1, dtype=np.uint64) << np.uint64(40)
    mixed = (codes.astype(np.uint64) + seeds) * MIX
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def found(
    codes: Codes, decided: Collection[tuple[int, int]] = ()
) -> list[tuple[tuple[int, ...], list[list[int]]]]:
    """The columns that differ, and the groups of rows (places) that are equal in all others and in
    none of those; the fewest columns first. ``decided``: pairs of which the first decides the
    second."""
    rows, width = codes.shape
    varied = sum(1 for i in range(width) if len(np.unique(codes[:, i])) > 1)
    alone = np.array([chance(sizes(codes[:, i])) for i in range(width)])
    cells = _scattered(codes)
    whole = cells.sum(axis=1, dtype=np.uint64)
    made = []
    for different in (1, 2) if width <= IN_TWO else (1,):
        if varied - different < LEFT:
            break
        for columns in combinations(range(width), different):
            left = [i for i in np.argsort(alone, kind="stable") if i not in columns]
            if rows * (rows - 1) / 2 * _by_chance(alone, left, decided) > BY_CHANCE:
                continue
            rest = whole - cells[:, list(columns)].sum(axis=1, dtype=np.uint64)
            groups = _groups(rest, codes[:, list(columns)])
            if 0 < sum(map(len, groups)) <= max(2, SHARE * rows):
                made.append((columns, groups))
    return made


def _by_chance(
    alone: NDArray[np.float64], columns: list[int], decided: Collection[tuple[int, int]]
) -> float:
    """How often two rows would be equal in all of the columns, if none but those that another
    decides had to do with each other."""
    kept: list[int] = []
    for i in columns:
        if not any((other, i) in decided for other in kept):
            kept.append(i)
    return float(alone[kept].prod())


def _groups(rest: NDArray[np.uint64], own: Codes) -> list[list[int]]:
    """Rows with the same rest, of which no two are equal in any of their own columns."""
    order = np.argsort(rest, kind="stable")
    same = rest[order][1:] == rest[order][:-1]
    groups: list[list[int]] = []
    for place in np.flatnonzero(same):
        first, second = int(order[place]), int(order[place + 1])
        if groups and groups[-1][-1] == first:
            groups[-1].append(second)
        else:
            groups.append([first, second])
    kept = []
    for group in groups:  # of rows that are equal in all columns the first stands for the others
        _, places = np.unique(own[group], axis=0, return_index=True)
        rows = sorted(group[i] for i in places)
        if len(rows) > 1 and all(
            len(np.unique(own[rows, i])) == len(rows) for i in range(own.shape[1])
        ):
            kept.append(rows)
    return kept
