"""Whether a folder is a report of ours, what in it we did not write, and where a report may not be
put."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import outputs, protected, writing, written
from helpers.words.files.replacing import ALIVE

SAID = "run.json"
SCHEMA = "datakollen/run/1"
# what looking at a folder leaves in it
SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints"}


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each file below ``folder`` by its path from there; of what a system leaves nothing."""
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = sorted(set(folders) - SYSTEMS)
        for name in sorted([*names, *links]):
            file = Path(place) / name
            if name not in SYSTEMS and not name.startswith("._"):
                yield file.relative_to(folder).as_posix(), file


def checksums(folder: Path) -> dict[str, str]:
    """Path -> SHA-256 of every file of a report that is complete but for its ``run.json``, where
    they are kept."""
    return {
        name: written.checksum(file) for name, file in _files(folder) if name not in (SAID, ALIVE)
    }


def said(folder: Path) -> dict[str, Any] | None:
    """The report's ``run.json``; None where the folder is no report of ours."""
    try:
        plain = json.loads((folder / SAID).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) and plain.get("schema") == SCHEMA else None


def ours(folder: Path) -> bool:
    """True where the folder is a report of ours."""
    return said(folder) is not None


def whole(folder: Path, name: str, about: dict[str, Any]) -> bool:
    """True where the file of this name stands in the report as we wrote it. ``about``: its
    ``run.json``."""
    kept, file = about.get("files"), folder / name
    if not isinstance(kept, dict) or file.is_symlink() or not file.is_file():
        return False
    return bool(kept.get(name) == written.checksum(file))


def foreign(folder: Path) -> list[str]:
    """What stands in a report of ours and is not as we wrote it; nothing of an older one, which did
    not keep that."""
    kept = (said(folder) or {}).get("files")
    if not isinstance(kept, dict):
        return []
    return [
        name
        for name, file in _files(folder)
        if name != SAID and (file.is_symlink() or kept.get(name) != written.checksum(file))
    ]


def refuse_place(output: Path, catalogue: Path) -> None:
    """``ConfigurationError`` where a report may never be put, since a run replaces the whole
    folder."""
    guarded = protected.protected_by(catalogue)
    for folder in (catalogue, paths.project_root(), paths.snapshots()):
        guarded.add(folder / "-", "entry")  # whatever it is called that lies there
    with writing.refusals_told(output):
        if guarded.inside(output):
            raise ConfigurationError("running.output_holds", {"folder": _name(output)})
        if output.exists() and not output.is_dir():
            raise ConfigurationError("running.output_is_file", {"file": _name(output)})


def refuse_content(output: Path, *, overwrite: bool = False) -> None:
    """``ConfigurationError`` where the folder holds what must stay: anything, if it is no report of
    ours; in a report of ours what we did not write, unless ``overwrite``."""
    if not output.is_dir():
        writing.checked(output)
        return
    if not ours(output) and any(output.iterdir()):
        raise ConfigurationError("running.output_not_ours", {"folder": _name(output)})
    theirs = [] if overwrite else foreign(output)
    if theirs:
        values = {"folder": _name(output), "count": len(theirs), "files": outputs.listed(theirs)}
        raise ConfigurationError("running.output_changed", values)


def _name(output: Path) -> str:
    return outputs.listed([output.name or str(output)])
