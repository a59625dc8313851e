"""A finding whose rows all stand in a more telling one is told with it: points with swapped axes lie outside Sweden, too.

A special rule is the more telling: it names the cause. It explains what general rules say of the same column, and where it
speaks of places, what they say of places and coordinates. Votes and points are as before; only the telling is shorter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from helpers.checking.findings import SEVERITIES, Finding

CAUSES = SEVERITIES[:2]  # information never explains a fault


def explained(findings: list[Finding], coordinates: Mapping[str, list[str]]) -> list[Finding]:
    """The findings, with ``explained_by`` where another says why. ``coordinates``: table -> headers of its position."""
    causes = [
        one for one in findings if one.special and one.severity in CAUSES and one.outcome == "failed" and one.rows
    ]
    found = []
    for one in findings:
        about = set(coordinates.get(one.table, []))
        cause = next((cause for cause in causes if _explains(cause, one, about)), None)
        found.append(replace(one, explained_by=cause.id) if cause else one)
    return found


def _explains(cause: Finding, one: Finding, coordinates: set[str]) -> bool:
    if one.special or one.outcome != "failed" or not one.rows or one.table != cause.table:
        return False
    if cause.dimension == "geography":
        alike = one.dimension == "geography" or one.column in coordinates
    else:
        alike = one.column == cause.column is not None
    return alike and _within(one, cause)


def _within(one: Finding, cause: Finding) -> bool:
    if len(cause.rows) == cause.rows_total:
        return len(one.rows) == one.rows_total and set(one.rows) <= set(cause.rows)
    return (one.rows_total, one.rows) == (cause.rows_total, cause.rows)
