"""XLSX, XLS and ODS: every sheet a table, the largest (or the declared one) the main one. Values only; macros never run."""

from __future__ import annotations

import html
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from helpers.errors import InputRefused
from helpers.reading import archives, blocks, bounds, layout, records, remarks
from helpers.reading.records import headers, text
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair, Table
from helpers.reading.source import Read, Source

MAX_UNPACKED = 600 << 20  # bytes of a workbook's XML, which is streamed
MAX_CONTENT = 120 << 20  # bytes of an ODS' XML, which is held in memory
MAX_CELLS = {
    "xlsx": 10_000_000,
    "ods": 5_000_000,
    "xls": 5_000_000,
}  # 65 bytes each; of the latter two there are two copies
CHUNK = 1 << 22
CELL = re.compile(
    rb'<(?:x:)?c r="([A-Z]{1,3})(\d{1,7})"([^>/]*)>(<(?:x:)?f[^>]*?(?:/>|>[^<]*</(?:x:)?f>))?(<(?:x:)?v ?/>|<(?:x:)?v></|</(?:x:)?c>)?'
)
HIDDEN_COLUMNS = re.compile(
    rb'<(?:x:)?col (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")[^>]*>'
)
HIDDEN_ROW = re.compile(rb'<(?:x:)?row (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\br="(\d+)")[^>]*>')
ODS_ROW = re.compile(rb"<table:table-row([^>]*[^/>]|)>(.*?)</table:table-row>", re.S)
ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.S)
ODS_TABLE = re.compile(rb"<table:table ")
SHARED = re.compile(rb't="s"[^<]*>(?:<(?:x:)?f[^>]*?(?:/>|>[^<]*</(?:x:)?f>))?<(?:x:)?v>(\d{1,9})<')
SHARED_END = re.compile(rb"</(?:\w+:)?si>")
TEXT = re.compile(rb"<text:(?:p|span)[^>]*>([^<]*)")
REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d+)"')


@dataclass
class Peek:
    """What a sheet's XML says before it is opened: its last cell, and cells whose value is lost."""

    rows: int = 0
    columns: int = 0
    errors: list[int] = field(default_factory=list)  # rows of #N/A, #REF! and the like
    uncomputed: list[int] = field(default_factory=list)  # rows of formulas without a stored value
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)  # first and last of each run, from 1
    text: int = 0  # bytes of the texts that its cells share with others

    def repairs(self, names: list[str], header_row: int) -> list[Repair]:
        hidden = [row for row in self.hidden_rows if header_row < row <= self.rows]
        listed = (("excel_errors", self.errors), ("formulas_without_value", self.uncomputed), ("hidden_rows", hidden))
        found = [Repair(code, len(rows), sorted(set(rows))[:MAX_ROWS_LISTED]) for code, rows in listed if rows]
        unseen = [name for at, name in enumerate(names, 1) if any(a <= at <= b for a, b in self.hidden_columns)]
        return found + ([Repair("hidden_columns", len(unseen), [], ", ".join(unseen))] if unseen else [])


def _number(letters: bytes) -> int:
    """A column's letters as its number: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _shared(archive: zipfile.ZipFile) -> NDArray[np.int64]:
    """How many bytes each text takes that cells share, in their order."""
    part = next((name for name in archive.namelist() if name.endswith("sharedStrings.xml")), None)
    sizes: list[int] = []
    held = b""
    if part:
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                *whole, held = SHARED_END.split(held + chunk)
                sizes += map(len, whole)
    return np.array(sizes, np.int64)


def _peek_sheet(archive: zipfile.ZipFile, part: str, shared: NDArray[np.int64]) -> Peek:
    found, held = Peek(), b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            data = held + chunk
            cut = data.rfind(b"<c ") if len(chunk) == CHUNK else len(data)
            cut = cut if cut > 0 and len(data) - cut < CHUNK else len(data)
            found.hidden_columns += [(int(run[1]), int(run[2])) for run in HIDDEN_COLUMNS.finditer(data, 0, cut)]
            found.hidden_rows += [int(row[1]) for row in HIDDEN_ROW.finditer(data, 0, cut)]
            for cell in CELL.finditer(data, 0, cut):
                row = int(cell[2])
                found.rows, found.columns = max(found.rows, row), max(found.columns, _number(cell[1]))
                if b't="e"' in cell[3]:
                    found.errors.append(row)
                elif cell[4] and cell[5]:
                    found.uncomputed.append(row)
            if len(shared):
                used = np.array(SHARED.findall(data, 0, cut), np.int64)
                found.text += int(shared[used[used < len(shared)]].sum())
            held = data[cut:]
    return found


def _peek_xlsx(archive: zipfile.ZipFile, file: str) -> dict[str, Peek]:
    """Sheet name -> what its XML says."""
    names = set(archive.namelist())
    root = next(name for name in names if name.endswith("workbook.xml"))
    folder = root.rsplit("/", 1)[0] if "/" in root else ""
    links = f"{folder}/_rels/workbook.xml.rels".lstrip("/")
    targets: dict[str, str] = {}
    if links in names:
        for tag in re.findall(rb"<[\w:]*Relationship [^>]*>", archive.read(links)):
            of = {key.decode(): html.unescape(value.decode("utf-8", "replace"))
                  for key, value in re.findall(rb'(\w+)="([^"]*)"', tag)}  # fmt: skip
            target = of.get("Target", "")
            targets[of.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            )
    found, seen, shared = {}, dict[str, Peek](), _shared(archive)
    sheets = re.findall(rb"<[\w:]*sheet [^>]*>", archive.read(root))
    bounds.tables(len(sheets), file)
    for tag in sheets:
        of = {key.decode(): html.unescape(value.decode("utf-8", "replace"))
              for key, value in re.findall(rb'([\w:]+)="([^"]*)"', tag)}  # fmt: skip
        part = targets.get(of.get("r:id", ""), "")
        if part in names:
            seen[part] = seen.get(part) or _peek_sheet(archive, part, shared)
            found[of.get("name", "")] = seen[part]
            bounds.text(sum(one.text for one in found.values()), file, bounds.MAX_HELD)
    return found


def _peek_ods(archive: zipfile.ZipFile, name: str) -> None:
    """Refuses a sheet that repeats filled cells, or their texts, beyond what is held in memory."""
    size = archive.getinfo("content.xml").file_size
    if size > MAX_CONTENT:
        raise InputRefused("reading.too_large", {"file": name, "megabytes": MAX_CONTENT >> 20})
    content = archive.read("content.xml")
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise InputRefused("reading.entities", {"file": name})
    bounds.tables(len(ODS_TABLE.findall(content)), name)
    cells = texts = 0
    for row in ODS_ROW.finditer(content):
        times = int(again[1]) if (again := REPEATED.search(row[1])) else 1
        for cell in ODS_CELL.finditer(row[2]):
            if b"office:" in cell[1]:
                wide = times * (int(again[1]) if (again := REPEATED.search(cell[1])) else 1)
                cells += wide
                texts += wide * sum(len(part[1]) for part in TEXT.finditer(cell[2] or b""))
        records.few(cells, name, MAX_CELLS["ods"])
        bounds.text(texts, name, bounds.MAX_HELD)


def _peek(source: Source, format: str) -> dict[str, Peek]:
    if format == "xls":
        return {}
    with archives.opened(source.path, source.name) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise InputRefused("reading.too_large", {"file": source.name, "megabytes": MAX_UNPACKED >> 20})
        if format == "ods":
            _peek_ods(archive, source.name)
            return {}
        found = _peek_xlsx(archive, source.name)
    most = min(records.MAX_MEMORY_CELLS, MAX_CELLS["xlsx"])
    for name, sheet in found.items():
        if sheet.rows * sheet.columns > most:
            raise InputRefused("reading.sheet_too_large", {
                "file": source.name, "sheet": name, "row": sheet.rows, "column": sheet.columns,
                "most": most})  # fmt: skip
    return found


class _Cells:
    """The sheet's rows from row 1 and column A on, empty cells None; counts cells of digits that Excel keeps as text."""

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
        """Columns where some numbers are numbers and some are texts: there a leading zero is lost in part of them."""
        found = []
        for at, listed in sorted(self.digits.items()):
            rows = [row for row in listed if row > header_row]
            if rows and self.numbers[at] and at < len(names):
                found.append(Repair("numbers_as_text", self.texts[at] - len(listed) + len(rows), rows, names[at]))
        return found


def _sheet(
    source: Source, sheets: dict[str, Any], name: str, target: str, peek: Peek | None, header_row: int | None
) -> Read:
    """One sheet's table. Its cells are released once they are written: what comes after needs their room."""
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
        heading.repairs() + ([] if at else [Repair("no_header", 1)]) + repairs + cells.repairs(names, heading.last + 1)
    )
    result = Read("xlsx")
    cut = blocks.cut(source.connection, relation, names, at)
    if cut is not None:
        relation, names, at = cut.relation, cut.names, cut.header_row
        told += cut.repairs
        result.reject(cut.rejected, cut.rejected_total)
    written = source.write(relation, names, table=name, target=target, header_row=at)
    result.add(written.table, told + (peek.repairs(own, heading.last + 1) if peek else []) + written.repairs)
    result.keep_outside(name, enumerate(heading.outside, 1))
    result.keep_outside(name, written.outside)
    if cut is not None:
        result.keep_outside(name, cut.outside)
    result.decimal = written.decimal
    return result


def read(source: Source, format: str) -> Read:
    """All sheets. ``InputRefused`` for what cannot be opened, for a declared sheet that is not there, for too large ones."""
    import python_calamine

    records.small(source.path, source.name)
    peeks = _peek(source, format)
    said = []
    if format == "xlsx":
        with archives.opened(source.path, source.name) as archive:
            said = remarks.find(archive)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(source.path))
        bounds.tables(len(book.sheet_names), source.name)
        hidden = {one.name for one in book.sheets_metadata if one.visible != python_calamine.SheetVisibleEnum.Visible}
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
    except python_calamine.PasswordError:
        raise InputRefused("reading.encrypted", {"file": source.name}) from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise InputRefused("reading.broken_workbook", {"file": source.name}) from None
    del book
    result = _all(source, format, sheets, peeks, hidden)
    if said:
        result.repairs.append(Repair("remarks", len(said), sorted({row for row, _ in said})[:MAX_ROWS_LISTED]))
        result.keep_outside(result.tables[0].name, said)
    return result


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _all(source: Source, format: str, sheets: dict[str, Any], peeks: dict[str, Peek], hidden: set[str]) -> Read:
    filled = {name: sheet for name, sheet in sheets.items() if sheet.end is not None}
    sheets.clear()
    declared = source.hints.get("sheet")
    if declared and declared not in filled:
        raise InputRefused("reading.no_sheet", {"file": source.name, "sheet": declared, "known": ", ".join(filled)})
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
        header_row = bounds.header_row(source.hints.get("header_row"), source.name) if name == main else None
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
        result.repairs.append(Repair("sheets_alike", len(alike), [], ", ".join(one.name for one in alike)))
    result.repairs += [Repair("hidden_sheet", 1, [], name) for name in names if name in hidden]
    return result
