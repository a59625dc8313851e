"""A dataset may be several files, of which one stands for all: a shapefile's .shp, an unpacked
timetable's stops."""

from __future__ import annotations

from pathlib import Path

from helpers.words.files import feeds, shapefiles


def parts_of(file: Path) -> list[Path]:
    """``file``, and what is one dataset with it, in order of name."""
    return feeds.parts_of(file) if feeds.is_head(file) else shapefiles.parts_of(file)
