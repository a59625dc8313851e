"""A finding whose rows all stand in a more telling one is told with it: points with swapped axes
lie outside Sweden, too.

A special rule is the more telling: it names the cause. It explains what general rules say of the
same column, and where it speaks of places, what they say of places. Any rule of places explains
what is said of its coordinates, column by column. What is asked of every column (xxx, Ã¥, a lost
zero) explains what is asked of one; that a value has the wrong form, what else it is not. Before
all of them, a row that is broken explains what is wrong in it. Votes and points are as before; only
the telling is shorter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from helpers.checking import broken_rows
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import SCHEMA, SEVERITIES, Finding
from helpers.checking.suites import Rule

CAUSES = SEVERITIES[:2]  # information never explains a fault
Key = tuple[str, str, str | None]


@dataclass(frozen=True)
class Telling:
    """Ids of the rules that say more of a cell than others do: those of a ``schema`` that somebody
    gave with the data, those asked of ``every`` column, and those of its ``form``."""

    every: Collection[str] = ()
    form: Collection[str] = ()
    schema: Collection[str] = ()

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Telling:
        """Those among ``rules``."""
        by_id = {rule.id: EXPECTATIONS[rule.type] for rule in rules}
        every = {id for id, asked in by_id.items() if asked.scope in ("each", "typed", "any")}
        schema = {id for id in by_id if id.startswith(SCHEMA)}
        return cls(every, {id for id, asked in by_id.items() if asked.form}, schema)

    def rank(self, finding: Finding) -> int:
        """How telling it is of its column, -1 the most; 2: it explains nothing there."""
        if finding.id in self.schema:
            return -1
        return 0 if finding.id in self.every else 1 if finding.id in self.form else 2


NOTHING = Telling()


def explained(
    findings: list[Finding],
    coordinates: Mapping[str, list[str]],
    telling: Telling = NOTHING,
    rows: Mapping[str, int] | None = None,
) -> list[Finding]:
    """The findings, with ``explained_by`` where another says why. ``coordinates``: table -> headers
    of its position; ``rows``: table -> how many it has."""
    findings = broken_rows.told_as_one(findings, coordinates, rows or {})
    roots = {(one.table, one.explained_by) for one in findings if one.explained_by}
    left = [one for one in findings if not one.explained_by and (one.table, one.id) not in roots]
    failed = [one for one in left if one.severity in CAUSES and _has_rows(one)]
    causes = [
        *(finding for finding in failed if finding.special),
        *(finding for finding in failed if _of_places(finding) and not finding.special),
        *sorted((one for one in failed if telling.rank(one) < 2), key=telling.rank),
    ]
    by: dict[Key, Finding] = {}
    for finding in left:
        headers = set(coordinates.get(finding.table, []))
        cause = next((one for one in causes if _explains(one, finding, headers, telling)), None)
        if cause:
            by[_key(finding)] = cause
    return [
        replace(one, explained_by=_root(one, by).id) if _key(one) in by else one for one in findings
    ]


def _root(finding: Finding, by: Mapping[Key, Finding]) -> Finding:
    """The cause of the cause: what is explained itself is not told."""
    while _key(finding) in by:
        finding = by[_key(finding)]
    return finding


def _key(finding: Finding) -> Key:
    return finding.id, finding.table, finding.column


def _has_rows(finding: Finding) -> bool:
    return finding.outcome == "failed" and bool(finding.rows)


def _of_places(finding: Finding) -> bool:
    return finding.dimension == "geography" and finding.column is None


def _explains(
    cause: Finding, finding: Finding, coordinates: Collection[str], telling: Telling
) -> bool:
    if finding.special or not _has_rows(finding) or finding.table != cause.table:
        return False
    if cause.dimension == "geography" and (cause.special or _of_places(cause)):
        alike = finding.column in coordinates or (
            cause.special and finding.dimension == "geography"
        )
    else:
        more = cause.special or telling.rank(cause) < telling.rank(finding)
        alike = more and finding.column == cause.column is not None
    return alike and _within(finding, cause)


def _within(finding: Finding, cause: Finding) -> bool:
    """Every row of the finding is one of the cause's; where rows were left out: they are the same
    rows."""
    if len(cause.rows) == cause.rows_total:
        return len(finding.rows) == finding.rows_total and set(finding.rows) <= set(cause.rows)
    return (finding.rows_total, finding.rows) == (cause.rows_total, cause.rows)
