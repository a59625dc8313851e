"""A title or a description has no language.

Source: DCAT-AP-SE has them as texts with their language.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal

from helpers.metadata.faults.fault import Fault, Found, texts
from helpers.metadata.faults.keyword_without_language import tagged
from helpers.metadata.shapes.making import SPOKEN


def _find(graph: Graph) -> Iterator[Found]:
    for found in texts(graph):
        assert isinstance(found.value, Literal)
        if found.predicate in SPOKEN and not found.value.language:
            yield found


FAULT = Fault(_find, "catalogue", tagged)
