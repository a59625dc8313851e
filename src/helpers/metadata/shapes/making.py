"""Each thing that the profile asks of a field is one shape, whose name says class, field and kind.

So a result of a validator names the field of the form by itself. What the form does not say but
harvesting does (https://docs.dataportal.se/dcat/: absolute IRIs, no blank nodes for what others
point at, Creative Commons exactly as listed) is added here. Generated, committed as Turtle, and
held to the generator by a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from rdflib import RDF, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from helpers.metadata import properties, terms
from helpers.metadata.properties import Description, Field, Form
from helpers.words.files.ours import File

FILE = File("data/reference/dcat_ap_se/shapes.ttl")
SHAPE = Namespace("urn:datakollen:dcat-ap-se:")
RELATIVE = "http://relative.invalid/"  # what a relative address is resolved against when it is read
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type/"
CREATIVE_COMMONS = "creativecommons.org"

# What is pointed at by its own address: no blank node. Source: docs/harvesting.md of the profile.
NAMED = {
    "dcat:dataset",
    "dcat:distribution",
    "dcat:service",
    "dcat:accessService",
    "dcat:contactPoint",
    "dcterms:publisher",
    "dcterms:creator",
}
# What is to be described in the same file.
DESCRIBED = {"dcat:dataset", "dcat:distribution", "dcat:contactPoint", "dcterms:publisher"}
# Where a text without a language is wrong; elsewhere it is an advice.
SPOKEN = {"dcterms:title", "dcterms:description"}
# All other classes are found by what points at them.
BY_CLASS = properties.ROOTS
# Whose recommended fields are advised; a named area needs no rectangle as well.
ADVISED = {*BY_CLASS, properties.AGENT, properties.CONTACT}
NO_ADVICE = {"org:classification"}  # one choice, for those whom a law lets take out fees


def parts(shape: str) -> tuple[str, str, str]:
    """Class, property (or none) and kind of the shape with this name.

    >>> parts("urn:datakollen:dcat-ap-se:dcat:Dataset/dcterms:title/missing")
    ('dcat:Dataset', 'dcterms:title', 'missing')
    """
    of, property, kind = shape.removeprefix(str(SHAPE)).split("/")
    return of, property, kind


class _Maker:
    """The graph while it is made."""

    def __init__(self) -> None:
        self.graph = terms.empty()
        self.graph.bind("sh", SH)

    def list_of(self, values: Iterable[Node]) -> BNode:
        head = BNode()
        Collection(self.graph, head, list(values))
        return head

    def bare(self, *statements: tuple[Node, Node]) -> BNode:
        node = BNode()
        for predicate, value in statements:
            self.graph.add((node, predicate, value))
        return node

    def shape(self, field: Field, kind: str, advice: bool, *says: tuple[Node, Node]) -> None:
        """One property shape of a class: an advice is a warning, all else a violation."""
        name = SHAPE[f"{field.of}/{field.predicate}/{kind}"]
        self.graph.add((SHAPE[f"{field.of}//"], SH.property, name))
        self.graph.add((name, RDF.type, SH.PropertyShape))
        self.graph.add((name, SH.path, URIRef(field.iri)))
        self.graph.add((name, SH.severity, SH.Warning if advice else SH.Violation))
        for predicate, value in says:
            self.graph.add((name, predicate, value))

    # What a field is asked for

    def counted(self, field: Field) -> None:
        if field.mandatory:
            self.shape(field, "missing", False, (SH.minCount, Literal(field.least)))
        elif field.recommended and field.of in ADVISED and field.predicate not in NO_ADVICE:
            self.shape(field, "recommended", True, (SH.minCount, Literal(1)))
        if field.most is not None and field.predicate != "rdf:type":
            self.shape(field, "too_many", False, (SH.maxCount, Literal(field.most)))

    def of_kind(self, field: Field) -> None:
        kinds = {form.kind for form in field.forms}
        if kinds <= {"language", "literal", "datatype"} and field.predicate != "dcterms:format":
            self.shape(field, "not_a_text", False, (SH.nodeKind, SH.Literal))
        elif field.predicate in NAMED:
            self.shape(field, "literal_for_iri", False, (SH.nodeKind, SH.BlankNodeOrIRI))
            self.shape(field, "blank", False, (SH.nodeKind, SH.IRIOrLiteral))
        elif kinds <= {"iri"}:
            self.shape(field, "literal_for_iri", False, (SH.nodeKind, SH.IRI))
        elif kinds <= {"iri", "node"}:
            self.shape(field, "literal_for_iri", False, (SH.nodeKind, SH.BlankNodeOrIRI))
        if kinds == {"language"}:
            self.spoken(field)
        if kinds == {"datatype"}:
            self.typed(field)

    def spoken(self, field: Field) -> None:
        tagged = self.bare((SH.datatype, RDF.langString))
        other = self.bare((SH.nodeKind, SH.BlankNodeOrIRI))  # told as not a text
        advice = field.predicate not in SPOKEN
        self.shape(field, "no_language", advice, (SH["or"], self.list_of((tagged, other))))
        if field.predicate == "dcterms:title":
            self.shape(field, "same_language", True, (SH.uniqueLang, Literal(True)))

    def typed(self, field: Field) -> None:
        types = sorted({name for form in field.forms for name in form.datatypes})
        ways = [self.bare((SH.datatype, URIRef(properties.iri(name)))) for name in types]
        other = self.bare((SH.nodeKind, SH.BlankNodeOrIRI))
        self.shape(field, "datatype", False, (SH["or"], self.list_of([*ways, other])))

    # What a value may be

    def chosen(self, field: Field) -> None:
        """Values from a list, where every way to fill the field in is one."""
        if field.predicate == "rdf:type":
            among = self.bare((SH["in"], self.choices(field)))
            says = (SH.qualifiedValueShape, among), (SH.qualifiedMinCount, Literal(1))
            self.shape(field, "choice", False, *says)
        elif field.predicate == "dcterms:format":
            self.format(field)
        elif all(form.choices for form in field.forms):
            self.shape(field, "choice", False, (SH["in"], self.choices(field)))
        elif any(CREATIVE_COMMONS in value for value in field.choices()):
            self.licence(field)

    def choices(self, field: Field) -> BNode:
        values = sorted(
            {v for form in field.forms if form.choices for v in properties.vocabulary(form.choices)}
        )
        literal = {form.kind for form in field.forms} <= {"literal"}
        return self.list_of([Literal(v) if literal else URIRef(v) for v in values])

    def format(self, field: Field) -> None:
        """A media type as a text, by the form; or the European list of file types."""
        pattern = next(form.pattern for form in field.forms if form.pattern)
        media = self.bare((SH.pattern, Literal(pattern)), (SH.nodeKind, SH.Literal))
        european = self.bare((SH.pattern, Literal(f"^{FILE_TYPES}")), (SH.nodeKind, SH.IRI))
        known = self.bare((SH["in"], self.choices_as_text(field)))
        ways = self.list_of((known, media, european))
        self.shape(field, "choice", False, (SH["or"], ways))

    def choices_as_text(self, field: Field) -> BNode:
        return self.list_of([Literal(value) for value in sorted(field.choices())])

    def licence(self, field: Field) -> None:
        """Creative Commons exactly as listed; any other licence as its own address is."""
        exact = sorted(value for value in field.choices() if CREATIVE_COMMONS in value)
        near = "|".join(re.escape(urlsplit(value).path.strip("/")) for value in exact)
        almost = self.bare(
            (SH.pattern, Literal(rf"^https?://(www\.)?creativecommons\.org/({near})(/.*)?$")),
            (SH.flags, Literal("i")),
        )
        ways = self.list_of(
            (
                self.bare((SH["in"], self.list_of(map(URIRef, exact)))),
                self.bare((SH["not"], almost)),
            )
        )
        self.shape(field, "licence", False, (SH["or"], ways))

    def patterned(self, field: Field) -> None:
        for kind, form in _patterns(field):
            pattern = rf"^{re.escape(form.scheme)}\S+$" if form.scheme else f"^(?:{form.pattern})$"
            other = SH.Literal if form.kind == "iri" else SH.BlankNodeOrIRI  # told otherwise
            fits = self.bare((SH.pattern, Literal(pattern)))
            ways = self.list_of((fits, self.bare((SH.nodeKind, other))))
            self.shape(field, kind, False, (SH["or"], ways))

    def described(self, field: Field) -> None:
        """What it points at is described in the same file, as what it is said to be."""
        types = sorted({name for form in field.forms for name in form.types})
        if field.predicate in DESCRIBED and types:
            ways = [self.bare((SH["class"], URIRef(properties.iri(name)))) for name in types]
            ways += [self.bare((SH.nodeKind, SH.Literal))]
            self.shape(field, "not_described", False, (SH["or"], self.list_of(ways)))

    def conditional(self, field: Field) -> None:
        """Asked for only where another field says so: as a shape of the node."""
        if field.only_if is None:
            return
        name = SHAPE[f"{field.of}/{field.predicate}/missing_as"]
        property, value = field.only_if
        said = self.bare((SH.path, URIRef(properties.iri(property))), (SH.hasValue, URIRef(value)))
        there = self.bare((SH.path, URIRef(field.iri)), (SH.minCount, Literal(field.least)))
        ways = self.list_of(
            (
                self.bare((SH["not"], self.bare((SH.property, said)))),
                self.bare((SH.property, there)),
            )
        )
        self.graph.add((name, RDF.type, SH.NodeShape))
        self.graph.add((name, SH["or"], ways))
        self.graph.add((name, SH.severity, SH.Violation))
        self.graph.add((name, SH.targetClass, URIRef(properties.iri(field.of))))

    # Classes

    def description(self, described: Description) -> None:
        name = SHAPE[f"{described.name}//"]
        self.graph.add((name, RDF.type, SH.NodeShape))
        if described.name in BY_CLASS:
            self.graph.add((name, SH.targetClass, URIRef(properties.iri(described.name))))
            self.addressed(described)
        for property in properties.pointing_at(described.name):
            self.graph.add((name, SH.targetObjectsOf, URIRef(properties.iri(property))))
        for field in described.fields:
            self.counted(field)
            self.of_kind(field)
            self.chosen(field)
            self.patterned(field)
            self.described(field)
            self.conditional(field)

    def addressed(self, described: Description) -> None:
        """The node itself: an address of its own, absolute."""
        relative = self.bare((SH.pattern, Literal(f"^{re.escape(RELATIVE)}")))
        for kind, says in (
            ("blank_node", (SH.nodeKind, SH.IRI)),
            ("relative", (SH["not"], relative)),
        ):
            name = SHAPE[f"{described.name}//{kind}"]
            self.graph.add((name, RDF.type, SH.NodeShape))
            self.graph.add((name, SH.targetClass, URIRef(properties.iri(described.name))))
            self.graph.add((name, SH.severity, SH.Violation))
            self.graph.add((name, *says))


def _patterns(field: Field) -> Iterator[tuple[str, Form]]:
    """The pattern that every value has, by its kind: of an address, a scheme, a text."""
    forms = [form for form in field.forms if form.pattern or form.scheme]
    if len(forms) == len(field.forms) == 1 and not forms[0].choices:
        scheme = (forms[0].scheme or "").rstrip(":")
        kind = scheme or ("address" if forms[0].kind == "iri" else "pattern")
        yield kind, forms[0]


def graph() -> Graph:
    """The shapes of every class of the profile."""
    maker = _Maker()
    for described in properties.descriptions().values():
        maker.description(described)
    return maker.graph


def turtle() -> str:
    """The shapes as they are committed, with where they come from."""
    known = properties.source()
    head = (
        f"# SHACL of DCAT-AP-SE {known['version']}, made by `python -m tests.metadata.generate`:"
        " do not edit.\n"
        f"# Facts from {known['file']} of {known['repository']},\n"
        f"# commit {known['commit']} ({known['publisher']}), {known['licence']}\n"
    )
    made = graph()
    made.bind("xsd", XSD)
    return f"{head}{made.serialize(format='turtle')}"
