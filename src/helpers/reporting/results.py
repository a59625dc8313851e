"""What ``results.json`` holds: the run's candidates as plain JSON, without a single cell of the data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.results import Candidate, Region


def candidate_json(candidate: Candidate) -> dict[str, Any]:
    """One candidate of ``datakollen/results/1``; what a stage did not give is null or empty."""
    ranked, card = candidate.ranked, candidate.scorecard
    return {
        "id": candidate.entry.id,
        "type": candidate.entry.type,
        "rank": ranked.rank if ranked else None,
        "tied_with": ranked.tied_with if ranked else [],
        "gate": asdict(candidate.gate) if candidate.gate else None,
        "scorecard": card.to_json() if card else None,
        "rank_acceptability": [],
        "what_if": [asdict(step) for step in ranked.what_if] if ranked else [],
        "findings": [finding.to_json() for finding in candidate.findings],
        "failures": [asdict(failure) for failure in candidate.failures],
    }


def results_json(region: Region) -> dict[str, Any]:
    """The whole run as ``datakollen/results/1``."""
    return {
        "schema": "datakollen/results/1",
        "title": region.title,
        "finished": region.finished,
        "synthetic": region.synthetic,
        "candidates": [candidate_json(candidate) for candidate in region.candidates],
    }
