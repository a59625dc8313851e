"""A distribution's format is a word of its own, where the form has media types.

Source: DCAT-AP-SE, the choices of ``dcterms:format``; what each word means is our own reading, of
words that mean one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, Literal
from rdflib.term import Node

from helpers.metadata import properties
from helpers.metadata.faults.fault import Fault, Found, Known, replace, values
from helpers.metadata.shapes.making import FILE_TYPES

MEANT = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gml": "application/gml+xml",
    "gpkg": "application/geopackage+sqlite3",
    "geopackage": "application/geopackage+sqlite3",
    "html": "text/html",
    "json": "application/json",
    "kml": "application/vnd.google-earth.kml+xml",
    "kmz": "application/vnd.google-earth.kmz",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "rdf/xml": "application/rdf+xml",
    "shp": "application/x-shapefile",
    "shapefile": "application/x-shapefile",
    "turtle": "text/turtle",
    "txt": "text/plain",
    "wfs": "application/vnd.ogc.wfs_xml",
    "wms": "application/vnd.ogc.wms_xml",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}


def _pattern() -> re.Pattern[str]:
    forms = properties.field(properties.DISTRIBUTION, "dcterms:format").forms
    return re.compile(next(form.pattern for form in forms if form.pattern))


def media_type(value: Node) -> str | None:
    """The media type that a word means; None where it is not known.

    >>> media_type(Literal(".CSV")), media_type(Literal("databas"))
    ('text/csv', None)
    """
    return MEANT.get(str(value).strip().lower().removeprefix("."))


def _find(graph: Graph) -> Iterator[Found]:
    pattern = _pattern()
    for node, field, value in values(graph):
        listed = pattern.search(str(value)) or str(value).startswith(FILE_TYPES)
        if field.predicate == "dcterms:format" and not listed:
            yield Found(node, field.predicate, value)


def _mend(graph: Graph, found: Found, known: Known) -> bool:
    meant = media_type(found.value) if isinstance(found.value, Literal) else None
    return meant is not None and replace(graph, found, Literal(meant))


FAULT = Fault(_find, "owner", _mend)
