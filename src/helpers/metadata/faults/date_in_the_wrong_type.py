"""A date has no data type, or one that it does not fit.

Source: DCAT-AP-SE has dates as ``xsd:date``, ``xsd:dateTime`` or ``xsd:gYear``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from rdflib import XSD, Graph, Literal, URIRef

from helpers.metadata.faults.fault import Fault, Found, Known, replace, values
from helpers.metadata.properties import Field

DATES = {"xsd:date", "xsd:dateTime", "xsd:gYear"}
_ZONE = r"(?:Z|[+-]\d{2}:\d{2})?"
_FORMS = (
    (re.compile(rf"\d{{4}}{_ZONE}"), XSD.gYear),
    (re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}{_ZONE}"), XSD.date),
    (
        re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}T\d{{2}}:\d{{2}}:\d{{2}}(?:\.\d+)?{_ZONE}"),
        XSD.dateTime,
    ),
)


def is_dated(field: Field) -> bool:
    """True for a field that holds dates."""
    return {name for form in field.forms for name in form.datatypes} == DATES


def written_as(text: str) -> URIRef | None:
    """The data type that a date is written as, or None: ``2024-02-30`` is no date.

    >>> written_as("2024-02-29") == XSD.date, written_as("2024-02-30"), written_as("29/2 2024")
    (True, None, None)
    """
    for form, datatype in _FORMS:
        if form.fullmatch(text):
            try:
                dt.date.fromisoformat(f"{text[:4]}-01-01" if datatype == XSD.gYear else text[:10])
                if datatype == XSD.dateTime:
                    dt.time.fromisoformat(text[11:19])
            except ValueError:
                return None
            return datatype
    return None


def _find(graph: Graph) -> Iterator[Found]:
    for node, field, value in values(graph):
        if is_dated(field) and isinstance(value, Literal):
            fits = written_as(str(value))
            if fits is None or value.datatype != fits:
                yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    fits = written_as(str(found.value).strip())
    if fits is None:
        return False
    return replace(graph, found, Literal(str(found.value).strip(), datatype=fits))


FAULT = Fault(_find, "system", _mend, rank=6)
