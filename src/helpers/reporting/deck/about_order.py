"""The first slides: what a run looked at, the order, and how sure the points are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from helpers.advising import in_short
from helpers.reporting import kept_pages
from helpers.reporting.deck.slide import Bars, Point, Series, Slide, Table
from helpers.reporting.papers.words import clipped
from helpers.words.messages import number, span, text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate
    from helpers.reporting.deck.told import Told

ROWS = 5  # of a table, each at most two lines
BARS = 6
SHORT = 32  # letters beside a bar


def start(told: Told) -> Slide:
    """The title: what was asked, of how many, and when."""
    region, language = told.region, told.language
    count, owners = len(region.candidates), in_short.owners(region)
    whose = text("deck.start.owners", language, count=owners)
    lead = (
        text("deck.start.lead", language, count=count, owners=whose)
        if owners
        else text("deck.start.none", language, count=count)
    )
    date = dt.datetime.fromisoformat(region.finished).date()
    note = [Point(text("reporting.synthetic", language))] if region.synthetic else []
    return Slide(
        "start",
        region.title[language],
        lead=lead,
        points=note,
        small=text("deck.about", language, date=date),
        notes=[
            text("deck.start.notes.what", language, date=date),
            text("deck.start.notes.decides", language),
        ],
    )


def looked(told: Told) -> Slide:
    """How many files and ideas, and in what state they are."""
    language, counted = told.language, told.region.counted
    files = sum(count for kind, count in counted.items() if kind not in ("ideas", "failed"))
    said = [
        text("deck.looked.files", language, count=files)
        if files
        else text("deck.looked.no_files", language)
    ]
    said += [
        text(f"deck.looked.{kind}", language, count=counted[kind])
        for kind in ("ideas", "failed")
        if counted[kind]
    ]
    shown = {kind: count for kind, count in counted.items() if count or kind != "failed"}
    labels = [text(f"deck.looked.kind.{kind}", language) for kind in shown]
    bars = counting(told, "looked", labels, list(shown.values()), ("looked.state", "looked.count"))
    return Slide(
        "looked",
        text("deck.looked.title", language),
        lead=" ".join(said),
        bars=bars,
        notes=[
            text(f"deck.looked.notes.{name}", language) for name in ("candidate", "read", "open")
        ],
    )


def counting(
    told: Told, slide: str, labels: list[str], counts: list[int], head: tuple[str, str]
) -> Bars:
    """Bars of counts; what is seen is what they say."""
    language = told.language
    figures = [number(count, language) for count in counts]
    name = text(f"deck.{slide}.bars", language)
    seen = "; ".join(f"{label}: {count}" for label, count in zip(labels, figures, strict=True))
    count_name = text(f"deck.{head[1]}", language)
    return Bars(
        name,
        labels,
        [Series(count_name, [float(count) for count in counts])],
        figures,
        float(max([1, *counts])),
        f"{name}. {seen}.",
        [text(f"deck.{head[0]}", language), count_name],
    )


def _verdict(candidate: Candidate, language: str) -> str:
    return text(f"reporting.verdict.{candidate.gate.verdict}", language) if candidate.gate else "–"


def _points(candidate: Candidate, language: str) -> str:
    card = candidate.scorecard
    return span(card.low, card.high, language) if card else "–"


def order(told: Told) -> Slide:
    """The first places in a table, or why none has a place."""
    language, ranked = told.language, told.ranked
    if not ranked:
        return _no_order(told)
    with_owner = not told.names.nameless
    columns = ["place", "dataset", *(["owner"] if with_owner else []), "points", "gate"]
    rows = []
    for candidate in ranked[:ROWS]:
        place = str(candidate.ranked.rank) if candidate.ranked else ""
        owner = [clipped(told.names.owner(candidate.entry), 34)] if with_owner else []
        rows.append(
            [
                place,
                told.names.title(candidate, 52),
                *owner,
                _points(candidate, language),
                _verdict(candidate, language),
            ]
        )
    widths = [8.0, 38.0, 22.0, 11.0, 21.0] if with_owner else [8.0, 56.0, 12.0, 24.0]
    more = len(told.region.candidates) - len(rows)
    sure = told.region.robustness.words if told.region.robustness else []
    return Slide(
        "order",
        text("deck.order.title", language),
        table=Table(
            text("deck.order.table", language),
            [text(f"deck.order.head.{name}", language) for name in columns],
            rows,
            widths,
            [len(columns) - 2],
        ),
        small=" ".join(
            [*_kept(told, ranked[:ROWS]), *([text("deck.more", language, count=more)] * bool(more))]
        ),
        notes=[
            text("deck.order.notes.place", language),
            text("deck.order.notes.gate", language),
            " ".join(sentence[language] for sentence in sure),
        ],
    )


def _kept(told: Told, shown: list[Candidate]) -> list[str]:
    """Whose result is of an earlier run, and of which day; the first of them."""
    return [
        text(
            "deck.order.kept",
            told.language,
            title=told.names.title(one, SHORT),
            said=kept_pages.sentence(one, told.language),
        )
        for one in shown
        if one.kept_from
    ][:1]


def _no_order(told: Told) -> Slide:
    language = told.language
    rows = [
        [
            told.names.title(candidate, 52),
            clipped(" ".join(reason.message[language] for reason in candidate.no_place[:1]), 110),
        ]
        for candidate in told.region.candidates[:5]
    ]
    more = len(told.region.candidates) - len(rows)
    return Slide(
        "no_order",
        text("deck.no_order.title", language),
        table=Table(
            text("deck.no_order.table", language),
            [text(f"deck.no_order.head.{name}", language) for name in ("dataset", "why")],
            rows,
            [38.0, 62.0],
        ),
        small=text("deck.more", language, count=more) if more else "",
        notes=[text("deck.no_order.notes.place", language)],
    )


def points(told: Told) -> Slide | None:
    """Each range of points as a bar: what is certain, and what hangs on the unknown."""
    language = told.language
    scored = told.ranked or [one for one in told.region.candidates if one.scorecard]
    shown = [(one, one.scorecard) for one in scored[:BARS] if one.scorecard]
    if not shown:
        return None
    name = text("deck.points.bars", language)
    labels = [
        f"{one.ranked.rank}. {told.names.title(one, SHORT)}"
        if one.ranked and one.ranked.rank
        else told.names.title(one, SHORT)
        for one, _ in shown
    ]
    figures = [span(card.low, card.high, language) for _, card in shown]
    unsure = any(round(card.high) > round(card.low) for _, card in shown)
    series = [Series(text("deck.points.sure", language), [round(card.low, 1) for _, card in shown])]
    if unsure:
        beyond = [round(max(card.high - card.low, 0), 1) for _, card in shown]
        series.append(Series(text("deck.points.open", language), beyond, faint=True))
    seen = "; ".join(f"{label}: {figure}" for label, figure in zip(labels, figures, strict=True))
    head = [text("deck.points.dataset", language), text("deck.points.figure", language)]
    more = len(scored) - len(shown)
    return Slide(
        "points",
        text("deck.points.title", language),
        lead=text(f"deck.points.{'lead' if unsure else 'sure_lead'}", language),
        bars=Bars(name, labels, series, figures, 100.0, f"{name}. {seen}.", head),
        small=text("deck.more", language, count=more) if more else "",
        notes=[text("deck.points.notes.unknown", language)],
    )
