"""Where in an XLSX a piece stands, as a code that people have words for: by its part, and in sheets
and the workbook by the element around it."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from functools import lru_cache

from helpers.reading.around.markup import Piece

# The first that the part's name holds decides.
PARTS = tuple(
    (re.compile(pattern, re.I), place)
    for pattern, place in (
        (r"_rels/[^/]*\.rels\Z", "link"),
        (r"(^|/)\[Content_Types\]\.xml\Z", "part_list"),
        (r"thumbnail", "thumbnail"),
        (r"_xmlsignatures/", "signature"),
        (r"^docProps/", "property"),
        (r"docMetadata/", "property"),
        (r"threadedComment|/comments", "comment"),
        (r"/persons?/", "comment_author"),
        (r"vbaProject|vbaData|macrosheets/", "macro"),
        (r"embeddings/", "embedded_file"),
        (r"/media/", "image"),
        (r"activeX/|ctrlProps/", "control"),
        (r"charts/|chartsheets/|chartEx", "chart"),
        (r"diagrams/", "diagram"),
        (r"drawings/|drawing\d*\.(?:xml|vml)", "drawing"),
        (r"pivot", "pivot_table"),
        (r"externalLinks/", "external_link"),
        (r"printerSettings/", "printer_settings"),
        (r"connections\.xml|queryTables/|/model/|xmlMaps|mashup", "connection"),
        (r"customXml/", "custom_xml"),
        (r"revisions/", "revision"),
        (r"slicer|timeline", "slicer"),
        (r"/tables/", "table_definition"),
        (r"customUI/|userCustomization", "menu"),
        (r"webextension|taskpanes", "web_extension"),
        (r"/styles\.xml|/theme/", "style"),
        (r"dialogsheets/|/worksheets/", "sheet"),
        (r"sharedStrings\.xml\Z", "unused_text"),
        (r"/workbook\.xml\Z", "workbook"),
    )
)
# The outermost of these around a piece decides, in the parts of BY_ELEMENT.
ELEMENTS = {
    "hyperlink": "link",
    "headerFooter": "page_header",
    "definedName": "defined_name",
    "dataValidation": "validation",
    "conditionalFormatting": "conditional_format",
    "f": "formula",
    "scenario": "scenario",
    "protectedRange": "protected_range",
    "numFmt": "number_format",
    "oleObject": "embedded_file",
    "control": "control",
    "authors": "comment_author",
    "rPh": "phonetic",
    "fileSharing": "workbook",
    "smartTag": "sheet",
}
BY_ELEMENT = frozenset(("sheet", "workbook", "style", "comment", "unused_text"))
# What these parts hold is more than text, and nobody has looked at it.
OPAQUE = frozenset(("macro", "embedded_file", "image", "thumbnail", "signature"))
# A printer's settings are its name and numbers: their letters are all that they tell.
LEGIBLE = frozenset(("printer_settings",))
LABELLED = frozenset(("property", "custom_xml", "connection", "other_part", "signature"))
FONTS = frozenset(("rFont", "latin", "ea", "cs", "sym", "font", "buFont", "name"))
_RELATION = re.compile(rb"<[\w:]*Relationship\s[^>]*>")
_TARGET = re.compile(rb'\sTarget="([^"]*)"')


@lru_cache(1000)
def of_part(name: str) -> str:
    """The place of a part by its name; ``other_part`` where no program that is known writes such a
    one."""
    return next((place for pattern, place in PARTS if pattern.search(name)), "other_part")


def of_piece(part: str, piece: Piece) -> str:
    place = of_part(part)
    if place not in BY_ELEMENT:
        return place
    for node in piece.path:
        if node.name in ELEMENTS:
            return ELEMENTS[node.name]
    return "cell" if piece.within("c") is not None else place


def label(place: str, piece: Piece) -> str:
    """What the piece stands under: a property's or a name's own name, else its attribute or its
    element."""
    node = piece.within("property", "definedName") if not piece.name else None
    if node is not None:
        return node.attributes.get("name", "")
    if place == "comment_author":
        return "author" if piece.name in ("", "displayName") else piece.name
    if place in LABELLED or piece.name in ("userName", "user", "refreshedBy"):
        return piece.name or (piece.path[-1].name if piece.path else "")
    return ""


def without_font(piece: Piece) -> str:
    """A font is called after whoever drew it, and that is no name of a person: of fonts only digits
    and addresses are looked at."""
    is_font = piece.name in ("typeface", "panose") or (
        piece.name == "val"
        and len(piece.path) > 1
        and piece.path[-1].name in FONTS
        and piece.path[-2].name in ("rPr", "font")
    )
    digits = sum(map(str.isdigit, piece.text))
    return "" if is_font and digits < 6 and "@" not in piece.text else piece.text


def owners(archive: zipfile.ZipFile, sheets: dict[str, str]) -> dict[str, str]:
    """Part -> the sheet that shows it, itself or by a part between. ``sheets``: part -> name."""
    targets: dict[str, list[str]] = {}
    for name in archive.namelist():
        folder, parted, file = name.rpartition("_rels/")
        if parted and file.endswith(".rels") and archive.getinfo(name).file_size < 8 << 20:
            links = _RELATION.findall(archive.read(name))
            targets[folder + file[:-5]] = [
                posixpath.normpath(
                    posixpath.join(folder, html.unescape(hit[1].decode("utf-8", "replace")))
                )
                for link in links
                if (hit := _TARGET.search(link)) and b'"External"' not in link
            ]
    owned = dict(sheets)
    waiting = list(sheets)
    while waiting:
        part = waiting.pop()
        relations = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
        owned.setdefault(relations, owned[part])
        for target in (link.lstrip("/") for link in targets.get(part, ())):
            if target not in owned:
                owned[target] = owned[part]
                waiting.append(target)
    return owned
