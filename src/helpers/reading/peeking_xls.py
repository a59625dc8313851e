"""What the records of an XLS say of its sheets before they are read: what is hidden, lost, and how
numbers are shown.

Source: Microsoft, [MS-XLS], Excel Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from helpers.reading import number_formats, records
from helpers.reading.around import biff
from helpers.reading.around.compound import Broken, Compound
from helpers.reading.peeked import Peek
from helpers.words.source_text import SourceText

FORMAT, STYLE, ROW, COLUMNS, ERROR = 0x41E, 0xE0, 0x208, 0x7D, 0x205
RK, ROW_OF_RK, AREA = 0x27E, 0xBD, 0x200
NEWER = 0x600  # the version that a BOF names from Excel 97 on
HIDDEN_ROW, HIDDEN_COLUMN = 0x20, 0x01
IS_ERROR = 2  # of a formula's result that is no number


@dataclass
class _Book:
    """What is known of the workbook where a record stands."""

    sheets: dict[int, Peek] = field(default_factory=dict)
    formats: dict[int, str] = field(default_factory=lambda: dict(number_formats.BUILT_IN))
    styles: list[int] = field(default_factory=list)  # the number format of each cell format
    listed: dict[int, int] = field(default_factory=dict)  # where a sheet begins -> its number
    claimed: int = 0  # cells of the largest area that a sheet says it has
    depth: int = 0
    newer: bool = True
    sheet: Peek | None = None

    def begins(self, at: int, body: bytes) -> None:
        self.depth += 1
        if self.depth > 1:  # a chart in a sheet
            return
        number = self.listed.get(at, -1)
        self.newer = struct.unpack_from("<H", body)[0] >= NEWER
        self.sheet = None
        if number >= 0:
            self.sheet = self.sheets.setdefault(number, Peek())

    def ends(self) -> None:
        self.depth -= 1

    def global_(self, kind: int, body: bytes) -> None:
        """A record of the whole workbook."""
        if kind == biff.BOUNDSHEET:
            self.listed[struct.unpack_from("<I", body)[0]] = len(self.listed)
        elif kind == STYLE:
            self.styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == FORMAT and self.newer:
            number, length, flags = struct.unpack_from("<HHB", body)
            wide = flags & 1
            code = body[5 : 5 + length * (2 if wide else 1)]
            meaning = number_formats.meaning(code.decode("utf-16-le" if wide else "latin-1"))
            self.formats[number] = meaning

    def value(self, sheet: Peek, body: bytes, column: int, style: int) -> None:
        """A number in a cell, shown by that style."""
        row = struct.unpack_from("<H", body)[0] + 1
        sheet.reaches(row, column + 1)
        meaning = self.formats.get(self.styles[style], "") if style < len(self.styles) else ""
        if meaning:
            sheet.note(row, column, meaning)


def _number(book: _Book, sheet: Peek, body: bytes) -> None:
    _, column, style = struct.unpack_from("<HHH", body)
    book.value(sheet, body, column, style)


def _row_of_numbers(book: _Book, sheet: Peek, body: bytes) -> None:
    first = struct.unpack_from("<H", body, 2)[0]
    for number in range((len(body) - 6) // 6):
        book.value(sheet, body, first + number, struct.unpack_from("<H", body, 4 + 6 * number)[0])


def _formula(book: _Book, sheet: Peek, body: bytes) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    if body[12:14] != b"\xff\xff":
        book.value(sheet, body, column, style)
        return
    sheet.reaches(row + 1, column + 1)
    if body[6] == IS_ERROR:
        sheet.errors.append(row + 1)


def _error(book: _Book, sheet: Peek, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    sheet.reaches(row + 1, column + 1)
    if body[7]:
        sheet.errors.append(row + 1)


def _text(book: _Book, sheet: Peek, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    sheet.reaches(row + 1, column + 1)


def _row(book: _Book, sheet: Peek, body: bytes) -> None:
    if struct.unpack_from("<H", body, 12)[0] & HIDDEN_ROW:
        sheet.hidden_rows.append(struct.unpack_from("<H", body)[0] + 1)


def _columns(book: _Book, sheet: Peek, body: bytes) -> None:
    first, last, _, _, how = struct.unpack_from("<HHHHH", body)
    if how & HIDDEN_COLUMN:
        sheet.hidden_columns.append((first + 1, last + 1))


def _area(book: _Book, sheet: Peek, body: bytes) -> None:
    if book.newer and len(body) >= 12:
        top, bottom, left, right = struct.unpack_from("<IIHH", body)
        # ends before they begin: the library counts on past the largest number
        area = ((bottom - top) % (1 << 32)) * ((right - left) % (1 << 16))
        book.claimed = max(book.claimed, area)


_OF_SHEET: dict[int, Callable[[_Book, Peek, bytes], None]] = {
    biff.NUMBER: _number,
    RK: _number,
    ROW_OF_RK: _row_of_numbers,
    biff.FORMULA: _formula,
    ERROR: _error,
    biff.LABEL: _text,
    biff.RICH: _text,
    biff.LABEL_SHARED: _text,
    AREA: _area,
    ROW: _row,
    COLUMNS: _columns,
}


def peek(path: Path, file: SourceText) -> dict[int, Peek]:
    """Number of a sheet, from 0 -> what its records say. What is broken says nothing more: the
    library that opens the workbook is the judge of it.

    Raises ``InputRefused`` for a sheet whose cells reach further than memory does, or say so: that
    library asks for the whole area at once.
    """
    book = _Book()
    try:
        with path.open("rb") as stream:
            container = Compound(path, stream)
            entry = biff.workbook(container)
            data = b"".join(container.read(entry)) if entry else b""
        _walk(book, data)
    except (Broken, struct.error, IndexError, UnicodeDecodeError):
        pass  # what was seen before is still to be held against what memory takes
    records.require_max_cells(book.claimed, file)
    for sheet in book.sheets.values():
        records.require_max_cells(sheet.rows * sheet.columns, file)
    return book.sheets


def _walk(book: _Book, data: bytes) -> None:
    for at, kind, bodies in biff.records(data):
        if kind == biff.BOF:
            book.begins(at, bodies[0])
        elif kind == biff.EOF:
            book.ends()
        elif book.depth == 1 and book.sheet is None:
            book.global_(kind, bodies[0])
        elif book.depth == 1 and book.sheet is not None and kind in _OF_SHEET:
            _OF_SHEET[kind](book, book.sheet, bodies[0])
