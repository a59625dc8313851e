"""The table has at least 1 row.

A header alone is no data: nothing about it can be checked, or published. Source: usual practice.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    return [Judged(1, 0 if snapshot.main.rows else 1)]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=({"example": [{"id": "1"}]},),
    wrong=({"example": []},),
)
