"""What has changed since the findings were last different: rules that fail anew, worse, better or
no longer.

Kept for each candidate is a summary without a single value: rule, table, column, outcome and counts
(``Summary``). It does not depend on code or suites, so that it survives a new version: a rule that
was renamed is known again, one that was not there before is told as new, never as worse, and one
whose meaning has changed as changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from helpers.checking import renamed
from helpers.checking.findings import SEVERITIES, Finding

KINDS = ("new", "worse", "new_rule", "changed_rule", "better", "mended")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Summary:
    """What one rule said of one column (or of rows) on one day. ``failed`` is a count of rows."""

    rule: str
    table: str
    column: str
    severity: str
    outcome: str
    checked: int
    failed: int
    version: int = 1  # of the rule; what was kept before rules had versions is of the first

    @property
    def key(self) -> Key:
        return self.rule, self.table, self.column

    @classmethod
    def of_kept(cls, plain: dict[str, Any]) -> Summary:
        """What was kept once, under what its rule is called now."""
        return cls(**plain | {"rule": renamed.now(plain["rule"])})


@dataclass(frozen=True)
class Change:
    """One rule's change. ``before`` and ``after``: rows that fail; ``message``: why the rule is
    there (sv, en)."""

    kind: str
    rule: str
    table: str
    column: str
    severity: str
    before: int
    after: int
    message: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """``since``: the day (ISO) of the findings compared with; None: there are none, this is the
    first time."""

    since: str | None = None
    changes: list[Change] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def summaries(findings: Iterable[Finding]) -> list[Summary]:
    """What is kept of findings; an outcome that could not be decided says nothing, and is not
    kept."""
    return [
        Summary(
            finding.id,
            finding.table,
            finding.column or "",
            finding.severity,
            finding.outcome,
            finding.checked,
            finding.failed,
            finding.version,
        )
        for finding in findings
        if finding.outcome in ("passed", "failed")
    ]


def remember(kept: dict[str, Any] | None, latest: list[Summary], today: dt.date) -> dict[str, Any]:
    """What to keep: the findings now, and those before them, last different from them.

    Both, ``now`` and ``before`` (None the first time), have a ``day`` (ISO) and ``findings`` (plain
    summaries).
    """
    now = {"day": today.isoformat(), "findings": [asdict(summary) for summary in latest]}
    if not kept:
        return {"now": now, "before": None}
    # a set: findings stand by id, and a renamed rule somewhere else
    if {Summary.of_kept(plain) for plain in kept["now"]["findings"]} == set(latest):
        return kept
    return {"now": now, "before": kept["now"]}


def compare(kept: dict[str, Any], findings: Iterable[Finding]) -> Changes:
    """The changes from what was kept ``before`` to ``findings``, the gravest first."""
    if not kept["before"]:
        return Changes()
    summarised = [Summary.of_kept(plain) for plain in kept["before"]["findings"]]
    before = {summary.key: summary for summary in summarised}
    versions = {summary.rule: summary.version for summary in summarised}
    changes = []
    for finding in findings:
        old = before.get((finding.id, finding.table, finding.column or ""))
        kind = _kind(old, finding, versions.get(finding.id))
        if kind:
            changes.append(
                Change(
                    kind,
                    finding.id,
                    finding.table,
                    finding.column or "",
                    finding.severity,
                    old.failed if old else 0,
                    finding.failed,
                    finding.because,
                )
            )
    changes.sort(
        key=lambda change: (
            KINDS.index(change.kind),
            SEVERITIES.index(change.severity),
            change.rule,
            change.table,
            change.column,
        )
    )
    return Changes(kept["before"]["day"], changes)


def _kind(old: Summary | None, new: Finding, version: int | None) -> str | None:
    """``version``: the rule's before, of whatever it was asked; None where it was not there."""
    failed = old.failed if old else 0
    if new.outcome not in ("passed", "failed") or new.failed == failed:
        return None
    if version is None:
        return "new_rule"
    if version != new.version:
        return "changed_rule"
    if not failed:
        return "new"
    if not new.failed:
        return "mended"
    return "worse" if new.failed > failed else "better"
