"""The slides about all the others: what is stopped, what waits for an answer, what nobody knows,
and how it was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import in_short
from helpers.reporting.deck.about_order import BARS, SHORT, counting
from helpers.reporting.deck.naming import POINT
from helpers.reporting.deck.slide import Point, Slide
from helpers.reporting.papers.words import clipped, sentence
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate
    from helpers.reporting.deck.told import Told
    from helpers.screening.marks import Reason

STOPPED = 3
NAMED = 44


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def stopped(told: Told) -> Slide:
    """What is stopped and why; that nothing is, and that this opens nothing."""
    language = told.language
    found = [one for one in told.region.candidates if one.gate and one.gate.verdict == "stopp"]
    if not found:
        reviewed = told.region.counted["granska"]
        said = [text("deck.stopped.none", language)] if reviewed else []
        return Slide(
            "stopped",
            text("deck.stopped.none_title", language),
            lead=" ".join(said) or text("deck.stopped.none_reviewed", language),
            points=_reviewed(told) if reviewed else [],
            notes=[text("deck.looked.notes.open", language)],
        )
    more = len(found) - STOPPED
    opens = [
        text("deck.stopped.notes.opens", language, opens=clipped(reason.opens[language], 300))
        for one in found[:STOPPED]
        for reason in _stopping(one)[:1]
        if reason.opens.get(language)
    ]
    return Slide(
        "stopped",
        text("deck.stopped.title", language),
        lead=text("deck.stopped.right", language),
        points=[
            Point(
                clipped(" ".join(reason.message[language] for reason in _stopping(one)[:1]), POINT),
                sentence(told.names.title(one, NAMED)),
            )
            for one in found[:STOPPED]
        ],
        small=text("deck.stopped.more", language, count=more) if more > 0 else "",
        notes=[text("deck.stopped.notes.why", language), *dict.fromkeys(opens)],
    )


def _stopping(candidate: Candidate) -> list[Reason]:
    reasons = candidate.gate.reasons if candidate.gate else []
    return [reason for reason in reasons if reason.level == "stopp"]


def _reviewed(told: Told) -> list[Point]:
    return [
        Point(text(f"deck.review.{key}", told.language, count=count))
        for key, count in (
            ("lead", told.region.counted["granska"]),
            ("found", in_short.found(told.region)),
        )
        if count
    ]


def review(told: Told) -> Slide | None:
    """The legal questions that wait for an answer."""
    language, asked = told.language, in_short.unanswered(told.region)[:BARS]
    if not asked:
        return None
    said = [point.text for point in _reviewed(told)]
    labels = [_capital(clipped(title[language], SHORT)) for title, _ in asked]
    head = ("review.question", "review.count")
    return Slide(
        "review",
        text("deck.review.title", language),
        lead=clipped(" ".join(said), 200),
        bars=counting(told, "review", labels, [count for _, count in asked], head),
        notes=[text("deck.review.notes.who", language)],
    )


def unknown(told: Told) -> Slide:
    """What nobody has said: of files by criterion, of ideas what to find out."""
    language, missing = told.language, in_short.unknown(told.region)[:BARS]
    title = text("deck.unknown.title", language)
    if missing:
        labels = [clipped(name[language], SHORT) for name, _ in missing]
        head = ("unknown.what", "unknown.count")
        return Slide(
            "unknown",
            title,
            lead=text("deck.unknown.lead", language),
            bars=counting(told, "unknown", labels, [count for _, count in missing], head),
            notes=[text("deck.unknown.notes.cheap", language)],
        )
    asked = dict.fromkeys(
        question.ask[language] for one in told.region.candidates for question in one.to_find_out
    )
    if not asked:
        return Slide("unknown", title, lead=text("deck.unknown.none", language))
    return Slide(
        "unknown",
        title,
        lead=text("deck.unknown.ask", language),
        points=[Point(clipped(question, POINT)) for question in list(asked)[:5]],
        notes=[text("deck.unknown.notes.cheap", language)],
    )


def method(told: Told) -> Slide:
    """How it was computed, by whose weights, and whose ground the map stands on."""
    language, weights = told.language, told.region.weights
    said = {name: text(f"deck.method.{name}", language) for name in ("gate", "points", "unknown")}
    if weights:
        said["weights"] = clipped(weights.whose[language], POINT)
    if told.drawn and not told.names.nameless:
        said["map"] = text("maps.page.credit", language)
    return Slide(
        "method",
        text("deck.method.title", language),
        points=[
            Point(sentence, f"{text(f'deck.method.labels.{name}', language)}:")
            for name, sentence in said.items()
        ],
        small=text("deck.method.sources", language),
        notes=[
            text("deck.method.notes.report", language),
            text("deck.method.notes.inside", language),
        ],
    )
