"""A GTFS feed: every .txt of the archive a table, ``stops`` the main one; all else is told."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

from helpers.reading import archives, delimited
from helpers.reading.around import zips
from helpers.reading.snapshot import Repair
from helpers.reading.source import Read, Source
from helpers.words.errors import InputRefused

MAIN = "stops"
# Files that a feed must have, by the GTFS Schedule reference (one of those in a group):
# https://gtfs.org/documentation/schedule/reference/
REQUIRED = (
    ("agency",),
    ("stops", "locations"),
    ("routes",),
    ("trips",),
    ("stop_times",),
    ("calendar", "calendar_dates"),
)


def _read_files(
    source: Source, archive: zipfile.ZipFile, names: list[str], unpack: Path, result: Read
) -> list[zipfile.ZipInfo]:
    """Add the table of each file of the feed to ``result``; of two with the same stem the first.
    Gives those that were read."""
    seen: set[str] = set()
    read: list[zipfile.ZipInfo] = []
    for number, name in enumerate(names):
        letters = (letter for letter in Path(name).stem if letter.isalnum() or letter in "_-")
        stem = "".join(letters) or "table"
        if stem.casefold() in seen:
            continue
        part = archives.unpack(archive, name, unpack / f"file_{number}.txt")
        if not part.stat().st_size:
            result.repairs.append(Repair("empty_file", 1, column=stem))
            continue
        file_source = replace(
            source,
            path=part,
            name=source.name / name,
            type=None,
            hints={"header_row": 1, "delimiter": ","},
        )
        feed_file = delimited.table(file_source, name=stem, target=f"file_{number}")
        seen.add(stem.casefold())
        read.append(archive.getinfo(name))
        result.add(feed_file.tables[0], feed_file.repairs, beside=True)
        result.reject(feed_file.rejected, feed_file.rejected_total)
        result.encoding = result.encoding or feed_file.encoding
        part.unlink()
    return read


def read(source: Source) -> Read:
    """All tables of the feed. ``InputRefused`` names the file of the feed that cannot be read.

    Raises ``InputRefused`` too where none of its files holds anything.
    """
    result = Read("gtfs", delimiter=",")
    unpack = source.folder / "unpack"
    unpack.mkdir()
    try:
        with archives.opened(source.path, source.name) as archive:
            members = archives.members(archive)
            names = [name for name in members if name.lower().endswith(".txt")]
            names.sort(key=lambda name: (Path(name).stem != MAIN, name.count("/"), name))
            taken = _read_files(source, archive, names, unpack, result)
            zips.hand_over(archive, source.surroundings, source.folder, taken)
    finally:
        shutil.rmtree(unpack, ignore_errors=True)
    if inner := sum("/" in name for name in names):
        result.repairs.append(Repair("in_folder", inner))
    present = {table.name for table in result.tables if table.rows}
    if any(Path(name).name == "locations.geojson" for name in members):
        present.add("locations")
        result.repairs.append(Repair("zones", 1))
    told = sum(repair.code in ("empty_file", "zones") for repair in result.repairs)
    if others := len(members) - len(taken) - told:
        result.repairs.append(Repair("archive_others", others))
    result.repairs += [
        Repair("missing_file", 1, [], group[0]) for group in REQUIRED if not present & set(group)
    ]
    if not result.tables:
        raise InputRefused("reading.empty", {"file": source.name})
    return result
