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
        named = [fields[name] for name in ("name", "stop_name") if name in fields]
        return declared[:1] + named[:1]
    keys = profile["tables"][0]["keys"]
    return list(keys[0]) if keys else []


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
    failed = _causes(findings)
    spots = {
        table.name: table.geometry.columns if table.geometry else [] for table in snapshot.tables
    }
    cells: dict[str, dict[int, dict[str, str]]] = {}
    for table in snapshot.tables:
        named = [
            finding for finding in failed if (finding.table or snapshot.main.name) == table.name
        ]
        columns = [*keys, *spots[table.name]]
        cells[table.name] = (
            _cells(snapshot, table, named, columns, screening, raw=raw) if named else {}
        )
    lines: list[RowToFix] = []
    for finding in failed:
        name = finding.table or snapshot.main.name
        where = name if name != snapshot.main.name else ""
        columns = [finding.column] if finding.column else []
        if not columns and finding.dimension == "geography":
            columns = spots[name]
        for row in finding.rows:
            lines.append(_line(finding, row, cells[name].get(row, {}), keys, columns, where))
            if len(lines) == MAX_LINES:
                return lines
    return lines


def _causes(findings: Iterable[Finding]) -> list[Finding]:
    """The failed findings that name the cause of a fault and its rows, each as severe as the
    fault."""
    faults = [
        fault
        for fault in told(findings)
        if fault.cause.rows and (fault.also or not fault.cause.special)
    ]
    return [
        replace(fault.cause, severity=fault.severity)
        for fault in faults
        if fault.cause.outcome == "failed"
    ]


def _line(
    finding: Finding,
    row: int,
    shown: dict[str, str],
    keys: list[str],
    columns: list[str],
    table: str,
) -> RowToFix:
    """One row that a finding names; ``shown`` is what may be shown of its cells, by column."""
    return RowToFix(
        row,
        ", ".join(shown[column] for column in keys if shown.get(column)),
        ", ".join(columns),
        ", ".join(shown.get(column, "") for column in columns),
        finding.severity,
        finding.id,
        finding.because,
        finding.fix,
        table,
    )


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
    named = {*columns, *(finding.column for finding in failed if finding.column)}
    wanted = [column for column in table.columns if column.name in named]
    rows = sorted({row for finding in failed for row in finding.rows})[: 4 * MAX_LINES]
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        selected = connection.execute(
            f"select {', '.join(['source_row', *(column.text for column in wanted)])}"
            f" from {databases.quoted(snapshot.parquet(table))}"
            " where source_row in (select unnest(?))",
            [rows],
        )
        return {
            int(row): {
                column.name: (
                    (text or "") if raw else escaping.shown(text, marked=column.name in marked)
                )
                for column, text in zip(wanted, texts, strict=True)
            }
            for row, *texts in selected.fetchall()
        }
