"""A distribution has several addresses for access, where the profile has one.

Source: DCAT-AP-SE, ``dcat:accessURL`` 1..1. Each becomes a distribution of its own; what else is
said of the first is said of all. Where files are given for download nobody else can tell which
belongs to which, so a person must.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import DCAT

from helpers.metadata import nodes, properties
from helpers.metadata.faults.fault import Fault, Found, Known


def _find(graph: Graph) -> Iterator[Found]:
    for node in nodes.of_class(graph, properties.DISTRIBUTION):
        if len(set(graph.objects(node, DCAT.accessURL))) > 1:
            yield Found(node, "dcat:accessURL")


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    first = found.node
    if not isinstance(first, URIRef) or (first, DCAT.downloadURL, None) in graph:
        return False
    _, *others = sorted(graph.objects(first, DCAT.accessURL), key=nodes.order)
    made = [
        URIRef(f"{first}{'-' if '#' in first else '#'}access-{i}")
        for i in range(2, len(others) + 2)
    ]
    if any((one, None, None) in graph for one in made):
        return False
    for other in others:
        graph.remove((first, DCAT.accessURL, other))
    said = list(graph.predicate_objects(first))
    pointing = list(graph.subject_predicates(first))
    for one, address in zip(made, others, strict=True):
        for name, value in said:
            graph.add((one, name, address if name == DCAT.accessURL else value))
        for subject, name in pointing:
            graph.add((subject, name, one))
    return True


FAULT = Fault(_find, "owner", _mend, rank=10, step=2)
