"""A folder may be one dataset: an unpacked timetable, a shapefile with the papers beside it.

Which files lie in it, and whether they belong together. No link is followed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from helpers.words.files import shapefiles

# Files by which a timetable is known, by the GTFS Schedule reference:
# https://gtfs.org/documentation/schedule/reference/
FEED = frozenset(("stops.txt", "routes.txt", "trips.txt", "agency.txt", "stop_times.txt"))
LEAST = 2  # of them: one alone may be a table of that name
MOST = 1000  # files, as of an archive
PAPERS = frozenset((".md", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".html", ".htm", ".qlr"))
# What papers in plain text are called.
PAPER = re.compile(r"(?:read|l[äa]s)[ _-]?m(?:e|ig)|licen[cs]|villkor|metadata", re.I)
GEODATABASE = (".gdbtable", ".gdbtablx")
# What is no part of a timetable that it lies beside.
DELIVERIES = frozenset(
    ".csv .tsv .json .geojson .gpkg .kml .fgb .parquet .xlsx .xls .ods .zip .shp".split()
)


def members(folder: Path) -> list[Path]:
    """All that lies in the folder and below it, in order of name, links too; no more than one above
    ``MOST``. Raises ``OSError`` where a folder cannot be opened."""
    found: list[Path] = []
    for place, below, names in os.walk(folder, onerror=_raise):
        below.sort()
        found += [Path(place) / name for name in names]
        found += [Path(place) / name for name in below if (Path(place) / name).is_symlink()]
        if len(found) > MOST:
            break
    return sorted(found)[: MOST + 1]


def _raise(error: OSError) -> None:
    raise error


def parts_of(path: Path) -> list[Path]:
    """All files of a source: a folder's, a shapefile's, else itself."""
    if not path.is_dir():
        return shapefiles.parts_of(path)
    return [file for file in members(path) if file.is_file()]


def is_geodatabase(folder: Path) -> bool:
    """True for a file geodatabase of Esri's, which is a folder."""
    return folder.suffix.lower() == ".gdb" or any(
        file.suffix.lower() in GEODATABASE for file in folder.iterdir()
    )


def is_paper(file: Path) -> bool:
    """True for what is read by people beside a dataset and is none itself."""
    if file.suffix.lower() in PAPERS:
        return True
    plain = file.suffix.lower() in (".txt", "")
    return file.name.startswith(".") or (plain and PAPER.match(file.stem) is not None)


def is_dataset(folder: Path) -> bool:
    """True where the files of a folder belong together, and where no file lies in it, of which
    nothing else can be said."""
    return holds_one(folder) or not any(file.is_file() for file in folder.iterdir())


def holds_one(folder: Path) -> bool:
    """True for a folder that is a timetable, a geodatabase, or one shapefile with papers. Raises
    ``OSError`` where it cannot be opened."""
    if is_geodatabase(folder):
        return True
    if _is_feed(folder):
        return True
    files = [file for file in folder.iterdir() if file.is_file()]
    others = [file for file in files if not shapefiles.is_part(file)]
    shapes = [file for file in others if file.suffix.lower() == ".shp"]
    papers = [file for file in others if file not in shapes and is_paper(file)]
    return len(shapes) == 1 and 0 < len(papers) == len(others) - 1


def _is_feed(folder: Path) -> bool:
    names = {file.name.lower() for file in folder.iterdir() if file.is_file()}
    return len(names & FEED) >= LEAST


def apart(folder: Path) -> list[Path]:
    """Deliveries of their own that lie beside a folder's timetable, in order of name."""
    if not _is_feed(folder):
        return []
    return [
        file
        for file in sorted(folder.iterdir())
        if file.is_file()
        and file.suffix.lower() in DELIVERIES
        and file.name.lower() != "locations.geojson"  # a file of GTFS
    ]
