"""Each step's part of the hours that remain: the same table of assumptions as the score of the
work, so that the parts add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from helpers.checking.findings import COLUMNS
from helpers.metadata.completeness import given
from helpers.scoring import effort
from helpers.scoring.effort import has_vote, hours

if TYPE_CHECKING:
    from helpers.advising.results import Candidate
    from helpers.checking.findings import Finding

Span = tuple[float, float]

# who publishes, and lays the file where its address is: the last of these that remains
PUBLISHING = ("register", "address")


def of_columns(findings: Iterable[Finding]) -> list[Finding]:
    """What is said of mandatory columns that are not there."""
    return [finding for finding in findings if finding.id == COLUMNS]


def critical(findings: Iterable[Finding]) -> list[Finding]:
    """What is critically wrong, but for columns that are not there."""
    return [
        finding
        for finding in findings
        if finding.severity == "critical" and finding.outcome == "failed" and finding.id != COLUMNS
    ]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    """What is wrong and has a vote, but not critical."""
    return [
        finding
        for finding in findings
        if finding.severity == "warning" and finding.outcome == "failed" and finding.id != COLUMNS
        if has_vote(finding)
    ]


def untried(findings: Iterable[Finding]) -> int:
    """How many rules with a vote broke."""
    voting = (finding for finding in findings if has_vote(finding))
    return len({finding.id for finding in voting if finding.outcome == "error"})


def _mending(candidate: Candidate, ids: frozenset[str]) -> dict[str, float]:
    """Hours of the faults by step: what each adds to those before it, for a row is mended once."""
    voting = [finding for finding in candidate.findings if has_vote(finding)]
    of_critical = "critical" if "critical" in ids else "critical_file"
    parts: dict[str, float] = {}
    done: list[Finding] = []
    for step, findings in (
        (of_critical, critical(voting)),
        ("columns", of_columns(voting)),
        ("warnings", warnings(voting)),
    ):
        before = effort.of_findings(done)
        done = [*done, *findings]
        parts[step] = effort.of_findings(done) - before
    return parts


def spans(candidate: Candidate, ids: frozenset[str]) -> Mapping[str, Span]:
    """Least and most hours of each step that the table of assumptions speaks of; ``ids``: the steps
    that remain."""
    entry, gate = candidate.entry, candidate.gate
    low, high = effort.remaining(entry, gate, candidate.findings)
    broken = untried(candidate.findings) * (hours("rule") + hours("rule_most"))
    missing = effort.missing_metadata(entry)
    routine = hours("metadata") * ("update_frequency" in missing)
    reasons = gate.reasons if gate else []
    asked = sum(reason.code.startswith("unanswered_") for reason in reasons)
    least: dict[str, float] = {
        **_mending(candidate, ids),
        **{
            step: effort.of_personal(reasons) for step in ("personal", "personal_outside", "groups")
        },
        "questions": hours("question") * asked,
        "owner": hours("owner"),
        "licence": 0 if given(entry.licence) else hours("licence"),
        "routine": routine,
        "describe": hours("metadata") * len(missing) - routine,
    }
    last = next((step for step in PUBLISHING if step in ids), None)
    least |= {last: hours("publication")} if last else {}
    parts = {step: (each, each) for step, each in least.items() if step in ids and each}
    whole = sum(each for each, _ in parts.values())
    if last is None:
        whole += hours("publication")
    # what is left of the whole is what the system takes
    parts |= {"untried": (0.0, broken)} if broken else {}
    system = (max(0.0, low - whole), max(0.0, high - broken - whole))
    return parts | ({"export": system} if "export" in ids and system[1] else {})
