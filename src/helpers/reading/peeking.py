"""What a workbook's XML says before the workbook is opened: how far its sheets reach, what is
hidden, lost or shared."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from helpers.reading import archives, bounds, records
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair
from helpers.reading.source import Source
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

MAX_UNPACKED = 600 << 20  # bytes of a workbook's XML, which is streamed
MAX_CONTENT = 120 << 20  # bytes of an ODS' XML, which is held in memory
# 65 bytes each; of the latter two there are two copies
MAX_CELLS = {"xlsx": 10_000_000, "ods": 5_000_000, "xls": 5_000_000}
CHUNK = 1 << 22
FORMULA = rb"<(?:x:)?f[^>]*?(?:/>|>[^<]*</(?:x:)?f>)"
NO_VALUE = rb"<(?:x:)?v ?/>|<(?:x:)?v></|</(?:x:)?c>"
CELL = re.compile(
    rb'<(?:x:)?c r="([A-Z]{1,3})(\d{1,7})"([^>/]*)>(' + FORMULA + rb")?(" + NO_VALUE + rb")?"
)
HIDDEN_COLUMNS = re.compile(
    rb'<(?:x:)?col (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")[^>]*>'
)
HIDDEN_ROW = re.compile(rb'<(?:x:)?row (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\br="(\d+)")[^>]*>')
ODS_ROW = re.compile(rb"<table:table-row([^>]*[^/>]|)>(.*?)</table:table-row>", re.S)
ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.S
)
ODS_TABLE = re.compile(rb"<table:table ")
SHARED = re.compile(rb't="s"[^<]*>(?:' + FORMULA + rb")?<(?:x:)?v>(\d{1,9})<")
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
    # first and last of each run, from 1
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    disordered: bool = False  # a cell stands before one that comes earlier, or twice
    text: int = 0  # bytes of the texts that its cells share with others

    def repairs(self, names: list[str], header_row: int) -> list[Repair]:
        """What is told of the sheet; ``names`` are those of its columns from A on."""
        hidden = [row for row in self.hidden_rows if header_row < row <= self.rows]
        listed = (
            ("excel_errors", self.errors),
            ("formulas_without_value", self.uncomputed),
            ("hidden_rows", hidden),
        )
        repairs = [
            Repair(code, len(rows), sorted(set(rows))[:MAX_ROWS_LISTED])
            for code, rows in listed
            if rows
        ]
        unseen = [
            name
            for position, name in enumerate(names, 1)
            if any(first <= position <= last for first, last in self.hidden_columns)
        ]
        return repairs + (
            [Repair("hidden_columns", len(unseen), [], ", ".join(unseen))] if unseen else []
        )


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
    sheet, held, last = Peek(), b"", (0, 0)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            data = held + chunk
            cut = data.rfind(b"<c ") if len(chunk) == CHUNK else len(data)
            cut = cut if cut > 0 and len(data) - cut < CHUNK else len(data)
            sheet.hidden_columns += [
                (int(run[1]), int(run[2])) for run in HIDDEN_COLUMNS.finditer(data, 0, cut)
            ]
            sheet.hidden_rows += [int(row[1]) for row in HIDDEN_ROW.finditer(data, 0, cut)]
            for cell in CELL.finditer(data, 0, cut):
                row, column = int(cell[2]), _number(cell[1])
                sheet.disordered |= (row, column) <= last
                last = row, column
                sheet.rows = max(sheet.rows, row)
                sheet.columns = max(sheet.columns, column)
                if b't="e"' in cell[3]:
                    sheet.errors.append(row)
                elif cell[4] and cell[5]:
                    sheet.uncomputed.append(row)
            if len(shared):
                used = np.array(SHARED.findall(data, 0, cut), np.int64)
                sheet.text += int(shared[used[used < len(shared)]].sum())
            held = data[cut:]
    return sheet


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): html.unescape(value.decode("utf-8", "replace"))
        for key, value in re.findall(rb'([\w:]+)="([^"]*)"', tag)
    }


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> the part of an XLSX that it stands in; '' where the part is not there."""
    names = {name.casefold(): name for name in archive.namelist()}
    root = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    folder = root.rsplit("/", 1)[0] if "/" in root else ""
    links = f"{folder}/_rels/workbook.xml.rels".lstrip("/")
    targets: dict[str, str] = {}
    if links.casefold() in names:
        for tag in re.findall(
            rb"<[\w:]*Relationship [^>]*>", archive.read(names[links.casefold()])
        ):
            attributes = _attributes(tag)
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = (
                target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
            )
    parts = {}
    for tag in re.findall(rb"<[\w:]*sheet [^>]*>", archive.read(root)):
        attributes = _attributes(tag)
        part = targets.get(attributes.get("r:id", ""), "")
        parts[attributes.get("name", "")] = names.get(part.casefold(), "")
    return parts


def _peek_xlsx(archive: zipfile.ZipFile, file: SourceText) -> dict[str, Peek]:
    """Sheet name -> what its XML says."""
    by_name, seen, shared = {}, dict[str, Peek](), _shared(archive)
    parts = sheet_parts(archive)
    bounds.tables(len(parts), file)
    for name, part in parts.items():
        if part:
            seen[part] = seen.get(part) or _peek_sheet(archive, part, shared)
            by_name[name] = seen[part]
            bounds.text(sum(sheet.text for sheet in by_name.values()), file, bounds.MAX_HELD)
    return by_name


def _peek_ods(archive: zipfile.ZipFile, name: SourceText) -> None:
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


def peek(source: Source, format: str) -> dict[str, Peek]:
    """Sheet name -> what its XML says, of an XLSX; empty for an ODS or an XLS. ``InputRefused`` for
    a workbook beyond bounds."""
    if format == "xls":
        return {}
    with archives.opened(source.path, source.name) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise InputRefused(
                "reading.too_large", {"file": source.name, "megabytes": MAX_UNPACKED >> 20}
            )
        if format == "ods":
            _peek_ods(archive, source.name)
            return {}
        peeks = _peek_xlsx(archive, source.name)
    most = min(records.MAX_MEMORY_CELLS, MAX_CELLS["xlsx"])
    for name, sheet in peeks.items():
        if sheet.rows * sheet.columns > most:
            raise InputRefused(
                "reading.sheet_too_large",
                {
                    "file": source.name,
                    "sheet": name,
                    "row": sheet.rows,
                    "column": sheet.columns,
                    "most": most,
                },
            )
    return peeks
