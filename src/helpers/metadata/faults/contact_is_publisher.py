"""The same address is a contact and a publisher: the portal makes one thing of the two.

Source: docs/harvesting.md of the profile: contacts and publishers are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS

from helpers.metadata import nodes
from helpers.metadata.faults.fault import Fault, Found


def _find(graph: Graph) -> Iterator[Found]:
    both = set(graph.objects(None, DCAT.contactPoint)) & set(graph.objects(None, DCTERMS.publisher))
    for node in sorted(both, key=nodes.order):
        yield Found(node, "")


FAULT = Fault(_find, "system")
