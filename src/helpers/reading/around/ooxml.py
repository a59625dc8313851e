"""An XLSX is a zip of parts: every part is walked, and all but the cells that became a table is
handed over."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from helpers.reading.around import cells, envelope, markup, ooxml_places, runs, shared
from helpers.reading.around.handing import Handing, generated
from helpers.reading.around.markup import Piece, may_tell
from helpers.reading.peeked import Rest
from helpers.reading.source import Source

CHUNK = 1 << 20
SHARED = "xl/sharedstrings.xml"  # whatever its case


@dataclass
class Remarks:
    """How many remarks on cells there are, and their rows."""

    count: int = 0
    rows: set[int] = field(default_factory=set)


@dataclass
class _Book:
    """The archive, what takes its surroundings, and which sheet each part belongs to."""

    archive: zipfile.ZipFile
    handing: Handing
    owners: dict[str, str]
    used: NDArray[np.bool_]
    rests: dict[str, Rest]
    remarks: Remarks = field(default_factory=Remarks)
    remarked: set[tuple[int, str]] = field(default_factory=set)

    def chunks(self, entry: zipfile.ZipInfo, size: int = CHUNK) -> Iterator[bytes]:
        with self.archive.open(entry) as stream:
            while chunk := stream.read(size):
                yield chunk


def hand_over(
    source: Source,
    archive: zipfile.ZipFile,
    sheets: dict[str, str],
    tables: Collection[str],
    rests: dict[str, Rest],
) -> Remarks:
    """``sheets``: name -> part of the archive. ``tables``: the names of those that became tables,
    each with every cell that stands in its part. ``rests``: what is known of some parts already."""
    handing = Handing(source.surroundings)
    handing.parts(envelope.parts(archive))
    read = {part: name for name, part in sheets.items() if name in tables and part}
    owners = ooxml_places.owners(archive, {part: name for name, part in sheets.items() if part})
    book = _Book(archive, handing, owners, np.zeros(0, bool), rests)
    parts = [entry for entry in archive.infolist() if entry.file_size]
    texts = [entry for entry in parts if entry.filename.casefold() == SHARED]
    if texts:
        book.used = np.zeros(shared.count(book.chunks(texts[-1], shared.CHUNK)), bool)
    for entry in parts:
        if entry.filename in read and entry is archive.getinfo(entry.filename):
            _sheet(book, entry, read[entry.filename])
    for entry in parts:
        last = entry is archive.getinfo(entry.filename)  # of two of one name the last is read
        if entry in texts and last:
            _shared(book, entry)
        elif not (last and entry.filename in read):
            try:
                _part(book, entry)
            except envelope.CLOSED:
                place = ooxml_places.of_part(entry.filename)
                book.handing.unread(place, owners.get(entry.filename, ""), _base(entry.filename))
    return book.remarks


def repeats(archive: zipfile.ZipFile, part: str) -> bool:
    """True where the sheet holds a cell twice, so that the table has but one of the values."""
    with archive.open(part) as stream:
        return cells.repeats(iter(lambda: stream.read(cells.CHUNK), b""))


def _sheet(book: _Book, entry: zipfile.ZipInfo, name: str) -> None:
    try:
        _pieces(book, entry.filename, _beside_values(book, entry), name)
    except markup.Unreadable:
        book.handing.unread("sheet", name)  # its letters are those of its cells


def _beside_values(book: _Book, entry: zipfile.ZipInfo) -> Iterator[Piece]:
    """What is no cell's value in a sheet; of one that cannot be walked to its end what comes before
    the place. Raises ``Unreadable``."""
    known, bound = book.rests.get(entry.filename), book.handing.bound
    before = bound.left
    if known is not None:
        book.used[known.shown[known.shown < len(book.used)]] = True
        try:
            pieces = list(markup.pieces(cells.rest(known.pieces, book.used), bound))
        except markup.Unreadable:
            bound.left = before
        else:
            yield from (piece for piece in pieces if not cells.is_value(piece))
            return
    chunks = cells.rest(book.chunks(entry, cells.CHUNK), book.used)
    yield from (piece for piece in markup.pieces(chunks, bound) if not cells.is_value(piece))


def _shared(book: _Book, entry: zipfile.ZipInfo) -> None:
    try:
        for shown, piece in shared.rest(
            book.chunks(entry, shared.CHUNK), book.used, book.handing.bound
        ):
            place = "phonetic" if piece.within("rPh") else "text_style" if shown else "unused_text"
            _hand(book, place, piece, "")
    except markup.Unreadable:
        _raw(book, entry, "unused_text")


def _part(book: _Book, entry: zipfile.ZipInfo) -> None:
    """Any other part: markup by its elements, of all else its runs of letters."""
    name = entry.filename
    place = ooxml_places.of_part(name)
    within = book.owners.get(name, "")
    start = next(book.chunks(entry, 4096), b"")
    if markup.is_markup(start):
        if place in ooxml_places.OPAQUE:
            book.handing.unread(place, within, _base(name))
        chunks = cells.without_marks(book.chunks(entry))
        try:
            _pieces(book, name, markup.pieces(chunks, book.handing.bound), within)
        except markup.Unreadable:
            _raw(book, entry, place)
        return
    if place not in ooxml_places.LEGIBLE:
        book.handing.unread(place, within, _base(name))
    for run in runs.of_chunks(book.chunks(entry)):
        book.handing.text(place, run, within)


def _pieces(book: _Book, part: str, pieces: Iterator[Piece], within: str) -> None:
    """Raises ``Unreadable``."""
    for piece in pieces:
        place = ooxml_places.of_piece(part, piece)
        if place == "comment":
            _remark(book, piece)
        _hand(book, place, piece, part if place == "other_part" and not within else within)


def _remark(book: _Book, piece: Piece) -> None:
    """Counts a remark once, though an older form of it may stand in a second part."""
    remark = (_row(piece), piece.text.strip())
    if not piece.name and remark[0] and remark not in book.remarked:
        book.remarked.add(remark)
        book.remarks.count += 1
        book.remarks.rows.add(remark[0])


def _row(piece: Piece) -> int:
    """The row of the cell that the piece belongs to, 0 where it is of none."""
    node = piece.within("c", "comment", "threadedComment")
    if node is None:
        return 0
    at = node.attributes.get("r", "") if node.name == "c" else node.attributes.get("ref", "")
    digits = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
    return int(digits) if digits.isdecimal() and len(digits) < 8 else 0


def _hand(book: _Book, place: str, piece: Piece, within: str) -> None:
    element = piece.path[-1].name if piece.path else ""
    name = element if piece.name in ("", "val") else piece.name
    if generated(name, piece.text):
        return
    text = ooxml_places.without_font(piece)
    if may_tell(text):
        book.handing.text(place, text, within, ooxml_places.label(place, piece), row=_row(piece))


def _raw(book: _Book, entry: zipfile.ZipInfo, place: str) -> None:
    """A part that cannot be walked to its end: what letters stand in it, and that it was not."""
    within = book.owners.get(entry.filename, entry.filename)
    book.handing.unread(place, within, _base(entry.filename))
    for run in runs.of_chunks(book.chunks(entry)):
        book.handing.text(place, run, within)


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]
