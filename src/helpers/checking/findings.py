"""A finding: what one rule said of one dataset. Needs no Great Expectations."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

SEVERITIES = ("critical", "warning", "info")
OUTCOMES = ("passed", "failed", "not_applicable", "error")
DIMENSIONS = ("completeness", "validity", "consistency", "uniqueness", "timeliness", "geography")
CONFORMITY = "conformity"  # whether what the specification requires is there at all
COLUMNS = "mandatory_columns"  # the rule that tells which of a table's are missing or all empty
MAX_ROWS = 1000
SCHEMA = "schema_"  # ids begin so of what a schema that came with the data asks
NOT_TRIED = "schema_not_tried"  # tells what of it no rule tries


@dataclass(frozen=True)
class Finding:
    """``share`` right is 1.0 at best; None where nothing was checked (not_applicable, error)."""

    id: str  # the rule's id
    severity: str
    dimension: str
    outcome: str
    column: str | None  # the source's own header
    checked: int
    failed: int
    rows: list[int] = field(default_factory=list)  # of the source, ascending, at most 1,000
    rows_total: int = 0
    # sv, en: what was found, with its numbers
    message: dict[str, str] = field(default_factory=dict)
    # sv, en: what the owner of the data does about it
    fix: dict[str, str] = field(default_factory=dict)
    because: dict[str, str] = field(default_factory=dict)  # sv, en: why this rule and threshold
    table: str = ""
    # names a subset that a general rule counts already: subtracts nothing from the score
    special: bool = False
    # the id of the finding that says why these rows fail, and is told in its place
    explained_by: str = ""
    # asked of a mandatory column that is not there: not applicable, and unknown
    absent: bool = False
    version: int = 1  # of the rule: counts of two versions cannot be compared

    @property
    def share(self) -> float | None:
        if self.outcome in ("not_applicable", "error") or not self.checked:
            return None
        return 1 - self.failed / self.checked

    @property
    def of_schema(self) -> bool:
        """True for what a schema that came with the data asks."""
        return self.id.startswith(SCHEMA)

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"share": self.share}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Finding:
        """The finding. Its words are held once, however many candidates a rule is asked of."""
        held = {key: _held(value) for key, value in plain.items() if key != "share"}
        return cls(**held)


def _held(value: Any) -> Any:
    if type(value) is str:
        return sys.intern(value)
    if isinstance(value, dict) and all(type(one) is str for one in value.values()):
        return _words(tuple((sys.intern(key), sys.intern(one)) for key, one in value.items()))
    return value


@lru_cache(maxsize=10_000)
def _words(said: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return dict(said)


@dataclass(frozen=True)
class Fault:
    """One fault as it is told: the finding that names the cause, and the others that follow from it
    on the same rows."""

    cause: Finding
    also: tuple[Finding, ...] = ()

    @property
    def severity(self) -> str:
        findings = (self.cause, *self.also)
        return min((finding.severity for finding in findings), key=SEVERITIES.index)


def _following(
    cause: Finding, follow: dict[tuple[str, str], list[Finding]], *, alone: bool
) -> list[Finding]:
    """What follows from the cause; of a rule that fails in several columns, what is said of the
    same column."""
    others = follow.get((cause.table, cause.id), [])
    return [other for other in others if alone or other.column == cause.column]


def faults_of(findings: Iterable[Finding]) -> list[Fault]:
    """What is wrong or could not be tried, each fault once, the gravest first; those of one rule in
    the order they are given."""
    failed = [finding for finding in findings if finding.outcome in ("failed", "error")]
    follow: dict[tuple[str, str], list[Finding]] = {}
    for finding in failed:
        follow.setdefault((finding.table, finding.explained_by), []).append(finding)
    causes = [finding for finding in failed if not finding.explained_by]
    same = Counter((cause.table, cause.id) for cause in causes)
    faults = [
        Fault(cause, tuple(_following(cause, follow, alone=same[cause.table, cause.id] == 1)))
        for cause in causes
    ]
    return sorted(faults, key=lambda fault: (SEVERITIES.index(fault.severity), fault.cause.id))


def of_one_rule(faults: Iterable[Fault]) -> list[list[Fault]]:
    """The faults as they came; those that one rule says of several tables as a whole, each the same
    way, together where the first of them stands."""
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for number, fault in enumerate(faults):
        cause = fault.cause
        alike = cause.column is None and cause.table and not fault.also
        key = (fault.severity, cause.id, cause.outcome) if alike else (str(number),)
        groups.setdefault(key, []).append(fault)
    return list(groups.values())


def conformity(findings: Iterable[Finding]) -> float | None:
    """Share (0-1) of the specification's mandatory columns that a table has; None where there is no
    specification that asks for any."""
    return next((finding.share for finding in findings if finding.id == COLUMNS), None)


def outcomes(findings: Iterable[Finding]) -> dict[str, str]:
    """Rule -> outcome; a rule counts once, however many columns it looks at: it is met where it is
    met in all."""
    gravity = ("not_applicable", "passed", "error", "failed")
    rules: dict[str, str] = {}
    for finding in findings:
        worst = rules.get(finding.id, gravity[0])
        rules[finding.id] = max(worst, finding.outcome, key=gravity.index)
    return rules


def rules_tried(findings: Iterable[Finding]) -> tuple[int, int]:
    """How many rules were tried, and how many of them are not met; a rule that broke is neither."""
    said = list(outcomes(findings).values())
    failed = said.count("failed")
    return said.count("passed") + failed, failed
