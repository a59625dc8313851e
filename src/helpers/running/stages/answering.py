"""Answering: what the dataset says to the questions that people ask of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.running.stage import Needed, Stage
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.running.stages.screening import SCREENING

if TYPE_CHECKING:
    from helpers.advising.answers.asking import Wanted


def compute(needed: Needed, wanted: Wanted | None = None) -> list[dict[str, Any]]:
    """The answers, as ``advising.answers.questions`` gives them; ``wanted``: from where, of which
    nothing is kept."""
    from helpers.advising.answers import questions  # what checks a file does without it: 0.03 s
    from helpers.advising.answers.asking import NOWHERE  # as above

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
        wanted=wanted or NOWHERE,
    )


ANSWERING = Stage(
    "answers",
    compute,
    needs=(READING, RECOGNISING, SCREENING, CHECKING),
    given=lambda opened: {"k": opened.k, "area": opened.area},
)
