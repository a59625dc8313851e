"""A catalogue, a dataset, a distribution, a publisher or a contact has no address of its own.

Source: docs/harvesting.md of the profile forbids blank nodes for these. Each gets an address
beneath that of the dataset or the catalogue which points at it; a publisher its address on the
portal, where the organisation's number is known.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from helpers.metadata import nodes, properties
from helpers.metadata.faults import publisher_by_another_address
from helpers.metadata.faults.fault import Fault, Found, Known, is_blank, of, rename
from helpers.metadata.shapes.making import NAMED

KINDS = {
    "dcat:dataset": "dataset",
    "dcat:distribution": "distribution",
    "dcat:service": "service",
    "dcat:accessService": "service",
    "dcat:contactPoint": "contact",
    "dcterms:publisher": "publisher",
    "dcterms:creator": "creator",
}


def _find(graph: Graph) -> Iterator[Found]:
    told = set()
    for name in properties.ROOTS:
        for node in filter(is_blank, nodes.of_class(graph, name)):
            told.add(node)
            yield Found(node, "")
    for predicate in sorted(NAMED):
        for node in sorted(set(graph.objects(None, of(predicate))), key=nodes.order):
            if is_blank(node) and node not in told:
                told.add(node)
                yield Found(node, "")


def _pointing(graph: Graph, node: Node) -> tuple[URIRef, str] | None:
    for predicate, kind in KINDS.items():
        above = [one for one in graph.subjects(of(predicate), node) if isinstance(one, URIRef)]
        if above:
            return min(above, key=nodes.order), kind
    return None


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    pointing = _pointing(graph, found.node)
    if pointing is None:
        return False
    above, kind = pointing
    if kind == "publisher":
        address = publisher_by_another_address.right(graph, found.node, known)
        if address is not None and rename(graph, found.node, address):
            return True
    between = "-" if "#" in above else "#"
    number = 1
    while (URIRef(f"{above}{between}{kind}-{number}"), None, None) in graph:
        number += 1
    return rename(graph, found.node, URIRef(f"{above}{between}{kind}-{number}"))


FAULT = Fault(_find, "system", _mend, step=2)
