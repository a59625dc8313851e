"""A publisher is not known by its address on dataportal.se, so that the portal may show it twice.

Source: docs/harvesting.md of the profile: ``http://dataportal.se/organisation/SE`` and ten digits.
A publisher without any address is told as ``blank_node``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from helpers.metadata import nodes
from helpers.metadata.faults.fault import Fault, Found, Known, rename

BASE = "http://dataportal.se/organisation/SE"
_RIGHT = re.compile(rf"{BASE}\d{{10}}(-[\w.-]+)?")
_NEARLY = re.compile(
    r"https?://(?:www\.)?dataportal\.se/organisations?/(?:SE)?(\d{6})-?(\d{4})(-[\w.-]+)?/?", re.I
)
_NUMBER = re.compile(r"(?:SE)?(?:16)?([2-9]\d{5})-?(\d{4})(?:01)?")


def number(text: str) -> str | None:
    """The ten digits of an organisation number as it may be written; None where it is none. What
    may be a person's (a first digit of 0 or 1, or a third below 2) is never taken.

    >>> number("212000-0829"), number("SE212000082901"), number("1212121212")
    ('2120000829', '2120000829', None)
    """
    spelt = _NUMBER.fullmatch(text.strip())
    return spelt[1] + spelt[2] if spelt and spelt[1][2] >= "2" else None


def publishers(graph: Graph) -> list[Node]:
    """Everything that is said to publish something, once."""
    return sorted(set(graph.objects(None, DCTERMS.publisher)), key=nodes.order)


def right(graph: Graph, node: Node, known: Known) -> URIRef | None:
    """The address on the portal, by what its own address or identifier says, or by the number that
    its owner has said where there is one publisher alone; None where nothing says it."""
    nearly = _NEARLY.fullmatch(str(node))
    if nearly:
        return URIRef(f"{BASE}{nearly[1]}{nearly[2]}{nearly[3] or ''}")
    said = {number(str(one)) for one in graph.objects(node, DCTERMS.identifier)} - {None}
    if len(said) == 1:
        return URIRef(f"{BASE}{said.pop()}")
    if known.number and len(publishers(graph)) == 1:
        return URIRef(f"{BASE}{known.number}")
    return None


def _find(graph: Graph) -> Iterator[Found]:
    for node in publishers(graph):
        if isinstance(node, URIRef) and not _RIGHT.fullmatch(str(node)):
            yield Found(node, "")


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    address = right(graph, found.node, known)
    return address is not None and rename(graph, found.node, address)


FAULT = Fault(_find, "catalogue", _mend, rank=8, step=1)
