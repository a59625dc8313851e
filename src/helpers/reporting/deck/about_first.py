"""The slides about the dataset that comes first: why, what remains, and what to do on Monday."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import in_short, leading
from helpers.reporting.deck.naming import CELL, POINT
from helpers.reporting.deck.slide import Point, Slide, Table
from helpers.reporting.papers.words import clipped, sentence
from helpers.words.messages import number, text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, PublishingStep
    from helpers.reporting.deck.told import Told

STEPS = 6
MONDAY = 3
NAMED = 44  # letters of a title within a title


def why(told: Told) -> Slide:
    """Why the first comes first, by the run's own reasons; or why none does."""
    language, first = told.language, told.first
    with_place = bool(told.ranked)
    if first is None or not (with_place or told.region.why):
        return Slide(
            "why",
            text("deck.why.none_title", language),
            lead=text("deck.why.none", language),
            points=_hinders(told),
            notes=[text("deck.no_order.notes.place", language)],
        )
    title = told.names.title(first, NAMED)
    key = "title" if with_place else "idea_title"
    sure = first.ranked.robust.get(language, "") if first.ranked else ""
    whose = told.region.weights.whose[language] if told.region.weights else ""
    return Slide(
        "why",
        text(f"deck.why.{key}", language, title=title),
        lead=text(leading.heading(first), language) + ".",
        points=[Point(clipped(reason[language], POINT)) for reason in told.region.why],
        small=clipped(sure, POINT),
        notes=[f"{sure} {whose}".strip(), text("deck.why.notes.ask", language)],
    )


def _hinders(told: Told) -> list[Point]:
    """What it would take for the first ones to get a place."""
    language = told.language
    return [
        Point(
            clipped(
                " ".join(f"{one.message[language]} {one.takes[language]}" for one in reasons), POINT
            ),
            sentence(told.names.title(candidate, NAMED)),
        )
        for candidate in told.region.candidates[:3]
        if (reasons := candidate.no_place[:1])
    ]


def _hours(span: tuple[float, float], language: str) -> str:
    """A span of hours in words."""
    low, high = (round(end) for end in span)
    if low == high:
        return text("deck.exact", language, count=low, hours=number(low, language))
    return text("deck.between", language, low=low, high=high)


def _cell(step: PublishingStep, language: str) -> str:
    if not step.hours:
        return "–"
    low, high = (number(round(end), language) for end in step.hours)
    return low if low == high else f"{low}–{high}"


def takes(told: Told) -> Slide | None:
    """The steps that remain for the first, who usually takes them, and their hours."""
    language, first = told.language, told.first
    if first is None or first.gate is None:
        return None
    title = text("deck.takes.title", language, title=told.names.title(first, NAMED))
    if not first.steps:
        return Slide("takes", title, lead=text("deck.takes.none", language))
    hours = in_short.hours(first)
    rows = [
        [
            clipped(_capital(step.short[language]), CELL),
            clipped(step.who[language], CELL),
            _cell(step, language),
        ]
        for step in first.steps[:STEPS]
    ]
    more = len(first.steps) - len(rows)
    return Slide(
        "takes",
        title,
        lead=text("deck.takes.lead", language, hours=_hours(hours, language))
        if hours
        else text("deck.takes.no_lead", language),
        table=Table(
            text("deck.takes.table", language),
            [text(f"deck.takes.head.{name}", language) for name in ("step", "who", "hours")],
            rows,
            [46.0, 40.0, 14.0],
            [2],
        ),
        small=text("deck.takes.more", language, count=more) if more > 0 else "",
        notes=[
            *(clipped(step.why[language], 300) for step in first.steps[:MONDAY]),
            text("deck.takes.notes.hours", language),
            *([text("deck.takes.notes.system", language)] if hours and hours[0] < hours[1] else []),
        ],
    )


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def _next(first: Candidate, language: str) -> list[Point]:
    """The steps that nothing stands before, then those that follow."""
    ready = [step for step in first.steps if not step.needs]
    later = [step for step in first.steps if step.needs]
    return [
        Point(clipped(step.text[language], POINT), f"{clipped(step.who[language], 50)}:")
        for step in [*ready, *later][:MONDAY]
    ]


def monday(told: Told) -> Slide:
    """What can be done at once."""
    language, first = told.language, told.first
    if first is None:
        points = [Point(text("deck.monday.start", language))]
    elif first.gate is None:
        title = told.names.title(first, NAMED)
        points = [Point(text("deck.monday.failed", language, title=title))]
    else:
        points = _next(first, language) or [Point(text("deck.monday.keep", language))]
    lead = told.names.title(first) if first else ""
    return Slide(
        "monday",
        text("deck.monday.title", language),
        lead=lead,
        points=points,
        numbered=len(points) > 1,
        notes=[
            text("deck.monday.notes.choose", language),
            text("deck.monday.notes.rest", language),
        ],
    )
