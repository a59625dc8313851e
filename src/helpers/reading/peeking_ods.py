"""What the XML of an ODS says of its sheets before they are opened: how much they repeat, what is
hidden, lost, merged, and how numbers are shown."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from helpers.reading import bounds, number_formats, records
from helpers.reading.peeked import Peek
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

MAX_CONTENT = 120 << 20  # bytes of an ODS' XML, which is held in memory
MAX_CELLS = 5_000_000  # 65 bytes each, of which there are two copies
MAX_ROW = 1 << 20
PART = re.compile(
    rb"<table:table (?P<table>[^>]*)>"
    rb"|<table:table-column(?P<column>[^>]*)/?>"
    rb"|<table:table-row(?P<row>[^>]*?)(?:/>|>(?P<cells>.*?)</table:table-row>)",
    re.S,
)
CELL = re.compile(
    rb"<table:(?P<covered>covered-)?table-cell(?P<of>[^>]*?)"
    rb"(?:/>|>(?P<inside>.*?)</table:(?:covered-)?table-cell>)",
    re.S,
)
TABLE = re.compile(rb"<table:table ")
NAME = re.compile(rb'table:name="([^"]*)"')
TEXT = re.compile(rb"<text:(?:p|span)[^>]*>([^<]*)")
REPEATED = re.compile(rb'number-(?:columns|rows)-repeated="(\d{1,9})"')
WIDE = re.compile(rb'number-columns-spanned="(\d{1,7})"')
HIGH = re.compile(rb'number-rows-spanned="(\d{1,7})"')
UNSEEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
ERROR = re.compile(rb"\A\s*(?:#[A-Z\xc3\x80-\xbf/0-9]{2,12}[!?]?|(?:Err|Fel):\d{3})\s*\Z")
GROUPED = re.compile(r"[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+")
NUMBER = re.compile(rb'office:value="(\d{1,15}(?:\.0*)?)"')


def _times(attributes: bytes) -> int:
    again = REPEATED.search(attributes)
    return int(again[1]) if again else 1


@dataclass
class _Walk:
    """Where the walk through the sheets stands, and what they hold in all."""

    file: SourceText
    sheets: dict[str, Peek] = field(default_factory=dict)
    sheet: Peek = field(default_factory=Peek)
    row: int = 1
    column: int = 1
    unseen: list[tuple[int, int]] = field(default_factory=list)
    cells: int = 0
    texts: int = 0

    def table(self, attributes: bytes) -> None:
        """A sheet begins."""
        self.finish()
        name = NAME.search(attributes)
        self.sheet, self.row, self.column, self.unseen = Peek(), 1, 1, []
        self.sheets[html.unescape(name[1].decode("utf-8", "replace")) if name else ""] = self.sheet

    def finish(self) -> None:
        """Of hidden rows only those count that stand above the last filled one."""
        self.sheet.hidden_rows = [
            row
            for first, last in self.unseen
            for row in range(first, min(last, self.sheet.rows) + 1)
        ]

    def columns(self, attributes: bytes) -> None:
        """Columns that are declared, some of them hidden."""
        last = self.column + _times(attributes) - 1
        if UNSEEN.search(attributes):
            self.sheet.hidden_columns.append((self.column, last))
        self.column = last + 1

    def rows(self, attributes: bytes, inside: bytes) -> None:
        """Rows that are alike. Raises ``InputRefused`` for more cells than are held in memory."""
        times = _times(attributes)
        if UNSEEN.search(attributes):
            self.unseen.append((self.row, self.row + times - 1))
        column = 0
        for cell in CELL.finditer(inside):
            wide = _times(cell["of"])
            if b"office:" in cell["of"]:
                self.cells += wide * times
                parts = TEXT.findall(cell["inside"] or b"")
                self.texts += wide * times * sum(map(len, parts))
                records.require_max_cells(self.cells, self.file, MAX_CELLS)
                bounds.text(self.texts, self.file, bounds.MAX_HELD)
                self.sheet.reaches(self.row + times - 1, column + wide)
                for at in range(column, column + wide):
                    self._value(cell["of"], b"".join(parts), at, times)
            if not cell["covered"]:
                self._merged(cell["of"], column)
            column += wide
        self.row += times

    def _merged(self, attributes: bytes, column: int) -> None:
        wide, high = WIDE.search(attributes), HIGH.search(attributes)
        last = self.row - 2 + int(high[1] if high else 1), column - 1 + int(wide[1] if wide else 1)
        if last != (self.row - 1, column):
            self.sheet.merged.append(((self.row - 1, column), last))

    def _value(self, attributes: bytes, shown: bytes, column: int, times: int) -> None:
        rows = range(self.row, self.row + times)
        number = NUMBER.search(attributes)
        if b'calcext:value-type="error"' in attributes or (
            b"table:formula=" in attributes and ERROR.match(shown)
        ):
            self.sheet.errors += rows
        elif b"table:formula=" in attributes and b"office:value-type=" not in attributes:
            self.sheet.uncomputed += rows
        elif b'office:value-type="percentage"' in attributes:
            self.sheet.note(self.row, column, number_formats.PERCENT, times)
        elif b'office:value-type="time"' in attributes:
            self.sheet.note(self.row, column, number_formats.DURATION, times)
        elif number and (mask := _mask(shown.decode("utf-8", "replace"), float(number[1]))):
            self.sheet.note(self.row, column, mask, times)


def _mask(shown: str, value: float) -> str:
    """The number format that shows the number so, '' where it is shown as numbers are."""
    mask = re.sub(r"\d", "0", shown)
    if GROUPED.fullmatch(shown) or not number_formats.meaning(mask):
        return ""
    plain = shown == str(int(value))
    return mask if not plain and shown == number_formats.masked(value, mask) else ""


def _complete(content: bytes, file: SourceText) -> None:
    """``InputRefused`` for XML that is not well formed: the library that reads the cells waits for
    ever for the end of a sheet that has none."""
    try:
        expat.ParserCreate().Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise InputRefused("reading.broken_workbook", {"file": file}) from None


def peek(archive: zipfile.ZipFile, file: SourceText) -> dict[str, Peek]:
    """Sheet name -> what its XML says. ``InputRefused`` for sheets that repeat filled cells, or
    their texts, beyond what is held in memory, and for XML that does not end."""
    size = archive.getinfo("content.xml").file_size
    if size > MAX_CONTENT:
        raise InputRefused("reading.too_large", {"file": file, "megabytes": MAX_CONTENT >> 20})
    content = archive.read("content.xml")
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
        raise InputRefused("reading.entities", {"file": file})
    _complete(content, file)
    bounds.tables(len(TABLE.findall(content)), file)
    walk = _Walk(file)
    for part in PART.finditer(content):
        if part["table"] is not None:
            walk.table(part["table"])
        elif part["column"] is not None:
            walk.columns(part["column"])
        else:
            walk.rows(part["row"], part["cells"] or b"")
    walk.finish()
    return walk.sheets
