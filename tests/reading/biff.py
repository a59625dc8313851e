"""A tiny writer of old workbooks (.xls, BIFF8 in an OLE container): the records that are asked for,
right or odd."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

ERRORS = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def text(value: str, *, wide: bool = False) -> bytes:
    """A string with a two-byte length."""
    narrow = not wide and all(ord(letter) < 256 for letter in value)
    return struct.pack("<HB", len(value), 0 if narrow else 1) + value.encode(
        "latin-1" if narrow else "utf-16-le"
    )


def formula(row: int, column: int, result: float | str | bool | None) -> bytes:
    """A formula with its cached result: a number, a text (in a record of its own), an error, or
    nothing."""
    after = b""
    if isinstance(result, str) and result in ERRORS:
        cached = struct.pack("<BBBBHH", 2, 0, ERRORS[result], 0, 0, 0xFFFF)
    elif isinstance(result, str):
        cached, after = struct.pack("<BBBBHH", 0, 0, 0, 0, 0, 0xFFFF), record(0x207, text(result))
    elif result is None:
        cached = struct.pack("<BBBBHH", 3, 0, 0, 0, 0, 0xFFFF)
    else:
        cached = struct.pack("<d", float(result))
    tokens = b"\x1e\x01\x00"
    head = struct.pack("<HHH", row, column, 15) + cached + struct.pack("<HIH", 0, 0, len(tokens))
    return record(0x06, head + tokens) + after


def cell(row: int, column: int, value: object) -> bytes:
    """LABEL, NUMBER or BOOLERR; a record that is bytes already goes as it is."""
    at = struct.pack("<HHH", row, column, 15)
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return record(0x205, at + bytes([value, 0]))
    if isinstance(value, str) and value in ERRORS:
        return record(0x205, at + bytes([ERRORS[value], 1]))
    if isinstance(value, str):
        return record(0x204, at + text(value))
    return b"" if value is None else record(0x203, at + struct.pack("<d", float(str(value))))


def sheet(rows: Sequence[Sequence[object]]) -> bytes:
    width = max(map(len, rows), default=0)
    cells = b"".join(cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row))
    bounds = record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    return (
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
        + bounds
        + cells
        + record(0x0A)
    )


def workbook(
    sheets: Mapping[str, bytes],
    *,
    fonts: int = 4,
    styles: int = 21,
    shared: Sequence[str] = (),
    more: bytes = b"",
    streams: Mapping[str, bytes] | None = None,
) -> bytes:
    """The file. ``sheets``: name -> its records; ``styles`` are cell formats, which name fonts;
    ``shared`` the table of texts; ``more``: records of the whole workbook; ``streams`` stand beside
    the workbook's own."""
    start = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 0, 0, 0)) + record(
        0x42, struct.pack("<H", 1200)
    )
    font = record(
        0x31,
        struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
        + struct.pack("<BB", 5, 0)
        + b"Arial",
    )
    start += font * fonts + record(0xE0, struct.pack("<HHH", 7, 0, 0xFFF5) + bytes(14)) * styles
    table = (
        record(0xFC, struct.pack("<II", len(shared), len(shared)) + b"".join(map(text, shared)))
        if shared
        else b""
    )
    table += more
    names = [struct.pack("<BB", len(name), 0) + name.encode("latin-1") for name in sheets]
    at = len(start) + sum(4 + 6 + len(name) for name in names) + len(table) + 4
    listed = b""
    for name, data in zip(names, sheets.values(), strict=True):
        listed += record(0x85, struct.pack("<IBB", at, 0, 0) + name)
        at += len(data)
    book = start + listed + table + record(0x0A) + b"".join(sheets.values())
    return container({"Workbook": book, **(streams or {})})


def _padded(data: bytes, least: int) -> bytes:
    return data.ljust(max(least, -(-len(data) // SECTOR) * SECTOR), b"\0")


def container(streams: Mapping[str, bytes]) -> bytes:
    """An OLE file with these streams, each long enough to have sectors of its own; the directory
    follows the last."""
    filled = {name: _padded(data, 4096) for name, data in streams.items()}
    stream = b"".join(filled.values())
    sectors = len(stream) // SECTOR
    begun, chain, entries = 0, list[int](), b""
    for number, (name, data) in enumerate(filled.items(), 1):
        last = begun + len(data) // SECTOR
        chain += [*range(begun + 1, last), END]
        right = number + 1 if number < len(filled) else FREE
        entries += _entry(name, 2, begun, len(data), right=right)
        begun = last
    folder = _padded(_entry("Root Entry", 5, END, 0, child=1) + entries, SECTOR)
    listed = len(folder) // SECTOR
    tables = 1
    while tables * (SECTOR // 4) < sectors + listed + tables:
        tables += 1
    assert tables <= 109
    chain += [*range(sectors + 1, sectors + listed), END, *[FAT] * tables]
    chain += [FREE] * (tables * (SECTOR // 4) - len(chain))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
    )
    header += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, 4096, END, 0, END, 0)
    header += struct.pack(
        "<109I", *range(sectors + listed, sectors + listed + tables), *[FREE] * (109 - tables)
    )
    return header + stream + folder + struct.pack(f"<{len(chain)}I", *chain)


def _entry(
    name: str, kind: int, start: int, size: int, child: int = FREE, right: int = FREE
) -> bytes:
    label = (name + "\0").encode("utf-16-le")
    head = label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
