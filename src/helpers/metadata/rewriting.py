"""A mended graph is written as it came: relative addresses stay relative, and what XML forbids is
replaced and counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from helpers.metadata import terms, writing
from helpers.metadata.faults.malformed_address import encoded
from helpers.metadata.reading import FORMS
from helpers.metadata.shapes.making import RELATIVE
from helpers.words.errors import ConfigurationError

SUFFIXES = {
    ".rdf": ".rdf",
    ".xml": ".rdf",
    ".ttl": ".ttl",
    ".nt": ".ttl",
    ".jsonld": ".jsonld",
    ".json": ".jsonld",
}
NAMES = {".rdf": FORMS["xml"], ".ttl": FORMS["turtle"], ".jsonld": FORMS["json-ld"]}
# What XML 1.0 has no place for; Turtle and JSON could hold it, but the graph is to stay one.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LOST = "\ufffd"


@dataclass(frozen=True)
class Rewritten:
    """The text of a file, and how many characters were replaced."""

    text: str
    replaced: int


def form_of(suffix: str) -> str:
    """The form to write by the name's ending. Raises ``ConfigurationError`` for any other."""
    form = SUFFIXES.get(suffix.lower())
    if form is None:
        known = ", ".join(SUFFIXES)
        raise ConfigurationError("metadata.refused.form", {"suffix": suffix or "–", "known": known})
    return form


def rewritten(graph: Graph, suffix: str) -> Rewritten:
    """The graph as a file with this ending has it. Raises ``ConfigurationError`` where the form
    cannot hold it."""
    form = form_of(suffix)
    replaced = 0
    safe = terms.empty()
    for prefix, namespace in graph.namespaces():
        safe.bind(prefix, namespace)

    def kept(node: Node) -> Node:
        nonlocal replaced
        if isinstance(node, URIRef):
            return URIRef(encoded(str(node)))
        if isinstance(node, Literal) and _FORBIDDEN.search(str(node)):
            text, count = _FORBIDDEN.subn(LOST, str(node))
            replaced += count
            return Literal(text, lang=node.language, datatype=node.datatype)
        return node

    with terms.as_written():
        for subject, name, value in graph:
            safe.add((kept(subject), kept(name), kept(value)))
        try:
            text = writing.written(safe, [form])[form]
        except (ValueError, RecursionError):
            known = ", ".join(one for one in NAMES if one != form)
            values = {"form": NAMES[form], "known": known}
            raise ConfigurationError("metadata.refused.not_written", values) from None
    return Rewritten(text.replace(RELATIVE, ""), replaced)
