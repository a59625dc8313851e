"""The papers that carry a decision: for the management, the board, those who do the work, and the
procurement officer.

Each is a ``Document`` made from what a run found, in one language; helpers.reporting.documents
writes it as HTML and Word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from helpers.reporting.papers import checklist, joint, management, memorandum, procurement, roles
from helpers.reporting.papers.document import Document
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

OF_ONE = {
    "memorandum": memorandum.document,
    "steps": checklist.document,
    "roles": roles.document,
    "procurement": procurement.document,
}

OF_REGION = {"management": management.document, "procurement": joint.document}


def name(kind: str, language: str) -> str:
    """The file's name without suffix, as people of that language would look for it."""
    return text(f"papers.file.{kind}", language)


def kinds(candidate: Candidate) -> list[str]:
    """The papers that a candidate has. Nothing is put before a board that is an idea, stopped,
    failed, elsewhere or cannot be ranked yet: unusable, abroad, or too little known."""
    if candidate.failures:
        return []
    elsewhere = candidate.advice is not None and candidate.advice.code == "link"
    open_ = (
        candidate.entry.source is not None
        and candidate.gate is not None
        and candidate.gate.verdict != "stopp"
        and candidate.ranked is not None
        and candidate.ranked.rank is not None
    )
    return [kind for kind in OF_ONE if kind != "memorandum" or (open_ and not elsewhere)]


def of_candidate(
    candidate: Candidate, region: Region, language: str
) -> Iterator[tuple[str, Document]]:
    """Kind and paper, in order."""
    for kind in kinds(candidate):
        yield kind, OF_ONE[kind](candidate, region, language)


def of_region(region: Region, language: str) -> Iterator[tuple[str, Document]]:
    """The papers about all candidates."""
    for kind, made in OF_REGION.items():
        yield kind, made(region, language)
