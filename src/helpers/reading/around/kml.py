"""What a KML holds beside the cells of its layers: every text, attribute, comment and instruction
that stands in no cell."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import Path

from helpers.reading.around import markup, runs
from helpers.reading.around.markup import Bound, Piece
from helpers.reading.around.trees import is_small
from helpers.reading.surroundings import Part

# The innermost element of these that a text lies in says what it is.
PLACES = {
    "Style": "map_style",
    "StyleMap": "map_style",
    "Schema": "map_schema",
    "author": "map_contact",
    "address": "map_contact",
    "AddressDetails": "map_contact",
    "phoneNumber": "map_contact",
    "link": "map_link",
    "NetworkLink": "map_link",
    "NetworkLinkControl": "map_link",
    "GroundOverlay": "map_overlay",
    "ScreenOverlay": "map_overlay",
    "PhotoOverlay": "map_overlay",
    "Tour": "map_overlay",
    "Placemark": "feature_member",
    "Folder": "map_heading",
    "Document": "map_heading",
}
BY_NAME = {"#comment": "xml_comment", "#instruction": "xml_instruction", "#name": "xml_name"}
MOST = 1 << 40  # elements: GDAL has read them all
TITLED = ("Document", "Folder")
# Degrees have three digits before the point: a place is no number of anybody's.
DEGREES = r"[+-]?\d{1,3}(?:\.\d*)?(?:[eE]-\d+)?"
POSITIONS = re.compile(rf"(?:{DEGREES}(?:,{DEGREES}){{1,2}}\s*)+|{DEGREES}(?: {DEGREES}){{1,2}}")


def fingerprint(text: str) -> int:
    """A text's own number, whatever its blanks."""
    return hash(" ".join(text.split()))


def parts(path: Path, cells: Container[int]) -> Iterator[Part]:
    """All that stands in the file and is none of ``cells`` (the fingerprint of each).

    A file that the parser does not follow to its end is one part without text.
    """
    told: set[int] = set()
    titles: dict[int, str] = {}  # by depth: of the documents and folders that are open
    try:
        with path.open("rb") as stream:
            for piece in markup.pieces(runs.chunks(stream), Bound(MOST), names=True):
                depth, text = len(piece.path), piece.text.strip()
                if not piece.name and piece.path[-1].name == "name" and _is_titled(piece):
                    titles[depth - 1] = text
                if titles and max(titles) > depth:
                    titles = {at: title for at, title in titles.items() if at <= depth}
                if _is_told_elsewhere(text, cells):
                    continue
                part = _part(piece, text, titles[max(titles)] if titles else "")
                key = hash((part.place, part.label, part.text))
                if key not in told:
                    told.add(key)
                    yield part
    except markup.Unreadable:
        yield Part("other_part", None)


def _part(piece: Piece, text: str, within: str) -> Part:
    place = BY_NAME.get(piece.name) or next(
        (PLACES[node.name] for node in reversed(piece.path) if node.name in PLACES), "other_part"
    )
    return Part(place, text, within, piece.address)


def _is_titled(piece: Piece) -> bool:
    return len(piece.path) > 1 and piece.path[-2].name in TITLED


def _is_told_elsewhere(text: str, cells: Container[int]) -> bool:
    return is_small(text) or fingerprint(text) in cells or POSITIONS.fullmatch(text) is not None
