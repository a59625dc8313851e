"""An address holds a blank or another sign that no address has.

Source: RFC 3987, which docs/harvesting.md of the profile refers to: such signs are written with a
per cent sign and two digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from rdflib import Graph, URIRef

from helpers.metadata import nodes
from helpers.metadata.faults.fault import Fault, Found, Known, rename

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f]')


def encoded(address: str) -> str:
    """The address with what it may not hold encoded.

    >>> encoded("https://example.org/bad platser"), encoded("mailto:å@example.org")
    ('https://example.org/bad%20platser', 'mailto:å@example.org')
    """
    return _FORBIDDEN.sub(lambda sign: quote(sign[0], safe=""), address.strip())


def _find(graph: Graph) -> Iterator[Found]:
    for address in sorted(nodes.addresses(graph)):
        if _FORBIDDEN.search(address):
            yield Found(address, "")


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    return rename(graph, found.node, URIRef(encoded(str(found.node))))


FAULT = Fault(_find, "system", _mend, step=1)
