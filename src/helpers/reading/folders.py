"""A folder that is one dataset is read as the archive that it would be: its files packed, without
compression, in the snapshot's private folder.

So a feed, a shapefile or one table is found by the same rules, and all else that lies beside it is
screened as the members of an archive are. A folder of several is refused with what it holds.
"""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from helpers.reading import archives, formats
from helpers.reading.snapshot import Repair
from helpers.reading.source import Read
from helpers.words.errors import InputRefused
from helpers.words.files import folders, shapefiles
from helpers.words.source_text import SourceText

NAMED = 8  # files of a refused folder that are named
LONGEST = 200  # bytes of the packed file's name; a system takes 255
HEAD = 1 << 14
# What is said of an archive -> what is said of a folder.
REFUSED = {
    "reading.zip_bounds": "reading.folder_bounds",
    "reading.zip_path": "reading.folder_path",
    "reading.zip_nested": "reading.folder_nested",
    "reading.feeds_several": "reading.folder_feeds",
}
TOLD = {"archive": "folder", "archive_others": "folder_others", "in_folder": "folder_inside"}


@contextmanager
def packed(folder: Path, work: Path, name: SourceText) -> Iterator[Path]:
    """An archive in ``work`` of all files of a folder, gone afterwards. What is refused inside is
    refused of a folder.

    Raises ``InputRefused`` for a folder that is empty, holds several datasets, a file geodatabase
    or a link, and beyond the bounds of an archive.
    """
    try:
        files = folders.members(folder)
        _one(folder, files, name)
        # as text without what no system has in a name: UTF-8 has no half letters
        stem = folder.name.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore")
        target = work / f"{stem}.zip"
        try:
            _pack(folder, files, target, name)
            yield target
        finally:
            target.unlink(missing_ok=True)
    except InputRefused as refused:
        key = REFUSED.get(refused.key, refused.key)
        raise InputRefused(key, refused.values) from None


def _pack(folder: Path, files: list[Path], target: Path, name: SourceText) -> None:
    """Always the same bytes of the same files: their names in order, without their times."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            try:
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix())
                with file.open("rb") as stream, archive.open(entry, "w", force_zip64=True) as out:
                    while block := stream.read(1 << 20):
                        out.write(block)
            except UnicodeEncodeError:
                raise InputRefused("guarding.no_name", {"file": name / file.name}) from None


def _one(folder: Path, files: list[Path], name: SourceText) -> None:
    """Raises ``InputRefused`` where the files are not those of one dataset, or no plain files."""
    if not files:
        raise InputRefused("reading.folder_empty", {"file": name})
    if len(files) <= folders.MOST and any(folders.is_geodatabase(each.parent) for each in files):
        raise InputRefused("reading.geodatabase", {"file": name})
    modes = [file.lstat() for file in files]
    if not all(stat.S_ISREG(mode.st_mode) for mode in modes):
        raise InputRefused("reading.folder_path", {"file": name})
    size = sum(mode.st_size for mode in modes)
    if len(files) > folders.MOST or size > archives.MAX_UNPACKED:
        raise InputRefused(
            "reading.folder_bounds",
            {"file": name, "most_entries": folders.MOST, "most": archives.MAX_UNPACKED >> 20},
        )
    _chosen(folder, files, name)


def _chosen(folder: Path, files: list[Path], name: SourceText) -> None:
    """Raises ``InputRefused`` where several files may be the dataset, with what they are."""
    seen = [file for file in files if not archives.is_hidden(file.name)]
    if {file.name.lower() for file in seen} & folders.FEED:
        return
    shapes = [file for file in seen if file.suffix.lower() == ".shp"]
    tables = [file for file in seen if file.suffix.lower() in formats.MEMBERS]
    if len(shapes) + len(tables) == 1:
        return
    others = [file for file in seen if not shapefiles.is_part(file) and not folders.is_paper(file)]
    could = sorted(shapes + tables) or others
    if len(could) == 1:
        return
    given = {
        "file": name,
        "count": len(could),
        "files": ", ".join(file.relative_to(folder).as_posix() for file in could[:NAMED])
        + (" …" if len(could) > NAMED else ""),
    }
    alike = len(tables) > 1 and not shapes and len({_heading(file) for file in tables}) == 1
    key = "reading.folder_delivery" if alike and _heading(tables[0]) else "reading.folder_several"
    raise InputRefused(key, given)


def _heading(file: Path) -> bytes:
    """The first line of a text; nothing of what is none, or is not to be opened."""
    if file.suffix.lower() not in (".csv", ".tsv", ".txt"):
        return b""
    try:
        with file.open("rb") as stream:
            return stream.read(HEAD).split(b"\n")[0].strip()
    except OSError:
        return b""


def add_repairs(result: Read) -> None:
    """What was told of an archive is told of the folder; of a timetable that it lies unpacked."""
    result.repairs = [
        replace(repair, code=TOLD.get(repair.code, repair.code)) for repair in result.repairs
    ]
    if result.format == "gtfs":
        result.repairs.insert(0, Repair("feed_unpacked", 1))
    elif not any(repair.code == "folder" for repair in result.repairs):
        result.repairs.insert(0, Repair("folder", 1))
