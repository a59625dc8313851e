"""The rows to correct, for whoever opens the source file: row, business key, the cell, what is wrong, what to do.

A value of a marked column is never there, only its shape; the last net under the marks is on all other values too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from helpers import databases, escaping
from helpers.checking.findings import SEVERITIES, Finding
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening

MAX_LINES = 10_000


@dataclass(frozen=True)
class RowToFix:
    """One cell (or, without a column, one row) that a rule names. ``key`` and ``value`` are fit to be shown."""

    row: int  # of the source, as a spreadsheet numbers it
    key: str
    column: str
    value: str
    severity: str
    rule: str
    message: dict[str, str]  # why the rule is there: sv, en
    fix: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def key_columns(fields: dict[str, str], roles: dict[str, str | None], profile: dict[str, Any]) -> list[str]:
    """What the owner knows a row by: the specification's key field, else columns that are unique in the file.

    ``fields`` maps the specification's fields to columns, ``roles`` to their roles.
    """
    declared = [column for name, column in fields.items() if roles.get(name) == "key"]
    if declared:
        return declared[:1]
    found = profile["tables"][0]["keys"]
    return list(found[0]) if found else []


def rows_to_fix(
    snapshot: Snapshot, screening: Screening, findings: Iterable[Finding], keys: list[str], *, raw: bool = False
) -> list[RowToFix]:
    """At most 10,000 lines, the gravest first, then by row. Special findings repeat others' rows and are left out.

    ``raw``: values as they stand, for the owner alone; never for a report, never kept.
    """
    failed = [one for one in findings if one.outcome == "failed" and one.rows and not one.special]
    failed.sort(key=lambda one: (SEVERITIES.index(one.severity), one.id, one.column or ""))
    main = snapshot.main
    marked = screening.marked(main.name)
    spots = main.geometry.columns if main.geometry else []
    wanted = [main.column(name) for name in {*keys, *spots, *(one.column for one in failed if one.column)}]
    rows = sorted({row for one in failed for row in one.rows})[: 4 * MAX_LINES]
    cells: dict[int, dict[str, str]] = {}
    if rows:
        with databases.connect(spill=snapshot.folder / "spill") as connection:
            found = connection.execute(
                f"select {', '.join(['source_row', *(one.text for one in wanted)])} "
                f"from {databases.quoted(snapshot.parquet())} where source_row in (select unnest(?))", [rows],
            )  # fmt: skip
            for row, *texts in found.fetchall():
                cells[int(row)] = {
                    column.name: (text or "") if raw else escaping.shown(text, marked=column.name in marked)
                    for column, text in zip(wanted, texts, strict=True)
                }
    lines = []
    for one in failed:
        for row in one.rows:
            own = cells.get(row, {})
            key = ", ".join(own[name] for name in keys if own.get(name))
            columns = [one.column] if one.column else spots if one.dimension == "geography" else []
            value = ", ".join(own.get(name, "") for name in columns)
            lines.append(RowToFix(row, key, ", ".join(columns), value, one.severity, one.id, one.because, one.fix))
            if len(lines) == MAX_LINES:
                return lines
    return lines
