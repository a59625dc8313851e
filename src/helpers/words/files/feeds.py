"""A timetable (GTFS) that was unpacked is several files in one folder: its ``stops.txt`` stands for
them all.

The files are those of the GTFS Schedule reference,
https://gtfs.org/documentation/schedule/reference/.
"""

from __future__ import annotations

from pathlib import Path

HEAD = "stops.txt"
BESIDE = frozenset(
    (
        "agency.txt",
        "routes.txt",
        "trips.txt",
        "stop_times.txt",
        "calendar.txt",
        "calendar_dates.txt",
    )
)
LEAST = 3  # of these beside the stops: a list of stops alone is a table of its own
ZONES = "locations.geojson"


def _names(folder: Path) -> set[str]:
    try:
        return {file.name.lower() for file in folder.iterdir()}
    except OSError:
        return set()


def is_head(file: Path) -> bool:
    """True for the stops of a timetable whose other files lie beside them."""
    return file.name.lower() == HEAD and len(_names(file.parent) & BESIDE) >= LEAST


def parts_of(head: Path) -> list[Path]:
    """The files of the timetable whose stops are ``head``, in order of name."""
    return sorted(file for file in head.parent.iterdir() if file == head or _belongs(file))


def is_part(file: Path) -> bool:
    """True for a file of an unpacked timetable that is not its stops."""
    if not _belongs(file) or file.name.lower() == HEAD:
        return False
    beside = _names(file.parent)
    return HEAD in beside and len(beside & BESIDE) >= LEAST


def _belongs(file: Path) -> bool:
    return file.is_file() and (file.suffix.lower() == ".txt" or file.name.lower() == ZONES)
