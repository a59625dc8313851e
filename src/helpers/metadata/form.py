"""A graph as the form that people fill in: the fields of Digg's form, in its order and by its
labels, each with what the graph says.

The shared catalogue and EntryScape have the same form. Source of labels and order: ``properties``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF
from rdflib.term import Node

from helpers.metadata import identity, nodes, properties
from helpers.metadata.described import Dataset
from helpers.metadata.properties import Field
from helpers.metadata.terms import VCARD

Labels = Mapping[str, str]
# the parts of the form that are written by hand, in the order in which people do it
PARTS = ("dcat:Catalog", "foaf:Agent", "vcard:Kind", "dcat:Dataset", "dcat:Distribution")
# what the form makes itself when the part is made where it belongs
MADE = ("dcat:dataset", "dcat:distribution", "dcat:catalog", "dcterms:hasPart", "spdx:checksum")
NAMES = (DCTERMS.title, FOAF.name, VCARD.fn)
# a field that lacks or that is only proposed -> where it stands in the form
PLACES = {
    "organisation": ("foaf:Agent", "foaf:name"),
    "organisation_number": ("foaf:Agent", "dcterms:identifier"),
    "address": ("dcat:Distribution", "dcat:accessURL"),
    "description": ("dcat:Dataset", "dcterms:description"),
    "keywords": ("dcat:Dataset", "dcat:keyword"),
    "theme": ("dcat:Dataset", "dcat:theme"),
    "contact": ("dcat:Dataset", "dcat:contactPoint"),
    "licence": ("dcat:Distribution", "dcterms:license"),
    "update_frequency": ("dcat:Dataset", "dcterms:accrualPeriodicity"),
    "spatial": ("dcat:Dataset", "dcterms:spatial"),
}
# of the catalogue's own fields what is proposed
OF_CATALOGUE = {
    "title": "dcterms:title",
    "description": "dcterms:description",
    "licence": "dcterms:license",
}


@dataclass(frozen=True)
class Value:
    """What is put into a field. ``choice``: what it is called in the list that it is chosen from;
    ``language``: of the text."""

    text: str
    choice: Labels | None = None
    language: str = ""


@dataclass(frozen=True)
class Line:
    """A field of the form. ``level``: mandatory | recommended | optional. ``asks``: what lacks, a
    key of ``completeness.KNOWN_BY``; ``proposed``: nobody has said it."""

    label: Labels
    level: str
    values: tuple[Value, ...]
    asks: str = ""
    proposed: bool = False


@dataclass(frozen=True)
class Part:
    """One thing that is described: the form's part, the thing's own name, its lines, and the labels
    of recommended fields that stand empty."""

    of: str
    label: Labels
    name: str
    lines: tuple[Line, ...]
    empty: tuple[Labels, ...] = ()


def parts(graph: Graph, dataset: Dataset, proposed: Iterable[str] = ()) -> list[Part]:
    """The form, filled in. ``dataset``: what lacks and is proposed of it; ``proposed``: the
    catalogue's own fields that are."""
    asked = {PLACES[lack.field]: lack.field for lack in dataset.lacking if lack.field in PLACES}
    offered = {PLACES[name] for name in dataset.proposed}
    offered |= {("dcat:Catalog", OF_CATALOGUE[name]) for name in proposed}
    return [_part(graph, of, node, asked, offered) for of in PARTS for node in _things(graph, of)]


def _things(graph: Graph, of: str) -> list[Node]:
    types = properties.descriptions()[of].types
    found = {
        node for type in types for node in graph.subjects(RDF.type, URIRef(properties.iri(type)))
    }
    return sorted(found, key=nodes.order)


def _part(
    graph: Graph,
    of: str,
    node: Node,
    asked: Mapping[tuple[str, str], str],
    offered: set[tuple[str, str]],
) -> Part:
    description = properties.descriptions()[of]
    lines, empty = list[Line](), list[Labels]()
    for field in description.fields:
        if field.predicate in MADE:
            continue
        place = (of, field.predicate)
        values = tuple(sorted(_values(graph, node, field), key=_swedish_first))
        ask = asked.get(place, "")
        if values or ask or field.mandatory:
            said = () if ask == "address" else values
            lines.append(Line(field.label, _level(field), said, ask, place in offered))
        elif field.recommended:
            empty.append(field.label)
    return Part(of, description.label, _name(graph, node), tuple(lines), tuple(empty))


def _level(field: Field) -> str:
    if field.mandatory:
        return "mandatory"
    return "recommended" if field.recommended else "optional"


def _name(graph: Graph, node: Node) -> str:
    return next((str(one) for name in NAMES for one in graph.objects(node, name)), str(node))


def _values(graph: Graph, node: Node, field: Field) -> Iterator[Value]:
    choices = field.choices()
    added = [form.scheme for form in field.forms if form.scheme]  # the form puts it there itself
    for value in sorted(graph.objects(node, URIRef(field.iri)), key=nodes.order):
        text = str(value)
        if added and text.startswith(added[0]):
            yield Value(text.removeprefix(added[0]))
        elif isinstance(value, Literal):
            yield Value(text, choices.get(text), value.language or "")
        elif text.startswith((identity.NOWHERE, identity.EXAMPLE)) and text not in choices:
            inner = list(_inner(graph, value))
            yield from inner or ([Value(_name(graph, value))] if _named(graph, value) else [])
        elif text in choices:
            yield Value(text, choices[text])
        else:
            inner = list(_inner(graph, value))
            yield from inner or [Value(_name(graph, value))]


def _swedish_first(value: Value) -> tuple[bool, str]:
    return (value.language not in ("", "sv"), value.language)


def _named(graph: Graph, node: Node) -> bool:
    return any((node, name, None) in graph for name in NAMES)


def _inner(graph: Graph, node: Node) -> Iterator[Value]:
    """What a part within the field holds, each by its own label: the days of a period."""
    if _named(graph, node):
        return
    for of in nodes.classes(graph, node):
        for field in properties.descriptions()[of].fields:
            for value in graph.objects(node, URIRef(field.iri)):
                if isinstance(value, Literal):
                    yield Value(str(value), {"sv": field.label["sv"], "en": field.label["en"]})
