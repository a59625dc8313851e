"""The formats that are read, and which one a file is in: by its content, never by its name alone.
What is not a table or a map is refused by name."""

from __future__ import annotations

import codecs
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from helpers.reading import archives, scripts, text_kinds
from helpers.words.errors import InputRefused
from helpers.words.files import folders
from helpers.words.source_text import SourceText

HEAD = 1 << 16
# byte order marks; that of UTF-32 begins with one of UTF-16
WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class Format:
    """A format that is read. ``name`` stands in snapshots and results, ``label`` in sentences.

    ``open``: a table or a map that any program reads by a published specification, so that no step
    asks for another file. ``magic``: first bytes that tell it; ``suffixes``: of a member of a zip.
    ``workbook``: sheets and cells of a spreadsheet program.
    """

    name: str
    label: str
    open: bool = True
    magic: bytes | None = None
    suffixes: tuple[str, ...] = ()
    workbook: bool = False


FORMATS = (
    Format("csv", "CSV", suffixes=(".csv",)),
    Format("tsv", "TSV", suffixes=(".tsv",)),
    Format("xlsx", "XLSX", open=False, suffixes=(".xlsx",), workbook=True),
    Format(
        "xls",
        "XLS",
        open=False,
        magic=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        suffixes=(".xls",),
        workbook=True,
    ),
    Format("ods", "ODS", open=False, suffixes=(".ods",), workbook=True),
    Format("json", "JSON", suffixes=(".json",)),
    Format("geojson", "GeoJSON", suffixes=(".geojson",)),
    Format("gpkg", "GPKG", suffixes=(".gpkg",)),
    Format("shapefile", "Shapefile", open=False, magic=b"\x00\x00\x27\x0a"),
    Format("kml", "KML", suffixes=(".kml",)),
    Format("flatgeobuf", "FlatGeobuf", magic=b"fgb\x03", suffixes=(".fgb",)),
    Format("gtfs", "GTFS"),
    Format("parquet", "Parquet", magic=b"PAR1", suffixes=(".parquet",)),
)
OPEN = frozenset(format.name for format in FORMATS if format.open)
WORKBOOKS = frozenset(format.name for format in FORMATS if format.workbook)
READ = ", ".join(format.label for format in FORMATS)
MEMBERS = frozenset(suffix for format in FORMATS for suffix in format.suffixes)
# what a text of cells is not called
OTHERS = MEMBERS - {".csv", ".tsv"} | {".zip", ".shp", ".fgb", ".gz", ".jsonl", ".ndjson"}
# What the first bytes say. A macro, a pickle, a program is never run, a picture never read.
MAGIC = (
    *((format.magic, format.name) for format in FORMATS if format.magic),
    (b"SQLite format 3\x00", "sqlite"),
    (b"PK\x03\x04", "zip"),
)
REFUSED = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"BZh", "bzip2"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"\x80\x04\x95", "pickle"),
    (b"\x80\x05\x95", "pickle"),
    (b"\x80\x03", "pickle"),
    (b"\x80\x02", "pickle"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"ARROW1", "Arrow"),
    (b"FEA1", "Feather"),
    (b"Obj\x01", "Avro"),
    (b"{\\rtf", "RTF"),
    (b"\x93NUMPY", "NumPy"),
    (b"\x89HDF", "HDF5"),
    (b"CDF", "netCDF"),
    (b"SIMPLE  =", "FITS"),
    (b"@prefix ", "Turtle (RDF)"),
    (b"@base ", "Turtle (RDF)"),
)
FOXPRO = (0x30, 0x31)  # first bytes of Visual FoxPro's tables, whose header ends otherwise
JSON_SUFFIXES = frozenset((".json", ".geojson", ".jsonl", ".ndjson", ".geojsonl", ".geojsons"))
XML_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")


def is_called_otherwise(path: Path, format: str) -> bool:
    """True where a file's name says another format than the one it was read as."""
    suffix = path.suffix.lower()
    return suffix in ((".csv", ".tsv") if format in ("json", "geojson") else ()) or (
        format in ("csv", "tsv") and suffix in OTHERS
    )


def refused(name: SourceText, format: str) -> InputRefused:
    """The refusal, to raise, of a file in a format that is not read."""
    return InputRefused("reading.format", {"file": name, "format": format, "expected": READ})


def recognise(path: Path, name: SourceText, declared: str | None = None) -> str:
    """csv tsv xlsx xls ods json gtfs parquet gpkg shapefile kml flatgeobuf zip. ``InputRefused``
    for all else.

    ``json`` may turn out to be GeoJSON; ``zip`` is an archive with one of the others in it.
    ``declared`` settles only what content does not tell: csv or tsv.
    """
    if not path.stat().st_size:
        raise InputRefused("reading.empty", {"file": name})
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    format = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if format is None and _is_dbase(head):
        raise refused(name, "dBASE")
    if format is None:
        return _by_text(head, path, name, declared)
    if format == "zip":
        return _of_archive(path, name)
    if format == "sqlite":
        if head[68:72] in (b"GPKG", b"GP10", b"GP11") or path.suffix.lower() == ".gpkg":
            return "gpkg"
        raise refused(name, "SQLite")
    return format


def _is_dbase(head: bytes) -> bool:
    """A table of a shapefile without its shapes: a version, the day it was changed, and a header of
    whole fields, ended by a carriage return. Source: the dBASE III+ file layout."""
    if len(head) < 65 or (head[0] & 0x07 not in (2, 3, 4, 5) and head[0] not in FOXPRO):
        return False
    size = int.from_bytes(head[8:10], "little")
    dated = 1 <= head[2] <= 12 and 1 <= head[3] <= 31
    return dated and 65 <= size <= len(head) and (head[size - 1] == 0x0D or head[0] in FOXPRO)


def _as_utf8(head: bytes) -> bytes:
    """The first bytes of a text as UTF-8, where they are of two or four bytes a letter."""
    wide = next((wide for bom, wide in WIDE if head.startswith(bom)), "")
    if not wide and head[:4].count(0) == 2 and head[:2].count(0) == 1:
        wide = "utf-16-be" if head[0] == 0 else "utf-16-le"
    if not wide or b"\0" not in head:
        return head
    return head.decode(wide, "ignore").encode("utf-8", "ignore")


def _is_json_value(start: bytes) -> bool:
    """One number, text or word, which JSON may be."""
    try:
        json.loads(start)
    except ValueError:
        return False
    return True


def _by_text(head: bytes, path: Path, name: SourceText, declared: str | None) -> str:
    head = _as_utf8(head)
    for magic, format in REFUSED:
        if head.startswith(magic) and not (format == "EXE" and b"\0" not in head):
            raise refused(name, format)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x1e")
    kind = text_kinds.named(start[: text_kinds.MOST].decode("utf-8", "ignore"))
    if kind is not None:
        raise refused(name, kind)
    start = scripts.COMMENTS.sub(b"", start) if path.suffix.lower() in JSON_SUFFIXES else start
    if start[:1] in (b"{", b"[") and path.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return "json"
    if start[:1] in (b"{", b"[") and re.match(rb'[\[{]\s*(?:[\[{"\]}]|-?\d|$)', start):
        return "json"
    if path.suffix.lower() in JSON_SUFFIXES and _is_json_value(start):
        return "json"
    if scripts.begins(start.decode("utf-8", "ignore")):
        return "json"
    if start[:1] == b"<":
        root = XML_ROOT.search(re.sub(rb"<!--.*?-->", b"", start, flags=re.S))
        kind = root.group(1).decode("ascii") if root else "XML"
        if kind.lower() == "kml":
            return "kml"
        if kind.lower() in ("html", "table", "body", "head"):
            raise refused(name, "HTML")
        if kind == "stata_dta":
            raise refused(name, "Stata")
        if start[:5].lower() == b"<?xml" or path.suffix.lower() not in (".csv", ".tsv", ".txt"):
            raise refused(name, f"XML ({kind})")
    return "tsv" if declared == "tsv" or path.suffix.lower() == ".tsv" else "csv"


def _of_archive(path: Path, name: SourceText) -> str:
    with archives.opened(path, name) as archive:
        entries = archive.namelist()
        files = {Path(entry).name for entry in entries}
        if "workbook.xml" in files:
            return "xlsx"
        if "workbook.bin" in files:
            raise refused(name, "XLSB")
        if "mimetype" in files and "content.xml" in files:
            if _mimetype(archive).startswith("application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
            raise refused(name, "OpenDocument")
        if "[Content_Types].xml" in files:
            raise refused(name, "Office")
        if {file.lower() for file in files} & folders.FEED:
            return "gtfs"
        if any(entry.lower().endswith(".shp") for entry in entries):
            return "shapefile"
    return "zip"


def _mimetype(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as stream:
        return stream.read(200).decode("ascii", "ignore")
