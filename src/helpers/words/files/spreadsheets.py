"""Tables for spreadsheets hold texts and numbers only: nothing written here runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO, Any

from helpers.words import escaping


def write_csv(stream: IO[str], rows: Iterable[Iterable[Any]]) -> None:
    """Rows with ``;`` between cells, all quoted: a program that takes commas for separators too
    keeps a cell whole. ``stream``: opened with ``newline=""``."""
    out = csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL)
    for row in rows:
        out.writerow([escaping.csv_cell(cell) for cell in row])


def write_records(stream: IO[str], rows: Iterable[Iterable[Any]]) -> None:
    """Rows for programs as they stand, by RFC 4180: commas between cells, quotes only where they
    are needed, CR and LF after each. What a spreadsheet would run stays, and is told
    (docs/decisions/0017). ``stream``: opened with ``newline=""``."""
    csv.writer(stream, lineterminator="\r\n").writerows(rows)


def put(cell: Any, value: Any) -> None:
    """``value`` in a cell of openpyxl; a text stays one, when somebody edits the cell too."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", escaping.is_run(value)


def add(sheet: Any, values: Iterable[Any]) -> None:
    """One more row of a sheet that openpyxl only writes, each value as ``put`` puts it."""
    from openpyxl.cell import WriteOnlyCell  # 0.3 s

    cells = []
    for value in values:
        cell = WriteOnlyCell(sheet)
        put(cell, value)
        cells.append(cell)
    sheet.append(cells)
