"""An e-mail address is not written as ``mailto:`` and the address.

Source: DCAT-AP-SE, ``vcard:hasEmail`` and ``foaf:mbox``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, URIRef

from helpers.metadata.faults.fault import Fault, Found, Known, replace, values
from helpers.metadata.shapes.making import RELATIVE

_ADDRESS = re.compile(r"[^@\s/:]+@[^@\s/:]+\.[^@\s/:]+")


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        is_mail = any(form.scheme == "mailto:" for form in field.forms)
        if is_mail and isinstance(value, URIRef) and not value.startswith("mailto:"):
            yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    text = str(found.value).removeprefix(RELATIVE).removeprefix("http://")
    return bool(_ADDRESS.fullmatch(text)) and replace(graph, found, URIRef(f"mailto:{text}"))


FAULT = Fault(_find, "system", _mend, step=1)
