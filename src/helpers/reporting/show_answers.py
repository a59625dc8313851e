"""What a dataset answers as a notebook shows it: each question with its sentence, how sure it is, a
chart and the figures in a table; or why there is no answer."""

from __future__ import annotations

from collections import Counter
from typing import Any

from markupsafe import Markup

from helpers.advising.answers.answer import AXIS, KRONOR, METRES, SHARE, Answer, Mark
from helpers.advising.results import Candidate
from helpers.drawing.charts import ground, svg
from helpers.drawing.charts.svg import Bar
from helpers.reporting import answers_in_words as words
from helpers.reporting.dataset import Dataset
from helpers.words.display import Display, folded, on_our_page
from helpers.words.escaping import html
from helpers.words.messages import LANGUAGES, text
from helpers.words.suppression import SUPPRESSED

# classes are for our own pages, whose sheet says the same; JupyterLab has no sheet of ours
COLUMNS = 'class="answers" style="columns:24rem;column-gap:2.4rem;margin:1rem 0"'
WHOLE = 'class="answer" style="break-inside:avoid;margin:0 0 1.8rem;min-width:0"'
# several names together: a figure, but no bar, that would make those of single names too short
BUNDLES = ("others", "legal", "sole", "mixed")
SEVERAL = 3  # answers of which the same doubt is told once for all


class Answers:
    """Answers beneath each other; HTML in JupyterLab and the report, their sentences elsewhere."""

    def __init__(self, made: list[Answer], type: str, language: str) -> None:
        self.made, self.type, self.language = made, type, language
        noted = words.notes(made, type, language) if made else [text("answers.none", language)]
        often = Counter(repr(one) for answer in made for one in answer.doubts)
        # what holds for several is told once
        self.shared = {one for one, times in often.items() if times >= SEVERAL}
        doubts = {repr(one): one for answer in made for one in answer.doubts}
        noted += self._words([one for key, one in doubts.items() if key in self.shared])
        self.note = " ".join(noted)

    def _repr_html_(self) -> str:
        return f'<p class="soft">{html(self.note)}</p>{self.shown()}'

    def shown(self, level: int = 3) -> str:
        """HTML: the answers, each under a heading of that ``level``; then, shortly, the questions
        that have none, why, and what would make them answerable."""
        answered = "".join(self._answer(one, level) for one in self.made if not one.why)
        without = "".join(self._unanswered(one) for one in self.made if one.why)
        if without:
            head = html(text("answers.not_yet", self.language))
            without = f"<h{level}>{head}</h{level}><ul>{without}</ul>"
        return f"<div {COLUMNS}>{answered}</div>{without}" if answered else without

    def _unanswered(self, answer: Answer) -> str:
        asked, _, *why = self.said(answer)
        return f"<li><strong>{html(asked)}</strong> {html(' '.join(why))}</li>"

    def __repr__(self) -> str:
        return "\n".join([self.note, *(" ".join(self.said(answer)) for answer in self.made)])

    def said(self, answer: Answer) -> list[str]:
        """The question and all that is said to it, each a sentence or two."""
        asked = [words.question(answer, self.type, self.language)]
        if answer.why:
            return [*asked, text("answers.unanswered", self.language), *self._words(answer.why)]
        hidden = [text("answers.hidden", self.language)] if answer.hidden else []
        doubts = [one for one in answer.doubts if repr(one) not in self.shared]
        return [*asked, *self._words(answer.said), *self._words(doubts), *hidden]

    def _words(self, said: list[Any]) -> list[str]:
        return words.sentences(said, self.type, self.language)

    def _answer(self, answer: Answer, level: int) -> str:
        asked, *said = self.said(answer)
        first = len(answer.said)
        words = " ".join(said[:first])
        told = f"<p>{html(words)}</p>" if words else ""
        seen = len(answer.marks) > 1 or answer.ground is not None
        drawn = self._drawn(answer, f"{asked} {words}".strip()) if seen else ""
        sure = f'<p class="soft">{html(" ".join(said[first:]))}</p>' if said[first:] else ""
        head = f'<h{level} style="margin-top:0">{html(asked)}</h{level}>'
        return f"<section {WHOLE}>{head}{told}{drawn}{sure}</section>"

    def _drawn(self, answer: Answer, said: str) -> str:
        return (
            f'<figure style="margin:0">{chart(answer, said, self.type, self.language)}'
            + folded(
                text("pictures.table", self.language),
                table(answer, self.type, self.language)._repr_html_(),
            )
            + "</figure>"
        )


def on_page(candidate: Candidate, language: str) -> Markup | None:
    """The answers as a page with our own sheet shows them, without a style on an element; None
    where there is none."""
    if not candidate.answers:
        return None
    made = Answers(list(map(Answer.from_json, candidate.answers)), candidate.entry.type, language)
    return on_our_page(f'<p class="soft">{html(made.note)}</p>{made.shown()}')


def answers(
    candidate: Dataset, language: str = "sv", *, stop: str = "", point: str = ""
) -> Answers | Display:
    """The questions that people ask of a dataset of this type, and what this one answers; where
    what is missing or wrong would mislead, why there is no answer. No sole trader and nothing of a
    marked column is named. ``stop`` (name or id) and ``point`` ("latitude, longitude" in degrees):
    from where, in questions that are asked from somewhere."""
    assert language in LANGUAGES
    if candidate.snapshot is None:
        return Display([], [], text("show.idea", language))
    said = candidate.answered(stop=stop, point=point) if stop or point else candidate.answers
    every = [Answer.from_json(one) for one in (*said, *candidate.answers_beside)]
    return Answers(every, candidate.type, language)


def chart(answer: Answer, said: str, type: str, language: str) -> str:
    """The answer's marks as SVG; ``said``: its text alternative."""
    together = {mark.code for mark in answer.marks} <= {"largest", *BUNDLES}
    bundles = () if together else BUNDLES
    values = [mark.value or 0 for mark in answer.marks if mark.code not in bundles]
    greatest = 1.0 if answer.unit == SHARE else max([0.0, *values])
    bars = [
        Bar(
            words.label(mark, type, language),
            0.0 if mark.code in bundles else _length(mark, greatest),
            words.figure(mark, answer.unit, language),
        )
        for mark in answer.marks
    ]
    if answer.ground is not None:
        counted = "" if answer.unit == METRES else _unit(answer, language)
        return ground.drawn(answer.ground, bars, said, counted)
    if answer.form != AXIS:
        return svg.lying(bars, said)
    top = max(answer.marks, key=lambda mark: mark.value or 0)
    figure = words.figure(top, answer.unit, language)
    if answer.unit == KRONOR:
        figure = f"{figure} {_unit(answer, language).lower()}"
    label = text("answers.top", language, figure=figure)
    return svg.upright(bars, said, top=label, ends=(bars[0].label, bars[-1].label))


def _length(mark: Mark, greatest: float) -> float | None:
    """Share of the longest bar; None where the mark is hidden."""
    if mark.value is None:
        return None
    return max(mark.value, 0) / greatest if greatest else 0.0


def _unit(answer: Answer, language: str) -> str:
    return text(f"answers.unit.{answer.unit}", language)


def table(answer: Answer, type: str, language: str) -> Display:
    """The answer's marks with their figures; what they rest on where that is something else."""
    head = [text("answers.name", language), _unit(answer, language)]
    rows: list[list[str]] = [
        [words.label(mark, type, language), words.figure(mark, answer.unit, language)]
        for mark in answer.marks
    ]
    if any(mark.low is not None for mark in answer.marks):
        head.append(text("answers.interval", language))
        for row, mark in zip(rows, answer.marks, strict=True):
            ends = [words.share(end, language) for end in (mark.low, mark.high) if end is not None]
            between = text("answers.between", language, low=ends[0], high=ends[1]) if ends else ""
            row.append(between or SUPPRESSED)
    if any(mark.rows != mark.value for mark in answer.marks):
        head.append(text("answers.rows", language))
        for row, mark in zip(rows, answer.marks, strict=True):
            row.append(SUPPRESSED if mark.rows is None else f"{mark.rows}")
    return Display(head, rows, caption=words.question(answer, type, language))
