"""Functional dependencies: one column decides another, on all rows or on all but a few.

Left out is what says nothing: a column whose values are seldom repeated decides everything, a
column that is almost always the same is decided by everything, and what follows from two others is
not told again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.profiling.relations.cells import Codes, alike, sizes, together

LOOKED_AT = 2_500  # rows on which a pair is tried first, where there are many
HOPELESS = 0.3  # of them that break it, of those that could: far more than is told
REPEATED = 1 / 3  # of the rows hold a value that an earlier row has, at least
LEAST = 20  # such rows
VARIED = 10  # rows that do not hold the decided column's commonest value, at least
NEARLY = 0.05  # of the rows that could break it do, at most
BETTER = 0.9  # less wrong than the commonest value would be, at least (Goodman-Kruskal lambda)
BY_CHANCE = 20.0  # pairs of rows that would break it by chance, at least


@dataclass(frozen=True)
class Counted:
    """Of the rows where both are filled: ``rows``, ``groups`` of the deciding column, and how many
    rows are ``breaking``: not of the commonest value of their group."""

    rows: int
    groups: int
    breaking: int


def counted(of: NDArray[Any], on: NDArray[Any]) -> Counted:
    """How far ``of`` decides ``on``; 0 is an empty cell."""
    filled = (of > 0) & (on > 0)
    a, b = of[filled], on[filled]
    if not len(a):
        return Counted(0, 0, 0)
    width = int(b.max()) + 1
    both, counts = np.unique(together(a, b), return_counts=True)
    _, starts = np.unique(both // width, return_index=True)
    usual = np.maximum.reduceat(counts, starts)
    return Counted(len(a), len(starts), int(len(a) - usual.sum()))


def says_something(of: NDArray[Any], on: NDArray[Any], made: Counted) -> bool:
    """False where ``of`` would decide any column, or ``on`` be decided by any."""
    repeated = made.rows - made.groups
    if repeated < max(LEAST, REPEATED * made.rows) or made.breaking > NEARLY * repeated:
        return False
    filled = (of > 0) & (on > 0)
    a, b = sizes(of[filled]), sizes(on[filled])
    other = made.rows - int(b.max())
    if other < VARIED or made.breaking > (1 - BETTER) * other:
        return False
    return alike(a) * (1 - float(((b / made.rows) ** 2).sum())) >= BY_CHANCE


def _may_be(of: NDArray[Any], on: NDArray[Any]) -> bool:
    """False where some of the rows break it so often that all of them must."""
    filled = (of > 0) & (on > 0)
    if not filled.any():
        return True
    other = int(filled.sum()) - int(sizes(on[filled]).max())
    return counted(of, on).breaking <= HOPELESS * other + VARIED


def pairs(codes: Codes) -> dict[tuple[int, int], Counted]:
    """(deciding, decided) by the places of the columns: all that say something."""
    columns = range(codes.shape[1])
    some = codes[:: max(1, len(codes) // LOOKED_AT)]
    varied = [
        i
        for i in columns
        if len(np.unique(codes[:, i][codes[:, i] > 0])) > 1 and (codes[:, i] > 0).sum() >= VARIED
    ]
    repeated = [
        i
        for i in varied
        if len(np.unique(codes[:, i])) <= (1 - REPEATED) * (codes[:, i] > 0).sum() + 1
    ]
    made = {}
    for of in repeated:
        for on in varied:
            if of == on or not _may_be(some[:, of], some[:, on]):
                continue
            one = counted(codes[:, of], codes[:, on])
            if says_something(codes[:, of], codes[:, on], one):
                made[of, on] = one
    return made


def told(
    made: Mapping[tuple[int, int], Counted], deciding: Collection[int]
) -> list[tuple[int, int]]:
    """Those of ``pairs`` that follow from no two others, by a column of ``deciding``; of two that
    decide each other the pair is there both ways."""
    made = {pair: one for pair, one in made.items() if pair[0] in deciding}
    exact = {pair for pair, one in made.items() if not one.breaking}
    mutual = {(a, b) for a, b in made if (b, a) in made}
    first = {b: min([b, *(a for a, c in mutual if c == b)]) for _, b in mutual}
    kept = [
        (of, on)
        for of, on in made
        if (of, on) in mutual or (first.get(of, of) == of and first.get(on, on) == on)
    ]
    return [pair for pair in kept if not _follows(pair, kept, exact, mutual)]


def _follows(
    pair: tuple[int, int],
    kept: Iterable[tuple[int, int]],
    exact: set[tuple[int, int]],
    mutual: set[tuple[int, int]],
) -> bool:
    """True where the first decides a third exactly, which decides the second."""
    of, on = pair
    known = set(kept)
    if pair in mutual:  # of three that decide each other two pairs are told, by the first of them
        peers = {a for a, b in mutual if b == of} | {of}
        return min(peers) not in pair
    return any(
        (between, on) in known and (between, of) not in mutual
        for a, between in exact
        if a == of and (of, between) in known and between != on
    )
