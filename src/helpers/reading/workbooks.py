"""XLSX, XLS and ODS: every sheet a table, the largest (or the declared one) the main one. Values
only; macros never run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from helpers.reading import archives, blocks, bounds, layout, records, remarks
from helpers.reading.peeking import MAX_CELLS, Peek, peek
from helpers.reading.records import headers, text
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair, Table
from helpers.reading.source import Read, Source
from helpers.words.errors import InputRefused


class _Cells:
    """The sheet's rows from row 1 and column A on, empty cells None; counts cells of digits that
    Excel keeps as text."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.numbers: Counter[int] = Counter()
        self.texts: Counter[int] = Counter()
        self.digits: dict[int, list[int]] = defaultdict(list)  # their rows, the first 1,000

    def __iter__(self) -> Iterator[list[str | None]]:
        start = self.sheet.start
        left = start[1] if start else 0
        for number, row in enumerate(self.sheet.iter_rows(), 1):
            for at, cell in enumerate(row, left):
                if isinstance(cell, float):
                    self.numbers[at] += 1
                elif isinstance(cell, str) and cell.isdecimal():
                    self.texts[at] += 1
                    if len(self.digits[at]) < MAX_ROWS_LISTED:
                        self.digits[at].append(number)
            yield [*[None] * left, *(None if cell == "" else text(cell) for cell in row)]

    def repairs(self, names: list[str], header_row: int) -> list[Repair]:
        """Columns where some numbers are numbers and some are texts: there a leading zero is lost
        in part of them."""
        found = []
        for at, listed in sorted(self.digits.items()):
            rows = [row for row in listed if row > header_row]
            if rows and self.numbers[at] and at < len(names):
                found.append(
                    Repair(
                        "numbers_as_text", self.texts[at] - len(listed) + len(rows), rows, names[at]
                    )
                )
        return found


def _sheet(
    source: Source,
    sheets: dict[str, Any],
    name: str,
    target: str,
    peeked: Peek | None,
    header_row: int | None,
) -> Read:
    """One sheet's table. Its cells are released once they are written: what comes after needs their
    room."""
    width = sheets[name].end[1] + 1
    bounds.narrow(width, name)
    cells = _Cells(sheets.pop(name))
    rows = iter(cells)
    first = list(islice(rows, layout.SAMPLE))
    plain = [[cell or "" for cell in row] for row in first]
    heading = layout.sheet_heading(plain, header_row)
    names, repairs = headers(heading.cells, width)
    own = names
    data = enumerate(chain(first[heading.last + 1 :], rows), heading.last + 2)
    relation = records.relation(source.folder, data, width, target)
    del cells.sheet
    at = heading.last + 1 or None
    told = (
        heading.repairs()
        + ([] if at else [Repair("no_header", 1)])
        + repairs
        + cells.repairs(names, heading.last + 1)
    )
    result = Read("xlsx")
    cut = blocks.cut(source.connection, relation, names, at)
    if cut is not None:
        relation, names, at = cut.relation, cut.names, cut.header_row
        told += cut.repairs
        result.reject(cut.rejected, cut.rejected_total)
    written = source.write(relation, names, table=name, target=target, header_row=at)
    result.add(
        written.table,
        told + (peeked.repairs(own, heading.last + 1) if peeked else []) + written.repairs,
    )
    result.keep_outside(name, enumerate(heading.outside, 1))
    result.keep_outside(name, written.outside)
    if cut is not None:
        result.keep_outside(name, cut.outside)
    result.decimal = written.decimal
    return result


@contextmanager
def _opening(name: str) -> Iterator[None]:
    """What the library says of a file that it cannot open, as a refusal."""
    import python_calamine

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
    import python_calamine

    records.small(source.path, source.name)
    peeks = peek(source, format)
    said = []
    if format == "xlsx":
        with archives.opened(source.path, source.name) as archive:
            said = remarks.find(archive)
    with _opening(source.name):
        book = python_calamine.CalamineWorkbook.from_path(str(source.path))
        bounds.tables(len(book.sheet_names), source.name)
        hidden = {
            one.name
            for one in book.sheets_metadata
            if one.visible != python_calamine.SheetVisibleEnum.Visible
        }
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    del book
    result = _all(source, format, sheets, peeks, hidden)
    if said:
        result.repairs.append(
            Repair("remarks", len(said), sorted({row for row, _ in said})[:MAX_ROWS_LISTED])
        )
        result.keep_outside(result.tables[0].name, said)
    return result


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _all(
    source: Source, format: str, sheets: dict[str, Any], peeks: dict[str, Peek], hidden: set[str]
) -> Read:
    filled = {name: sheet for name, sheet in sheets.items() if sheet.end is not None}
    sheets.clear()
    declared = source.hints.get("sheet")
    if declared and declared not in filled:
        raise InputRefused(
            "reading.no_sheet", {"file": source.name, "sheet": declared, "known": ", ".join(filled)}
        )
    if not filled:
        raise InputRefused("reading.empty", {"file": source.name})

    def area(name: str) -> int:
        end, start = filled[name].end, filled[name].start
        return int((end[0] - start[0] + 1) * (end[1] - start[1] + 1))

    areas = {name: area(name) for name in filled}
    records.few(sum(areas.values()), source.name, MAX_CELLS[format])
    main = declared or max(filled, key=lambda name: areas[name])
    result, names = Read(format), list(filled)
    for number, name in enumerate([main, *(name for name in names if name != main)]):
        target = "table" if name == main else f"sheet_{number}"
        header_row = source.hints.get("header_row") if name == main else None
        try:
            one = _sheet(source, filled, name, target, peeks.get(name), header_row)
        except InputRefused:
            if name == main:
                raise
            result.repairs.append(Repair("sheet_not_read", 1, [], name))
            continue
        result.add(one.tables[0], one.repairs, beside=name != main)
        for rows in one.outside.values():
            result.keep_outside(name, rows)
        if name == main:
            result.decimal = one.decimal
            result.reject(one.rejected, one.rejected_total)
    if len(names) > 1:
        result.repairs.append(Repair("sheets", len(names) - 1))
    alike = [one for one in result.tables[1:] if _names(one) == _names(result.tables[0])]
    if alike:
        result.repairs.append(
            Repair("sheets_alike", len(alike), [], ", ".join(one.name for one in alike))
        )
    result.repairs += [Repair("hidden_sheet", 1, [], name) for name in names if name in hidden]
    return result
