"""An address is written as a text, so that nobody can follow it.

Source: DCAT-AP-SE, fields whose values are IRIs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef

from helpers.metadata.faults.fault import Fault, Found, Known, replace, values

_WEB = re.compile(r"https?://[^\s/?#\"'<>]+\.[^\s\"'<>]+", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?([^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"']+)", re.IGNORECASE)
MAILS = {"vcard:hasEmail", "foaf:mbox"}


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        kinds = {form.kind for form in field.forms}
        if isinstance(value, Literal) and kinds <= {"iri", "node"}:
            yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    text = str(found.value).strip()
    mail = _MAIL.fullmatch(text) if found.predicate in MAILS else None
    if mail:
        return replace(graph, found, URIRef(f"mailto:{mail[1]}"))
    return bool(_WEB.fullmatch(text)) and replace(graph, found, URIRef(text))


FAULT = Fault(_find, "system", _mend, step=1)
