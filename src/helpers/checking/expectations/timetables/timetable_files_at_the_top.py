"""The files of the feed lie directly in the zip, not in a folder of it.

Many programs do not find them there. Source: GTFS Schedule reference, file requirements.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import feed
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    inner = sum(repair.count for repair in snapshot.repairs if repair.code == "in_folder")
    return [Judged(max(inner, len(snapshot.tables)), inner)]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=({**feed(), "repairs": [{"code": "in_folder", "count": 6}]},),
)
