"""An ODS is a zip of documents: each is walked, and all but what became the value of a sheet's cell
is handed over."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

from helpers.reading.around import envelope, markup, runs
from helpers.reading.around.handing import Handing, generated
from helpers.reading.around.markup import Node, Piece, may_tell
from helpers.reading.source import Source

CHUNK = 1 << 20
CONTENT = "content.xml"
PARTS = tuple(
    (re.compile(pattern), place)
    for pattern, place in (
        (r"^META-INF/(?!manifest)", "signature"),
        (r"^META-INF/|^mimetype\Z", "part_list"),
        (r"^Thumbnails/", "thumbnail"),
        (r"^(Pictures|media)/|^ObjectReplacements/", "image"),
        (r"^(Basic|Scripts|Dialogs)/", "macro"),
        (r"^Configurations2/", "menu"),
        (r"^Versions/|^VersionList", "revision"),
        (r"^Fonts/", "style"),
        (r"^[^/]+/(content|styles|meta|settings)\.xml\Z", "chart"),
        (r"^(Object|Obj)[^/]*(/|\Z)", "embedded_file"),
        (r"^meta\.xml\Z|^manifest\.rdf\Z", "property"),
        (r"^settings\.xml\Z", "workbook"),
        (r"^styles\.xml\Z", "style"),
        (r"^content\.xml\Z", "sheet"),
    )
)
OPAQUE = frozenset(("macro", "embedded_file", "image", "thumbnail", "revision", "signature"))
LEGIBLE = frozenset(("part_list", "style"))
# The outermost of these around a piece decides, in the document itself.
ELEMENTS = {
    "annotation": "comment",
    "content-validation": "validation",
    "tracked-changes": "revision",
    "named-expressions": "defined_name",
    "database-ranges": "connection",
    "dde-links": "external_link",
    "cell-range-source": "external_link",
    "table-source": "external_link",
    "data-pilot-tables": "pivot_table",
    "forms": "control",
    "scenario": "scenario",
    "shapes": "drawing",
    "frame": "drawing",
    "custom-shape": "drawing",
    "control": "control",
    "conditional-formats": "conditional_format",
    "event-listeners": "macro",
    "scripts": "macro",
    "a": "link",
    **dict.fromkeys(("header", "footer", "header-left", "footer-left"), "page_header"),
    **dict.fromkeys(("header-first", "footer-first"), "page_header"),
    **dict.fromkeys(("number-style", "date-style", "currency-style"), "number_format"),
    **dict.fromkeys(("percentage-style", "time-style", "text-style"), "number_format"),
    "boolean-style": "number_format",
}
BY_ELEMENT = frozenset(("sheet", "style"))
CELLS = frozenset(("table-cell", "covered-table-cell"))
VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value")
_REFERENCE = re.compile(r"\[?\.?\$?\b[A-Z]{1,3}\$?\d{1,7}\b\]?")
_CELL = rb'<table:table-cell(?: (?:table:style-name|calcext:value-type)="[\w. -]*")*'
_TAIL = rb'(?: calcext:value-type="\w*")?><text:p>'
_PLAIN = re.compile(
    rb"%(cell)b(?:"
    rb' office:value-type="string"%(tail)b[^<]*'
    rb'| office:value-type="float" office:value="[-\d.eE]*"%(tail)b[-\d., ]{0,9}'
    rb")</text:p></table:table-cell>" % {b"cell": _CELL, b"tail": _TAIL}
)
# Where one of these begins, a cell need not be a sheet's.
_DOUBT = re.compile(rb"<!|<table:dde-link|is-sub-table|<table:tracked")
_TABLE = re.compile(rb"<(/?)table:table[\s>]")


def hand_over(
    source: Source, archive: zipfile.ZipFile, tables: Collection[str], *, whole: bool
) -> None:
    """``tables``: the names of the sheets that became tables; ``whole``: all with cells did."""
    handing = Handing(source.surroundings)
    handing.parts(envelope.parts(archive))
    for entry in archive.infolist():
        if entry.file_size:
            last = entry is archive.getinfo(entry.filename)  # of two of one name the last is read
            try:
                _part(archive, entry, handing, tables if last else (), cut=whole and last)
            except envelope.CLOSED:
                handing.unread(_of_part(entry.filename), "", entry.filename)


def _is_drawn(archive: zipfile.ZipFile, name: str, start: bytes) -> bool:
    """True for the drawing of an object of this document, which is walked itself: of the drawing
    the runs of letters are enough."""
    folder, _, object = name.partition("/")
    drawn = folder == "ObjectReplacements" and f"{object}/{CONTENT}" in archive.namelist()
    return drawn and not runs.is_closed(start)


@lru_cache(1000)
def _of_part(name: str) -> str:
    return next((place for pattern, place in PARTS if pattern.search(name)), "other_part")


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _part(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    handing: Handing,
    tables: Collection[str],
    *,
    cut: bool,
) -> None:
    name = entry.filename
    place = _of_part(name)
    within = name if place == "other_part" else ""
    start = next(_chunks(archive, entry), b"")
    if markup.is_markup(start):
        if place in OPAQUE:
            handing.unread(place, "", name)
        chunks = _chunks(archive, entry)
        try:
            for piece in markup.pieces(
                _rest(chunks) if name == CONTENT and cut else chunks, handing.bound
            ):
                _hand(handing, place, piece, within, tables)
            return
        except markup.Unreadable:
            pass  # what letters stand in it, and that it was not walked to its end
    if place not in LEGIBLE and not _is_drawn(archive, name, start):
        handing.unread(place, within, name.rsplit("/", 1)[-1])
    for run in runs.of_chunks(_chunks(archive, entry)):
        handing.text(place, run, within)


def _rest(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The document without its plain cells, as long as all cells are those of sheets: no table
    stands in another."""
    held, cutting, depth = b"", True, 0
    for chunk in chunks:
        data = held + chunk
        cut = data.rfind(b"<table:table-cell")
        cut = cut if cut > 0 and len(data) - cut < CHUNK else len(data)
        for end in _TABLE.findall(data[:cut]):
            depth += -1 if end else 1
            cutting = cutting and depth < 2
        cutting = cutting and not _DOUBT.search(data)
        yield _PLAIN.sub(b"", data[:cut]) if cutting else data[:cut]
        held = data[cut:]
    yield held


def _hand(handing: Handing, place: str, piece: Piece, within: str, tables: Collection[str]) -> None:
    sheet, cell = _around(piece.path, tables) if tables and place == "sheet" else ("", None)
    if cell is not None and _is_value(piece, cell):
        return
    place = _place(place, piece)
    text = piece.text
    if place == "other_part" or not may_tell(text) or generated(piece.name, text):
        within = within or sheet
    if piece.path and piece.path[-1].name == "config-item":
        _setting(handing, piece)
        return
    if not piece.name and piece.path[-1].name == "binary-data":
        handing.unread("image", sheet)
        return
    if place == "formula":
        text = _REFERENCE.sub(" ", text)
    if place == "sheet" and piece.name == "name" and text in tables:
        return
    if not generated(piece.name, text) and not _is_font(piece):
        handing.text(place, text, within or sheet, _label(place, piece))


def _is_font(piece: Piece) -> bool:
    """A font is called after whoever drew it: of fonts only digits and addresses are looked at."""
    node = piece.path[-1] if piece.path else None
    named = piece.name.startswith("font-") or (
        node is not None and node.name == "font-face" and piece.name == "name"
    )
    return named and sum(map(str.isdigit, piece.text)) < 6 and "@" not in piece.text


def _around(path: tuple[Node, ...], tables: Collection[str]) -> tuple[str, Node | None]:
    """The sheet that a piece belongs to, and the cell, where that became a cell of a table."""
    names = [node.name for node in path]
    if names[:3] != ["document-content", "body", "spreadsheet"] or len(path) < 4:
        return "", None
    if names[3] != "table":
        return "", None
    sheet = path[3].attributes.get("name", "")
    cell = next((node for node in path[4:] if node.name in CELLS), None)
    return sheet, cell if sheet in tables else None


def _is_value(piece: Piece, cell: Node) -> bool:
    """True for what the library takes as the cell's value: the first attribute with a value, or the
    paragraphs of a text; and for the paragraph that shows a number."""
    given = [key for key in cell.attributes if key in VALUES]
    if piece.path[-1] is cell and piece.name:
        return piece.name in given[:1] and (
            piece.name != "boolean-value" or piece.text in ("true", "false")
        )
    if piece.name or any(node.name in ELEMENTS and node.name != "a" for node in piece.path):
        return False
    if not given:
        return cell.attributes.get("value-type") == "string"
    left = Counter(filter(str.isdigit, piece.text))
    left -= Counter(filter(str.isdigit, cell.attributes[given[0]]))
    same = piece.text.strip() == cell.attributes[given[0]].strip()
    return same or (not left and sum(map(str.isalpha, piece.text)) <= 9)


def _place(place: str, piece: Piece) -> str:
    if place not in BY_ELEMENT:
        return place
    for node in piece.path:
        if node.name == "annotation" and piece.path[-1].name in ("creator", "sender-initials"):
            return "comment_author"
        if node.name in ELEMENTS:
            return ELEMENTS[node.name]
    if piece.name == "formula":
        return "formula"
    inside = place == "sheet" and not piece.name
    return "cell_text" if inside and piece.within(*CELLS) is not None else place


def _label(place: str, piece: Piece) -> str:
    node = piece.within("user-defined", "named-range", "named-expression", "config-item")
    if node is not None and not piece.name:
        return node.attributes.get("name", "")
    if place == "comment_author":
        return "author"
    if place in ("property", "other_part", "signature"):
        return piece.name or (piece.path[-1].name if piece.path else "")
    return ""


def _setting(handing: Handing, piece: Piece) -> None:
    """One of the program's settings, under its name."""
    name = piece.path[-1].attributes.get("name", "")
    place = "printer_settings" if "Printer" in name else "workbook"
    handing.text(place, piece.text, "", name)
