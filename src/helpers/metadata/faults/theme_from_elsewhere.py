"""A dataset's category is not one of the thirteen of the European list, so it stands under none.

Source: DCAT-AP-SE, the choices of ``dcat:theme``.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph

from helpers.metadata.faults.fault import Fault, Found, values


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        if field.predicate == "dcat:theme" and str(value) not in field.choices():
            yield Found(node, field.predicate, value)


FAULT = Fault(_find, "owner", rank=3)
