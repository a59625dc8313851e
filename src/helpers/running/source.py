"""The source file as it is on disk: what tells it from what it was, so that a result is kept under
what was really read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from helpers.running.store import file_digest
from helpers.words.errors import InputRefused
from helpers.words.files import folders, shapefiles


def checksum(file: Path) -> str:
    """SHA-256 of a file; of a folder that of all its files with their names. ``OSError`` where one
    cannot be opened."""
    return _of_folder(file)[file.name] if file.is_dir() else file_digest(file)


def _of_folder(folder: Path) -> dict[str, str]:
    """The checksum of a folder, by its name, and that of each file in it, by its path from
    there."""
    if len(folders.members(folder)) > folders.MOST:  # it is refused before any is read
        return {folder.name: "more"}
    inside = {
        f"{folder.name}/{part.relative_to(folder).as_posix()}": file_digest(part)
        for part in folders.parts_of(folder)
    }
    whole = hashlib.sha256(json.dumps(inside).encode("utf-8", "surrogatepass")).hexdigest()
    return {folder.name: whole, **inside}


class SourceFile:
    """A file, with its parts where it is a shapefile, or a folder. ``missing``: the message key
    where it is not there."""

    def __init__(self, file: Path, missing: str) -> None:
        self.file, self.missing = file, missing
        self._checksums: dict[str, str] | None = None

    def _read(self) -> dict[str, str]:
        try:
            if self.file.is_dir():
                return _of_folder(self.file)
            if not self.file.is_file():
                raise FileNotFoundError
            return {part.name: file_digest(part) for part in shapefiles.parts_of(self.file)}
        except FileNotFoundError:
            raise InputRefused(self.missing, {"file": self.file.name}) from None
        except (OSError, ValueError) as error:
            raise InputRefused(
                "running.cannot_open", {"file": self.file.name, "kind": type(error).__name__}
            ) from None

    def checksums(self) -> dict[str, str]:
        """SHA-256 by part, as first asked for. ``InputRefused`` where the file is not there or
        cannot be opened."""
        if self._checksums is None:
            self._checksums = self._read()
        return self._checksums

    def settle(self, checksums: dict[str, str]) -> bool:
        """Take these for what was read; True where they are others than before."""
        changed = self._checksums is not None and self._checksums != checksums
        self._checksums = checksums
        return changed

    def changed(self) -> bool:
        """Read once more: True where the file is no longer what it was; from then on it is what it
        is now."""
        return self.settle(self._read())
