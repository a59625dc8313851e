"""Of an XLSX' sheet all that is not plainly a cell's value is left for the parser, and a formula
comes once for each way of calculating.

Ten million cells must pass here: what is plainly the value of a cell is cut out as bytes. What is
written in any other way stays, and is looked at element by element.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from helpers.reading.around.markup import Piece
from helpers.reading.plain_rows import Rows

CHUNK = 1 << 22
# Some programs give every element of a sheet the prefix x.
_OPEN, _CLOSE = rb"<(?:x:)?", rb"</(?:x:)?"
_PARTS = {
    b"o": rb"\s*" + _OPEN,
    b"e": rb"\s*" + _CLOSE,
    b"at": _OPEN + rb'c(?: (?:r|s|cm|vm)="\w*")*',
    b"type": rb'(?: (?:r|s|cm|vm)="\w*")*>',
    b"space": rb'(?: xml:space="preserve")?',
    b"error": rb"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)",
}
_PLAIN = re.compile(
    rb"%(at)b(?:"
    rb'(?: t="n")?%(type)b%(o)bv>[-+\d.eE]*%(e)bv>%(e)bc>'
    rb'| t="s"%(type)b%(o)bv>\d{1,9}%(e)bv>%(e)bc>'
    rb'| t="b"%(type)b%(o)bv>[01]%(e)bv>%(e)bc>'
    rb'| t="e"%(type)b%(o)bv>%(error)b%(e)bv>%(e)bc>'
    rb'| t="str"%(type)b%(o)bv%(space)b>[^<]*%(e)bv>%(e)bc>'
    rb'| t="inlineStr"%(type)b%(o)bis>%(o)bt%(space)b>[^<]*%(e)bt>%(e)bis>%(e)bc>'
    rb"| ?/>|>%(e)bc>)" % _PARTS
)
_ROW_SAYS = (
    rb"(?: (?:r|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed"
    rb'|thickTop|thickBot|ph|x14ac:dyDescent)="(?:[\d.:]{1,9}|true|false)")*'
)
_ROW = re.compile(rb"(<(?:x:)?row)" + _ROW_SAYS + rb"(?=/?>)")
_EMPTY_ROW = re.compile(_OPEN + rb"row" + _ROW_SAYS + rb"(?:/>|>" + _CLOSE + rb"row>)")
_FORMULA = re.compile(
    rb'%(at)b(?: t="(?:n|s|b|str|e)")?(?: (?:r|s|cm|vm)="\w*")*>'
    rb'%(o)bf(?P<how>(?: \w+="[\w:]*")*)>(?P<text>[^<]*)%(e)bf>(?:%(o)bv>[^<]*%(e)bv>)?%(e)bc>'
    % _PARTS
)
_REFERENCE = re.compile(rb"\$?\b[A-Z]{1,3}\$?\d{1,7}\b")
_SHARED = re.compile(
    rb' t="s"[^<>]*>(?:%(o)bf[^<>]*/>|%(o)bf[^<]*%(e)bf>)?%(o)bv>\s*(\d{1,9})\s*<' % _PARTS
)
_MARK = re.compile(rb'<[bcemnx](?: \w+="[A-Z]{0,2}[\d.+-]{0,7}")+ ?/>')
_END = re.compile(rb"</(?:x:)?sheetData")
_PLACE = re.compile(rb'<(?:x:)?c r="([A-Z]{1,3})(\d{1,7})"')
_NUMBER = re.compile(r"\s*[-+]?[\d.]*(?:[eE][-+]?\d+)?\s*\Z")
# What the cell's value is, by the type of the cell: as the library reads it.
TEXTS = ("s", "str", "inlineStr", "d")
WAYS = 100_000  # of calculating that are remembered


def rest(chunks: Iterable[bytes], used: NDArray[np.bool_]) -> Iterator[bytes]:
    """The sheet's XML without its plain cells. Marks in ``used`` the shared texts that cells
    show."""
    ways: set[bytes] = set()
    cutting, rows = True, Rows()
    for piece in _whole_cells(chunks):
        parted = rows.of(piece)
        used[parted.shared[parted.shared < len(used)]] = True
        data = parted.left
        numbers = np.array(_SHARED.findall(data), np.int64)
        used[numbers[numbers < len(used)]] = True
        # In a comment or a quoted section nothing is a cell, and after the cells nothing is.
        cutting = cutting and b"<!" not in data
        if not cutting:
            yield data
            continue
        last = _END.search(data)
        cutting, cut = not last, last.start() if last else len(data)
        inside = _FORMULA.sub(lambda hit: _first(hit, ways), _PLAIN.sub(b"", data[:cut]))
        inside = _EMPTY_ROW.sub(b"", inside)  # most rows, of which nothing is left
        yield _ROW.sub(rb"\1", inside) + data[cut:]


def without_marks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The XML without the elements that only hold a cell's address or a short number, as the order
    of calculation and the copies of a pivot table do by the million."""
    for chunk in chunks:
        yield _MARK.sub(b"", chunk)


def repeats(chunks: Iterable[bytes]) -> bool:
    """True where a cell stands twice in a sheet: only the last is in the table."""
    places = [
        np.array([(int(hit[2]) << 15) + _column(hit[1]) for hit in _PLACE.finditer(data)], np.int64)
        for data in _whole_cells(chunks)
    ]
    cells = np.concatenate(places) if places else np.zeros(0, np.int64)
    return len(np.unique(cells)) < len(cells)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _whole_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, parted before a cell or a row where that can be."""
    held = b""
    for chunk in chunks:
        data = held + chunk
        cut = max(map(data.rfind, (b"<c ", b"<x:c ", b"<row ", b"<x:row ")))
        cut = cut if cut > 0 and len(data) - cut < CHUNK else len(data)
        yield data[:cut]
        held = data[cut:]
    yield held


def _first(hit: re.Match[bytes], ways: set[bytes]) -> bytes:
    """The cell with its formula the first time that it is calculated so; nothing of it again."""
    way = hit["how"] and re.sub(rb'"[^"]*"', b"", hit["how"])
    key = way + _REFERENCE.sub(b"", hit["text"])
    if key in ways and b't="e"' not in hit[0] and b't="b"' not in hit[0]:
        return b""
    if len(ways) < WAYS:
        ways.add(key)
    return hit[0]


def is_value(piece: Piece) -> bool:
    """True where the piece is what the library reads as the cell's value, or the cell's address and
    style."""
    names = [node.name for node in piece.path]
    if names[:2] != ["worksheet", "sheetData"] or len(names) < 4 or names[3] != "c":
        return False
    cell = piece.path[3].attributes
    kind = cell.get("t", "n")
    if piece.name:
        return (
            len(names) == 4 and piece.name in ("r", "s", "t", "cm", "vm") and len(piece.text) < 12
        )
    if names[4:] == ["v"] and kind != "inlineStr":
        plain = _NUMBER.match(piece.text) is not None and (kind != "b" or len(piece.text) == 1)
        return kind in TEXTS or plain
    return names[4:] in (["is"], ["is", "t"], ["is", "r"]) and kind == "inlineStr"
