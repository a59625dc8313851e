"""A field is written with the name of another vocabulary, so that harvesting passes it by:
``adms:contactPoint`` for ``dcat:contactPoint``, ``dcterms:distribution`` for ``dcat:distribution``.

A property with the same last part as a field of the class, of another vocabulary, which the class
does not have, where the field itself is empty: schema.org beside DCAT is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from helpers.metadata import nodes, properties
from helpers.metadata.faults.fault import Fault, Found, Known

# What is meant by another word: the commonest slips.
SLIPS = {"keywords": "dcat:keyword", "licence": "dcterms:license"}
KNOWN = {"dcat", "dcterms", "adms", "dcatap", "foaf", "schema", "vcard"}
OLD = "http://purl.org/dc/elements/1.1/"


def _local(name: str) -> str:
    return re.split(r"[/#]", name)[-1]


def _meant(of: str, name: Node) -> URIRef | None:
    """The field that a property of a node of this class is meant as; None for any other."""
    text = str(name)
    fields = properties.descriptions()[of].fields
    if any(field.iri == text for field in fields):
        return None
    prefix = properties.curie(text).partition(":")[0]
    if prefix not in KNOWN and not text.startswith(OLD):
        return None
    local = _local(text)
    slip = SLIPS.get(local)
    meant = [f.iri for f in fields if _local(f.iri) == local or f.predicate == slip]
    return URIRef(meant[0]) if len(meant) == 1 else None


def _find(graph: Graph) -> Iterator[Found]:
    for of in properties.ROOTS:
        for node in nodes.of_class(graph, of):
            for name in sorted(set(graph.predicates(node)), key=nodes.order):
                meant = _meant(of, name)
                if meant is not None and (node, meant, None) not in graph:
                    yield Found(node, properties.curie(str(meant)), name)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    meant = URIRef(properties.iri(found.predicate))
    assert found.value is not None
    if (found.node, meant, None) in graph:
        return False  # two names that mean the same field: which holds is for a person to say
    for value in list(graph.objects(found.node, found.value)):
        graph.remove((found.node, found.value, value))
        graph.add((found.node, meant, value))
    return True


FAULT = Fault(_find, "system", _mend, step=1)
