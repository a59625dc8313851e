"""The rows to correct, for whoever opens the source file: row, business key, the cell, what is
wrong, what to do.

A value of a marked column is never there, only its shape; the last net under the marks is on all
other values too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from helpers.checking.findings import Finding, told
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot, Table
from helpers.screening.marks import Screening
from helpers.words import escaping

MAX_LINES = 10_000


@dataclass(frozen=True)
class RowToFix:
    """One cell (or, without a column, one row) that a rule names. ``key`` and ``value`` are fit to
    be shown."""

    row: int  # of the source, as a spreadsheet numbers it
    key: str
    column: str
    value: str
    severity: str
    rule: str
    message: dict[str, str]  # why the rule is there: sv, en
    fix: dict[str, str]
    table: str = ""  # where it is not the main one

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def key_columns(
    fields: dict[str, str], roles: dict[str, str | None], profile: dict[str, Any]
) -> list[str]:
    """What the owner knows a row by: the specification's key field and the name beside it, else
    columns unique in the file.

    ``fields`` maps the specification's fields to columns, ``roles`` to their roles.
    """
    declared = [column for name, column in fields.items() if roles.get(name) == "key"]
    if declared:
        named = [fields[one] for one in ("name", "stop_name") if one in fields]
        return declared[:1] + named[:1]
    found = profile["tables"][0]["keys"]
    return list(found[0]) if found else []


def rows_to_fix(
    snapshot: Snapshot,
    screening: Screening,
    findings: Iterable[Finding],
    keys: list[str],
    *,
    raw: bool = False,
) -> list[RowToFix]:
    """At most 10,000 lines, the gravest first, then by row; a fault on a row stands once, by the
    rule that names its cause.

    ``raw``: values as they stand, for the owner alone; never for a report, never kept.
    """
    faults = [
        one for one in told(findings) if one.cause.rows and (one.also or not one.cause.special)
    ]
    failed = [
        replace(one.cause, severity=one.severity) for one in faults if one.cause.outcome == "failed"
    ]
    cells: dict[str, dict[int, dict[str, str]]] = {}
    spots: dict[str, list[str]] = {}
    for table in snapshot.tables:
        own = [one for one in failed if (one.table or snapshot.main.name) == table.name]
        spots[table.name] = table.geometry.columns if table.geometry else []
        cells[table.name] = (
            _cells(snapshot, table, own, [*keys, *spots[table.name]], screening, raw=raw)
            if own
            else {}
        )
    lines = []
    for one in failed:
        name = one.table or snapshot.main.name
        for row in one.rows:
            shown = cells[name].get(row, {})
            key = ", ".join(shown[column] for column in keys if shown.get(column))
            columns = (
                [one.column] if one.column else spots[name] if one.dimension == "geography" else []
            )
            value = ", ".join(shown.get(column, "") for column in columns)
            where = name if name != snapshot.main.name else ""
            lines.append(
                RowToFix(
                    row,
                    key,
                    ", ".join(columns),
                    value,
                    one.severity,
                    one.id,
                    one.because,
                    one.fix,
                    where,
                )
            )
            if len(lines) == MAX_LINES:
                return lines
    return lines


def _cells(
    snapshot: Snapshot,
    table: Table,
    failed: list[Finding],
    columns: list[str],
    screening: Screening,
    *,
    raw: bool,
) -> dict[int, dict[str, str]]:
    """Row -> column -> what may be shown of the cell, for the rows that ``failed`` names in this
    table."""
    marked = screening.marked(table.name)
    named = {*columns, *(one.column for one in failed if one.column)}
    wanted = [one for one in table.columns if one.name in named]
    rows = sorted({row for one in failed for row in one.rows})[: 4 * MAX_LINES]
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        found = connection.execute(
            f"select {', '.join(['source_row', *(one.text for one in wanted)])} from"
            f" {databases.quoted(snapshot.parquet(table))} where source_row in (select unnest(?))",
            [rows],
        )
        return {
            int(row): {
                column.name: (
                    (text or "") if raw else escaping.shown(text, marked=column.name in marked)
                )
                for column, text in zip(wanted, texts, strict=True)
            }
            for row, *texts in found.fetchall()
        }
