"""Statements put into a graph one after the other: texts that any syntax can hold, IRIs that are
absolute, days as days.

XML 1.0 has signs that it may not hold at all: each is replaced by U+FFFD and counted, so that
RDF/XML, Turtle and JSON-LD say the same. Source: W3C, Extensible Markup Language 1.0, 2.2.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD

from helpers.metadata import identity
from helpers.metadata.terms import empty

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACED = "\ufffd"


def allowed(text: str) -> tuple[str, int]:
    """The text without what XML forbids, and how many signs were replaced.

    >>> allowed("Bad\\x0bplats")
    ('Bad\\ufffdplats', 1)
    """
    return _FORBIDDEN.subn(REPLACED, text)


class Statements:
    """A graph in the making. ``replaced``: signs that no XML may hold and that were replaced;
    ``refused``: addresses that are no absolute IRI and were left out."""

    def __init__(self) -> None:
        self.graph: Graph = empty()
        self.replaced = 0
        self.refused: list[str] = []

    def thing(self, iri: str, kind: URIRef) -> URIRef:
        """The thing of that IRI and kind. ``ValueError`` where the IRI is not absolute."""
        if not identity.is_absolute(iri):
            raise ValueError("no absolute IRI")
        node = URIRef(iri)
        self.graph.add((node, RDF.type, kind))
        return node

    def text(self, subject: URIRef, name: URIRef, said: str, language: str | None = None) -> None:
        """A text, in a language where it has one; nothing for an empty one."""
        plain, replaced = allowed(said)
        self.replaced += replaced
        if plain.strip():
            self.graph.add((subject, name, Literal(plain, lang=language)))

    def texts(self, subject: URIRef, name: URIRef, said: Mapping[str, str]) -> None:
        """A text in each of its languages."""
        for language, one in said.items():
            self.text(subject, name, one, language)

    def link(self, subject: URIRef, name: URIRef, *iris: str | None) -> None:
        """What the thing is linked to; None is left out, and so is what is no absolute IRI."""
        for iri in iris:
            if iri is None:
                continue
            if identity.is_absolute(iri):
                self.graph.add((subject, name, URIRef(iri)))
            else:
                self.refused.append(str(name))

    def links(self, subject: URIRef, name: URIRef, iris: Iterable[str]) -> None:
        """The same of several."""
        self.link(subject, name, *iris)

    def day(self, subject: URIRef, name: URIRef, day: dt.date | None) -> None:
        """A day as xsd:date."""
        if day is not None:
            said = Literal(day.isoformat(), datatype=XSD.date, normalize=False)
            self.graph.add((subject, name, said))

    def whole(self, subject: URIRef, name: URIRef, number: int) -> None:
        """A count as xsd:nonNegativeInteger."""
        said = Literal(str(number), datatype=XSD.nonNegativeInteger, normalize=False)
        self.graph.add((subject, name, said))
