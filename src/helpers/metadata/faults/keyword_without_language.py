"""A keyword has no language, so that no search by language finds it.

Source: DCAT-AP-SE, ``dcat:keyword`` is a text with its language.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, Literal

from helpers.metadata.faults.fault import Fault, Found, Known, replace, texts


def _find(graph: Graph) -> Iterator[Found]:
    for found in texts(graph):
        assert isinstance(found.value, Literal)
        if found.predicate == "dcat:keyword" and not found.value.language:
            yield found


def tagged(graph: Graph, found: Found, known: Known) -> bool:
    """The text in the language that the catalogue says it is in."""
    if known.language is None:
        return False
    return replace(graph, found, Literal(str(found.value), lang=known.language))


FAULT = Fault(_find, "catalogue", tagged, rank=1)
