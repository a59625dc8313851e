"""A package is put into place: each file whole, the data before what is harvested of them, nobody's
edited file written over, and nothing of an earlier package left that no longer belongs to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from helpers.filling_in.packaging.table import DRAFT
from helpers.words.files import writing, written

# what else a package of a candidate may hold, beside what it is made of now
ENDINGS = (".csv", ".geojson", ".parquet", ".zip", ".csv-metadata.json")


def put(files: Iterable[Path], folder: Path) -> list[Path]:
    """Copy the files into ``folder``, in order, each moved into place when it is whole. Raises
    ``ConfigurationError`` where one cannot be written."""
    placed = []
    for file in files:
        target = folder / file.name
        with writing.aside(target) as part:
            shutil.copyfile(file, part)
        placed.append(target)
    return placed


def stale(folder: Path, id: str, placed: Iterable[Path], others: Iterable[str]) -> list[Path]:
    """Files of an earlier package in ``folder`` that this one has not, as far as they still read as
    we wrote them: of a package that may go out its drafts, and forms that the data no longer have.
    A draft takes nothing away of what went out. ``others``: names that are the same of every
    package."""
    now = {file.name for file in placed}
    drafted = any(name.startswith(DRAFT) for name in now)
    known = [*(f"{id}{ending}" for ending in ENDINGS), *others]
    old = [f"{DRAFT}{name}" for name in known] + ([] if drafted else known)
    there = [folder / name for name in dict.fromkeys(old) if name not in now]
    return [file for file in there if file.is_file() and written.ours(file)]


def remove(files: Iterable[Path]) -> list[str]:
    """Remove them; their names."""
    names = []
    for file in files:
        with writing.refusals_told(file):
            file.unlink()
        names.append(file.name)
    return names
