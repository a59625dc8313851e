"""What was measured of a dataset as a graph in W3C's Data Quality Vocabulary: counts and shares
alone, never a value of the data.

A graph of its own beside the catalogue: DCAT-AP-SE knows no such property, a harvest drops what it
does not know without a word, and a form has no field for it (docs/decisions/0027).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Literal
from rdflib.namespace import DCTERMS, SKOS, XSD

from helpers.metadata import identity
from helpers.metadata.building.statements import Statements
from helpers.metadata.terms import DQV
from helpers.words.messages import LANGUAGES, text


@dataclass(frozen=True)
class Measured:
    """One figure. ``metric``: a key of the texts ``package.metric.<metric>``; ``number``: a count,
    or a share (0-1) where ``share``; ``of``: the file's form that it is about, "" for the
    dataset."""

    metric: str
    number: float
    share: bool = False
    of: str = ""


def statements(
    base: str, dataset_iri: str, figures: Iterable[Measured], day: dt.date | None
) -> Statements:
    """The graph of what was measured of a dataset."""
    made = Statements()
    for figure in figures:
        about = identity.distribution(dataset_iri, figure.of) if figure.of else dataset_iri
        place = f"{about}#quality-{figure.metric}"
        node = made.thing(place, DQV.QualityMeasurement)
        metric = made.thing(f"{base}/metric/{figure.metric}", DQV.Metric)
        for language in LANGUAGES:
            made.text(
                metric, SKOS.definition, text(f"package.metric.{figure.metric}", language), language
            )
        kind = XSD.decimal if figure.share else XSD.integer
        made.link(metric, DQV.expectedDataType, str(kind))
        made.link(node, DQV.computedOn, about)
        made.link(node, DQV.isMeasurementOf, str(metric))
        said = f"{figure.number:.4f}" if figure.share else str(int(figure.number))
        made.graph.add((node, DQV.value, Literal(said, datatype=kind, normalize=False)))
        made.day(node, DCTERMS.date, day)
    return made
