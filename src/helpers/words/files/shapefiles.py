"""A shapefile is several files of one name: which belong together."""

from __future__ import annotations

import glob
from pathlib import Path

READ = (".shp", ".dbf", ".shx", ".prj", ".cpg")
PARTS = (*READ, ".qpj", ".qix", ".sbn", ".sbx")


def parts_of(file: Path) -> list[Path]:
    """``file``, and where it is a .shp its parts beside it, in order of name."""
    if file.suffix.lower() != ".shp":
        return [file]
    beside = file.parent.glob(f"{glob.escape(file.stem)}.*")
    return sorted(part for part in beside if part.is_file() and part.suffix.lower() in PARTS)


def is_part(file: Path) -> bool:
    """True for a part of a shapefile that is not the .shp itself."""
    return file.suffix.lower() in PARTS[1:] and file.with_suffix(".shp").is_file()
