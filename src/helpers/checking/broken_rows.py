"""A row that breaks rules in four columns or more, where few rows do, is one fault: its cells have
moved, or it is no record at all.

Told once, by the gravest of its findings; the others follow from it. No count changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from helpers.checking.findings import SEVERITIES, Finding
from helpers.words.messages import LANGUAGES, both

LEAST = 4  # columns
FEW = 3  # rows of a table, or
SHARE = 0.02  # of them, may be broken
MOST = 0.2  # of a small table's
POSITION = "position"


def _place(finding: Finding, coordinates: Collection[str]) -> str | None:
    """What the finding is about: its column, or the position, which several columns may hold."""
    of_places = finding.column is None and finding.dimension == "geography"
    return POSITION if of_places or finding.column in coordinates else finding.column


def _broken(findings: list[Finding], coordinates: Collection[str], rows: int) -> set[int]:
    """The rows of one table that are broken."""
    few = max(FEW, int(SHARE * rows))
    places: dict[int, set[str]] = defaultdict(set)
    for finding in findings:
        place = _place(finding, coordinates)
        if place and len(finding.rows) == finding.rows_total <= few:
            for row in finding.rows:
                places[row].add(place)
    broken = {row for row, columns in places.items() if len(columns) >= LEAST}
    return broken if len(broken) <= min(few, MOST * rows) else set()


def _gravest(findings: list[Finding], several: Collection[str]) -> Finding | None:
    """The one that tells: of the most rows, then the gravest. One of a rule that fails in several
    columns cannot: its id would name the others, too."""
    own = [finding for finding in findings if finding.id not in several and not finding.special]
    return min(
        own, key=lambda one: (-one.rows_total, SEVERITIES.index(one.severity), one.id), default=None
    )


def _said(cause: Finding, rules: int) -> Finding:
    because = both("checking.broken_row.because")
    said = both("checking.broken_row", count=cause.rows_total, rules=rules)
    message = {language: f"{because[language]} {said[language]}" for language in LANGUAGES}
    return replace(cause, message=message, because=because, fix=both("checking.broken_row.fix"))


def _of_table(failed: list[Finding], coordinates: Collection[str], rows: int) -> dict[int, Finding]:
    """What the findings of one table's broken rows become, by identity."""
    broken = _broken(failed, coordinates, rows)
    ids = [one.id for one in failed]
    several = {id for id in ids if ids.count(id) > 1}
    left = [one for one in failed if set(one.rows) <= broken]
    now: dict[int, Finding] = {}
    while (cause := _gravest(left, several)) is not None:
        same = [one for one in left if set(one.rows) <= set(cause.rows)]
        if len(same) < LEAST:
            break
        now |= {id(one): replace(one, explained_by=cause.id) for one in same}
        now[id(cause)] = _said(cause, len({one.id for one in same}))
        left = [one for one in left if one not in same]
    return now


def told_as_one(
    findings: list[Finding], coordinates: Mapping[str, list[str]], rows: Mapping[str, int]
) -> list[Finding]:
    """The findings, those of broken rows told as one. ``coordinates``: table -> headers of its
    position; ``rows``: table -> how many it has."""
    by_table: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.outcome == "failed" and finding.rows:
            by_table[finding.table].append(finding)
    now: dict[int, Finding] = {}
    for table, failed in by_table.items():
        now |= _of_table(failed, coordinates.get(table, []), rows.get(table, 0))
    return [now.get(id(finding), finding) for finding in findings]
