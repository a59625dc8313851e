"""A Creative Commons licence is spelt otherwise than harvesting knows it: https, without its last
slash, with /deed or /legalcode.

Source: docs/harvesting.md of the profile: exactly ``http://creativecommons.org/licenses/by/4.0/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.term import Node

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, Found, Known, replace, values

_SPELT = re.compile(
    r"(?:https?://)?(?:www\.)?(creativecommons\.org/(?:licenses|publicdomain)/[a-z-]+/\d\.\d)"
    r"(?:/|/(?:deed|legalcode)(?:[./-][a-z-]+)?/?)?",
    re.IGNORECASE,
)


def exact(value: Node) -> URIRef | None:
    """The licence as the form lists it, of one that is spelt nearly so; None for any other.

    >>> from rdflib import Literal
    >>> str(exact(URIRef("https://creativecommons.org/licenses/by/4.0/deed.sv")))
    'http://creativecommons.org/licenses/by/4.0/'
    >>> exact(URIRef("https://example.org/villkor"))
    """
    spelt = _SPELT.fullmatch(str(value).strip())
    if spelt is None:
        return None
    right = f"http://{spelt[1].lower()}/"
    choices = properties.field(properties.DISTRIBUTION, "dcterms:license").choices()
    return URIRef(right) if right in choices else None


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        if field.predicate == "dcterms:license" and exact(value) not in (None, value):
            yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    right = exact(found.value) if found.value is not None else None
    return right is not None and replace(graph, found, right)


FAULT = Fault(_find, "catalogue", _mend, rank=7)
