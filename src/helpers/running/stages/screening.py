"""Screening: which columns hold personal data, and how certainly. Its marks bind every later
stage."""

from __future__ import annotations

from typing import Any

from helpers import screening
from helpers.running.stage import Needed, Stage
from helpers.running.stages.reading import READING
from helpers.running.stages.recognising import RECOGNISING
from helpers.screening.marks import Screening


def compute(needed: Needed) -> dict[str, Any]:
    """The marks of personal data as JSON."""
    known = needed[RECOGNISING]
    return screening.screen(
        needed.tables,
        known.fields,
        known.specification,
        type=known.type,
        quasi_identifiers=needed.given["quasi_identifiers"],
        k=needed.given["k"],
    ).to_json()


SCREENING = Stage(
    "screening",
    compute,
    needs=(READING, RECOGNISING),
    given=lambda opened: opened.disclosure.model_dump(mode="json"),
    from_json=Screening.from_json,
)
