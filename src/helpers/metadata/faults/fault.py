"""A fault of metadata finds where it is, and mends what can be mended without inventing anything.

Its name is its module's, its words ``metadata.fault.<name>``. What it finds is told by node and
field; a shape of the profile that says the same of the same place is then not told once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS
from rdflib.term import Node

from helpers.metadata import nodes, properties
from helpers.metadata.properties import Field

LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
SPOKEN = {
    "SWE": "sv",
    "ENG": "en",
    "FIN": "fi",
    "NOR": "no",
    "DAN": "da",
    "DEU": "de",
    "FRA": "fr",
    "SPA": "es",
}


@dataclass(frozen=True)
class Found:
    """A place of a fault: the node, the field in short (empty for the node itself), the value that
    is wrong or None where one lacks."""

    node: Node
    predicate: str
    value: Node | None = None


@dataclass(frozen=True)
class Known:
    """What may be used to mend a graph, as its owner has said it: ``language`` of its texts, the
    ``number`` of the organisation (10 digits); None for what is not known."""

    language: str | None = None
    number: str | None = None


Find = Callable[[Graph], Iterable[Found]]
Mend = Callable[[Graph, Found, Known], bool]


@dataclass(frozen=True)
class Fault:
    """``mend`` changes the graph and says whether it did; None where only a person can. ``who``
    knows what is right: ``metadata.who`` in words. ``rank``: its place among the ten commonest,
    or 0. ``step``: what is mended first: 1 names and addresses, 2 nodes, 3 values."""

    find: Find
    who: str
    mend: Mend | None = None
    rank: int = 0
    step: int = 3


def of(name: str) -> URIRef:
    """A property by its short name."""
    return URIRef(properties.iri(name))


def places(graph: Graph) -> Iterator[tuple[Node, Field]]:
    """Every node that the profile describes, with each field it may have, in the form's order."""
    for described in properties.descriptions().values():
        for node in _nodes(graph, described.name):
            for field in described.fields:
                yield node, field


def _nodes(graph: Graph, name: str) -> list[Node]:
    if name in properties.ROOTS:
        return nodes.of_class(graph, name)
    pointing = properties.pointing_at(name)
    found = {value for prop in pointing for value in graph.objects(None, of(prop))}
    return sorted((one for one in found if (one, None, None) in graph), key=nodes.order)


def values(graph: Graph) -> Iterator[tuple[Node, Field, Node]]:
    """Every value of every field."""
    for node, field in places(graph):
        for value in sorted(graph.objects(node, URIRef(field.iri)), key=nodes.order):
            yield node, field, value


def lacking(graph: Graph, of_class: str, *names: str) -> Iterator[Found]:
    """The nodes of a class without any of these properties, told by the first."""
    for node in nodes.of_class(graph, of_class):
        if not any((node, of(name), None) in graph for name in names):
            yield Found(node, names[0])


def replace(graph: Graph, found: Found, *new: Node) -> bool:
    """The value of a place becomes these; True."""
    assert found.value is not None
    name = of(found.predicate)
    graph.remove((found.node, name, found.value))
    for value in new:
        graph.add((found.node, name, value))
    return True


def rename(graph: Graph, old: Node, new: Node) -> bool:
    """A node gets another address wherever it stands. False where that one is taken already by
    something else: two things would become one."""
    if (new, None, None) in graph and old != new:
        return False
    for statement in [*graph.triples((old, None, None)), *graph.triples((None, None, old))]:
        graph.remove(statement)
        graph.add(tuple(new if part == old else part for part in statement))  # type: ignore[arg-type]
    return True


def texts(graph: Graph) -> Iterator[Found]:
    """Every value that is a text with, or meant for, a language."""
    for node, field, value in values(graph):
        if isinstance(value, Literal) and {form.kind for form in field.forms} == {"language"}:
            yield Found(node, field.predicate, value)


def declared_language(graph: Graph) -> str | None:
    """The language that the catalogue says its texts are in; None where it says none or several."""
    catalogues = nodes.of_class(graph, properties.CATALOG)
    said = {
        str(value).rstrip("/").rpartition("/")[2].upper()
        for catalogue in catalogues
        for value in graph.objects(catalogue, DCTERMS.language)
        if str(value).startswith(LANGUAGE)
    }
    return SPOKEN.get(said.pop()) if len(said) == 1 else None


def dataset_of(graph: Graph, node: Node) -> Node | None:
    """The dataset that a distribution or a contact belongs to."""
    pointing = [one for one in graph.subjects(None, node) if (one, RDF.type, DCAT.Dataset) in graph]
    return min(pointing, key=nodes.order, default=None)


def is_blank(node: Node) -> bool:
    """True for a node without an address."""
    return isinstance(node, BNode)
