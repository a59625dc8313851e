"""What notebooks display: one call, one table; values of marked columns only as shapes, everything
escaped."""

from __future__ import annotations

from typing import Any

from helpers.advising.results import Region
from helpers.declared import specifications
from helpers.reporting import contracts, kept_pages, titles
from helpers.reporting.dataset import Dataset
from helpers.reporting.drifted import sentences
from helpers.reporting.show_answers import answers
from helpers.reporting.show_faults import faults
from helpers.reporting.show_pictures import pictures
from helpers.reporting.show_quality import changes, dimensions, findings, quality, rows_to_fix
from helpers.reporting.show_relations import relations
from helpers.reporting.show_table import table
from helpers.reporting.show_together import merged_sources, same_objects, whole_only
from helpers.reporting.states import states
from helpers.words.display import MAX_SHOWN, Display
from helpers.words.display import head as _head
from helpers.words.errors import ConfigurationError
from helpers.words.escaping import shown
from helpers.words.messages import listed, measure, number, percent, span, text
from helpers.words.suppression import SUPPRESSED

__all__ = [
    "Display",
    "answers",
    "changes",
    "columns",
    "dimensions",
    "faults",
    "findings",
    "map_broadband",
    "map_mobility",
    "map_places",
    "merged_sources",
    "overview",
    "personal",
    "pictures",
    "quality",
    "ranking",
    "reasons",
    "relations",
    "repairs",
    "robustness",
    "rows_to_fix",
    "same_objects",
    "table",
    "whole_only",
]


def __dir__() -> list[str]:
    """What a notebook completes after ``helpers.show.``"""
    return sorted(__all__)


def overview(candidate: Dataset, language: str = "sv") -> Display:
    """What was read and how."""
    snapshot = candidate.snapshot
    if snapshot is None:
        return Display([], [], text("show.idea", language))
    table = snapshot.main
    facts = [
        ("title", candidate.entry.title),
        ("type", candidate.type),
        ("rows", number(table.rows, language)),
        ("columns", number(len(table.columns), language)),
        ("format", snapshot.format),
        ("encoding", snapshot.encoding or "–"),
        ("crs", table.geometry.crs if table.geometry else "–"),
    ]
    return Display(
        _head("overview", language, "fact", "value"),
        [(text(f"show.overview.{key}", language), shown(value)) for key, value in facts],
    )


def repairs(candidate: Dataset, language: str = "sv") -> Display:
    """What reading repaired, with rows."""
    repaired = candidate.snapshot.repairs if candidate.snapshot else []
    rows = [
        (
            text(f"reading.repair.{repair.code}", language, default=repair.code)
            + (f": {shown(repair.column)}" if repair.column else ""),
            number(repair.count, language),
            ", ".join(map(str, repair.rows[:MAX_SHOWN])),
        )
        for repair in repaired
    ]
    return Display(
        _head("repairs", language, "what", "count", "rows"),
        rows,
        "" if rows else text("show.repairs.none", language),
    )


def personal(candidate: Dataset, language: str = "sv") -> Display:
    """Marks of personal data and groups below k: kind, certainty and rows, never a value."""
    marks = candidate.screening.marks if candidate.screening else []
    rows = [
        (
            shown(" + ".join(mark.parts) or mark.column or "–"),
            text(f"screening.kind.{mark.kind}", language),
            text(f"screening.certainty.{mark.certainty}", language),
            number(mark.count, language),
        )
        for mark in marks
        if mark.leads
    ]
    rows += [
        (
            shown(" + ".join(risk.columns)),
            text(f"screening.kind.{risk.kind}", language),
            f"k = {risk.least}",
            number(risk.rows, language),
        )
        for risk in (candidate.screening.risks if candidate.screening else [])
    ]
    verdict = text(f"gate.verdict.{candidate.gate.verdict}", language) if candidate.gate else ""
    return Display(
        _head("personal", language, "column", "kind", "certainty", "count"), rows, verdict, "note"
    )


def columns(candidate: Dataset, language: str = "sv") -> Display:
    """Each column: type, missing, distinct, smallest and greatest, the most usual values (shapes
    where marked), and what else there is to say of it."""
    plain = candidate.profile["tables"][0]["columns"] if candidate.profile else []
    rows = [_column(column, language) for column in plain]
    drift = candidate.drift
    drifted = sentences(drift.to_json() if drift.compared else None, language)
    small = (
        text("show.columns.small", language)
        if any(SUPPRESSED in (*row, *row[-2].split("; ")) for row in rows)
        else ""
    )
    return Display(
        _head(
            "columns",
            language,
            "name",
            "type",
            "missing",
            "distinct",
            "min",
            "max",
            "usual",
            "states",
        ),
        rows,
        " ".join([*drifted, small]).strip(),
    )


def _column(column: dict[str, Any], language: str) -> tuple[str, ...]:
    """What the table of columns says of one."""
    usual = [str(top["value"]) for top in column["top"][:3]] or [
        str(form["shape"]) for form in column["patterns"][:3]
    ]
    low, high = (
        shown(measure(column[end], language))
        if column[end] is not None and column["type"] != "boolean"
        else ""
        for end in ("min", "max")
    )
    return (
        shown(column["name"]),
        text(f"reporting.types.{column['type']}", language),
        percent(column["missing_share"] or 0, language),
        number(column["distinct"] or 0, language),
        low,
        high,
        "; ".join(usual),
        states(column, language),
    )


def ranking(region: Region, language: str = "sv") -> Display:
    """The order, the range of points, and what would move each one up, or why it has no place; of
    which day it is where the candidate could not be examined this time."""
    rows = []
    for candidate in region.candidates:
        card, place = candidate.scorecard, candidate.ranked
        points = span(card.low, card.high, language) if card else "–"
        reasons = [reason.message[language] for reason in candidate.no_place]
        move = place.what_if[0].message[language] if place and place.what_if else ""
        kept = kept_pages.sentence(candidate, language) if candidate.kept_from else ""
        gate = (
            text(f"reporting.verdict.{candidate.gate.verdict}", language)
            if candidate.gate
            else text("cli.rank.failed", language)
        )
        rows.append(
            (
                place.rank if place and place.rank else "–",
                shown(candidate.entry.title),
                points,
                gate,
                f"{kept} {' '.join(reasons) or move}".strip(),
            )
        )
    return Display(_head("ranking", language, "place", "candidate", "points", "gate", "move"), rows)


def reasons(region: Region, language: str = "sv") -> Display:
    """Why the first three stand where they do: each criterion's points and reason."""
    rows = [
        (
            shown(candidate.entry.title) if position == 0 else "",
            text(f"show.group.{criterion.group}", language),
            span(criterion.low, criterion.high, language),
            shown(criterion.message.get(language, "")),
        )
        for candidate in [one for one in region.candidates if not one.no_place][:3]
        if candidate.scorecard
        for position, criterion in enumerate(candidate.scorecard.criteria)
    ]
    return Display(_head("reasons", language, "candidate", "group", "points", "why"), rows)


def robustness(region: Region, language: str = "sv") -> Display:
    """How sure the order is: in words first, then how often each comes first and among the first
    three."""
    tried = region.robustness
    if tried is None or not tried.candidates:
        return Display([], [])
    titles = {candidate.entry.id: candidate.entry.title for candidate in region.candidates}
    rows = [(shown(titles[id]), tried.said[id][language]) for id in tried.candidates]
    return Display(
        _head("robustness", language, "candidate", "sure"),
        rows,
        " ".join(sentence[language] for sentence in tried.words),
    )


def _about_others(notebook: str, candidate: Dataset, language: str) -> Display | None:
    """That the notebook is not about a dataset of this type, what it is about, and which notebooks
    are about this one; None where it is."""
    snapshot, about = candidate.snapshot, contracts.types_of(notebook)
    if snapshot is None or contracts.is_about(notebook, candidate.type):
        return None
    placed = snapshot.main.geometry is not None
    own = [
        f"{name} ({titles.title_of(name, language)})"
        for name in contracts.for_candidate(
            candidate.type, positions=placed, variant=candidate.variant
        )
    ]
    said = text(
        "show.not_about",
        language,
        notebook=titles.title_of(notebook, language),
        about=listed([specifications.title_of(type, language) for type in about], language),
        title=shown(candidate.entry.title),
        type=specifications.title_of(candidate.type, language),
        own=", ".join(own),
    )
    return Display([], [], said)


def map_places(candidate: Dataset, language: str = "sv") -> Any:
    """The map of the candidate's positions; a sentence where it has none."""
    from helpers.drawing.jupyter import shown as shown_map  # draws: 0.7 s
    from helpers.drawing.places import places  # draws: 0.7 s

    other = _about_others("03_map_places", candidate, language)
    if other:
        return other
    subject = candidate.subject
    if subject is None or subject.tables.main.geometry is None:
        return Display([], [], text("maps.places.none", language))
    return shown_map(places(subject, candidate.findings, language))


def map_mobility(candidate: Dataset, language: str = "sv", date: str = "") -> Any:
    """The map of a timetable, of journeys or of stops; a sentence where there is none. ``date``:
    YYYY-MM-DD, of a timetable.

    Raises ConfigurationError where ``date`` is not a date.
    """
    import datetime as dt  # only here

    from helpers.drawing.jupyter import shown as shown_map  # draws: 0.7 s
    from helpers.drawing.map import Map  # draws: 0.7 s
    from helpers.drawing.mobility import mobility  # draws: 0.7 s

    try:
        day = dt.date.fromisoformat(date) if date else None
    except ValueError:
        raise ConfigurationError("mobility.no_such_date", {"date": date}) from None
    other = _about_others("03_map_mobility", candidate, language)
    if other:
        return other
    subject = candidate.subject
    made = mobility(subject, language, day) if subject else None
    if made is None:
        return Display([], [], text("mobility.none", language))
    return shown_map(made) if isinstance(made, Map) else made


def map_broadband(candidate: Dataset, coverage: str = "", language: str = "sv") -> Any:
    """The map of measured broadband; beside it availability from the candidate ``coverage``, else
    from the organisation's own, if it has one; a sentence for an idea."""
    from helpers.drawing.broadband import broadband  # draws: 0.7 s
    from helpers.drawing.jupyter import shown as shown_map  # draws: 0.7 s

    other = _about_others("03_map_broadband", candidate, language)
    if other:
        return other
    subject = candidate.subject
    if subject is None:
        return Display([], [], text("maps.broadband.none", language))
    beside = candidate.beside(coverage) if coverage else candidate.reported_beside
    return shown_map(broadband(subject, beside.subject if beside else subject, language))
