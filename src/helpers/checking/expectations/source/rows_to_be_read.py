"""Every row of the file could be read: none has more filled cells than the header has columns.

Such a row is in no other count, on no map and in no table: its cells have moved, and nobody can
know which belong where. A delimiter within a text without quotes is the usual cause. Source: RFC
4180.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.reading.snapshot import Snapshot

# rows of another table in the same file are read, and left out on purpose
ELSEWHERE = "other_block"


def _judge(snapshot: Snapshot) -> list[Judged]:
    rows = [rejected.row for rejected in snapshot.rejected if rejected.reason != ELSEWHERE]
    failed = len(rows) if len(rows) < len(snapshot.rejected) else snapshot.rejected_total
    alone = len(snapshot.tables) == 1
    return [Judged(snapshot.main.rows + failed, failed, rows=tuple(rows) if alone else ())]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=({"example": [{"id": "1"}]},),
    wrong=({"example": [{"id": "1"}], "rejected": [{"row": 3, "reason": "too_many_cells"}]},),
)
