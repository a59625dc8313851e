"""A publisher does not say what kind of organisation it is, which is mandatory since 3.0.1.

Source: DCAT-AP-SE 3.0.1, ``dcterms:type`` of the agent.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph
from rdflib.namespace import DCTERMS

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, Found, places


def _find(graph: Graph) -> Iterator[Found]:
    for node, field in places(graph):
        is_type = (field.of, field.predicate) == (properties.AGENT, "dcterms:type")
        if is_type and (node, DCTERMS.type, None) not in graph:
            yield Found(node, field.predicate)


FAULT = Fault(_find, "catalogue", rank=8)
