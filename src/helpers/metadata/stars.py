"""How open each distribution is by its metadata: Berners-Lee's five stars, as dataportal.se counts.

1: an address, a stated format and an open licence. 2: a machine-readable format. 3: a
non-proprietary one. 4: RDF. 5, links to others' data, cannot be told from metadata and is given to
none. Each star presumes those before it. Source: docs/quality.md of
https://github.com/diggsweden/DCAT-AP-SE.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS
from rdflib.term import Node

from helpers.metadata import formats, nodes, properties


@dataclass(frozen=True)
class Starred:
    """A distribution with its stars (0-4). ``lacks``: what the next one asks for: ``address``,
    ``format``, ``licence``, ``machine_readable``, ``non_proprietary``, ``rdf``, ``links``."""

    node: Node
    stars: int
    lacks: str


def _one(graph: Graph, node: Node) -> Starred:
    codes = formats.codes(graph, node)
    steps = (
        (0, "address", (node, DCAT.accessURL, None) in graph),
        (0, "format", (node, DCTERMS.format, None) in graph),
        (0, "licence", any(str(o) in formats.OPEN for o in graph.objects(node, DCTERMS.license))),
        (1, "machine_readable", bool(codes & formats.MACHINE_READABLE)),
        (2, "non_proprietary", bool(codes & formats.MACHINE_READABLE & formats.NON_PROPRIETARY)),
        (3, "rdf", bool(codes & formats.LINKED)),
    )
    for stars, lacks, there in steps:
        if not there:
            return Starred(node, stars, lacks)
    return Starred(node, 4, "links")


def stars(graph: Graph) -> list[Starred]:
    """Each distribution of a graph, in the order of its address."""
    return [_one(graph, node) for node in nodes.of_class(graph, properties.DISTRIBUTION)]


def average(starred: list[Starred]) -> float | None:
    """The mean over all distributions; None where there is none."""
    return sum(one.stars for one in starred) / len(starred) if starred else None
