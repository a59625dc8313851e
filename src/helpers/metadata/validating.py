"""A graph is held to the profile's shapes; each result is told by the field of the form.

Two sets of shapes: our own of DCAT-AP-SE (``shapes.making``), whose names say class, field and
kind, and SEMIC's of DCAT-AP 3.0.1 (``shapes.european``). Both lie here: nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from helpers.metadata import nodes, properties
from helpers.metadata.shapes import european, making
from helpers.words.files.ours import remembered


@dataclass(frozen=True)
class Violation:
    """Something of a node that is not as the profile says.

    ``of``: the class. ``predicate``: in short, or empty where the node itself is meant. ``kind``:
    ``missing``, ``too_many``, ``blank`` ... (``metadata.kind`` in words). ``value``: what is wrong,
    or None. ``advice``: the profile recommends it, no more.
    """

    of: str
    predicate: str
    kind: str
    node: Node
    value: Node | None
    advice: bool

    @property
    def name(self) -> str:
        """``dcat:Dataset/dcterms:title/missing``: the same for the same thing."""
        return f"{self.of}/{self.predicate}/{self.kind}"


@remembered
def _own() -> Graph:
    return Graph().parse(data=making.FILE.text(), format="turtle")


def _results(graph: Graph, shapes: Graph) -> Graph:
    """The report of the validator. Nothing is fetched from elsewhere; no inference."""
    from pyshacl import validate  # 0.6 s, only where a graph is judged

    _, report, _ = validate(
        graph,
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        js=False,
        meta_shacl=False,
        do_owl_imports=False,
    )
    assert isinstance(report, Graph)
    return report


def _told(graph: Graph) -> Iterator[Violation]:
    report = _results(graph, _own())
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        shape = report.value(result, SH.sourceShape)
        if node is None or (node, None, None) not in graph:
            continue  # described elsewhere: what points at it is told
        of, property, kind = making.parts(str(shape))
        advice = report.value(result, SH.resultSeverity) != SH.Violation
        value = None if kind in _WITHOUT_VALUE else report.value(result, SH.value)
        yield Violation(of, property, kind, node, value, advice)


_WITHOUT_VALUE = {"blank_node", "relative", "missing_as"}


def _order(told: Violation) -> tuple[object, ...]:
    fields = [f.predicate for f in properties.descriptions()[told.of].fields]
    place = fields.index(told.predicate) if told.predicate in fields else -1
    classes = list(properties.descriptions())
    return (
        told.advice,
        classes.index(told.of),
        place,
        told.kind,
        nodes.order(told.node),
        nodes.order(told.value),
    )


def judged(graph: Graph) -> list[Violation]:
    """All that is not as the profile says, violations first, then advice; in the form's order."""
    return sorted(set(_told(graph)), key=_order)


def violations(graph: Graph) -> list[Violation]:
    """What the profile demands and the graph does not have."""
    return [told for told in judged(graph) if not told.advice]


def advice(graph: Graph) -> list[Violation]:
    """What the profile recommends and the graph does not have."""
    return [told for told in judged(graph) if told.advice]


@dataclass(frozen=True)
class European:
    """A result of SEMIC's shapes of DCAT-AP 3.0.1: node, property in short, the constraint."""

    node: Node
    predicate: str
    constraint: str
    value: Node | None

    @property
    def swedish(self) -> bool:
        """True for what DCAT-AP-SE itself wants otherwise: a format is a text there."""
        return (
            self.predicate == "dcterms:format"
            and self.constraint == "NodeKind"
            and isinstance(self.value, Literal)
        )


def by_european_shapes(graph: Graph) -> list[European]:
    """What SEMIC's shapes of DCAT-AP 3.0.1 say, apart from what they want described of the
    vocabularies, which is not in a catalogue's file (see ``shapes.european``)."""
    report = _results(graph, european.shapes())
    found = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = report.value(result, SH.focusNode)
        component = report.value(result, SH.sourceConstraintComponent)
        path = report.value(result, SH.resultPath)
        assert node is not None
        found.add(
            European(
                node,
                properties.curie(str(path)) if isinstance(path, URIRef) else "",
                str(component).removeprefix(str(SH)).removesuffix("ConstraintComponent"),
                report.value(result, SH.value),
            )
        )
    return sorted(
        found,
        key=lambda one: (
            nodes.order(one.node),
            one.predicate,
            one.constraint,
            nodes.order(one.value),
        ),
    )
