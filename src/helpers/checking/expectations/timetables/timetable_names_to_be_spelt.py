"""Files and columns are spelt as in the GTFS reference: none is almost the name of one that is
missing.

What is not spelt exactly so is not found, or passed over. An extension with a name of its own is
right. Source: GTFS Schedule reference, file requirements; what is almost a name: own threshold.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import FEED, feed
from helpers.reading.snapshot import Snapshot
from helpers.traffic import gtfs_reference

ALMOST = 0.86  # of difflib's ratio: sharpe_id is shape_id, direction is not direction_id


def _meant(names: set[str], known: set[str]) -> Iterator[tuple[str, str]]:
    """Each name that is not known, and the known one that it almost is and that is not there."""
    absent = sorted(known - names)
    for name in sorted(names - known):
        for meant in difflib.get_close_matches(name.lower(), absent, 1, ALMOST):
            yield name, meant


def _judge(snapshot: Snapshot) -> list[Judged]:
    files = gtfs_reference.load().files
    tables = {table.name: {column.name for column in table.columns} for table in snapshot.tables}
    said = [str(repair.column) for repair in snapshot.repairs if repair.code == "file_capitals"]
    capitals = [(name, name.lower()) for text in said for name in text.split(", ")]
    wrong = [f"{name} → {meant}" for name, meant in capitals]
    wrong += [f"{name}.txt → {meant}.txt" for name, meant in _meant(set(tables), set(files))]
    judged = [Judged(len(tables), len(wrong), names=tuple(wrong))]
    for table, names in tables.items():
        if table in files:
            meant = [f"{name} → {known}" for name, known in _meant(names, set(files[table].fields))]
            judged.append(Judged(len(names), len(meant), table, names=tuple(meant)))
    return judged


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(), {**feed(), "vehicles": [{"vehicle_id": "1"}]}),
    wrong=(
        {("calender" if name == "calendar" else name): rows for name, rows in FEED.items()},
        feed(trips={0: {"sharpe_id": "S"}, 1: {"sharpe_id": "S"}}),
        {**feed(), "repairs": [{"code": "file_capitals", "count": 1, "column": "STOPS.TXT"}]},
    ),
)
