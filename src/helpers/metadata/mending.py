"""A graph is mended where nothing has to be invented, and what is left is for a person.

Each fault mends its own places (``faults``), names and addresses first, then nodes, then values;
once more while that makes more possible. The graph that was read is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph

from helpers.metadata import terms
from helpers.metadata.faults.fault import Found, Known, declared_language
from helpers.metadata.faults.registry import all_faults

PASSES = 5  # each makes at most the next kind of place possible


@dataclass(frozen=True)
class Mending:
    """A place that was mended, by the name of its fault, as it was before."""

    fault: str
    found: Found


@dataclass(frozen=True)
class Mended:
    """The graph with what was done to it. ``known``: what was used to do it."""

    graph: Graph
    done: tuple[Mending, ...]
    known: Known


def mended(graph: Graph, known: Known | None = None) -> Mended:
    """A mended copy. The language of texts is what the catalogue says, if nobody says another."""
    known = known or Known()
    known = Known(known.language or declared_language(graph), known.number)
    copy = terms.empty()
    for prefix, namespace in graph.namespaces():
        copy.bind(prefix, namespace)
    for statement in graph:
        copy.add(statement)
    done: list[Mending] = []
    with terms.as_written():
        for _ in range(PASSES):
            now = _once(copy, known)
            done += now
            if not now:
                break
    return Mended(copy, tuple(done), known)


def _once(graph: Graph, known: Known) -> list[Mending]:
    done: list[Mending] = []
    for name, fault in sorted(all_faults().items(), key=lambda item: item[1].step):
        if fault.mend is not None:
            places = list(fault.find(graph))
            done += [Mending(name, found) for found in places if fault.mend(graph, found, known)]
    return done
