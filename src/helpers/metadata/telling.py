"""What was found in a catalogue, in words and in both languages: the object that
``metadata --json`` prints and that its page is made of.

Contacts are told by what they are contacts of, never by name or e-mail address; of values nothing
is quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from rdflib import BNode, Graph, URIRef
from rdflib.term import Node

from helpers.metadata import forecast, nodes, properties, reading, stars
from helpers.metadata.checking import Checked, FaultTold, Group
from helpers.metadata.faults.fault import Found
from helpers.metadata.forecast import Forecast
from helpers.metadata.shapes.making import RELATIVE
from helpers.metadata.validating import Violation
from helpers.words import escaping
from helpers.words.messages import LANGUAGES, listed, text
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

SCHEMA = "datakollen/metadata/1"
EXAMPLES = 3  # of nodes, where a fault has many
LONGEST = 60  # characters of a title
Said = dict[str, str]


def _both(key: str, **values: Any) -> Said:
    return {language: text(f"metadata.{key}", language, **values) for language in LANGUAGES}


def _kind(graph: Graph, node: Node, language: str, of: str | None = None) -> str:
    found = of or next(iter(nodes.classes(graph, node)), None)
    key = found.replace(":", "_") if found else "else"
    default = text("metadata.class.else", language)
    return text(f"metadata.class.{key}", language, default=default)


def _address(node: Node) -> str:
    shown = str(node).removeprefix(RELATIVE)
    return str(hiding.shown(SourceText(escaping.one_line(shown))))


def _short(title: SourceText) -> str:
    shown = escaping.one_line(str(title))
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def named(graph: Graph, node: Node, language: str, of: str | None = None) -> str:
    """What a node is called in a sentence: "Datamängden ”Badplatser”"."""
    kind = _kind(graph, node, language, of)
    private = of == properties.CONTACT or properties.CONTACT in nodes.classes(graph, node)
    title = None if private else nodes.title(graph, node, language)
    if title:
        return text("metadata.node.titled", language, kind=kind, title=_short(title))
    owner = nodes.owner(graph, node)
    above = nodes.title(graph, owner, language) if owner is not None else None
    if owner is not None and above:
        of_owner = text(
            "metadata.node.titled",
            language,
            kind=_kind(graph, owner, language)[:1].lower() + _kind(graph, owner, language)[1:],
            title=_short(above),
        )
        return text("metadata.node.of", language, kind=kind, owner=of_owner)
    if isinstance(node, BNode):
        return text("metadata.node.bare", language, kind=kind)
    return text("metadata.node.addressed", language, kind=kind, address=_address(node))


def _types(one: Violation) -> list[str]:
    try:
        forms = properties.field(one.of, one.predicate).forms
    except KeyError:
        return []
    return list(dict.fromkeys(name for form in forms for name in form.datatypes))


def what(one: Violation, language: str) -> str:
    """What is wrong, without where: "fältet Utgivare saknas"."""
    field = properties.label(one.of, one.predicate, language) if one.predicate else ""
    return text(f"metadata.kind.{one.kind}", language, field=field)


def todo(one: Violation, language: str) -> str:
    """What to do about it."""
    types = listed(_types(one), language)
    return text(f"metadata.todo.{one.kind}", language, types=types)


def said(one: Violation, graph: Graph, language: str) -> str:
    """A violation as a sentence, with what to do."""
    return text(
        "metadata.violation",
        language,
        node=named(graph, one.node, language, one.of),
        what=what(one, language),
        todo=todo(one, language),
    )


def _examples(graph: Graph, places: Iterable[tuple[Node, str | None]]) -> list[dict[str, Any]]:
    seen = dict.fromkeys(places)
    return [
        {
            "node": "" if isinstance(node, BNode) else _address(node),
            "name": {language: named(graph, node, language, of) for language in LANGUAGES},
        }
        for node, of in list(seen)[:EXAMPLES]
    ]


def _of(graph: Graph, node: Node) -> str | None:
    """The class to tell a node by, where what points at it says it better than its type."""
    for name, properties_ in properties.POINTED_AT.items():
        pointing = (URIRef(properties.iri(one)) for one in properties_)
        if any((None, one, node) in graph for one in pointing):
            return name
    return None


def _field_label(graph: Graph, place: Found, language: str) -> str:
    for name in (_of(graph, place.node), *nodes.classes(graph, place.node)):
        if name:
            label = properties.label(name, place.predicate, language)
            if label != place.predicate:
                return label
    return place.predicate


def _written(graph: Graph, place: Found) -> str | None:
    """The name that a field has in the file, where that is what is wrong."""
    name = place.value
    if isinstance(name, URIRef) and (place.node, name, None) in graph:
        return properties.curie(str(name))
    return None


def _fields(graph: Graph, places: Iterable[Found]) -> list[dict[str, Any]]:
    """The fields of a fault's places by their names in the form, the commonest first."""
    those: dict[tuple[str, str | None], list[Found]] = {}
    for place in places:
        if place.predicate:
            those.setdefault((place.predicate, _written(graph, place)), []).append(place)
    return [
        {
            "field": field,
            "name": {code: _field_label(graph, found[0], code) for code in LANGUAGES},
            "written": written,
            "count": len(found),
        }
        for (field, written), found in sorted(those.items(), key=lambda item: -len(item[1]))
    ]


def _fault(graph: Graph, fault: FaultTold) -> dict[str, Any]:
    places = [(place.node, _of(graph, place.node)) for place in fault.places]
    told: dict[str, Any] = {
        "fault": fault.name,
        "commonest": fault.rank or None,
        "count": len(fault.places),
        "of": len(set(places)),
        "mended": fault.mended,
        "who": fault.who,
    }
    told |= {part: _both(f"fault.{fault.name}.{part}") for part in ("name", "why", "fix")}
    told["known_by"] = _both(f"who.{fault.who}")
    told["fields"] = _fields(graph, fault.places)
    return told | {"examples": _examples(graph, places)}


def _group(graph: Graph, group: Group) -> dict[str, Any]:
    first = group.first
    return {
        "name": first.name,
        "count": len(group.all),
        "what": {
            language: f"{_kind(graph, first.node, language, first.of)}: {what(first, language)}"
            for language in LANGUAGES
        },
        "todo": {language: todo(first, language) for language in LANGUAGES},
        "examples": _examples(graph, [(one.node, one.of) for one in group.all]),
    }


def _field_name(field: str, of: str, language: str) -> str:
    if field == "dcat:mediaType":
        return text("metadata.gain.outside", language)
    return properties.label(of, field, language)


def _points(made: Forecast) -> dict[str, Any]:
    return {
        "here": round(made.points(here=True), 1),
        "here_most": forecast.MOST_HERE,
        "here_reachable": round(made.points(here=True, reachable=True), 1),
        "european": round(made.points(here=False), 1),
        "european_most": forecast.MOST,
        "european_reachable": round(made.points(here=False, reachable=True), 1),
        "rating": made.rating(made.points(here=False)),
        "dimensions": {
            name: {
                "points": round(made.points(here=False, dimension=name), 1),
                "most": sum(i.weight for i in forecast.INDICATORS if i.dimension == name),
            }
            for name in forecast.DIMENSIONS
        },
        "indicators": [
            {
                "indicator": one.indicator.name,
                "dimension": one.indicator.dimension,
                "most": one.indicator.weight,
                "points": round(one.points, 1),
                "have": one.have,
                "of": one.total,
                "later": one.possible,
            }
            for one in made.scored
        ],
        "gains": [
            {
                "field": gain.field,
                "name": {code: _field_name(gain.field, gain.of, code) for code in LANGUAGES},
                "points": round(gain.points, 1),
                "later": round(gain.later, 1),
                "places": gain.places,
                "once": gain.once,
            }
            for gain in made.gains()
        ],
    }


def _stars(starred: tuple[stars.Starred, ...]) -> dict[str, Any]:
    lacking = Counter((one.stars, one.lacks) for one in starred)
    return {
        "average": None if not starred else round(stars.average(list(starred)) or 0.0, 2),
        "lacking": [
            {"stars": count, "lacks": lacks, "distributions": many}
            for (count, lacks), many in sorted(lacking.items())
        ],
    }


def told(checked: Checked, file: str, form: str) -> dict[str, Any]:
    """All that is said of a file's catalogue, for programs and for the page."""
    graph = checked.graph
    tagged = {"keyword_without_language", "text_without_language"}
    return {
        "schema": SCHEMA,
        "file": str(hiding.shown(SourceText(file))),
        "form": reading.FORMS[form],
        "profile": properties.source()["version"],
        "counts": checked.counts,
        "violations": checked.violations,
        "violations_after": checked.violations_after,
        "mended": checked.mended_places,
        "language": checked.mended.known.language,
        "language_used": any(one.fault in tagged for one in checked.mended.done),
        "language_lacks": checked.mended.known.language is None
        and any(fault.name in tagged for fault in checked.faults),
        "faults": [_fault(graph, fault) for fault in checked.faults],
        "others": [_group(graph, group) for group in checked.others],
        "advice": [_group(graph, group) for group in checked.advice],
        "european_shapes": {
            "results": sum(not one.swedish for one in checked.european),
            "as_the_swedish_profile": sum(one.swedish for one in checked.european),
        },
        "points": _points(checked.points),
        "points_after": _points(checked.points_after),
        "stars": _stars(checked.starred),
        "stars_after": _stars(checked.starred_after),
    }


def counted(counts: dict[str, int], language: str) -> str:
    """'1 katalog, 9 datamängder och 16 distributioner'."""
    parts = [
        text(f"metadata.told.counted.{name.replace(':', '_')}", language, count=count)
        for name, count in counts.items()
        if count
    ]
    return listed(parts, language)
