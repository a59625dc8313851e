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

from helpers.reading.around.elements import Piece

CHUNK = 1 << 22
_AT = rb'<c(?: (?:r|s|cm|vm)="\w*")*'
_TYPE = rb'(?: (?:r|s|cm|vm)="\w*")*>'
_PLAIN = re.compile(
    rb"%(at)b(?:"
    rb'(?: t="n")?%(type)b<v>[-+\d.eE]*</v></c>'
    rb'| t="s"%(type)b<v>\d{1,9}</v></c>'
    rb'| t="b"%(type)b<v>[01]</v></c>'
    rb'| t="str"%(type)b<v(?: xml:space="preserve")?>[^<]*</v></c>'
    rb'| t="inlineStr"%(type)b<is><t(?: xml:space="preserve")?>[^<]*</t></is></c>'
    rb"|/>|></c>)" % {b"at": _AT, b"type": _TYPE}
)
_ROW = re.compile(
    rb"<row(?: (?:r|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop"
    rb'|thickBot|ph|x14ac:dyDescent)="(?:[\d.:]{1,9}|true|false)")*(?=/?>)'
)
_FORMULA = re.compile(
    rb'%(at)b(?: t="(?:n|s|b|str|e)")?(?: (?:r|s|cm|vm)="\w*")*><f(?P<how>(?: \w+="[\w:]*")*)>'
    rb"(?P<text>[^<]*)</f>(?:<v>(?P<value>[^<]*)</v>)?</c>" % {b"at": _AT}
)
_REFERENCE = re.compile(rb"\$?\b[A-Z]{1,3}\$?\d{1,7}\b")
_SHARED = re.compile(rb' t="s"[^<>]*>(?:<f[^<]*</f>|<f[^<>]*/>)?<v>(\d{1,9})<')
_NUMBER = re.compile(r"\s*[-+]?[\d.]*(?:[eE][-+]?\d+)?\s*\Z")
# What the cell's value is, by the type of the cell: as the library reads it.
TEXTS = ("s", "str", "inlineStr", "d")
WAYS = 100_000  # of calculating that are remembered


def rest(chunks: Iterable[bytes], used: NDArray[np.bool_]) -> Iterator[bytes]:
    """The sheet's XML without its plain cells. Marks in ``used`` the shared texts that cells
    show."""
    ways: set[bytes] = set()
    held, cutting = b"", True
    for data in _whole_cells(chunks):
        numbers = np.array(_SHARED.findall(data), np.int64)
        used[numbers[numbers < len(used)]] = True
        # In a comment or a quoted section nothing is a cell, and after the cells nothing is.
        cutting = cutting and b"<!" not in data and b"</sheetData" not in held
        if not cutting:
            yield data
            continue
        inside, end, after = data.partition(b"</sheetData")
        held = end
        inside = _FORMULA.sub(lambda hit: _first(hit, ways), _PLAIN.sub(b"", inside))
        yield _ROW.sub(b"<row", inside) + end + after


def _whole_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, parted before a cell or a row where that can be."""
    held = b""
    for chunk in chunks:
        data = held + chunk
        cut = max(data.rfind(b"<c "), data.rfind(b"<row "))
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
