"""In a workbook no column of numbers holds some of them as text.

Where a code has leading zeros they are gone in the cells that are numbers, and sums leave out those
that are text. Source: a real parts list, whose article numbers stand as 004392 in text cells and as
numbers beside them.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.reading import formats
from helpers.reading.snapshot import Snapshot


def _judge(snapshot: Snapshot) -> list[Judged]:
    """One for each sheet that has such columns."""
    mixed = [repair for repair in snapshot.repairs if repair.code == "numbers_as_text"]
    other_sheets = tuple(f"{table.name}: " for table in snapshot.tables[1:])
    judged = []
    for table in snapshot.tables:
        repairs = [
            repair
            for repair in mixed
            if str(repair.column).startswith(f"{table.name}: ")
            or (table is snapshot.main and not str(repair.column).startswith(other_sheets))
        ]
        if not repairs:
            continue
        rows = sorted({row for repair in repairs for row in repair.rows})
        judged.append(
            Judged(
                table.rows,
                max(len(rows), *(repair.count for repair in repairs)),
                table.name,
                tuple(rows),
                tuple(str(repair.column).removeprefix(f"{table.name}: ") for repair in repairs),
            )
        )
    workbook = snapshot.format in formats.WORKBOOKS
    if judged or not workbook:
        return judged
    return [Judged(sum(table.rows for table in snapshot.tables), 0)]


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
