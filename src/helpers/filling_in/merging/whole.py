"""What only the whole of a merged dataset can show: municipalities without rows, rows outside their
organisation's own area, kinds that one organisation lacks while others have them, and levels of
another order. Each is a question to ask, no fault, and says nothing of who does better.

All functions are pure: counts in, what is to be told out, in an order of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.filling_in.merging import measures
from helpers.ground import areas, geography

SHOWN = 8  # rows named
TOUCHING_M = 100.0  # between outlines of which each lies at most 50 m from its border
Numbers = Sequence[float] | NDArray[Any]
Counts = Mapping[str, Mapping[str, int]]  # value -> organisation -> rows


@dataclass(frozen=True)
class Gap:
    """A municipality of the region that no row lies in. ``beside``: how many of its neighbours in
    the region have rows, of ``neighbours``."""

    code: str
    name: str
    beside: int
    neighbours: int

    @property
    def between(self) -> bool:
        """True where rows lie on two sides of it, so that a map has a hole."""
        return self.beside > 1


@dataclass(frozen=True)
class Outside:
    """Rows of a candidate that lie outside its organisation's municipality or county: how many,
    the first of them, and the municipalities that they lie in ('' for none)."""

    candidate: str
    organisation: str
    count: int
    rows: tuple[int, ...]
    lies_in: tuple[str, ...]


@dataclass(frozen=True)
class Lacking:
    """A value that ``organisation`` has on no row, and ``others`` organisations on ``rows`` rows in
    all."""

    field: str
    value: str
    organisation: str
    others: int
    rows: int


@dataclass(frozen=True)
class Level:
    """A field of numbers whose median in one organisation (``own``, of ``rows`` rows) is of another
    order than in most of the others, where it is from ``lowest`` to ``highest``."""

    field: str
    organisation: str
    own: float
    lowest: float
    highest: float
    rows: int


@dataclass(frozen=True)
class Whole:
    """All of it. ``counties``: the codes of those that were looked at for gaps; ``placed``: whether
    any row has a position, by which a municipality has rows; else it is by whose they are."""

    gaps: list[Gap] = field(default_factory=list)
    outside: list[Outside] = field(default_factory=list)
    lacking: list[Lacking] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    counties: tuple[str, ...] = ()
    placed: bool = True

    @property
    def nothing(self) -> bool:
        """True where there is nothing to ask about."""
        return not (self.gaps or self.outside or self.lacking or self.levels)


def gaps(having: Collection[str]) -> tuple[list[Gap], tuple[str, ...]]:
    """The municipalities without rows in each county of which at least two have them, and those
    counties. ``having``: codes of the municipalities that have rows."""
    import shapely  # 0.2 s

    known, land = areas.municipalities(), areas.land()
    names = {str(code): str(name) for code, name in zip(known.codes, known.names, strict=True)}
    per_county: dict[str, set[str]] = {}
    for code in having:
        per_county.setdefault(code[: areas.COUNTY], set()).add(code)
    counties = tuple(sorted(county for county, codes in per_county.items() if len(codes) > 1))
    told = []
    for county in counties:
        # their land: at sea nearly all of a coast's municipalities meet
        inside = np.flatnonzero([str(code).startswith(county) for code in land.codes])
        outlines = land.outlines[inside]
        for code in sorted(code for code in names if code.startswith(county)):
            if code in having:
                continue
            own = [i for i in inside if land.codes[i] == code]
            near = shapely.dwithin(outlines, shapely.union_all(land.outlines[own]), TOUCHING_M)
            neighbours = {str(land.codes[i]) for i in inside[near]} - {code}
            told.append(Gap(code, names[code], len(neighbours & set(having)), len(neighbours)))
    return told, counties


def outside(
    candidate: str,
    organisation: str,
    area: str,
    rows: Numbers,
    longitude: Numbers,
    latitude: Numbers,
) -> Outside | None:
    """The rows (numbers in the file, with degrees beside them) that lie in no municipality whose
    code begins with ``area``, nor as near as borders are known; None where all do."""
    lon, lat = np.asarray(longitude, float), np.asarray(latitude, float)
    reached = geography.within_reach(lon, lat)
    placed = np.isfinite(lon) & np.isfinite(lat)
    away = [i for i, codes in enumerate(reached) if placed[i] and f" {area}" not in codes]
    if not away:
        return None
    known = areas.municipalities()
    names = dict(zip(known.codes, known.names, strict=True))
    codes = geography.codes_of(lon[away], lat[away])
    lies_in = {str(names[code]) if code else "" for code in codes}
    first = tuple(sorted(int(rows[i]) for i in away)[:SHOWN])
    return Outside(candidate, organisation, len(away), first, tuple(sorted(lies_in)))


def lacking(field: str, counts: Counts) -> list[Lacking]:
    """The values of a column that an organisation lacks while enough others have them on enough
    rows. ``counts`` holds the organisations that fill the column in; one that leaves it empty lacks
    the column, which is told elsewhere."""
    limits = measures.known().whole
    if len(counts) > limits.kinds.value:
        return []
    filled: dict[str, int] = {}
    for of_value in counts.values():
        for whose, count in of_value.items():
            filled[whose] = filled.get(whose, 0) + count
    asked = sorted(whose for whose, count in filled.items() if count >= limits.kind_rows.value)
    told = []
    for value in sorted(counts):
        others = {whose: count for whose, count in counts[value].items() if count}
        enough = (
            len(others) >= limits.kind_others.value
            and sum(others.values()) >= limits.kind_rows.value
        )
        told += [
            Lacking(field, value, whose, len(others), sum(others.values()))
            for whose in asked
            if enough and whose not in others
        ]
    return told


def levels(field: str, medians: Mapping[str, tuple[float, int]]) -> list[Level]:
    """The organisations whose level is of another order. ``medians``: organisation -> the median of
    its values that are not 0, without sign, and how many there are."""
    limits = measures.known().whole
    fine = {
        whose: own
        for whose, (own, count) in medians.items()
        if count >= limits.level_rows.value and own > 0
    }
    told = []
    for whose, own in sorted(fine.items()):
        rest = [other for who, other in fine.items() if who != whose]
        far = [one for one in rest if max(own / one, one / own) >= limits.level_ratio.value]
        if len(far) * 2 > len(rest):
            told.append(Level(field, whose, own, min(rest), max(rest), medians[whose][1]))
    return told
