"""Rows of an XLSX' sheet in which each cell is plainly a value are told from all others many at a
time: only what is left is searched for what a cell says beside its value.

A row is plain as a whole, by one expression of RE2, which takes a byte in a nanosecond; a cell that
is written in any other way leaves its row where it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from helpers.reading import arrays

Places = NDArray[np.int64]

SHIFT = 15  # bits of a cell's place that its column takes
LETTERS, DIGITS = 10, 9  # of a cell's address, of a shared text's number
SEAM = len("</x:sheetData")
MOST_STYLES = 300  # that are told apart by the expression
_ADDRESS, _VALUE = len('<c r="'), len("<v>")
_SAYS = (
    r"(?: (?:(?:r|spans|s|customFormat|ht|customHeight|outlineLevel|collapsed|thickTop|thickBot|ph"
    r'|x14ac:dyDescent)="(?:[0-9.:]{1,9}|true|false)"|hidden="(?:0|false)"))*'
)
_STYLE = '(?: s="[0-9]{1,5}")?'
_SPACE = r'(?: xml:space="preserve")?'
_NUMBER = r"(?:[0-9]{1,15}(?:[-+.eE][-+.0-9eE]*)?|[-+.][-+.0-9eE]*)"  # no 16 digits in a row
_NUMBERED = r"%(styles)s(?: t=\"n\")?><v>" + _NUMBER + "</v></c>"
_OTHER = (
    "/>",
    ' t="s"><v>[0-9]{1,9}</v></c>',
    ' t="b"><v>[01]</v></c>',
    f' t="str"><v{_SPACE}>[^<]+</v></c>',
    f' t="inlineStr"><is><t{_SPACE}>[^<]*</t></is></c>',
)
_CELL = rf'<c r="[A-Z]{{1,3}}[0-9]{{1,7}}"(?:{_NUMBERED}|{_STYLE}(?:{"|".join(_OTHER)}))'
_ROW = rf"\A(?:<row{_SAYS}/>)*<row{_SAYS}>(?:{_CELL})*</row>\z"
_END = re.compile(rb"</(?:x:)?sheetData")


@dataclass(frozen=True)
class Parted:
    """Some XML of a sheet: what is ``left`` without its plain rows; of these the place of each cell
    that has a value (row and column, from 1, as one number, the row before the column) and the
    numbers of the texts that they share, in their order."""

    left: bytes
    cells: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    shared: Places = field(default_factory=lambda: np.zeros(0, np.int64))
    starts: Places = field(default_factory=lambda: np.zeros(0, np.int64))  # of the cells, in bytes
    cuts: Places = field(default_factory=lambda: np.zeros((0, 2), np.int64))  # what was taken out

    def merged(self, places: Places, starts: Places) -> Places:
        """All places in the order of the file: those of the plain rows and ``places`` found in what
        is left, at the bytes ``starts``."""
        if not len(places):
            return self.cells
        before = np.concatenate([[0], np.cumsum(self.cuts[:, 1] - self.cuts[:, 0])])
        at = np.searchsorted(self.cuts[:, 0] - before[:-1], starts, side="right")
        order = np.argsort(np.concatenate([self.starts, starts + before[at]]), kind="stable")
        return np.concatenate([self.cells, places])[order]


def styles_but(formats: set[bytes], count: int) -> str:
    """The style of a number, of ``count`` that the workbook has, that is none of ``formats``: as
    the expression has it."""
    if not formats:
        return _STYLE
    others = [str(number) for number in range(count) if b"%d" % number not in formats]
    named = f' s="(?:{"|".join(others[:MOST_STYLES])})"' if others else ' s="-"'
    return named if b"0" in formats else f"(?:{named})?"


class Rows:
    """Parts the XML of one sheet, given in its order. ``styles``: those of plain numbers.
    ``whole``: no comment has kept it from parting rows."""

    def __init__(self, styles: str = _STYLE) -> None:
        self.pattern = _ROW % {"styles": styles}
        # in a comment or a quoted section nothing is a cell, and after the cells nothing is
        self.cutting = self.whole = True
        self.before = b""  # the last bytes that were given

    def of(self, data: bytes) -> Parted:
        """Of bytes that begin and end outside of a tag."""
        seam = self.before + data[:SEAM]
        self.before = (self.before + data[-SEAM:])[-SEAM:]
        self.cutting = self.cutting and not _END.search(seam)
        if not self.cutting:
            return Parted(data)
        bytes_ = np.frombuffer(data, np.uint8)
        tags = np.flatnonzero(bytes_[:-1] == ord("<"))
        follow = bytes_[tags + 1]
        if b"<!" in seam or (follow == ord("!")).any():
            self.cutting = self.whole = False
            return Parted(data)
        ends = tags[follow == ord("/")]
        ends = ends[ends + 2 < len(data)]
        of = bytes_[ends + 2]
        # </sheetData and </x:sheetData; a shorter rest is searched with the bytes that follow
        last = _END.search(data) if ((of == ord("s")) | (of == ord("x"))).any() else None
        self.cutting = not last
        ends = ends[of == ord("r")] + len("</row>")
        within = ends <= (last.start() if last else len(data))
        cuts = self._cuts(data, np.concatenate([[0], ends[within]]))
        if not len(cuts):
            return Parted(data)
        edges = [0, *cuts.ravel().tolist(), len(data)]
        left = b"".join(data[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
        cells = np.flatnonzero(follow == ord("c"))
        cells = cells[_inside(tags[cells], cuts)]
        starts, after = tags[cells], tags[cells + 1]
        filled = bytes_[after - 2] != ord("/")
        starts, after = starts[filled], after[filled]
        texts = after[(bytes_[after - 3] == ord("s")) & (bytes_[after - 4] == ord('"'))]
        numbers = _window(bytes_, texts + _VALUE, DIGITS)
        return Parted(
            left,
            addresses(_window(bytes_, starts + _ADDRESS, LETTERS)),
            _read(numbers),
            starts,
            cuts,
        )

    def _cuts(self, data: bytes, ends: Places) -> Places:
        """Start and end of each stretch of plain rows."""
        buffers = [None, pa.py_buffer(ends.astype(np.int32)), pa.py_buffer(data)]
        rows = pa.Array.from_buffers(pa.binary(), len(ends) - 1, buffers)
        plain = arrays.truths(pc.match_substring_regex(rows, self.pattern))
        edges = np.flatnonzero(np.diff(plain.astype(np.int8), prepend=0, append=0))
        return ends[edges].reshape(-1, 2)


def _inside(places: Places, ranges: Places) -> NDArray[np.bool_]:
    """Which of the places, in order, lie in one of the ranges."""
    steps = np.zeros(len(places) + 1, np.int32)
    np.add.at(steps, np.searchsorted(places, ranges[:, 0]), 1)
    np.add.at(steps, np.searchsorted(places, ranges[:, 1]), -1)
    return np.cumsum(steps[:-1]) > 0


def _window(bytes_: NDArray[np.uint8], starts: Places, width: int) -> NDArray[np.uint8]:
    """So many bytes from each start on."""
    if not len(starts):
        return np.zeros((0, width), np.uint8)
    return np.lib.stride_tricks.sliding_window_view(bytes_, width)[starts]


def _read(window: NDArray[np.uint8]) -> Places:
    """The number that each begins with."""
    number, within = np.zeros(len(window), np.int64), np.ones(len(window), bool)
    for byte in window.T:
        within = within & (byte >= 48) & (byte < 58)
        number = np.where(within, 10 * number + byte - 48, number)
    return number


def addresses(window: NDArray[np.uint8]) -> Places:
    """The place of each cell whose address, of capital letters and then digits, ends at the first
    byte that is neither."""
    row, column = np.zeros((2, len(window)), np.int32)
    within = np.ones(len(window), bool)
    for byte in np.ascontiguousarray(window.T):
        digit, letter = within & _is_digit(byte), within & _is_letter(byte)
        within = digit | letter
        if not within.any():
            break
        row = _with_sign(row, digit, 10, byte - np.uint8(ord("0")))
        column = _with_sign(column, letter, 26, byte - np.uint8(ord("A") - 1))
    return row.astype(np.int64) << SHIFT | column


def _is_digit(byte: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return byte - np.uint8(ord("0")) < 10


def _is_letter(byte: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return byte - np.uint8(ord("A")) < 26


def _with_sign(
    number: NDArray[np.int32], known: NDArray[np.bool_], base: int, sign: NDArray[np.uint8]
) -> NDArray[np.int32]:
    """The numbers with one more sign, where it is known: mostly of all of them or of none."""
    if known.all():
        return base * number + sign
    return np.where(known, base * number + sign, number) if known.any() else number
