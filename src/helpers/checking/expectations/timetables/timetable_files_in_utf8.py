"""Every file of the feed is in UTF-8, without null characters.

Otherwise å, ä and ö go wrong in every program that trusts the reference. A byte order mark is
allowed. Source: GTFS Schedule reference, file requirements.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import feed
from helpers.reading.snapshot import Snapshot

CODES = ("encoding", "mixed_encoding", "null_characters", "replacement_character", "mojibake")


def _judge(snapshot: Snapshot) -> list[Judged]:
    wrong = sorted(
        {
            str(repair.column).partition(":")[0]
            for repair in snapshot.repairs
            if repair.code in CODES
        }
    )
    return [Judged(len(snapshot.tables), len(wrong), names=tuple(f"{name}.txt" for name in wrong))]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=(
        {**feed(), "repairs": [{"code": "encoding", "count": 1, "column": "stops"}]},
        {**feed(), "repairs": [{"code": "null_characters", "count": 3, "column": "stops"}]},
    ),
)
