"""A zip archive is its members and what is written around them; all but the members that were read
is handed over."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Collection
from pathlib import Path

from helpers.reading import archives
from helpers.reading.around import envelope, files
from helpers.reading.surroundings import Part, Surroundings
from helpers.words.files import shapefiles

ENCRYPTED = 1  # a bit of a member's flags (APPNOTE 4.4.4)
SYSTEMS = (".ds_store", "desktop.ini", ".directory")  # what a folder's window looks like
MOST_OF_A_SYSTEM = 1 << 20  # bytes: notes of a system are small, what hides among them need not be


def hand_over(
    archive: zipfile.ZipFile,
    surroundings: Surroundings,
    folder: Path,
    read: Collection[zipfile.ZipInfo],
) -> None:
    """All that is in an open archive beside the members that were ``read``. Others are unpacked to
    a folder in ``folder``, one at a time."""
    surroundings.add_all(envelope.parts(archive))
    work = folder / "beside"
    work.mkdir()
    try:
        taken = {id(entry) for entry in read}
        for entry in archive.infolist():
            if id(entry) not in taken and (entry.file_size or not entry.filename.endswith("/")):
                _member(archive, entry, surroundings, work / "member")
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, surroundings: Surroundings, target: Path
) -> None:
    name = entry.filename
    if entry.flag_bits & ENCRYPTED:
        surroundings.add(Part("zip_locked", None, name))
        return
    hidden = archives.is_hidden(name)
    place = "zip_hidden" if hidden else "zip_file"
    system = hidden or Path(name).name.lower() in SYSTEMS
    try:
        archives.unpack(archive, entry, target)
    except (*envelope.CLOSED, OSError):
        surroundings.add(Part(place, None, name))
        return
    plain = Path(name).suffix.lower() in shapefiles.PLAIN
    index = plain or (system and entry.file_size <= MOST_OF_A_SYSTEM)
    files.hand_over(surroundings, target, place, name, index=index)
