"""What comes first and what to do with it: one truth for the page, the terminal and the papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpers.advising.results import Candidate

ADVISED = ("compare", "describe", "done")


def to_link(candidate: Candidate) -> bool:
    """True where a national source has the data: whoever publishes them again makes two of one."""
    return candidate.advice is not None and candidate.advice.code == "link"


def ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those with a place and a file that are to be published, in the order of the places."""
    return [
        candidate
        for candidate in candidates
        if candidate.ranked and candidate.ranked.rank and candidate.scorecard
        if candidate.entry.source and not to_link(candidate)
    ]


def heading(candidate: Candidate) -> str:
    """The key of what is said over the first: publish only where the gate is open and nothing says
    that the data lie somewhere already."""
    if candidate.entry.source is None:
        return "reporting.first_idea"
    if candidate.gate is None or candidate.gate.verdict != "fri":
        return "reporting.first.review"
    code = candidate.advice.code if candidate.advice else ""
    return f"reporting.first.{code if code in ADVISED else 'publish'}"
