"""What a node of somebody's catalogue is, and what it is called where something is told of it."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF
from rdflib.term import Node

from helpers.metadata import properties
from helpers.words.source_text import SourceText

# Whose own title tells which one is meant; a contact is told by what it is the contact of, as its
# name may be a person's.
TITLES = (DCTERMS.title, FOAF.name)


def order(node: Node | None) -> tuple[int, str]:
    """Nothing first, then addresses and texts, then blank nodes, by the names that reading gave
    them."""
    if isinstance(node, BNode):
        return (2, str(node))
    return (0, "") if node is None else (1, str(node))


def of_class(graph: Graph, name: str) -> list[Node]:
    """The nodes of a class of the profile, in order of their address."""
    return sorted(set(graph.subjects(RDF.type, URIRef(properties.iri(name)))), key=order)


def classes(graph: Graph, node: Node) -> list[str]:
    """The classes of the profile that a node belongs to."""
    types = {properties.curie(str(found)) for found in graph.objects(node, RDF.type)}
    return [
        name
        for name, described in properties.descriptions().items()
        if types & set(described.types)
    ]


def title(graph: Graph, node: Node, language: str = "sv") -> SourceText | None:
    """What a node is called, in the language asked for if it has it; None where it has no name."""
    for name in TITLES:
        texts = [text for text in graph.objects(node, name) if isinstance(text, Literal)]
        if texts:
            best = min(texts, key=lambda text: (not _speaks(text, language), str(text)))
            return SourceText(str(best).strip())
    return None


def _speaks(text: Literal, language: str) -> bool:
    return (text.language or "").partition("-")[0] == language


def owner(graph: Graph, node: Node) -> Node | None:
    """The node that points at this one: the dataset of a distribution, of a contact ..."""
    pointing = sorted(
        {one for one, name in graph.subject_predicates(node) if name != RDF.type}, key=order
    )
    datasets = [one for one in pointing if (one, RDF.type, DCAT.Dataset) in graph]
    return next(iter([*datasets, *pointing]), None)


def addresses(graph: Graph) -> Iterator[URIRef]:
    """Every address that the graph says something of or points at, once; not names of
    properties."""
    seen = set()
    for subject, _, value in graph:
        for node in (subject, value):
            if isinstance(node, URIRef) and node not in seen:
                seen.add(node)
                yield node
