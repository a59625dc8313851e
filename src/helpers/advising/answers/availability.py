"""What was measured beside what operators report as available, where an organisation has both: from
the answers to each, no cell of either.

They measure different things: a household may have fibre to choose and none, or measure over its
wifi; so that no share is subtracted from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.advising.answers.answer import LIST, SHARE, Answer, Mark, Said

if TYPE_CHECKING:
    from helpers.advising.results import Candidate
    from helpers.declared.catalogue import Entry

QUESTION = "broadband.beside"
TYPE, MEASURED, REPORTED = "bredband", "matningar", "tackning"


def beside(entry: Entry, other: Entry) -> bool:
    """True where the other may tell what is available where this one's data were measured."""
    return (
        other.type == entry.type == TYPE
        and other.id != entry.id
        and other.organisation == entry.organisation
        and other.source is not None
    )


def compared(
    measured: Sequence[dict[str, Any]], reported: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """The answer, as ``Answer.to_json`` gives it; None where one of them has no figure."""
    slow = _answered(measured, "broadband.slow")
    fast = _answered(reported, "coverage.fast")
    fibre = _answered(reported, "coverage.technologies")
    if slow is None or (fast is None and fibre is None):
        return None
    of = slow.said[0].told
    told = {name: of[name] for name in ("share", "share_low", "share_high", "rows")}
    marks = [
        Mark("", of["share"], of["rows"], "measured_slow", 0, of["share_low"], of["share_high"])
    ]
    if fast is not None:
        can = fast.marks[0]
        told |= {"share_can": can.value, "mbit": fast.said[0].told["mbit"]}
        marks.append(Mark("", 1 - (can.value or 0), can.rows, "cannot_fast"))
        code, years = "fast", fast.said[1:]
    else:
        assert fibre is not None
        can = next((mark for mark in fibre.marks if mark.label == "fiber"), fibre.marks[0])
        told |= {"share_can": can.value, "name": can.label}
        marks.append(Mark("", 1 - (can.value or 0), can.rows, "cannot_technology"))
        code, years = "technology" if can.label else "technology_any", fibre.said[1:]
    said = [Said(f"{QUESTION}.{code}", told), *years]
    return Answer(QUESTION, said, marks, LIST, SHARE, [Said("doubt.not_the_same")]).to_json()


def _answered(answers: Sequence[dict[str, Any]], question: str) -> Answer | None:
    """The answer to a question, if it has figures that are shown."""
    for one in answers:
        if one["question"] == question and one["said"]:
            answer = Answer.from_json(one)
            return answer if question == "broadband.slow" or answer.marks else None
    return None


def of_all(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, each that was measured with the other of its organisation beside it: the
    answer of both, and what its map rests on."""
    return [_with(one, candidates) for one in candidates]


def _with(candidate: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    if candidate.variant != MEASURED:
        return candidate
    reported = [
        other
        for other in candidates
        if other.variant == REPORTED and beside(candidate.entry, other.entry)
    ]
    found = (compared(candidate.answers, other.answers) for other in reported)
    answer = next(filter(None, found), None)
    return replace(
        candidate,
        answers=[*candidate.answers, answer] if answer else candidate.answers,
        beside="".join(other.known for other in reported),
    )
