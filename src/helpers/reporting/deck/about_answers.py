"""The slides about what the data of the first ones say: on a map, in answers, and in one chart.

A deck that names no municipality shows no map and no figures of a file: where places are, and what
they are called, tells whose they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising.answers.answer import SHARE, Answer
from helpers.drawing import still
from helpers.drawing.layers import legend
from helpers.reporting import answers_in_words as words
from helpers.reporting.deck.about_order import SHORT
from helpers.reporting.deck.naming import POINT, SENTENCE
from helpers.reporting.deck.slide import Bars, Mark, Picture, Point, Series, Slide
from helpers.reporting.papers.words import clipped, kind_of_data
from helpers.reporting.show_answers import BUNDLES
from helpers.words.escaping import shown
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate
    from helpers.drawing.map import Map
    from helpers.reporting.deck.told import Told

ANSWERS, UNANSWERED, OF_EACH = 3, 1, 2
MARKS = (3, 8)  # bars that a slide has room for
LEGEND = 5


def on_the_map(told: Told) -> Slide | None:
    """The first of the first ones that has positions, with its legend in words."""
    if told.drawn is None or told.names.nameless:
        return None
    candidate, drawn = told.drawn
    language = told.language
    title = text("deck.map.title", language, title=told.names.title(candidate, 44))
    marks = _legend(drawn, language)
    said = "; ".join(mark.text for mark in marks)
    see = clipped(drawn.see, SENTENCE)
    picture = Picture(
        still.bare(drawn),
        text("deck.map.alt", language, see=see, legend=said),
        *still.BARE_PIXELS,
        credit=text("maps.page.credit", language),
        legend=marks,
    )
    return Slide(
        "map",
        title,
        lead=f"{see.partition('. ')[0].rstrip('.')}.",
        picture=picture,
        notes=[
            text("deck.map.notes.data", language),
            clipped(drawn.see, 300),
            *(clipped(note, 300) for note in drawn.notes[:2]),
        ],
    )


def _legend(drawn: Map, language: str) -> list[Mark]:
    """What is seen: each kind of each layer that is drawn and has marks."""
    return [
        Mark(
            text("deck.map.mark", language, label=clipped(kind.label, 40), count=count),
            kind.colour,
            kind.shape,
        )
        for layer in drawn.layers
        if layer.shown and len(layer)
        for kind, count in legend(layer)
        if count
    ][:LEGEND]


def _chosen(told: Told) -> list[tuple[Candidate, Answer]]:
    """Answers to tell, at most two of a dataset, those with something to show first."""
    chosen: list[tuple[Candidate, Answer]] = []
    for candidate, made in told.answers:
        answered = [answer for answer in made if answer.said]
        answered.sort(key=lambda answer: len(answer.marks) < 2)
        chosen += [(candidate, answer) for answer in answered[:OF_EACH]]
    return chosen


def _asked(candidate: Candidate, answer: Answer, language: str) -> str:
    """The question, of what kind of data it is asked."""
    kind, question = (
        kind_of_data(candidate, language),
        words.question(answer, candidate.entry.type, language),
    )
    return text("deck.answers.asked", language, kind=kind, question=question)


def _said(candidate: Candidate, answer: Answer, language: str) -> str:
    return " ".join(words.sentences(answer.said, candidate.entry.type, language))


def answers(told: Told) -> Slide | None:
    """Questions that people ask, with the answers; and one that cannot be answered, and why."""
    language, chosen = told.language, _chosen(told)
    if not chosen:
        return None
    if told.names.nameless:
        return _only_questions(told)
    points = [
        Point(
            clipped(_said(candidate, answer, language), POINT), _asked(candidate, answer, language)
        )
        for candidate, answer in chosen[:ANSWERS]
    ]
    points += [
        Point(
            clipped(
                " ".join(
                    [text("answers.unanswered", language), *_why(candidate, answer, language)]
                ),
                POINT,
            ),
            _asked(candidate, answer, language),
        )
        for candidate, answer in _unanswered(told)[:UNANSWERED]
    ]
    from_whom = dict.fromkeys(told.names.title(one, 40) for one, _ in chosen[:ANSWERS])
    return Slide(
        "answers",
        text("deck.answers.title", language),
        points=points,
        small=text("deck.answer.small", language, title="; ".join(from_whom)),
        notes=[
            text("deck.answers.notes.from", language),
            *(
                _doubts(candidate, answer, language)
                for candidate, answer in chosen[:ANSWERS]
                if answer.doubts
            ),
        ],
    )


def _why(candidate: Candidate, answer: Answer, language: str) -> list[str]:
    return words.sentences(answer.why[:1], candidate.entry.type, language)


def _unanswered(told: Told) -> list[tuple[Candidate, Answer]]:
    return [(one, answer) for one, made in told.answers for answer in made if answer.why]


def _doubts(candidate: Candidate, answer: Answer, language: str) -> str:
    doubts = " ".join(words.sentences(answer.doubts, candidate.entry.type, language))
    asked = _asked(candidate, answer, language)
    return text("deck.answers.notes.doubts", language, question=asked, doubts=clipped(doubts, 300))


def _only_questions(told: Told) -> Slide:
    """Which questions have an answer, and which have none yet; no figure of a file."""
    language = told.language

    def listed(answered: bool) -> list[Point]:
        asked: dict[str, list[str]] = {}
        for candidate, made in told.answers:
            kind = kind_of_data(candidate, language)
            of_kind = asked.setdefault(kind, [])
            of_kind += [
                question
                for answer in made
                if bool(answer.said) == answered and not answer.about  # a figure, or a name
                if (question := words.question(answer, candidate.entry.type, language))
                not in of_kind
            ]
        label = text(f"deck.answers.{'can' if answered else 'cannot'}", language)
        return [
            Point(clipped(f"{kind}: {' '.join(questions)}", POINT), f"{label}.")
            for kind, questions in asked.items()
            if questions
        ][: 2 if answered else 1]

    return Slide(
        "answers",
        text("deck.answers.title", language),
        points=[*listed(True), *listed(False)],
        notes=[text("deck.answers.notes.from", language)],
    )


def _drawable(answer: Answer) -> bool:
    """True where there are bars enough, none hidden, and none of several names together."""
    fits = MARKS[0] <= len(answer.marks) <= MARKS[1]
    return fits and not answer.hidden and all(mark.code not in BUNDLES for mark in answer.marks)


def answer(told: Told) -> Slide | None:
    """One answer as a chart: the first with enough bars and none hidden."""
    if told.names.nameless:
        return None
    language = told.language
    found = next((pair for pair in _chosen(told) if _drawable(pair[1])), None)
    if found is None:
        return None
    candidate, one = found
    asked, said = _asked(candidate, one, language), _said(candidate, one, language)
    labels = [
        clipped(words.label(mark, candidate.entry.type, language), SHORT) for mark in one.marks
    ]
    figures = [words.figure(mark, one.unit, language) for mark in one.marks]
    values = [max(mark.value or 0.0, 0.0) for mark in one.marks]
    unit = text(f"answers.unit.{one.unit}", language)
    whole = 1.0 if one.unit == SHARE else max([*values, 1e-9])
    return Slide(
        "answer",
        asked,
        lead=clipped(said, SENTENCE),
        bars=Bars(
            asked,
            labels,
            [Series(unit, values)],
            figures,
            whole,
            text("deck.answer.alt", language, question=asked, said=said),
            [text("answers.name", language), unit],
        ),
        small=text("deck.answer.small", language, title=told.names.title(candidate)),
        notes=[
            text("deck.answer.notes.said", language),
            *words.sentences(one.doubts, candidate.entry.type, language),
            *(shown(note) for note in words.notes([one], candidate.entry.type, language)),
        ],
    )
