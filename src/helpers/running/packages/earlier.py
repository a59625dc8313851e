"""What an earlier package in the same folder says of a dataset: the day it was first issued, and
the day of the delivery that it holds. The folder's own metadata remember it: they are what was
published, and whoever moves the folder moves them along."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from helpers.metadata import reading
from helpers.metadata.terms import SPDX
from helpers.words.errors import DatakollenError

METADATA = "metadata.rdf"


@dataclass(frozen=True)
class Earlier:
    """What stands there of one dataset. ``checksums``: of its files. ``unread``: there is a file,
    which cannot be read."""

    issued: dt.date | None = None
    modified: dt.date | None = None
    checksums: frozenset[str] = frozenset()
    unread: bool = False


def _day(graph: Graph, node: URIRef, name: URIRef) -> dt.date | None:
    said = graph.value(node, name)
    try:
        return dt.date.fromisoformat(str(said)[:10]) if said is not None else None
    except ValueError:
        return None


def of(folder: Path, iri: str) -> Earlier:
    """What the metadata in ``folder`` say of the dataset with that IRI; nothing where there are
    none. Those of a draft are not asked: what was never out was never issued."""
    file = folder / METADATA
    if not file.is_file():
        return Earlier()
    try:
        graph = reading.read(file).graph
    except (DatakollenError, OSError):
        return Earlier(unread=True)
    node = URIRef(iri)
    sums = {
        str(value)
        for form in graph.objects(node, DCAT.distribution)
        for checksum in graph.objects(form, SPDX.checksum)
        for value in graph.objects(checksum, SPDX.checksumValue)
    }
    issued, modified = _day(graph, node, DCTERMS.issued), _day(graph, node, DCTERMS.modified)
    return Earlier(issued, modified, frozenset(sums))
