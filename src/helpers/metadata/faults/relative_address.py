"""An address is not whole: it says where something lies from the file, not where it is.

Source: docs/harvesting.md of the profile: all IRIs are absolute. Only who knows where the file is
to lie can say the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph

from helpers.metadata import nodes
from helpers.metadata.faults.fault import Fault, Found
from helpers.metadata.shapes.making import RELATIVE


def _find(graph: Graph) -> Iterator[Found]:
    for address in sorted(nodes.addresses(graph)):
        if address.startswith(RELATIVE):
            yield Found(address, "")


FAULT = Fault(_find, "system")
