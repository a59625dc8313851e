"""An XLS is a compound file: every stream and every record is walked, and all but the cells that
became a table is handed over.

Source: Microsoft, [MS-XLS], Excel Binary File Format.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from helpers.reading.around import biff_texts, properties, runs
from helpers.reading.around.compound import STREAM, Broken, Compound, Entry
from helpers.reading.around.handing import Handing
from helpers.reading.source import Source

BOF, EOF, CONTINUE, SST, BOUNDSHEET = 0x809, 0x0A, 0x3C, 0xFC, 0x85
FORMULA, STRING, LABEL, RICH, LABEL_SHARED = 0x06, 0x207, 0x204, 0xD6, 0xFD
NUMBER, PIVOT_NUMBER, CRN, OBJ, FONT = 0x203, 0xC9, 0x5A, 0x5D, 0x31
SHEET, MACROS = 0x10, 0x40  # what a BOF begins
NOTE = 0x19  # of an object: a remark on a cell
# Records of cells, and how many bytes of each the value and its place take.
SIZES = {NUMBER: 14, 0x27E: 10, 0x201: 6, 0x205: 8, LABEL_SHARED: 10}
NO_TEXT = frozenset((0xBD, 0xBE, 0x208, 0xD7, 0x200, 0x20B))  # several cells, rows, an index
PLACES = {
    **dict.fromkeys((0x14, 0x15, 0x89C), "page_header"),
    **dict.fromkeys((0x18, 0x218, 0x894), "defined_name"),
    **dict.fromkeys((0x1B8, 0x800), "link"),
    **dict.fromkeys((0x1B2, 0x1BE), "validation"),
    **dict.fromkeys((0x1E, 0x41E), "number_format"),
    **dict.fromkeys((0x17, 0x1AE, 0x23, 0x223, 0x59, CRN), "external_link"),
    **dict.fromkeys((OBJ, 0xEB, 0xEC, 0xED, 0x1B6), "drawing"),
    **dict.fromkeys((0xAE, 0xAF), "scenario"),
    **dict.fromkeys((0x1B0, 0x1B1, 0x879, 0x87A), "conditional_format"),
    **dict.fromkeys((FORMULA, 0x4BC, 0x221, 0x236, 0x406), "formula"),
    **dict.fromkeys((0x293, FONT, 0x892, 0x896, 0x87D), "style"),
    **dict.fromkeys((0x867, 0x868), "protected_range"),
    **dict.fromkeys((0x50, 0x51, 0x52, 0x1AD, 0xDC, 0x803, 0x804, 0x805, 0x806), "connection"),
    **dict.fromkeys((*range(0xB0, 0xBD), *range(0xC5, 0xD6), 0xF0, 0xF1, 0xF2), "pivot_table"),
    0x1C: "comment",
    0x4D: "printer_settings",
    0xE5: "sheet",
}
LABELS = {0x5C: "lastModifiedBy", 0x5B: "userName", 0x1C: "author"}
STREAMS = (
    ("_VBA_PROJECT", "macro"),
    ("VBA", "macro"),
    ("Macros", "macro"),
    ("_SX_DB", "pivot_table"),
    ("Revision Log", "revision"),
    ("User Names", "revision"),
    ("MsoDataStore", "custom_xml"),
    ("_xmlsignatures", "signature"),
    ("_signatures", "signature"),
    ("Ctls", "control"),
    ("MBD", "embedded_file"),
    ("LNK", "embedded_file"),
)
LEGIBLE = frozenset(("custom_xml", "pivot_table"))
SHORT = 200  # bytes on both sides of where a record goes on in the next
PICTURE = 4096  # bytes: a shape takes fewer
LEAST_NUMBER = 1e7


@dataclass
class _State:
    """What is known where a record stands."""

    handing: Handing
    sheets: list[tuple[str, bool]]  # name, and whether it became a table
    listed: dict[int, int] = field(default_factory=dict)  # where a sheet begins -> its number
    depth: int = 0
    sheet: str = ""
    place: str = "workbook"  # of what has no place of its own
    cells: bool = False  # what stands here are the cells of a table
    formula: bool = False  # the last cell was a formula, whose text follows
    note: bool = False  # the last object was a remark
    shared: list[bytes] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def hand_over(source: Source, names: Sequence[str], tables: Collection[str]) -> None:
    """``names``: the sheets in their order. ``tables``: those that became tables."""
    handing = Handing(source.surroundings)
    with source.path.open("rb") as stream:
        try:
            file = Compound(source.path, stream)
            book = workbook(file)
            for run in runs.text_runs(file.folder):
                handing.text("stream_name", run)
            for entry in file.entries:
                if entry.kind == STREAM:
                    sheets = [(name, entry is book and name in tables) for name in names]
                    _stream(file, entry, handing, sheets)
            for run in runs.of_chunks(file.apart(), runs.text_runs):
                handing.text("free_space", run)
        except (Broken, struct.error):
            handing.unread("other_part")
            for run in runs.of_chunks(runs.chunks(stream), runs.text_runs):
                handing.text("other_part", run)


BOOKS = ("Root Entry/Workbook", "Root Entry/Book", "Workbook", "Book")


def _stream(file: Compound, entry: Entry, handing: Handing, sheets: list[tuple[str, bool]]) -> None:
    path = entry.path.removeprefix("Root Entry/")
    name = path.rsplit("/", 1)[-1]
    if entry.path in BOOKS:
        _book(b"".join(file.read(entry)), handing, sheets)
        return
    if name.endswith("SummaryInformation"):
        for label, text in properties.texts(name, b"".join(file.read(entry))):
            if text is None:
                handing.unread("thumbnail")
            else:
                handing.text("property", text, "", label)
        return
    place = next((place for start, place in STREAMS if path.startswith(start)), "other_part")
    plain = "".join(filter(str.isprintable, path))
    if place == "pivot_table":
        _book(b"".join(file.read(entry)), handing, [], place)
        return
    # what a program notes of itself: the class of the document
    if place not in LEGIBLE and name not in ("\x01CompObj", "\x01Ole"):
        handing.unread(place, "", plain)
    for run in runs.of_chunks(file.read(entry)):
        handing.text(place, run, plain if place == "other_part" else "")


def workbook(file: Compound) -> Entry | None:
    """The stream with the workbook, None where there is none."""
    books = [entry for entry in file.entries if entry.path in BOOKS]
    return min(books, key=lambda entry: BOOKS.index(entry.path), default=None)


def records(data: bytes) -> Iterator[tuple[int, int, list[bytes]]]:
    """Where each record begins, its kind, and its bytes with those of the records that continue
    it."""
    at, begun = 0, 0
    kind, bodies = -1, list[bytes]()
    while at + 4 <= len(data):
        code, size = struct.unpack_from("<HH", data, at)
        body = data[at + 4 : at + 4 + size]
        if code == CONTINUE and kind >= 0:
            bodies.append(body)
        else:
            if kind >= 0:
                yield begun, kind, bodies
            kind, bodies, begun = code, [body], at
        at += 4 + size
    if kind >= 0:
        yield begun, kind, bodies


def _book(
    data: bytes, handing: Handing, sheets: list[tuple[str, bool]], place: str = "workbook"
) -> None:
    state = _State(handing, sheets, place=place)
    for at, kind, bodies in records(data):
        if kind == BOF:
            _begin(state, at, bodies[0])
        elif kind == EOF:
            state.depth -= 1
            state.cells = state.cells and state.depth > 0
        elif kind == BOUNDSHEET:
            _listed(state, bodies[0])
        elif kind == SST:
            state.shared = bodies
        elif not (state.cells and state.depth == 1 and _is_cell(state, kind, bodies)):
            _hand(state, kind, bodies)
    _texts(state)


def _begin(state: _State, at: int, body: bytes) -> None:
    (what,) = struct.unpack_from("<H", body.ljust(4, b"\0"), 2)
    state.depth += 1
    if state.depth > 1:  # a chart in a sheet
        return
    number = state.listed.get(at, -1)
    name, read = state.sheets[number] if 0 <= number < len(state.sheets) else ("", False)
    state.sheet, state.cells = name, read and what == SHEET
    if what == MACROS:
        state.handing.unread("macro", name)
    if number >= 0:
        state.place = "sheet" if what == SHEET else "macro" if what == MACROS else "chart"


def _listed(state: _State, body: bytes) -> None:
    (at,) = struct.unpack_from("<I", body.ljust(4, b"\0"))
    number = len(state.listed)
    state.listed[at] = number
    if not (number < len(state.sheets) and state.sheets[number][1]):
        for run in runs.text_runs(body[6:]):
            state.handing.text("workbook", run)


def _is_cell(state: _State, kind: int, bodies: list[bytes]) -> bool:
    """True for a record of cells; what of it is no cell's value has then been handed over."""
    body = bodies[0]
    if kind == STRING and state.formula:
        return True
    if kind == FORMULA:
        state.formula = True
        _runs(state, "formula", [body[22:], *bodies[1:]], "")
        return True
    if kind == LABEL_SHARED and len(body) >= 10:
        state.used.add(struct.unpack_from("<I", body, 6)[0])
    if kind in SIZES or kind in (LABEL, RICH) or kind in NO_TEXT:
        state.formula = False
        if kind not in NO_TEXT:
            end = SIZES.get(kind) or _end_of_text(body)
            _runs(state, "cell", [body[end:], *bodies[1:]], "")
        return True
    return False


def _end_of_text(body: bytes) -> int:
    """Where the text of a cell ends: in the newer form a byte says how wide its letters are, in the
    older none does."""
    if len(body) < 9:
        return len(body)
    length, flags = struct.unpack_from("<HB", body, 6)
    if flags > 15:
        return 8 + int(length)
    return 9 + int(length) * (2 if flags & biff_texts.WIDE else 1)


def _hand(state: _State, kind: int, bodies: list[bytes]) -> None:
    place = PLACES.get(kind, state.place)
    if state.depth > 1 and kind != 0x1B6:
        place = "chart"
    if kind == OBJ:
        state.note = bodies[0][4:6] == struct.pack("<H", NOTE)
    if kind == 0x1B6 and state.note:
        place = "comment"
    if kind == 0x1C:
        place = "comment_author"
    if kind == 0xEB and sum(map(len, bodies)) > PICTURE:
        state.handing.unread("image")
    if kind == FONT:  # called after whoever drew it
        return
    label = LABELS.get(kind, "")
    for number in _numbers(kind, bodies[0]):
        state.handing.text(place, number, state.sheet, label)
    _runs(state, place, bodies, label)


def _numbers(kind: int, body: bytes) -> Iterator[str]:
    """Large numbers that are kept as such: they may be somebody's."""
    values: list[float] = []
    if kind == NUMBER and len(body) >= 14:
        values += struct.unpack_from("<d", body, 6)
    elif kind == PIVOT_NUMBER and len(body) >= 8:
        values += struct.unpack_from("<d", body)
    elif kind == CRN:
        at = 4
        while at + 9 <= len(body):
            if body[at] == 2:
                length, flags = struct.unpack_from("<HB", body, at + 1)
                at += 4 + length * (2 if flags & 1 else 1)
                continue
            values += struct.unpack_from("<d", body, at + 1) if body[at] == 1 else ()
            at += 9
    for value in values:
        if LEAST_NUMBER < value < 1e13 and value.is_integer():
            yield f"{value:.0f}"


def _runs(state: _State, place: str, bodies: list[bytes], label: str) -> None:
    """The runs of letters of a record, and those that go on in the next."""
    for run in runs.text_runs(b"\0".join(bodies)):
        state.handing.text(place, run, state.sheet, label)
    for first, second in pairwise(bodies):
        for run in runs.text_runs(first[-SHORT:] + second[1:SHORT]):
            state.handing.text(place, run, state.sheet, label)


def _texts(state: _State) -> None:
    """Texts that no cell of a table shows, and what stands beside the letters of the others."""
    if not state.shared:
        return
    try:
        for number, (text, more) in enumerate(biff_texts.texts(state.shared)):
            if number not in state.used:
                state.handing.text("unused_text", text)
            for run in runs.text_runs(more):
                state.handing.text("phonetic", run)
    except (struct.error, IndexError):
        state.handing.unread("unused_text")
        for run in runs.of_chunks(state.shared, runs.text_runs):
            state.handing.text("unused_text", run)
