"""Answering: what the dataset says to the questions that people ask of its type."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers import questions
from helpers.advising.answers.asking import NOWHERE, Wanted
from helpers.running.stage import Needed, Stage
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.screening import SCREENING


def compute(needed: Needed, wanted: Wanted = NOWHERE) -> list[dict[str, Any]]:
    """The answers, as ``advising.answers.questions`` gives them; ``wanted``: from where, of which
    nothing is kept."""
    known = needed[RECOGNISING]
    return questions.answers(
        needed.tables,
        known.fields,
        needed[SCREENING],
        needed[CHECKING],
        type=known.type,
        variant=known.variant,
        k=needed.given["k"],
        area=needed.given["area"],
        wanted=wanted,
    )


ANSWERING = Stage(
    "answers",
    compute,
    needs=(READING, RECOGNISING, SCREENING, CHECKING),
    given=lambda opened: {"k": opened.k, "area": opened.area},
)
