"""The vocabularies that DCAT-AP-SE 3.0.1 takes its words from, by the prefixes it uses for them.

Source: ``bundle.json`` and the examples of https://github.com/diggsweden/DCAT-AP-SE, version 3.0.1.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import rdflib
from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, XSD

__all__ = [
    "ADMS",
    "DCAT",
    "DCATAP",
    "DCTERMS",
    "DQV",
    "FOAF",
    "LOCN",
    "ORG",
    "OWL",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SKOS",
    "SPDX",
    "VCARD",
    "XSD",
    "as_written",
    "empty",
]

ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
SCHEMA = Namespace("http://schema.org/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")

PREFIXES = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dcterms": DCTERMS,
    "dqv": DQV,
    "foaf": FOAF,
    "locn": LOCN,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}


# It logs values that it finds odd, as they stand in somebody's file: they are told by us, without.
logging.getLogger("rdflib").setLevel(logging.CRITICAL)


@contextmanager
def as_written() -> Iterator[None]:
    """Inside, a value stays as it was written: ``01`` does not become ``1``."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def empty() -> Graph:
    """A graph without statements that writes the prefixes above."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
