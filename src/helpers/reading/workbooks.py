"""XLSX, XLS and ODS: every sheet a table, the largest (or the declared one) the main one. Values
only; macros never run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from helpers.reading import archives, beside, blocks, bounds, dialects, layout, peeking_xls, records
from helpers.reading.around import biff, ooxml, opendocument
from helpers.reading.peeked import Peek
from helpers.reading.peeking import MAX_CELLS, peek, sheet_parts
from helpers.reading.records import headers
from helpers.reading.sheet_cells import Cells
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair, Table
from helpers.reading.source import Read, Source
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText


def _held(
    source: Source,
    sheets: dict[str, Any],
    name: str,
    target: str,
    peeked: Peek,
    header_row: int | None,
) -> tuple[str, Cells, layout.Heading, int]:
    """One sheet's rows below its header as a relation, what its cells told, its header and width.

    The cells are released: what comes after needs their room.
    """
    width = sheets[name].end[1] + 1
    bounds.require_max_columns(width, name)
    cells = Cells(sheets.pop(name), peeked)
    first = cells.take(dialects.SAMPLE)
    plain = [[cell or "" for cell in row] for row in first]
    heading = layout.sheet_heading(plain, header_row)
    cells.below(first, heading.last + 1)
    below = cells.pieces(first[heading.last + 1 :], width)
    relation = records.relation_of(source.folder, below, width, target, first=heading.last + 2)
    del cells.ahead
    return relation, cells, heading, width


def _sheet(
    source: Source,
    sheets: dict[str, Any],
    name: str,
    target: str,
    peeked: Peek,
    header_row: int | None,
) -> Read:
    """One sheet's table."""
    relation, cells, heading, width = _held(source, sheets, name, target, peeked, header_row)
    names_row = heading.last + 1 or None
    no_header = [] if names_row else [Repair("no_header", 1)]
    taken = beside.take(
        source.connection, relation, heading.cells, width, names_row, source.aside(name)
    )
    relation, names = taken.relation, taken.names
    told = heading.repairs() + no_header + taken.repairs
    told += cells.repairs(dict(zip(taken.columns, names, strict=True)), heading.last + 1)
    told += peeked.repairs(headers(heading.cells, width)[0], heading.last + 1)
    cut = None
    if cells.parted or len(names) < width:  # of some of the columns a row may be empty too
        cut = blocks.cut(source.connection, relation, names, names_row, source.aside(name))
    if cut is not None:
        relation, names, names_row = cut.relation, cut.names, cut.header_row
        told += cut.repairs
    whole = cut is None and len(names) == width  # as it lies in the raw Parquet
    written = source.write(
        relation,
        names,
        table=name,
        target=target,
        header_row=names_row,
        damaged=cells.damaged,
        plain=records.batches_of(source.folder, target) if whole else None,
    )
    result = Read("xlsx", decimal=written.decimal)
    result.add(written.table, told + written.repairs)
    source.surroundings.add_rows(name, enumerate(heading.outside, 1))
    source.surroundings.add_rows(name, written.outside)
    if cut is not None:
        result.reject(cut.rejected, cut.rejected_total)
    return result


@contextmanager
def _opening(name: SourceText) -> Iterator[None]:
    """What the library says of a file that it cannot open, as a refusal."""
    import python_calamine  # only for workbooks

    try:
        yield
    except python_calamine.PasswordError:
        raise InputRefused("reading.encrypted", {"file": name}) from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise InputRefused("reading.broken_workbook", {"file": name}) from None
    except BaseException as error:
        # a panic of Rust's: no Exception, and of a class that cannot be imported
        if type(error).__name__ != "PanicException":
            raise
        raise InputRefused("reading.broken_workbook", {"file": name}) from None


def read(source: Source, format: str) -> Read:
    """All sheets. ``InputRefused`` for what cannot be opened, for a declared sheet that is not
    there, for too large ones."""
    import python_calamine  # only for workbooks

    records.require_max_bytes(source.path, source.name)
    peeks = peek(source, format)
    by_number = peeking_xls.peek(source.path, source.name) if format == "xls" else {}
    with _opening(source.name):
        book = python_calamine.CalamineWorkbook.from_path(str(source.path))
        bounds.tables(len(book.sheet_names), source.name)
        hidden = {
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible
        }
        names = list(book.sheet_names)
        sheets = {name: book.get_sheet_by_name(name) for name in names}
    del book
    peeks |= {name: by_number[number] for number, name in enumerate(names) if number in by_number}
    result = _all(source, format, sheets, peeks, hidden)
    _surroundings(source, format, names, result, peeks)
    return result


def _surroundings(
    source: Source, format: str, names: list[str], result: Read, peeks: dict[str, Peek]
) -> None:
    """Hands over all that is in the workbook beside the cells of ``result``'s tables."""
    tables = {table.name for table in result.tables}
    if format == "xls":
        biff.hand_over(source, names, tables)
        return
    with archives.opened(source.path, source.name) as archive:
        if format == "ods":
            whole = not any(repair.code == "sheet_not_read" for repair in result.repairs)
            opendocument.hand_over(source, archive, tables, whole=whole)
            return
        parts = sheet_parts(archive)
        twice = {
            name
            for name, peeked in peeks.items()
            if peeked.disordered and ooxml.repeats(archive, parts[name])
        }
        rests = {parts[name]: peeked.rest for name, peeked in peeks.items() if peeked.rest}
        remarks = ooxml.hand_over(source, archive, parts, tables - twice, rests)
    if remarks.count:
        rows = sorted(remarks.rows)[:MAX_ROWS_LISTED]
        result.repairs.append(Repair("remarks", remarks.count, rows))


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _of_sheets(tables: list[Table], count: int) -> list[Repair]:
    """What is told of several sheets, and of those with the columns of the main one."""
    repairs = [Repair("sheets", count - 1)] if count > 1 else []
    alike = [table.name for table in tables[1:] if _names(table) == _names(tables[0])]
    if alike:
        repairs.append(Repair("sheets_alike", len(alike), [], ", ".join(alike)))
    return repairs


def _all(
    source: Source, format: str, sheets: dict[str, Any], peeks: dict[str, Peek], hidden: set[str]
) -> Read:
    filled = {name: sheet for name, sheet in sheets.items() if sheet.end is not None}
    sheets.clear()
    declared = source.hints.get("sheet")
    if declared and declared not in filled:
        raise InputRefused(
            "reading.no_sheet",
            {
                "file": source.name,
                "sheet": declared,
                "known": ", ".join(str(SourceText(name)) for name in filled),
            },
        )
    if not filled:
        raise InputRefused("reading.empty", {"file": source.name})

    def area(name: str) -> int:
        end, start = filled[name].end, filled[name].start
        return int((end[0] - start[0] + 1) * (end[1] - start[1] + 1))

    areas = {name: area(name) for name in filled}
    records.require_max_cells(sum(areas.values()), source.name, MAX_CELLS[format])
    main = declared or max(filled, key=lambda name: areas[name])
    result, names = Read(format), list(filled)
    for number, name in enumerate([main, *(name for name in names if name != main)]):
        target = "table" if name == main else f"sheet_{number}"
        header_row = source.hints.get("header_row") if name == main else None
        try:
            part = _sheet(source, filled, name, target, peeks.get(name, Peek()), header_row)
        except InputRefused:
            if name == main:
                raise
            result.repairs.append(Repair("sheet_not_read", 1, [], name))
            continue
        result.add(part.tables[0], part.repairs, beside=name != main)
        if name == main:
            result.decimal = part.decimal
            result.reject(part.rejected, part.rejected_total)
    result.repairs += _of_sheets(result.tables, len(names))
    result.repairs += [Repair("hidden_sheet", 1, [], name) for name in names if name in hidden]
    return result
