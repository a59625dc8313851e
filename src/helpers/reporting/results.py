"""What ``results.json`` holds: the run's candidates as plain JSON, without a cell of the data but
the names that an answer to a question counts by, never of a marked column."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from helpers import __version__
from helpers.advising import procurement
from helpers.advising.answers.answer import Answer
from helpers.declared import organisations, subtypes
from helpers.reporting.show_answers import Answers
from helpers.screening import questions
from helpers.words.messages import LANGUAGES

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region
    from helpers.declared.catalogue import Entry


def _organisation(entry: Entry) -> dict[str, Any]:
    """Who it is, whether that is a guess, and whether it has agreed to be named where organisations
    are compared."""
    id = entry.organisation
    organisation, guessed = organisations.organisation(id), entry.is_guessed("organisation")
    if organisation is None:
        return {"id": id, "name": id, "kind": "okand", "named_in_public": False, "guessed": guessed}
    return {
        "id": id,
        "name": organisation.name,
        "kind": organisation.kind,
        "named_in_public": organisation.named_in_public,
        "guessed": guessed,
    }


def plainly(answer: dict[str, Any], type: str) -> dict[str, Any]:
    """An answer with its question and sentences in words, and without the map that draws it."""
    made = Answer.from_json(answer)
    words = {one: Answers([made], type, one).said(made) for one in LANGUAGES}
    text = {one: {"question": said[0], "said": said[1:]} for one, said in words.items()}
    return {name: value for name, value in answer.items() if name != "ground"} | {"text": text}


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """One candidate of ``datakollen/results/2``; what a stage did not give is null or empty."""
    ranked, card = candidate.ranked, candidate.scorecard
    asked = [question.to_json() for question in questions.every() if question.id in candidate.asked]
    return {
        "id": candidate.entry.id,
        "title": str(candidate.entry.title),
        "type": candidate.entry.type,
        "subtype": subtypes.subtype_of(candidate.entry),
        "organisation": _organisation(candidate.entry),
        "synthetic": candidate.entry.synthetic,
        "published": candidate.entry.published.status,
        "system": str(candidate.entry.source_system.name or "") or None,
        "supplier": str(candidate.entry.source_system.supplier or "") or None,
        "demands": procurement.to_json(candidate),
        "rank": ranked.rank if ranked else None,
        "tied_with": ranked.tied_with if ranked else [],
        "no_place": [asdict(reason) for reason in candidate.no_place],
        "gate": asdict(candidate.gate) | {"questions": asked} if candidate.gate else None,
        "proposal": [asdict(step) for step in candidate.proposal],
        "scorecard": card.to_json() if card else None,
        "rank_acceptability": ranked.acceptability if ranked else [],
        "what_if": [asdict(step) for step in ranked.what_if] if ranked else [],
        "findings": [finding.to_json() for finding in candidate.findings],
        "answers": [plainly(answer, candidate.entry.type) for answer in candidate.answers],
        "advice": asdict(candidate.advice) if candidate.advice else None,
        "high_value": asdict(candidate.high_value) if candidate.high_value else None,
        "to_find_out": [asdict(question) for question in candidate.to_find_out],
        "steps": [asdict(step) for step in candidate.steps],
        "changes": candidate.changes.to_json(),
        "drift": candidate.drift.to_json() if candidate.drift.compared else None,
        "failures": [asdict(failure) for failure in candidate.failures],
        "kept_from": candidate.kept_from or None,
    }


def ranking_json(region: Region) -> dict[str, Any]:
    """The ranking alone as ``datakollen/rank/2``: places, points, how sure, what would move each
    up; no findings."""
    kept = (
        "id",
        "type",
        "rank",
        "tied_with",
        "no_place",
        "rank_acceptability",
        "what_if",
        "kept_from",
    )
    return {
        "schema": "datakollen/rank/2",
        **_decided(region),
        "candidates": [
            {name: value for name, value in candidate_json(candidate).items() if name in kept}
            | {
                "title": str(candidate.entry.title),
                "verdict": candidate.gate.verdict if candidate.gate else None,
                "low": candidate.scorecard.low if candidate.scorecard else None,
                "high": candidate.scorecard.high if candidate.scorecard else None,
                "robust": candidate.ranked.robust if candidate.ranked else {},
            }
            for candidate in region.candidates
        ],
    }


def _decided(region: Region) -> dict[str, Any]:
    """Why the first stands first, whose weights say so, and how sure it is."""
    return {
        "why": region.why,
        "weights": region.weights.to_json() if region.weights else None,
        "robustness": region.robustness.to_json() if region.robustness else None,
    }


def results_json(region: Region) -> dict[str, Any]:
    """The whole run as ``datakollen/results/2``; its candidates come last."""
    return {
        "schema": "datakollen/results/2",
        "title": region.title,
        "finished": region.finished,
        "version": __version__,
        "synthetic": region.synthetic,
        **_decided(region),
        "across": region.across.to_json() if region.across else None,
        "candidates": [candidate_json(candidate) for candidate in region.candidates],
    }


def results_text(region: Region) -> Iterator[str]:
    """``results_json`` as the text of a file, a candidate a line, in pieces: all of it together
    would take more memory than the candidates themselves."""
    whole = results_json(replace(region, candidates=[]))
    yield json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False).removesuffix("]\n}")
    ends = ""
    for candidate in region.candidates:
        said = candidate_json(candidate)
        yield f"{ends}\n  " + json.dumps(
            said, ensure_ascii=False, separators=(",", ":"), allow_nan=False
        )
        ends = ","
    yield "\n ]\n}" if ends else "]\n}"
