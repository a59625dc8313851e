"""Zip archives within caps: at most 1,000 entries, 2 GiB unpacked, a hundred times the packed size,
nothing outside.

Small archives may unpack to 50 MB whatever their ratio: a GTFS feed of a small town packs well.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

MAX_UNPACKED = 2 << 30
MAX_RATIO = 100
MAX_ENTRIES = 1000
SMALL = 50 << 20
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".kmz")


@contextmanager
def opened(path: Path, name: SourceText) -> Iterator[zipfile.ZipFile]:
    """The archive at ``path``, its caps checked. ``InputRefused`` where it exceeds one or cannot be
    opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, path, name)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise InputRefused("reading.broken_zip", {"file": name}) from None
    except RuntimeError:  # what zipfile raises for an encrypted entry
        raise InputRefused("reading.encrypted", {"file": name}) from None


def _check(archive: zipfile.ZipFile, path: Path, name: SourceText) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    most = min(MAX_UNPACKED, max(MAX_RATIO * path.stat().st_size, SMALL))
    if len(entries) > MAX_ENTRIES or unpacked > most:
        raise InputRefused(
            "reading.zip_bounds",
            {
                "file": name,
                "entries": len(entries),
                "most_entries": MAX_ENTRIES,
                "megabytes": -(-unpacked >> 20),
                "most": most >> 20,
            },
        )
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/"))
        if (
            parts.is_absolute()
            or ".." in parts.parts
            or ":" in entry.filename
            or stat.S_ISLNK(entry.external_attr >> 16)
        ):
            raise InputRefused("reading.zip_path", {"file": name})


def members(archive: zipfile.ZipFile) -> list[str]:
    """The entries that are files of somebody's: no folders, no macOS shadows, no hidden ones."""
    return [name for name in archive.namelist() if not name.endswith("/") and not is_hidden(name)]


def is_hidden(name: str) -> bool:
    """True for what a system puts into an archive for itself."""
    return name.startswith("__MACOSX") or PurePosixPath(name).name.startswith(".")


def unpack(archive: zipfile.ZipFile, member: str | zipfile.ZipInfo, target: Path) -> Path:
    """One entry to ``target``, of several with the same name the last; never more bytes than the
    archive declares. Raises ``zipfile.BadZipFile`` where it holds more."""
    entry = archive.getinfo(member) if isinstance(member, str) else member
    with archive.open(entry) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    if target.stat().st_size > entry.file_size:
        raise zipfile.BadZipFile(entry.filename)
    return target


def only_member(archive: zipfile.ZipFile, name: SourceText) -> str:
    """The one file of an archive that is no feed; ``InputRefused`` where there are several, or an
    archive in it."""
    files = members(archive)
    if any(member.lower().endswith(ARCHIVES) for member in files):
        raise InputRefused("reading.zip_nested", {"file": name})
    if len(files) != 1:
        raise InputRefused("reading.zip_several", {"file": name, "count": len(files)})
    return files[0]
