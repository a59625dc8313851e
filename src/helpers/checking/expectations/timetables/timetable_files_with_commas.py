"""In each file of the feed a comma stands between the cells.

Programs that follow the reference find one single column in a file with semicolons. Source: GTFS
Schedule reference, file requirements.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import feed
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    others = sorted(
        str(repair.column) for repair in snapshot.repairs if repair.code == "feed_delimiter"
    )
    return [Judged(len(snapshot.tables), len(others), names=tuple(others))]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=({**feed(), "repairs": [{"code": "feed_delimiter", "count": 1, "column": "stops.txt"}]},),
)
