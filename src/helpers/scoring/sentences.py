"""What a criterion says of findings: how many rules are met, and the gravest faults in the words of
their own findings, with their counts. Nothing is said here that no finding says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.checking.findings import SEVERITIES, Finding
from helpers.words import escaping
from helpers.words.messages import LANGUAGES, text

SHOWN = 2  # faults told; the others are counted


def _rules(findings: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.id for finding in findings))


def faults(findings: Sequence[Finding]) -> list[Finding]:
    """What failed, the gravest first, then what is right in the smallest share."""
    return sorted(
        (finding for finding in findings if finding.outcome == "failed"),
        key=lambda finding: (
            SEVERITIES.index(finding.severity),
            finding.share or 0.0,
            finding.id,
            finding.table,
            finding.column or "",
        ),
    )


def _told(finding: Finding, language: str) -> str:
    """The finding's own message, after the column that it is about."""
    message = finding.message.get(language, "")
    return f"{escaping.shown(finding.column)}: {message}" if finding.column else message


def _met(findings: Sequence[Finding], language: str) -> list[str]:
    """How many of the rules that were tried are met; nothing where none was."""
    tried = [finding for finding in findings if finding.share is not None]
    count = len(_rules(tried))
    met = count - len(_rules(finding for finding in tried if finding.outcome == "failed"))
    if not count:
        return []
    key = "all" if met == count else "some" if met else "none"
    return [text(f"scoring.{key}", language, met=met, count=count)]


def _untried(findings: Sequence[Finding], language: str) -> list[str]:
    """How many rules could not be run, and how many an absent column keeps from being asked."""
    groups = (
        ("broke", [finding for finding in findings if finding.outcome == "error"]),
        ("unasked", [finding for finding in findings if finding.absent]),
    )
    return [
        text(f"scoring.{key}", language, count=len(_rules(chosen)))
        for key, chosen in groups
        if chosen
    ]


def sentences_of(findings: Sequence[Finding]) -> dict[str, str]:
    """The sentences, in sv and en; one of each rule at most is told."""
    by_rule: dict[str, Finding] = {}
    for finding in faults(findings):
        by_rule.setdefault(finding.id, finding)
    shown = list(by_rule.values())[:SHOWN]
    more = len(by_rule) - len(shown)
    said = {}
    for language in LANGUAGES:
        parts = _met(findings, language)
        parts += [_told(finding, language) for finding in shown]
        if more:
            parts.append(text("scoring.more_faults", language, count=more))
        said[language] = " ".join([*parts, *_untried(findings, language)])
    return said
