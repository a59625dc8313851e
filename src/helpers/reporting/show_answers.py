"""What a dataset answers as a notebook shows it: each question with its sentence, how sure it is, a
chart and the figures in a table; or why there is no answer."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import AXIS, KRONOR, SHARE, Answer, Mark
from helpers.drawing.charts import svg
from helpers.drawing.charts.svg import Bar
from helpers.reporting import answers_in_words as words
from helpers.reporting.dataset import Dataset
from helpers.words.display import Display
from helpers.words.escaping import html
from helpers.words.messages import LANGUAGES, text
from helpers.words.suppression import SUPPRESSED

COLUMNS = 'style="columns:24rem;column-gap:2.4rem;margin:1rem 0"'  # one on a telephone
WHOLE = 'style="break-inside:avoid;margin:0 0 1.8rem;min-width:0"'
# several names together: a figure, but no bar, that would make those of single names too short
BUNDLES = ("others", "legal", "sole", "mixed")
PLAIN = 'style="font-weight:400;font-size:.92rem;padding:.2rem 0"'


class Answers:
    """Answers beneath each other; HTML in JupyterLab and the report, their sentences elsewhere."""

    def __init__(self, made: list[Answer], type: str, language: str) -> None:
        self.made, self.type, self.language = made, type, language
        noted = words.notes(made, type, language) if made else [text("answers.none", language)]
        self.note = " ".join(noted)

    def _repr_html_(self) -> str:
        shown = "".join(self._answer(answer) for answer in self.made)
        return f'<p class="soft">{html(self.note)}</p><div {COLUMNS}>{shown}</div>'

    def __repr__(self) -> str:
        return "\n".join([self.note, *(" ".join(self.said(answer)) for answer in self.made)])

    def said(self, answer: Answer) -> list[str]:
        """The question and all that is said to it, each a sentence or two."""
        asked = [words.question(answer, self.language)]
        if answer.why:
            return [*asked, text("answers.unanswered", self.language), *self._words(answer.why)]
        hidden = [text("answers.hidden", self.language)] if answer.hidden else []
        return [*asked, *self._words(answer.said), *self._words(answer.doubts), *hidden]

    def _words(self, said: list[Any]) -> list[str]:
        return words.sentences(said, self.type, self.language)

    def _answer(self, answer: Answer) -> str:
        asked, *said = self.said(answer)
        # why there is no answer is the answer; what would make it one stands beneath
        first = len(said) - 1 if len(answer.why) > 1 else len(answer.said) + 2 * len(answer.why)
        words = " ".join(said[:first])
        told = f"<p>{html(words)}</p>" if words else ""
        drawn = self._drawn(answer, f"{asked} {words}".strip()) if len(answer.marks) > 1 else ""
        sure = f'<p class="soft">{html(" ".join(said[first:]))}</p>' if said[first:] else ""
        head = f'<h3 style="margin-top:0">{html(asked)}</h3>'
        return f"<section {WHOLE}>{head}{told}{drawn}{sure}</section>"

    def _drawn(self, answer: Answer, said: str) -> str:
        return (
            f'<figure style="margin:0">{chart(answer, said, self.language)}'
            f'<details style="border:0;background:none;padding:0;margin:0"><summary {PLAIN}>'
            f"{html(text('pictures.table', self.language))}</summary>"
            f"{table(answer, self.language)._repr_html_()}</details></figure>"
        )


def answers(candidate: Dataset, language: str = "sv") -> Answers | Display:
    """The questions that people ask of a dataset of this type, and what this one answers; where
    what is missing or wrong would mislead, why there is no answer. No sole trader and nothing of a
    marked column is named."""
    assert language in LANGUAGES
    if candidate.snapshot is None:
        return Display([], [], text("show.idea", language))
    made = [Answer.from_json(answer) for answer in candidate.answers]
    return Answers(made, candidate.type, language)


def chart(answer: Answer, said: str, language: str) -> str:
    """The answer's marks as SVG; ``said``: its text alternative."""
    together = {mark.code for mark in answer.marks} <= {"largest", *BUNDLES}
    bundles = () if together else BUNDLES
    values = [mark.value or 0 for mark in answer.marks if mark.code not in bundles]
    greatest = 1.0 if answer.unit == SHARE else max([0.0, *values])
    bars = [
        Bar(
            words.label(mark, language),
            0.0 if mark.code in bundles else _length(mark, greatest),
            words.figure(mark, answer.unit, language),
        )
        for mark in answer.marks
    ]
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


def table(answer: Answer, language: str) -> Display:
    """The answer's marks with their figures; what they rest on where that is something else."""
    head = [text("answers.name", language), _unit(answer, language)]
    rows: list[list[str]] = [
        [words.label(mark, language), words.figure(mark, answer.unit, language)]
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
    return Display(head, rows)
