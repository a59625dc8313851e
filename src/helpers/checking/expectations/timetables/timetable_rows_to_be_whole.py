"""Every row of a file has as many cells as its header.

A comma too many or too few moves values into another column. Source: GTFS Schedule reference, file
requirements (RFC 4180).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import feed
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    uneven = {repair.column: repair for repair in snapshot.repairs if repair.code == "ragged"}
    judged = []
    for table in snapshot.tables:
        repair = uneven.get(table.name)
        judged.append(
            Judged(
                table.rows,
                min(repair.count, table.rows) if repair else 0,
                table.name,
                tuple(repair.rows) if repair else (),
            )
        )
    return judged


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=(
        {**feed(), "repairs": [{"code": "ragged", "count": 1, "rows": [2], "column": "routes"}]},
    ),
)
