"""Two datasets have the same identifier, a UUID: the portal keeps one of them.

Source: the portal's rule for duplicates: a dataset is known by ``dcterms:identifier`` where it is a
UUID.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rdflib import Graph
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from helpers.metadata import nodes, properties
from helpers.metadata.faults.fault import Fault, Found

_UUID = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _find(graph: Graph) -> Iterator[Found]:
    those: dict[str, list[tuple[Node, Node]]] = defaultdict(list)
    for node in nodes.of_class(graph, properties.DATASET):
        for value in graph.objects(node, DCTERMS.identifier):
            if _UUID.fullmatch(str(value).strip()):
                those[str(value).strip().lower().removeprefix("urn:uuid:")].append((node, value))
    for pairs in those.values():
        if len({node for node, _ in pairs}) > 1:
            yield from (Found(node, "dcterms:identifier", value) for node, value in pairs)


FAULT = Fault(_find, "system")
