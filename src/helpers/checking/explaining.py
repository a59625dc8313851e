"""A finding whose rows all stand in a more telling one is told with it: points with swapped axes
lie outside Sweden, too.

A special rule is the more telling: it names the cause. It explains what general rules say of the
same column, and where it speaks of places, what they say of places. Any rule of places explains
what is said of its coordinates, column by column. Votes and points are as before; only the telling
is shorter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from helpers.checking.findings import SEVERITIES, Finding

CAUSES = SEVERITIES[:2]  # information never explains a fault


def explained(findings: list[Finding], coordinates: Mapping[str, list[str]]) -> list[Finding]:
    """The findings, with ``explained_by`` where another says why. ``coordinates``: table -> headers
    of its position."""
    failed = [
        finding
        for finding in findings
        if finding.severity in CAUSES and finding.outcome == "failed" and finding.rows
    ]
    causes = [
        *(finding for finding in failed if finding.special),
        *(finding for finding in failed if _of_places(finding) and not finding.special),
    ]
    explained_findings = []
    for finding in findings:
        headers = set(coordinates.get(finding.table, []))
        cause = next((cause for cause in causes if _explains(cause, finding, headers)), None)
        explained_findings.append(replace(finding, explained_by=cause.id) if cause else finding)
    return explained_findings


def _of_places(finding: Finding) -> bool:
    return finding.dimension == "geography" and finding.column is None


def _explains(cause: Finding, finding: Finding, coordinates: set[str]) -> bool:
    if finding.special or finding.outcome != "failed" or not finding.rows:
        return False
    if finding.table != cause.table:
        return False
    if cause.dimension == "geography":
        alike = finding.column in coordinates or (
            cause.special and finding.dimension == "geography"
        )
    else:
        alike = finding.column == cause.column is not None
    return alike and _within(finding, cause)


def _within(finding: Finding, cause: Finding) -> bool:
    """Every row of the finding is one of the cause's; where rows were left out: they are the same
    rows."""
    if len(cause.rows) == cause.rows_total:
        return len(finding.rows) == finding.rows_total and set(finding.rows) <= set(cause.rows)
    return (finding.rows_total, finding.rows) == (cause.rows_total, cause.rows)
