"""In a workbook no column of numbers holds some of them as text.

Where a code has leading zeros they are gone in the cells that are numbers, and sums leave out those
that are text. Source: a real parts list, whose article numbers stand as 004392 in text cells and as
numbers beside them.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    """One for each sheet that has such columns."""
    mixed = [one for one in snapshot.repairs if one.code == "numbers_as_text"]
    found = []
    for table in snapshot.tables:
        other = tuple(f"{one.name}: " for one in snapshot.tables[1:])
        own = [
            one
            for one in mixed
            if str(one.column).startswith(f"{table.name}: ")
            or (table is snapshot.main and not str(one.column).startswith(other))
        ]
        rows = sorted({row for one in own for row in one.rows})
        if own:
            names = tuple(str(one.column).removeprefix(f"{table.name}: ") for one in own)
            found.append(
                Judged(
                    table.rows,
                    max(len(rows), *(one.count for one in own)),
                    table.name,
                    tuple(rows),
                    names,
                )
            )
    workbook = snapshot.format in ("xlsx", "xls", "ods")
    return found or ([Judged(sum(one.rows for one in snapshot.tables), 0)] if workbook else [])


_ROWS = [{"artikelnr": "004392"}, {"artikelnr": "140928"}]

EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=({"format": "xlsx", "delar": _ROWS},),
    wrong=(
        {
            "delar": _ROWS,
            "repairs": [
                {"code": "numbers_as_text", "count": 1, "rows": [2], "column": "artikelnr"}
            ],
        },
    ),
)
