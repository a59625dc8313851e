"""Whether a candidate can have a place in the order, and if not, why and what it would take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from helpers.checking.findings import Finding
from helpers.scoring import criteria
from helpers.scoring.scorecards import NoPlace, Scorecard
from helpers.words.messages import LANGUAGES, number, text

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

IDEA, STOPPED, FAILED, TOO_LITTLE = "idea", "stopped", "failed", "too_little"
LINKED = "linked"


def _lacking(findings: Sequence[Finding], needed: criteria.Needed) -> bool:
    """True where a rule that the dataset's use depends on is right in too little."""
    asked = [finding for finding in findings if finding.id in needed.rules]
    least = needed.least
    if least == "asked":
        return any(finding.absent for finding in asked)
    return any(finding.outcome == "failed" and (finding.share or 0.0) < least for finding in asked)


def lacks(entry: Entry, findings: Iterable[Finding]) -> list[str]:
    """Codes of what keeps the candidate from having a place, whatever its points: ``idea``;
    ``linked`` where a national source has the data; else those of ``needed`` in scoring.yaml that
    its findings bear out."""
    if entry.source is None:
        return [IDEA]
    if entry.published.status == "national_source":
        return [LINKED]
    found = list(findings)
    return [code for code, needed in criteria.load().needed.items() if _lacking(found, needed)]


def known(low: float, high: float) -> float:
    """How many of the 100 points are known, by the two ends of the sum."""
    return 100 - (high - low)


def hindrances(verdict: str, lacking: Sequence[str], low: float, high: float) -> list[str]:
    """All codes of why there is no place; empty where there is one."""
    stopped = [STOPPED] if verdict == "stopp" else []
    if lacking:
        return [*stopped, *lacking]
    little = known(low, high) < criteria.load().known.value
    return [*stopped, *([TOO_LITTLE] if little else [])]


def hindrances_of(card: Scorecard) -> list[str]:
    """The hindrances of a scorecard."""
    return hindrances(card.verdict, card.lacks, card.low, card.high)


def reason(code: str, points_known: float = 0.0) -> NoPlace:
    """The reason in words. ``points_known``: of 100, said where too little is known."""
    message, takes = (
        {
            language: text(
                f"placing.{code}.{part}", language, known=number(points_known, language, 0)
            )
            for language in LANGUAGES
        }
        for part in ("message", "takes")
    )
    return NoPlace(code, message, takes)


def reasons(card: Scorecard) -> list[NoPlace]:
    """Why the card has no place, in words; empty where it has one."""
    return [reason(code, known(card.low, card.high)) for code in hindrances_of(card)]
