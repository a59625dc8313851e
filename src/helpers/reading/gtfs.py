"""A GTFS feed: every .txt of the archive a table, ``stops`` the main one; all else is told.

A file is known by its name in lower case, and read by the delimiter that it has: both are told.
"""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.reading import archives, delimited
from helpers.reading.around import zips
from helpers.reading.snapshot import Repair
from helpers.reading.source import Read, Source
from helpers.words.errors import InputRefused
from helpers.words.files import folders
from helpers.words.source_text import SourceText

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


OTHER_DELIMITERS = ";\t|"  # what may stand between cells in the place of the comma
HEADER = 1 << 16  # bytes that hold the row of names


def delimiter_of(file: Path) -> str:
    """The comma of the reference, or what stands between the names in its place. A name of GTFS
    holds none of them."""
    with file.open("rb") as stream:
        head = stream.read(HEADER).replace(b"\0", b"").strip().splitlines()
    first = head[0].decode("latin-1") if head else ""
    others = [letter for letter in OTHER_DELIMITERS if letter in first]
    return "," if "," in first or not others else max(others, key=first.count)


def _table_name(name: str) -> str:
    letters = (letter for letter in Path(name).stem if letter.isalnum() or letter in "_-")
    return "".join(letters).lower() or "table"


def _order(name: str) -> tuple[bool, int, bool, str]:
    """The main table first; of two files of one name the one nearer the top, spelt as it should."""
    file = Path(name).name
    return _table_name(name) != MAIN, name.count("/"), file != file.lower(), name


@dataclass
class _Taken:
    """What was read of an archive, and what is said of its files as a whole."""

    result: Read
    entries: list[zipfile.ZipInfo] = field(default_factory=list)
    empty: int = 0
    capitals: list[str] = field(default_factory=list)

    def add(self, source: Source, part: Path, name: str, entry: zipfile.ZipInfo, n: int) -> None:
        """The file's table, or that it is empty."""
        stem = _table_name(name)
        delimiter = delimiter_of(part)
        file_source = replace(
            source,
            path=part,
            name=source.name / name,
            type=None,
            hints={"header_row": 1, "delimiter": delimiter},
        )
        try:
            feed_file = delimited.table(file_source, name=stem, target=f"file_{n}")
        except InputRefused as refused:
            if refused.key != "reading.empty":
                raise
            self.empty += 1
            self.result.repairs.append(Repair("empty_file", 1, column=stem))
            return
        self.entries.append(entry)
        self.result.add(feed_file.tables[0], feed_file.repairs, beside=True)
        if delimiter != ",":
            told = Repair("feed_delimiter", 1, column=f"{stem}.txt")
            self.result.repairs.append(told)
        if Path(name).name != Path(name).name.lower():
            self.capitals.append(Path(name).name)
        self.result.reject(feed_file.rejected, feed_file.rejected_total)
        self.result.encoding = self.result.encoding or feed_file.encoding


def _read_files(
    source: Source, archive: zipfile.ZipFile, names: list[str], unpack: Path, result: Read
) -> _Taken:
    """Add the table of each file of the feed to ``result``; of two with the same stem the first."""
    seen: set[str] = set()
    taken = _Taken(result)
    for number, name in enumerate(names):
        if _table_name(name) in seen:
            continue
        part = archives.unpack(archive, name, unpack / f"file_{number}.txt")
        taken.add(source, part, name, archive.getinfo(name), number)
        seen.add(_table_name(name))
        part.unlink()
    return taken


def _one_feed(names: list[str], file: SourceText) -> None:
    """Raises ``InputRefused`` where several folders of an archive hold a feed each: which of them
    is meant, only who packed them knows."""
    held: dict[str, set[str]] = {}
    for name in names:
        if Path(name).name.lower() in folders.FEED:
            held.setdefault(str(Path(name).parent), set()).add(Path(name).name.lower())
    feeds = [folder for folder, files in held.items() if len(files) > 2]
    if len(feeds) > 1:
        raise InputRefused("reading.feeds_several", {"file": file, "count": len(feeds)})


def read(source: Source) -> Read:
    """All tables of the feed. ``InputRefused`` names the file of the feed that cannot be read.

    Raises ``InputRefused`` too where none of its files holds anything, or it holds several feeds.
    """
    result = Read("gtfs", delimiter=",")
    unpack = source.folder / "unpack"
    unpack.mkdir()
    try:
        with archives.opened(source.path, source.name) as archive:
            members = archives.members(archive)
            texts = [name for name in members if name.lower().endswith(".txt")]
            names = [name for name in texts if not folders.is_paper(Path(name))]
            names.sort(key=_order)
            _one_feed(names, source.name)
            taken = _read_files(source, archive, names, unpack, result)
            zips.hand_over(archive, source.surroundings, source.folder, taken.entries)
    finally:
        shutil.rmtree(unpack, ignore_errors=True)
    if not result.tables:
        raise InputRefused("reading.empty", {"file": source.name})
    result.repairs += _of_files(result, taken, members, names)
    return result


def _of_files(result: Read, taken: _Taken, members: list[str], names: list[str]) -> list[Repair]:
    """What is said of the archive's files: in a folder, in capitals, not read, missing."""
    present = {table.name for table in result.tables if table.rows}
    zones = any(Path(name).name.lower() == "locations.geojson" for name in members)
    present |= {"locations"} if zones else set()
    counts = (
        ("in_folder", sum("/" in name for name in names), None),
        ("file_capitals", len(taken.capitals), ", ".join(sorted(taken.capitals)) or None),
        ("zones", int(zones), None),
        ("archive_others", len(members) - len(taken.entries) - taken.empty - zones, None),
    )
    return [Repair(code, count, [], column) for code, count, column in counts if count] + [
        Repair("missing_file", 1, [], group[0]) for group in REQUIRED if not present & set(group)
    ]
