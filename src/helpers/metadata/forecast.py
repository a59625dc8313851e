"""How many points a catalogue gets for its metadata (MQA), counted before it is published.

The Metadata Quality Assessment of data.europa.eu gives at most 405 points in five dimensions;
dataportal.se gives them by the same method without those for DCAT-AP in SHACL: at most 375
(docs/quality.md of https://github.com/diggsweden/DCAT-AP-SE). Weights: data.europa.eu/mqa, read
by mqaMetrics.py of YourOpenDAta/mqa-scoring-api. A catalogue's points are each weight by the share
of datasets, or of distributions, that have the thing; dates are looked for on the dataset. Whether
addresses answer is known only when the files lie there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS
from rdflib.term import Node

from helpers.metadata import formats, nodes, properties, validating
from helpers.metadata.validating import European

MOST, MOST_HERE = 405, 375  # data.europa.eu, dataportal.se
RATINGS = ((351, "excellent"), (221, "good"), (121, "sufficient"), (0, "bad"))
Asked = Callable[[Graph, Node], bool]


@dataclass(frozen=True)
class Indicator:
    """One thing that gives points. ``of``: whose share is counted. ``field``: the property in the
    form that brings it. ``later``: known only after publication. ``here``: dataportal.se counts
    it."""

    name: str
    dimension: str
    weight: int
    of: str
    field: str
    asked: Asked | None
    later: bool = False
    here: bool = True


def _has(property: str) -> Asked:
    name = URIRef(properties.iri(property))
    return lambda graph, node: (node, name, None) in graph


def _format(wanted: set[str]) -> Asked:
    return lambda graph, node: bool(formats.codes(graph, node) & wanted)


def _listed_format(graph: Graph, node: Node) -> bool:
    said = [*graph.objects(node, DCTERMS.format), *graph.objects(node, DCAT.mediaType)]
    return any(map(formats.is_listed, said))


def _listed_licence(graph: Graph, node: Node) -> bool:
    return any(map(formats.is_listed_licence, graph.objects(node, DCTERMS.license)))


def _listed_rights(graph: Graph, node: Node) -> bool:
    known = properties.field(properties.DATASET, "dcterms:accessRights").choices()
    return any(str(value) in known for value in graph.objects(node, DCTERMS.accessRights))


_SET, _FORM = properties.DATASET, properties.DISTRIBUTION
INDICATORS = (
    Indicator("keyword", "findability", 30, _SET, "dcat:keyword", _has("dcat:keyword")),
    Indicator("theme", "findability", 30, _SET, "dcat:theme", _has("dcat:theme")),
    Indicator("spatial", "findability", 20, _SET, "dcterms:spatial", _has("dcterms:spatial")),
    Indicator("temporal", "findability", 20, _SET, "dcterms:temporal", _has("dcterms:temporal")),
    Indicator("access_answers", "accessibility", 50, _FORM, "dcat:accessURL", None, later=True),
    Indicator("download", "accessibility", 20, _FORM, "dcat:downloadURL", _has("dcat:downloadURL")),
    Indicator("download_answers", "accessibility", 30, _FORM, "dcat:downloadURL", None, later=True),
    Indicator("format", "interoperability", 20, _FORM, "dcterms:format", _has("dcterms:format")),
    Indicator(
        "media_type", "interoperability", 10, _FORM, "dcat:mediaType", _has("dcat:mediaType")
    ),
    Indicator("listed_format", "interoperability", 10, _FORM, "dcterms:format", _listed_format),
    Indicator(
        "non_proprietary",
        "interoperability",
        20,
        _FORM,
        "dcterms:format",
        _format(formats.NON_PROPRIETARY),
    ),
    Indicator(
        "machine_readable",
        "interoperability",
        20,
        _FORM,
        "dcterms:format",
        _format(formats.MACHINE_READABLE),
    ),
    Indicator("compliance", "interoperability", 30, _SET, "", None, here=False),
    Indicator("licence", "reusability", 20, _FORM, "dcterms:license", _has("dcterms:license")),
    Indicator("listed_licence", "reusability", 10, _FORM, "dcterms:license", _listed_licence),
    Indicator(
        "access_rights",
        "reusability",
        10,
        _SET,
        "dcterms:accessRights",
        _has("dcterms:accessRights"),
    ),
    Indicator("listed_rights", "reusability", 5, _SET, "dcterms:accessRights", _listed_rights),
    Indicator("contact", "reusability", 20, _SET, "dcat:contactPoint", _has("dcat:contactPoint")),
    Indicator("publisher", "reusability", 10, _SET, "dcterms:publisher", _has("dcterms:publisher")),
    Indicator("rights", "contextuality", 5, _FORM, "dcterms:rights", _has("dcterms:rights")),
    Indicator("byte_size", "contextuality", 5, _FORM, "dcat:byteSize", _has("dcat:byteSize")),
    Indicator("issued", "contextuality", 5, _SET, "dcterms:issued", _has("dcterms:issued")),
    Indicator("modified", "contextuality", 5, _SET, "dcterms:modified", _has("dcterms:modified")),
)
DIMENSIONS = tuple(dict.fromkeys(indicator.dimension for indicator in INDICATORS))
# What is usually the same for all of an organisation's datasets: decided once, written everywhere.
ONCE = ("dcterms:publisher", "dcat:contactPoint", "dcterms:license", "dcterms:accessRights")


@dataclass(frozen=True)
class Scored:
    """An indicator of a graph. ``have`` of ``total``; ``possible``: how many may still have it
    after publication, of which it is not known (0 for all that is known now)."""

    indicator: Indicator
    have: int
    total: int
    possible: int = 0

    @property
    def points(self) -> float:
        """Of what is known now."""
        return self.indicator.weight * self.have / self.total if self.total else 0.0

    @property
    def reachable(self) -> float:
        """Where all addresses that are given answer."""
        both = self.have + self.possible
        return self.indicator.weight * both / self.total if self.total else 0.0


@dataclass(frozen=True)
class Gain:
    """What filling in one field gives. ``points``: at once, on dataportal.se's scale. ``later``:
    more, if the addresses answer. ``places``: how many datasets or distributions lack it or have
    it in another form. ``once``: one decision for all of them."""

    field: str
    of: str
    points: float
    later: float
    places: int
    once: bool


@dataclass(frozen=True)
class Forecast:
    """All indicators of a graph, with its ``datasets`` and ``distributions``."""

    scored: tuple[Scored, ...]
    datasets: int
    distributions: int

    def points(self, *, here: bool, reachable: bool = False, dimension: str | None = None) -> float:
        """The sum; ``here``: by dataportal.se's count. ``reachable``: if all addresses answer."""
        return sum(
            one.reachable if reachable else one.points
            for one in self.scored
            if (one.indicator.here or not here) and dimension in (None, one.indicator.dimension)
        )

    def rating(self, points: float) -> str:
        """``excellent``, ``good``, ``sufficient`` or ``bad``, by data.europa.eu's bounds of 405."""
        return next(name for least, name in RATINGS if points >= least)

    def gains(self) -> list[Gain]:
        """What may be filled in, the cheapest first: one decision before many, then by points."""
        found = []
        fields = dict.fromkeys(one.indicator.field for one in self.scored if one.indicator.here)
        for field in fields:
            of_field = [one for one in self.scored if one.indicator.field == field]
            now = [one for one in of_field if not one.indicator.later]
            lacking = max((one.total - one.have for one in now), default=0)
            points = sum(one.indicator.weight - one.points for one in now if one.total)
            later = sum(
                one.indicator.weight - one.reachable
                for one in of_field
                if one.indicator.later and one.total
            )
            if lacking:
                of = of_field[0].indicator.of
                found.append(Gain(field, of, points, later, lacking, field in ONCE))
        return sorted(found, key=lambda gain: (not gain.once, -gain.points, gain.field))


def _later(
    indicator: Indicator, graph: Graph, those: list[Node], answers: Mapping[str, bool] | None
) -> Scored:
    """Whether addresses answer: of what was asked, or what is possible."""
    have = possible = 0
    for node in those:
        given = [str(one) for one in graph.objects(node, URIRef(properties.iri(indicator.field)))]
        known = [answers[one] for one in given if answers and one in answers]
        have += bool(known) and all(known)
        possible += bool(given) and not known
    return Scored(indicator, have, len(those), possible)


def _compliance(
    indicator: Indicator, graph: Graph, datasets: list[Node], results: Iterable[European]
) -> Scored:
    """Datasets without a result of the European shapes on themselves or on what they hold, in a
    catalogue without any; a format as a text, as DCAT-AP-SE has it, is not counted."""
    wrong = {one.node for one in results if not one.swedish}
    whole = {*graph.subjects(RDF.type, DCAT.Catalog)} & wrong
    have = 0
    for dataset in datasets:
        held = {dataset, *graph.objects(dataset, None)}
        held |= {inner for one in held for inner in graph.objects(one, None)}
        have += not whole and not held & wrong
    return Scored(indicator, have, len(datasets))


def forecast(
    graph: Graph,
    answers: Mapping[str, bool] | None = None,
    european: Iterable[European] | None = None,
) -> Forecast:
    """The points of a graph. ``answers``: addresses that were asked, and whether they answered.
    ``european``: what the European shapes say of it, where somebody has asked them already."""
    if european is None:
        european = validating.by_european_shapes(graph)
    results = tuple(european)
    datasets = nodes.of_class(graph, properties.DATASET)
    distributions = nodes.of_class(graph, properties.DISTRIBUTION)
    scored = []
    for indicator in INDICATORS:
        those = datasets if indicator.of == _SET else distributions
        if indicator.later:
            scored.append(_later(indicator, graph, those, answers))
        elif indicator.asked is None:
            scored.append(_compliance(indicator, graph, those, results))
        else:
            have = sum(indicator.asked(graph, node) for node in those)
            scored.append(Scored(indicator, have, len(those)))
    return Forecast(tuple(scored), len(datasets), len(distributions))
