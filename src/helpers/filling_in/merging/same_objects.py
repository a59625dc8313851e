"""Which objects two organisations both have, by position, name and what tells objects apart: pairs
with their evidence side by side. Nothing is merged here; people decide.

A pair is ``likely`` or ``possible``; all other rows are not the same. Each row has at most one
partner in another organisation, the best: two works in one square, both in both registers, are two
pairs. The numbers are those of ``measures``, each with its reason. The same rows give the same
pairs in any order.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from helpers.filling_in.merging import likeness, measures
from helpers.filling_in.merging.judging import (
    AGREE,
    DIFFER,
    UNKNOWN,
    VERDICTS,
    Evidence,
    judge,
)
from helpers.filling_in.merging.likeness import Likeness
from helpers.filling_in.merging.measures import Identity, Telling
from helpers.words import escaping
from helpers.words.personal import hiding

Square = tuple[int, int]


class Ref(NamedTuple):
    """One row of a register: whose, and by which id of theirs."""

    organisation: str
    id: str


@dataclass(frozen=True)
class Row:
    """``values``: cells by the specification's fields; ``row`` in the organisation's own file.
    Degrees in WGS84, None where there is no position. ``withheld``: fields that are masked, which
    decide nothing; ``marked``: those that screening has marked. Both are shown by their shape; of
    either the key is called ``id``."""

    organisation: str
    id: str
    values: Mapping[str, str]
    longitude: float | None = None
    latitude: float | None = None
    row: int = 0
    withheld: frozenset[str] = frozenset()
    marked: frozenset[str] = frozenset()

    @property
    def ref(self) -> Ref:
        return Ref(self.organisation, self.id)

    def shown(self, name: str, *, public: bool = False) -> str:
        """A cell as it may be shown. ``public``: persons whom it names are meant to be."""
        hidden = name in self.withheld or name in self.marked
        cell = escaping.shown(self.values.get(name, ""), marked=hidden)
        return escaping.one_line(cell if public else hiding.hide(cell))


@dataclass(frozen=True)
class Held:
    """A field of both rows: ``agree``, ``differ`` or ``unknown`` where one of them is empty; beside
    it what may be shown of each."""

    field: str
    outcome: str
    left: str
    right: str


@dataclass(frozen=True)
class Pair:
    """Two rows, ``left`` before ``right`` by organisation and id. ``verdict``: one of ``VERDICTS``;
    ``why``: a key under ``together.why``; ``distance_m`` whole metres, None where one has no
    position."""

    left: Ref
    right: Ref
    rows: tuple[int, int]
    verdict: str
    why: str
    distance_m: int | None
    name: Likeness
    names: tuple[str, str]
    fields: tuple[Held, ...]

    @property
    def refs(self) -> frozenset[Ref]:
        return frozenset((self.left, self.right))


@dataclass(frozen=True)
class Found:
    """Pairs, the likeliest first. ``left_out``: rows not compared with all of their neighbours, as
    too many stand there; ``without_id``: rows that nobody could decide about, as their id is empty,
    marked, looks personal or stands twice."""

    pairs: list[Pair] = field(default_factory=list)
    left_out: int = 0
    without_id: int = 0


@dataclass(frozen=True)
class _Placed:
    """A row with its position in metres of SWEREF 99 TM."""

    row: Row
    name: str
    x: float | None
    y: float | None


def _outcome(same: bool | None) -> str:
    return UNKNOWN if same is None else AGREE if same else DIFFER


def _cell(row: Row, name: str | None) -> str:
    """A cell as it is compared; '' for none, and for one that is masked."""
    return row.values.get(name, "").strip() if name and name not in row.withheld else ""


def _year(a: str, b: str, slack: float) -> str:
    try:
        return _outcome(abs(int(a[:4]) - int(b[:4])) <= slack)
    except ValueError:
        return UNKNOWN


def _texts(a: str, b: str) -> str:
    """Of two cells: the same but for form, or one says more than the other."""
    if not a or not b:
        return UNKNOWN
    like = likeness.likeness(a, b)
    return _outcome(like.strong or like.weak)


def _known(a: Row, b: Row, telling: Telling) -> str:
    """An identity that others gave: one that agrees is enough, as registers fill different ones."""
    pairs = [(_cell(a, name), _cell(b, name)) for name in telling.known]
    filled = [(x.casefold(), y.casefold()) for x, y in pairs if x and y]
    return _outcome(any(x == y for x, y in filled)) if filled else UNKNOWN


def _metres(a: _Placed, b: _Placed) -> float | None:
    if a.x is None or a.y is None or b.x is None or b.y is None:
        return None
    return math.hypot(a.x - b.x, a.y - b.y)


def _evidence(a: _Placed, b: _Placed, telling: Telling, limits: Identity) -> Evidence:
    mine, theirs = a.row, b.row
    year = (_cell(mine, telling.year), _cell(theirs, telling.year))
    makers = (_cell(mine, telling.maker), _cell(theirs, telling.maker))
    return Evidence(
        likeness.likeness(a.name, b.name),
        _metres(a, b),
        _outcome(likeness.same_maker(*makers)),
        _year(*year, limits.year_slack.value),
        _texts(_cell(mine, telling.kind), _cell(theirs, telling.kind)),
        _known(mine, theirs, telling),
    )


def _held(a: Row, b: Row, telling: Telling, found: Evidence) -> Iterator[Held]:
    judged = {telling.maker: found.maker, telling.year: found.year, telling.kind: found.kind}
    for name in telling.fields:
        outcome = judged.get(name) or _texts(_cell(a, name), _cell(b, name))
        if _cell(a, name) or _cell(b, name):
            public = telling.public(name)
            shown = (one.shown(name, public=public) for one in (a, b))
            yield Held(name, outcome, *shown)


def _placed(rows: list[Row], telling: Telling) -> list[_Placed]:
    from pyproj import Transformer  # 0.2 s

    points = [
        (row.longitude, row.latitude)
        if row.longitude is not None and row.latitude is not None
        else (math.nan, math.nan)
        for row in rows
    ]
    to_metres = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True)
    x, y = to_metres.transform([one[0] for one in points], [one[1] for one in points])
    return [
        _Placed(
            row,
            _cell(row, telling.name),
            east if math.isfinite(east) and math.isfinite(north) else None,
            north if math.isfinite(east) and math.isfinite(north) else None,
        )
        for row, east, north in zip(rows, x, y, strict=True)
    ]


def _square(placed: _Placed, size: float) -> Square | None:
    if placed.x is None or placed.y is None:
        return None
    return math.floor(placed.x / size), math.floor(placed.y / size)


def _keys(placed: _Placed, telling: Telling) -> Iterator[tuple[str, ...]]:
    """What a row's partner in another place must share with it: who made it, or its name where both
    say who did."""
    if maker := likeness.maker(_cell(placed.row, telling.maker)):
        yield "maker", max(maker, key=len), *(word for word in maker if word.isdigit())
        if name := likeness.key(placed.name):
            yield "name", name
    for known in telling.known:
        if cell := _cell(placed.row, known):
            yield "known", known, cell.casefold()


class _Blocks:
    """Who stands near whom, or shares a key, so that not each row meets each other: of an
    organisation at most ``crowd`` rows in one square or under one key."""

    def __init__(self, every: list[_Placed], telling: Telling, limits: Identity) -> None:
        self.telling, self.size = telling, limits.far_m.value
        self.crowded: set[int] = set()
        self._in: dict[tuple[object, str], list[int]] = defaultdict(list)
        self._whose = sorted({one.row.organisation for one in every})
        for number, placed in enumerate(every):
            for key in (_square(placed, self.size), *_keys(placed, telling)):
                block = self._in[key, placed.row.organisation]
                if key is not None and len(block) < limits.crowd.value:
                    block.append(number)
                elif key is not None:
                    self.crowded.add(number)

    def of(self, placed: _Placed) -> set[int]:
        """The rows of organisations after this one's that it may be the same as."""
        keys: list[object] = list(_keys(placed, self.telling))
        if square := _square(placed, self.size):
            near = product((-1, 0, 1), repeat=2)
            keys += [(square[0] + east, square[1] + north) for east, north in near]
        others = [whose for whose in self._whose if whose > placed.row.organisation]
        return {
            number for key in keys for whose in others for number in self._in.get((key, whose), ())
        }


def _decidable(rows: Iterable[Row]) -> tuple[list[Row], int]:
    """The rows that a decision can name, in order, and how many are none."""
    every = list(rows)
    times: dict[Ref, int] = defaultdict(int)
    for row in every:
        times[row.ref] += 1
    fine = [
        row
        for row in every
        if row.id.strip()
        and "id" not in row.withheld | row.marked
        and times[row.ref] == 1
        and not hiding.kinds(row.id)
    ]
    return sorted(fine, key=lambda row: row.ref), len(every) - len(fine)


def _rank(pair: Pair, found: Evidence) -> tuple[object, ...]:
    """The better of two pairs first: by verdict, name, what else agrees, and distance."""
    outcomes = (found.known, found.maker, found.year, found.kind)
    return (
        VERDICTS.index(pair.verdict),
        likeness.KINDS.index(pair.name.kind),
        outcomes.count(DIFFER) - outcomes.count(AGREE),
        math.inf if found.metres is None else found.metres,
        pair.left,
        pair.right,
    )


def _pair(a: _Placed, b: _Placed, telling: Telling) -> tuple[tuple[object, ...], Pair] | None:
    found = _evidence(a, b, telling, measures.known().identity)
    verdict, why = judge(found, telling)
    if verdict == "not":
        return None
    pair = Pair(
        a.row.ref,
        b.row.ref,
        (a.row.row, b.row.row),
        verdict,
        why,
        None if found.metres is None else round(found.metres),
        found.name,
        (a.row.shown(telling.name), b.row.shown(telling.name)),
        tuple(_held(a.row, b.row, telling, found)),
    )
    return _rank(pair, found), pair


def find(
    rows: Iterable[Row], telling: Telling, decided: Mapping[frozenset[Ref], str] | None = None
) -> Found:
    """The pairs that people are to decide about, whatever order the rows come in. ``decided``: two
    rows -> ``same`` or ``different``: those are not asked again, and who is the same as one is no
    other's partner there."""
    settled = dict(decided or {})
    known, without_id = _decidable(rows)
    if not known:
        return Found(without_id=without_id)
    every = _placed(known, telling)
    blocks = _Blocks(every, telling, measures.known().identity)
    pairs = []
    for placed in every:
        for number in sorted(blocks.of(placed)):
            other = every[number]
            if frozenset((placed.row.ref, other.row.ref)) not in settled:
                pairs.append(_pair(placed, other, telling))
    taken = {
        (one, other.organisation)
        for refs, decision in settled.items()
        if decision == "same"
        for one, other in (tuple(refs), tuple(refs)[::-1])
    }
    return Found(_best(pairs, taken), len(blocks.crowded), without_id)


def _best(
    ranked: list[tuple[tuple[object, ...], Pair] | None], taken: set[tuple[Ref, str]]
) -> list[Pair]:
    """Each row's best partner in each other organisation, where that one has no better."""
    kept = []
    for _, pair in sorted((one for one in ranked if one), key=lambda one: one[0]):
        sides = {(pair.left, pair.right.organisation), (pair.right, pair.left.organisation)}
        if not sides & taken:
            taken |= sides
            kept.append(pair)
    return kept
