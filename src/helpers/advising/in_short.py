"""A run in a few figures: whose data, of what kinds, what waits for a review, what nobody has said,
and how many hours remain. Counts candidates, never rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from helpers.declared import organisations
from helpers.scoring import criteria
from helpers.screening import questions

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region
    from helpers.screening.marks import Reason

Both = dict[str, str]
Counted = list[tuple[Both, int]]


def owners(region: Region) -> int:
    """How many known organisations have a candidate."""
    ids = {candidate.entry.organisation for candidate in region.candidates}
    return sum(organisations.organisation(id) is not None for id in ids)


def _most(counted: Counter[str], names: dict[str, Both]) -> Counted:
    """By count, and where that is the same as they stand in ``names``."""
    order = list(names)
    kept = [id for id in counted if id in names]
    return [
        (names[id], counted[id])
        for id in sorted(kept, key=lambda id: (-counted[id], order.index(id)))
    ]


def _reviewed(region: Region) -> list[list[Reason]]:
    """The reasons of each candidate with a file that is to be reviewed."""
    return [
        candidate.gate.reasons
        for candidate in region.candidates
        if candidate.gate and candidate.kind == "granska"
    ]


def unanswered(region: Region) -> Counted:
    """The legal questions that wait for an answer, and for how many of those to be reviewed."""
    names = {question.id: question.title for question in questions.every()}
    counted = Counter(
        id
        for reasons in _reviewed(region)
        for id in {
            reason.question
            for reason in reasons
            if reason.question and reason.code.startswith("unanswered_")
        }
    )
    return _most(counted, dict(names))


def found(region: Region) -> int:
    """How many of those to be reviewed have something in their content that is to be."""
    return sum(
        any(reason.code.startswith("found_") and reason.level != "told" for reason in reasons)
        for reasons in _reviewed(region)
    )


def unknown(region: Region) -> Counted:
    """The criteria that nobody has declared, and for how many candidates with a file."""
    names = {
        f"{group}_{name}": criterion.name
        for group, of_group in criteria.load().groups.items()
        for name, criterion in of_group.items()
    }
    counted = Counter(
        criterion.id
        for candidate in region.candidates
        if candidate.scorecard and candidate.entry.source
        for criterion in candidate.scorecard.criteria
        if criterion.source == "unknown"
    )
    return _most(counted, dict(names))


def hours(candidate: Candidate) -> tuple[float, float] | None:
    """Least and most hours of all steps that remain; None where nobody has assumed any."""
    spans = [step.hours for step in candidate.steps if step.hours]
    return (sum(span[0] for span in spans), sum(span[1] for span in spans)) if spans else None
