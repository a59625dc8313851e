"""Each file of the feed is one of the GTFS reference.

A file of another name is read by nobody who does not know of it: it may be an extension, or
misnamed. Source: MobilityData's practice (unknown file); information only.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import feed
from helpers.reading.snapshot import Snapshot
from helpers.traffic import gtfs_reference


def _judge(snapshot: Snapshot) -> list[Judged]:
    known = gtfs_reference.load().files
    names = sorted(table.name for table in snapshot.tables if table.name not in known)
    return [Judged(len(snapshot.tables), len(names), names=tuple(f"{name}.txt" for name in names))]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=({**feed(), "frecuencias": [{"trip_id": "T1"}]},),
)
