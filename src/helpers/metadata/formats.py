"""Which formats and licences count as what, where catalogues are given points.

Machine-readable and non-proprietary: ``edp-machine-readable-format`` and
``edp-non-proprietary-format`` of https://gitlab.com/european-data-portal/edp-vocabularies, which
list the European file types. dataportal.se takes the media types of the same formats as well
(docs/quality.md of https://github.com/diggsweden/DCAT-AP-SE); which media type is which format is
our own reading. What neither list has (GeoPackage, Parquet, GML) counts as nothing there.
"""

from __future__ import annotations

from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS
from rdflib.term import Node

from helpers.metadata import properties
from helpers.metadata.shapes.making import FILE_TYPES

LICENCES = "http://publications.europa.eu/resource/authority/licence/"

MACHINE_READABLE = set(
    "CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG"
    " RDF_TURTLE RDF_XML RSS SHP XLS XLSX XML".split()
)
NON_PROPRIETARY = set(
    "BMP CSV DBF GEOJSON GZIP HTML ICS JPEG2000 JSON JSON_LD KML KMZ NETCDF ODS PNG RDF_N_QUADS"
    " RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS RTF TAR TIFF TSV TXT WMS_SRVC XML ZIP".split()
)
LINKED = {"JSON_LD", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG", "RDF_TURTLE", "RDF_XML"}

BY_MEDIA_TYPE = {
    "application/geo+json": "GEOJSON",
    "application/gzip": "GZIP",
    "application/json": "JSON",
    "application/json+zip": "ZIP",
    "application/ld+json": "JSON_LD",
    "application/n-quads": "RDF_N_QUADS",
    "application/n-triples": "RDF_N_TRIPLES",
    "application/rdf+xml": "RDF_XML",
    "application/rss+xml": "RSS",
    "application/trig": "RDF_TRIG",
    "application/vnd.google-earth.kml+xml": "KML",
    "application/vnd.google-earth.kmz": "KMZ",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "application/vnd.ogc.wms_xml": "WMS_SRVC",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/x-shapefile": "SHP",
    "application/xml": "XML",
    "application/xml+zip": "ZIP",
    "application/zip": "ZIP",
    "image/jp2": "JPEG2000",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "text/calendar": "ICS",
    "text/csv": "CSV",
    "text/csv+zip": "ZIP",
    "text/html": "HTML",
    "text/plain": "TXT",
    "text/tab-separated-values": "TSV",
    "text/turtle": "RDF_TURTLE",
    "text/xml": "XML",
}
OPEN = {  # CC0, CC BY and CC BY-SA: what the portal counts as open
    "http://creativecommons.org/publicdomain/zero/1.0/",
    "http://creativecommons.org/licenses/by/4.0/",
    "http://creativecommons.org/licenses/by-sa/4.0/",
    f"{LICENCES}CC0",
    f"{LICENCES}CC_BY_4_0",
    f"{LICENCES}CC_BYSA_4_0",
}


def code(value: Node) -> str | None:
    """The European file type of a value of ``dcterms:format`` or ``dcat:mediaType``, or None.

    >>> from rdflib import Literal
    >>> code(Literal("text/csv; charset=utf-8")), code(Literal("CSV-fil"))
    ('CSV', None)
    """
    text = str(value)
    if text.startswith(FILE_TYPES):
        return text.removeprefix(FILE_TYPES)
    prefix, _, media = text.partition("/assignments/media-types/")
    media = media if prefix.endswith("www.iana.org") else text
    return BY_MEDIA_TYPE.get(media.partition(";")[0].strip().lower())


def codes(graph: Graph, distribution: Node) -> set[str]:
    """The file types that a distribution is said to have, those that are known."""
    said = [
        *graph.objects(distribution, DCTERMS.format),
        *graph.objects(distribution, DCAT.mediaType),
    ]
    return {known for value in said if (known := code(value))}


def is_listed(value: Node) -> bool:
    """True where a format is one that the form or the European list has."""
    choices = properties.field(properties.DISTRIBUTION, "dcterms:format").choices()
    return code(value) is not None or str(value) in choices


def is_listed_licence(value: Node) -> bool:
    """True where a licence is one that the form or the European list has."""
    choices = properties.field(properties.DISTRIBUTION, "dcterms:license").choices()
    return str(value) in choices or str(value).startswith(LICENCES)
