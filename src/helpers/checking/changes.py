"""What has changed since a dataset was last different: rows and objects gained and lost, then rules
that fail anew, worse, better or no longer.

Kept for each candidate is a summary without a single value: how many rows, and rule, table, column,
outcome and counts (``Summary``). It does not depend on code or suites, so that it survives a new
version: a rule that was renamed is known again, one that was not there before is told as new, never
as worse, and one whose meaning has changed as changed. Fewer faults where rows are gone are never
told as better.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from helpers.checking import renamed
from helpers.checking.findings import SEVERITIES, Finding

KINDS = ("new", "worse", "new_rule", "changed_rule", "rows_gone", "better", "mended")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Summary:
    """What one rule said of one column (or of rows) on one day. ``failed`` is a count of rows,
    ``table`` empty for the main one: a delivery in a file of another name is the same dataset."""

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
    def of_kept(cls, plain: dict[str, Any], main: str = "") -> Summary:
        """What was kept once, under what its rule is called now. ``main``: the main table's name,
        which was kept before."""
        table = "" if plain["table"] == main else plain["table"]
        return cls(**plain | {"rule": renamed.now(plain["rule"]), "table": table})


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
class Rows:
    """How many rows the main table had and has."""

    before: int
    after: int


@dataclass(frozen=True)
class Objects:
    """How many objects are new and how many are gone, by their ids."""

    gained: int
    lost: int


@dataclass(frozen=True)
class Size:
    """What is delivered: rows and name of the main table, what tells the delivery from others (its
    checksum), and, by ids, what came and went since the delivery before; None without ids or
    without one."""

    rows: int
    table: str = ""
    delivery: str = ""
    objects: Objects | None = None


@dataclass(frozen=True)
class Changes:
    """``since``: the day (ISO) of what is compared with; of a dataset that was never another, the
    day on which it was first examined; None: it is compared with a file that was given, or with
    nothing. ``rows``, ``objects``: None where they were not counted."""

    since: str | None = None
    changes: list[Change] = field(default_factory=list)
    rows: Rows | None = None
    objects: Objects | None = None

    @property
    def compared(self) -> bool:
        """False where nobody remembers an earlier one."""
        return self.since is not None or self.rows is not None

    @property
    def never_another(self) -> bool:
        """True from the first time on, until something is other than it was then."""
        return self.unchanged and self.since is not None and self.rows is None

    @property
    def unchanged(self) -> bool:
        """True where neither rows, objects nor findings are others than before."""
        moved = (self.rows and self.rows.before != self.rows.after) or (
            self.objects and (self.objects.gained or self.objects.lost)
        )
        return self.compared and not self.changes and not moved

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> Changes:
        rows, objects = plain["rows"], plain["objects"]
        return cls(
            plain["since"],
            [Change(**change) for change in plain["changes"]],
            Rows(**rows) if rows else None,
            Objects(**objects) if objects else None,
        )


def summaries(findings: Iterable[Finding], main: str = "") -> list[Summary]:
    """What is kept of findings; an outcome that could not be decided says nothing, and is not
    kept. ``main``: the main table's name."""
    return [
        Summary(
            finding.id,
            "" if finding.table == main else finding.table,
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


def remember(
    kept: dict[str, Any] | None,
    latest: list[Summary],
    today: dt.date,
    size: Size | None = None,
) -> dict[str, Any]:
    """What to keep: the dataset now, and before that, when it was last different.

    Both, ``now`` and ``before`` (None the first time), have a ``day`` (ISO), ``findings`` (plain
    summaries) and, where ``size`` is given, ``rows`` and ``delivery``. ``objects``: what came and
    went between them. A dataset that is as it was keeps its day.
    """
    now: dict[str, Any] = {
        "day": today.isoformat(),
        "findings": [asdict(summary) for summary in latest],
    }
    now |= {"rows": size.rows, "delivery": size.delivery} if size else {}
    if not kept:
        return {"now": now, "before": None}
    before = kept["now"]
    moved = size.objects if size and size.delivery != before.get("delivery") else None
    # a set: findings stand by id, and a renamed rule somewhere else
    same = {
        Summary.of_kept(plain, size.table if size else "") for plain in before["findings"]
    } == set(latest)
    if same and before.get("rows", now.get("rows")) == now.get("rows") and not _any(moved):
        return kept
    return {"now": now, "before": before, "objects": asdict(moved) if moved else None}


def _any(moved: Objects | None) -> bool:
    return moved is not None and bool(moved.gained or moved.lost)


def compare(kept: dict[str, Any], findings: Iterable[Finding], main: str = "") -> Changes:
    """The changes from what was kept ``before`` to ``findings``, the gravest first; none of a
    dataset that was never another. The first time says the same as the next, so that what shows it
    is true as long as nothing changes. ``main``: the main table's name."""
    now, before = kept["now"], kept["before"]
    if not before:
        return Changes(now["day"])
    rows = Rows(before["rows"], now["rows"]) if "rows" in before and "rows" in now else None
    objects = Objects(**kept["objects"]) if kept.get("objects") else None
    summarised = [Summary.of_kept(plain, main) for plain in before["findings"]]
    return Changes(before["day"], between(summarised, findings, main), rows, objects)


def between(summarised: list[Summary], findings: Iterable[Finding], main: str = "") -> list[Change]:
    """What differs from the earlier summaries to ``findings``, the gravest first. ``main``: the
    main table's name."""
    before = {summary.key: summary for summary in summarised}
    versions = {summary.rule: summary.version for summary in summarised}
    changes = []
    for finding in findings:
        table = "" if finding.table == main else finding.table
        old = before.get((finding.id, table, finding.column or ""))
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
    return changes


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
    if new.failed > failed:
        return "worse"
    if old and old.checked - new.checked >= failed - new.failed:
        return "rows_gone"  # as many rows are gone as faults: nobody need have mended any
    return "better" if new.failed else "mended"
