"""In which encoding the texts of a shapefile's table (.dbf) are: by the texts themselves, as the
.cpg beside it is often another program's; and letters that its fixed widths have cut in two.

Widths, counts and offsets of the header are bytes and no texts: only names and cells are looked at.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from helpers.reading import encoding
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair
from helpers.words.source_text import SourceText

HEADER, DESCRIBED, ENDS_FIELDS, DELETED = 32, 32, 0x0D, ord("*")
NAME = 10  # bytes of a field's name, before the zero that ends it
TEXT = "C"
BLOCK = 1 << 16  # rows that are looked at together
# what a .cpg may say
CODE_PAGES = {"1252": "cp1252", "ANSI 1252": "cp1252", "UTF8": "utf-8", "65001": "utf-8"}


@dataclass(frozen=True)
class _Cell:
    """A text that is not ASCII: its bytes, where they begin in the file, its row (0: a name)."""

    data: bytes
    at: int
    row: int
    column: str
    full: bool  # it fills its width

    @property
    def cut(self) -> int:
        """How many bytes at its end are the beginning of a letter of UTF-8 that has no end."""
        for back in range(1, min(4, len(self.data) + 1)) if self.full else ():
            byte = self.data[-back]
            if byte >= 0xC0:
                return back if back < (2 if byte < 0xE0 else 3 if byte < 0xF0 else 4) else 0
            if byte < 0x80:
                return 0
        return 0


def _cells(file: Path) -> Iterator[_Cell]:
    data = np.memmap(file, np.uint8, "r")
    count, start, size = (
        int.from_bytes(data[a:b].tobytes(), "little") for a, b in ((4, 8), (8, 10), (10, 12))
    )
    header, at, offset = data[:start].tobytes(), HEADER, 1  # a row begins with its flag
    columns: list[tuple[str, int, int]] = []
    while at + DESCRIBED <= len(header) and header[at] != ENDS_FIELDS:
        name, width = header[at : at + NAME + 1].split(b"\0")[0], header[at + 16]
        shown = name.decode("ascii", "replace")
        if not name.isascii():
            yield _Cell(name, at, 0, shown, len(name) >= NAME)
        if chr(header[at + 11]) == TEXT:
            columns.append((shown, offset, width))
        at, offset = at + DESCRIBED, offset + width
    rows = min(count, max(0, len(data) - start) // size) if size else 0
    table = data[start : start + rows * size].reshape(-1, size) if rows else data[:0].reshape(0, 1)
    numbers = np.cumsum(table[:, 0] != DELETED)  # those that are read are numbered
    for title, begins, width in columns:
        for first in range(0, rows, BLOCK):
            cells = table[first : first + BLOCK, begins : begins + width]
            for i in np.flatnonzero((cells >= 0x80).any(axis=1)).tolist():
                yield _cell(
                    cells[i], start + (first + i) * size + begins, int(numbers[first + i]), title
                )


def _cell(raw: NDArray[np.uint8], at: int, row: int, column: str) -> _Cell:
    whole = raw.tobytes()
    text = whole.split(b"\0")[0].rstrip(b" ")
    return _Cell(text, at, row, column, len(text) == len(whole))


def _declared(file: Path) -> str | None:
    """The encoding that the .cpg names; None where it names none that exists."""
    beside = file.with_suffix(".cpg")
    said = beside.read_text("ascii", "ignore").strip() if beside.is_file() else ""
    try:
        return codecs.lookup(CODE_PAGES.get(said.upper(), said)).name if said else None
    except LookupError:
        return None


def recognise(file: Path, name: SourceText) -> tuple[str, list[Repair]]:
    """The encoding of a .dbf, and what is told of it; letters cut in two are taken out of ``file``,
    which is a copy of ours. Raises ``InputRefused`` where no encoding fits its letters."""
    declared, cells = _declared(file), list(_cells(file))
    texts = [cell.data for cell in cells if cell.data]
    if not texts:
        return declared or "utf-8", []
    wholes = [cell.data[: len(cell.data) - cell.cut] for cell in cells]
    utf8 = encoding.valid_utf8(b"\n".join(wholes)) and (
        declared == "utf-8" or not all(map(bytes.isascii, wholes))
    )
    if utf8:
        told = [] if declared in (None, "utf-8") else [Repair("cpg_contradicted", 1)]
        return "utf-8", told + _mend(file, [cell for cell in cells if cell.cut])
    letters = file.with_name("letters.txt")
    letters.write_bytes(b"\n".join(texts))
    if declared and declared != "utf-8" and encoding.fits(letters, declared):
        return declared, []
    chosen = encoding.recognise(letters, None, name).name
    return chosen, [Repair("cpg_contradicted", 1)] if declared else []


def _mend(file: Path, cut: list[_Cell]) -> list[Repair]:
    """Blanks for the halves of letters; each column told with its rows."""
    rows: dict[str, list[int]] = {}
    with file.open("r+b") as stream:
        for cell in cut:
            stream.seek(cell.at + len(cell.data) - cell.cut)
            stream.write((b" " if cell.row else b"\0") * cell.cut)
            rows.setdefault(cell.column, []).append(cell.row)
    return [
        Repair("cut_letters", len(at), [row for row in at if row][:MAX_ROWS_LISTED], column)
        for column, at in rows.items()
    ]
