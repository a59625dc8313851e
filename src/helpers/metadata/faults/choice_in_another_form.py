"""A value of a list is spelt nearly as the list has it: https for http, a slash too many, another
case.

Source: the choices of DCAT-AP-SE, which are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import Graph, URIRef
from rdflib.term import Node

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, Found, Known, replace, values
from helpers.metadata.faults.licence_in_another_form import exact
from helpers.metadata.properties import Field


def _plain(address: str) -> str:
    return (
        address.strip().rstrip("/").lower().replace("https://", "http://").replace("://www.", "://")
    )


def nearly(value: Node, choices: Mapping[str, object]) -> str | None:
    """The choice that a value is spelt nearly as; None where it is one, or near none."""
    if str(value) in choices or "://" not in str(value):
        return None
    near = [choice for choice in choices if _plain(choice) == _plain(str(value))]
    return near[0] if len(near) == 1 else None


def _right(field: Field, value: Node) -> str | None:
    listed = nearly(value, field.choices())
    return None if listed is None or exact(value) is not None else listed


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        if isinstance(value, URIRef) and _right(field, value):
            yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    assert found.value is not None
    listed = (_right(field, found.value) for field in properties.fields_of(found.predicate))
    right = next((one for one in listed if one), None)
    return right is not None and replace(graph, found, URIRef(right))


FAULT = Fault(_find, "system", _mend)
