"""What a workbook's XML says before the workbook is opened: how far its sheets reach, what is
hidden, lost or shared."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import numpy as np
from numpy.typing import NDArray

from helpers.reading import archives, bounds, number_formats, peeking_ods, plain_rows, records
from helpers.reading.peeked import Peek, Rest
from helpers.reading.plain_rows import SHIFT, Parted
from helpers.reading.source import Source
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

MAX_UNPACKED = 600 << 20  # bytes of a workbook's XML, which is streamed
# 65 bytes each; of the latter two kinds there are two copies
MAX_CELLS = {"xlsx": 10_000_000, "ods": peeking_ods.MAX_CELLS, "xls": 5_000_000}
MAX_REST = 1 << 18  # bytes of a sheet without its plain rows that are held
CHUNK = 1 << 21  # bytes that are looked at together: more do not lie near the processor
FORMULA = rb"<(?:x:)?f[^>]*?(?:/>|>[^<]*</(?:x:)?f>)"
NO_VALUE = rb"<(?:x:)?v ?/>|<(?:x:)?v></|</(?:x:)?c>"
# What a cell's place is followed by where the cell says more than a value: that its value is lost,
# a formula, a style alone, more digits than a number can hold.
TELLS = rb'[^>/]*t="e"|[^>/]*><(?:/|(?:x:)?(?:f|v ?/|v></|v>\d{16}))'
CELL = rb'<(?:x:)?c r="([A-Z]{1,3})(\d{1,7})"%b([^>/]*)>(' + FORMULA + rb")?(" + NO_VALUE + rb")?"
PLACE = rb'<(?:x:)?c r="([A-Z]{1,3}\d{1,7})"[^>/]*>'
PLACES, FILLED = re.compile(PLACE), re.compile(PLACE + rb"(?!" + NO_VALUE + rb")")
HIDDEN_COLUMNS = re.compile(
    rb'<(?:x:)?col (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")(?=[^>]*\bmax="(\d+)")[^>]*>'
)
HIDDEN_ROW = re.compile(rb'<(?:x:)?row (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\br="(\d+)")[^>]*>')
STYLE = re.compile(rb'\bs="(\d+)"')
# Something of the kind stands in the XML at all: most sheets have none, and are searched faster so.
ANY = re.compile(rb"[\"'\s]><(?:/|(?:x:)?(?:f|v ?/|v></|v>\d{16}))")
LONG = re.compile(rb"<(?:x:)?v>(\d{16,40})<")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt [^>]*>")
CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.S)
FORMAT_OF = re.compile(rb'<(?:\w+:)?xf\b(?:[^>]*?\bnumFmtId="(\d{1,5})")?')
SHARED = re.compile(rb't="s"[^<]*>(?:' + FORMULA + rb")?<(?:x:)?v>(\d{1,9})<")
SHARED_END = re.compile(rb"</(?:\w+:)?si>")


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


@dataclass(frozen=True)
class Formats:
    """Number of a cell format -> what its number format means, where that says something; how many
    cell formats there are."""

    meanings: dict[bytes, str]
    count: int


def _formats(archive: zipfile.ZipFile) -> Formats:
    part = next((name for name in archive.namelist() if name.endswith("xl/styles.xml")), None)
    if part is None:
        return Formats({}, 0)
    styles = archive.read(part)
    codes = number_formats.BUILT_IN | {
        int(found["numFmtId"]): number_formats.meaning(found["formatCode"])
        for tag in NUMBER_FORMAT.findall(styles)
        if {"numFmtId", "formatCode"} <= (found := _attributes(tag)).keys()
        and found["numFmtId"].isdecimal()
    }
    whole = CELL_FORMATS.search(styles)
    numbers = FORMAT_OF.findall(whole[1]) if whole else []
    meanings = {
        b"%d" % number: codes[int(code)]
        for number, code in enumerate(numbers)
        if codes.get(int(code or 0))
    }
    return Formats(meanings, len(numbers))


def _note(sheet: Peek, cell: re.Match[bytes], formats: dict[bytes, str], data: bytes) -> None:
    """How the number in the cell is shown, and its digits where they are more than a number can
    hold."""
    of, column = cell[3], _number(cell[1]) - 1
    if b't="' in of and b't="n"' not in of:
        return
    style = STYLE.search(of)
    if meaning := formats.get(style[1] if style else b"0"):
        sheet.note(int(cell[2]), column, meaning)
    if digits := LONG.match(data, cell.end()):
        sheet.digits[int(cell[2]), column] = digits[1].decode()


def _peek_sheet(
    archive: zipfile.ZipFile, part: str, shared: NDArray[np.int64], formats: Formats
) -> Peek:
    sheet, last, telling = Peek(), np.zeros(1, np.int64), _telling(formats.meanings)
    rows = plain_rows.Rows(plain_rows.styles_but(set(formats.meanings), formats.count))
    left, shown = list[bytes](), np.zeros(len(shared), bool)
    with archive.open(part) as stream:
        for data in _whole_cells(stream):
            parted = rows.of(data)
            alone = _tell(sheet, parted.left, telling, formats)
            every = _cells(PLACES, parted)
            filled = _cells(FILLED, parted) if alone else every
            sheet.disordered |= bool((np.diff(every, prepend=last) <= 0).any())
            last = every[-1:] if len(every) else last
            if len(filled):
                sheet.reaches(int(filled.max()) >> SHIFT, int((filled & (1 << SHIFT) - 1).max()))
            if len(shared):
                used = np.array(SHARED.findall(parted.left), np.int64)
                used = np.concatenate([used, parted.shared])
                sheet.text += int(shared[used[used < len(shared)]].sum())
                shown[parted.shared[parted.shared < len(shared)]] = True
            left.append(parted.left if sum(map(len, left)) <= MAX_REST else b"")
    if rows.whole and sum(map(len, left)) <= MAX_REST:
        sheet.rest = Rest(left, np.flatnonzero(shown))
    return sheet


def _whole_cells(stream: IO[bytes]) -> Iterator[bytes]:
    """All bytes of a sheet, parted before a cell where that can be."""
    held, more = b"", True
    while more:
        chunk = stream.read(CHUNK)
        data, more = held + chunk, len(chunk) == CHUNK
        cut = data.rfind(b"<c ") if more else len(data)
        cut = cut if cut > 0 and len(data) - cut < 2 * CHUNK else len(data)
        yield data[:cut]
        held = data[cut:]


def _tell(sheet: Peek, left: bytes, telling: re.Pattern[bytes], formats: Formats) -> bool:
    """Notes what the cells that are ``left`` of some rows say. True where one has a style alone."""
    if b'hidden="' in left:
        sheet.hidden_columns += [
            (int(run[1]), int(run[2])) for run in HIDDEN_COLUMNS.finditer(left)
        ]
        sheet.hidden_rows += [int(row[1]) for row in HIDDEN_ROW.finditer(left)]
    alone = False
    tells = formats.meanings or b't="e"' in left or ANY.search(left)
    for cell in telling.finditer(left) if tells else ():
        row = int(cell[2])
        if cell[5] and not cell[4]:
            alone = True
        elif b't="e"' in cell[3]:
            sheet.errors.append(row)
        elif cell[4] and cell[5]:
            sheet.uncomputed.append(row)
        else:
            _note(sheet, cell, formats.meanings, left)
    return alone


def _cells(pattern: re.Pattern[bytes], parted: Parted) -> NDArray[np.int64]:
    """The place of each cell, in the order of the file; of what is left those that match."""
    if not len(parted.cuts):
        return _places(pattern.findall(parted.left))
    found = list(pattern.finditer(parted.left))
    starts = np.array([cell.start() for cell in found], np.int64)
    return parted.merged(_places([cell[1] for cell in found]), starts)


def _telling(formats: dict[bytes, str]) -> re.Pattern[bytes]:
    """Each cell that says more than a value, its number shown in one of the ``formats`` or not."""
    if b"0" in formats:  # that of all cells that name none
        return re.compile(CELL % b"")
    styles = rb'|[^>/]*\bs="(?:%b)"' % b"|".join(formats) if formats else b""
    return re.compile(CELL % (rb"(?=" + TELLS + styles + rb")"))


def _places(cells: list[bytes]) -> NDArray[np.int64]:
    """Row and column of each cell, from 1, as one number: the row before the column."""
    window = np.array(cells, f"S{plain_rows.LETTERS}").view(np.uint8)
    return plain_rows.addresses(window.reshape(-1, plain_rows.LETTERS))


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
    by_name, seen, shared, formats = {}, dict[str, Peek](), _shared(archive), _formats(archive)
    parts = sheet_parts(archive)
    bounds.tables(len(parts), file)
    for name, part in parts.items():
        if part:
            seen[part] = seen.get(part) or _peek_sheet(archive, part, shared, formats)
            by_name[name] = seen[part]
            bounds.text(sum(sheet.text for sheet in by_name.values()), file, bounds.MAX_HELD)
    return by_name


def peek(source: Source, format: str) -> dict[str, Peek]:
    """Sheet name -> what its XML says; empty for an XLS, which has none (``peeking_xls``).
    ``InputRefused`` for a workbook beyond bounds."""
    if format == "xls":
        return {}
    with archives.opened(source.path, source.name) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED:
            raise InputRefused(
                "reading.too_large", {"file": source.name, "megabytes": MAX_UNPACKED >> 20}
            )
        if format == "ods":
            return peeking_ods.peek(archive, source.name)
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
