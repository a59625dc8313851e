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
        one for one in findings if one.severity in CAUSES and one.outcome == "failed" and one.rows
    ]
    causes = [
        *(one for one in failed if one.special),
        *(one for one in failed if _of_places(one) and not one.special),
    ]
    found = []
    for one in findings:
        about = set(coordinates.get(one.table, []))
        cause = next((cause for cause in causes if _explains(cause, one, about)), None)
        found.append(replace(one, explained_by=cause.id) if cause else one)
    return found


def _of_places(one: Finding) -> bool:
    return one.dimension == "geography" and one.column is None


def _explains(cause: Finding, one: Finding, coordinates: set[str]) -> bool:
    if one.special or one.outcome != "failed" or not one.rows or one.table != cause.table:
        return False
    if cause.dimension == "geography":
        alike = one.column in coordinates or (cause.special and one.dimension == "geography")
    else:
        alike = one.column == cause.column is not None
    return alike and _within(one, cause)


def _within(one: Finding, cause: Finding) -> bool:
    if len(cause.rows) == cause.rows_total:
        return len(one.rows) == one.rows_total and set(one.rows) <= set(cause.rows)
    return (one.rows_total, one.rows) == (cause.rows_total, cause.rows)
