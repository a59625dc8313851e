"""What several tables share, from their facts alone: no name and no number is known here, only
where they stand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any

from helpers.words.files.ours import Folder
from helpers.words.messages import both

SENTENCES = Folder("helpers/words/messages/*/across.yaml")
NEAR_M = 100.0
LISTED = 200  # matches of each kind
PLACES = 40  # of one match
CROWD = 20  # objects of one name in one square of 100 m that others are compared with
KINDS = ("numbers", "names", "object")
Both = dict[str, str]


@dataclass(frozen=True)
class Facts:
    """One candidate's facts (see ``facts.facts``) and what decides whom it is compared with."""

    candidate: str
    organisation: str
    type: str
    subtype: str | None
    plain: dict[str, Any]


@dataclass(frozen=True)
class Where:
    """Rows (ascending, the first 20 of ``total``) of one candidate; ``group``: of which of the
    numbers or names, from 1."""

    candidate: str
    rows: list[int]
    total: int
    group: int


@dataclass(frozen=True)
class Match:
    """``numbers``: one supplier's name under ``count`` numbers; ``names``: one number under
    ``count`` names; ``object``: the same name within 100 m in two organisations, ``distance_m``
    apart."""

    kind: str
    where: list[Where]
    message: Both
    fix: Both
    count: int | None = None
    distance_m: int | None = None


@dataclass(frozen=True)
class Across:
    """Matches, the most widely spread first and at most 200 of each kind; ``totals`` counts all by
    kind.

    A match holds at most 40 places. ``left_out``: rows by candidate that were not compared;
    ``not_compared``: candidates with too many suppliers or objects.
    """

    matches: list[Match] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    not_compared: list[str] = field(default_factory=list)

    def of(self, candidate: str) -> list[Match]:
        """The matches that concern this candidate."""
        return [
            match
            for match in self.matches
            if any(place.candidate == candidate for place in match.where)
        ]

    def candidates(self, kind: str) -> list[str]:
        """The candidates that the listed matches of this kind lie in."""
        return list(
            dict.fromkeys(
                place.candidate
                for match in self.matches
                if match.kind == kind
                for place in match.where
            )
        )

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, by the names of the fields."""
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Across:
        """What ``to_json`` gave, as it was."""
        matches = [
            Match(**match | {"where": [Where(**place) for place in match["where"]]})
            for match in plain["matches"]
        ]
        return cls(matches, plain["totals"], plain["left_out"], plain["not_compared"])


Found = tuple[str, list[Where], int]  # kind, where, how many or how far


Place = tuple[str, list[int], int]  # candidate, rows, total


def _grouped(members: Iterable[list[Place]]) -> list[Where]:
    """Numbered from 1 by where they stand, so that the order tells nothing of what they are."""
    groups = sorted(sorted(places) for places in members)
    return [
        Where(candidate, rows, total, number)
        for number, places in enumerate(groups, 1)
        for candidate, rows, total in places
    ]


def _suppliers(some: list[Facts]) -> Iterator[Found]:
    by_name: dict[str, dict[str, list[Place]]] = {}
    by_number: dict[str, dict[str, list[Place]]] = {}
    for facts in some:
        for name, number, rows, total in facts.plain.get("pairs", []):
            place = (facts.candidate, rows, total)
            by_name.setdefault(name, {}).setdefault(number, []).append(place)
            by_number.setdefault(number, {}).setdefault(name, []).append(place)
    for kind, groups in (("numbers", by_name), ("names", by_number)):
        for members in groups.values():
            if len(members) > 1:
                yield kind, _grouped(members.values()), len(members)


def _alike(facts: Facts, other: Facts) -> bool:
    same = facts.subtype is None or other.subtype is None or facts.subtype == other.subtype
    return facts.organisation != other.organisation and facts.type == other.type and same


def _objects(some: list[Facts]) -> Iterator[Found]:
    """For each object the nearest of the same name in each other table."""
    squares: dict[tuple[str, int, int], list[tuple[Facts, int, float, float]]] = {}
    for facts in some:
        objects = []
        for row, name, x, y in facts.plain.get("objects", []):
            column, line = math.floor(x / NEAR_M), math.floor(y / NEAR_M)
            nearest: dict[str, tuple[float, int]] = {}
            for i, j in product((-1, 0, 1), repeat=2):
                for other, other_row, east, north in squares.get((name, column + i, line + j), []):
                    distance = math.hypot(x - east, y - north)
                    if distance <= NEAR_M and _alike(facts, other):
                        neighbour = (distance, other_row)
                        nearest[other.candidate] = min(
                            neighbour, nearest.get(other.candidate, neighbour)
                        )
            for candidate, (distance, other_row) in nearest.items():
                yield (
                    "object",
                    _grouped([[(facts.candidate, [row], 1)], [(candidate, [other_row], 1)]]),
                    round(distance),
                )
            objects.append(((name, column, line), (facts, row, x, y)))
        for square, placed in objects:  # a table is not compared with itself
            in_square = squares.setdefault(square, [])
            if len(in_square) < CROWD:
                in_square.append(placed)


def _match(kind: str, where: list[Where], value: int) -> Match:
    where = where[:PLACES]
    if kind == "object":
        return Match(
            kind,
            where,
            both("across.object.said", distance=value),
            both("across.object.fix"),
            distance_m=value,
        )
    return Match(
        kind,
        where,
        both(f"across.{kind}.said", count=value),
        both(f"across.{kind}.fix"),
        count=value,
    )


def compare(some: Iterable[Facts]) -> Across:
    """The matches among candidates, whatever the order they come in."""
    ordered = sorted(some, key=lambda facts: facts.candidate)
    matches = [*_suppliers(ordered), *_objects(ordered)]
    matches.sort(
        key=lambda match: (
            -len({place.candidate for place in match[1]}),
            -sum(place.total for place in match[1]),
            [(place.candidate, place.rows) for place in match[1]],
        )
    )
    by_kind = {kind: [match for match in matches if match[0] == kind] for kind in KINDS}
    return Across(
        [
            _match(*match)
            for matches_of_kind in by_kind.values()
            for match in matches_of_kind[:LISTED]
        ],
        {kind: len(matches_of_kind) for kind, matches_of_kind in by_kind.items()},
        {
            facts.candidate: facts.plain["left_out"]
            for facts in ordered
            if facts.plain.get("left_out")
        },
        [facts.candidate for facts in ordered if facts.plain.get("too_many")],
    )
