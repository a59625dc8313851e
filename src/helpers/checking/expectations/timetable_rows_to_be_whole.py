"""Every row of a file has as many cells as its header.

A comma too many or too few moves values into another column. Source: GTFS Schedule reference, file
requirements (RFC 4180).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.timetable import feed
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    uneven = {one.column: one for one in snapshot.repairs if one.code == "ragged"}
    found = []
    for table in snapshot.tables:
        one = uneven.get(table.name)
        found.append(
            Judged(
                table.rows,
                min(one.count, table.rows) if one else 0,
                table.name,
                tuple(one.rows) if one else (),
            )
        )
    return found


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(feed(),),
    wrong=(
        {**feed(), "repairs": [{"code": "ragged", "count": 1, "rows": [2], "column": "routes"}]},
    ),
)
