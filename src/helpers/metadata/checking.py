"""Somebody's catalogue, looked at whole: its faults by name, what else is not as the profile says,
its points and stars before and after mending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph
from rdflib.term import Node

from helpers.metadata import forecast, mending, nodes, properties, stars, validating
from helpers.metadata.faults.fault import Found, Known
from helpers.metadata.faults.registry import all_faults
from helpers.metadata.forecast import Forecast
from helpers.metadata.stars import Starred
from helpers.metadata.validating import European, Violation


@dataclass(frozen=True)
class FaultTold:
    """A fault with its places in order, and how many of them the mended graph does not have."""

    name: str
    rank: int
    who: str
    places: tuple[Found, ...]
    mended: int


@dataclass(frozen=True)
class Group:
    """What is the same of several nodes, besides the faults."""

    first: Violation
    all: tuple[Violation, ...]


@dataclass(frozen=True)
class Checked:
    """All that is said of a catalogue. ``counts``: class -> number of its nodes."""

    graph: Graph
    counts: dict[str, int]
    faults: tuple[FaultTold, ...]
    others: tuple[Group, ...]
    advice: tuple[Group, ...]
    violations: int
    european: tuple[European, ...]
    points: Forecast
    starred: tuple[Starred, ...]
    mended: mending.Mended
    points_after: Forecast
    starred_after: tuple[Starred, ...]
    violations_after: int

    @property
    def mended_places(self) -> int:
        """How many places were mended."""
        return len(self.mended.done)


def _groups(told: Iterable[Violation]) -> tuple[Group, ...]:
    those: dict[str, list[Violation]] = defaultdict(list)
    for one in told:
        those[one.name].append(one)
    return tuple(Group(group[0], tuple(group)) for group in those.values())


def _faults(graph: Graph, mended: mending.Mended) -> list[FaultTold]:
    told = []
    for name, fault in all_faults().items():
        places = tuple(fault.find(graph))
        if places:
            # mending one fault may mend another: a contact found under its right name
            left = sum(1 for _ in fault.find(mended.graph))
            done = max(0, len(places) - left)
            told.append(FaultTold(name, fault.rank, fault.who, places, done))
    return told


def _covered(faults: Iterable[FaultTold]) -> set[tuple[Node, str]]:
    """The nodes and fields that a fault tells of; of a node itself, all that is said of it."""
    return {(place.node, place.predicate) for fault in faults for place in fault.places}


def check(graph: Graph, known: Known | None = None) -> Checked:
    """Look at a graph. ``known``: what its owner says beside the file, used to mend it."""
    mended = mending.mended(graph, known)
    faults = _faults(graph, mended)
    judged = validating.judged(graph)
    covered = _covered(faults)
    left = [one for one in judged if not _is_covered(one, covered)]
    european = tuple(validating.by_european_shapes(graph))
    points = forecast.forecast(graph, european=european)
    is_other = bool(mended.done)
    return Checked(
        graph,
        {name: len(nodes.of_class(graph, name)) for name in properties.ROOTS},
        tuple(faults),
        _groups(one for one in left if not one.advice),
        _groups(one for one in left if one.advice),
        sum(not one.advice for one in judged),
        european,
        points,
        tuple(stars.stars(graph)),
        mended,
        forecast.forecast(mended.graph) if is_other else points,
        tuple(stars.stars(mended.graph)),
        sum(not one.advice for one in (validating.judged(mended.graph) if is_other else judged)),
    )


_OF_THE_NODE = {"blank", "blank_node", "relative"}  # a fault of the node that the field points at


def _is_covered(one: Violation, covered: set[tuple[Node, str]]) -> bool:
    if (one.node, one.predicate) in covered:
        return True
    return one.kind in _OF_THE_NODE and one.value is not None and (one.value, "") in covered
