"""No code of 5 digits or more has leading zeros in one column and none in another of the same
codes, where there are several tables.

004392 and 4392 are one article that no look-up finds. Two columns hold the same codes where 3 or
more, and half of the one without zeros, are equal but for the zeros. Source: sheets of one
workbook, typed in by hand and by formula.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.reading import databases, missing
from helpers.reading.snapshot import Column, Snapshot, Table

MOST_COLUMNS = 200
DISTINCT = 100_000  # codes of a column that are looked at
Codes = dict[str, str]  # without zeros -> as it stands


def _codes(snapshot: Snapshot) -> list[tuple[Table, Column, Codes]]:
    """The columns that hold nothing but digits."""
    candidates = [
        (table, column)
        for table in snapshot.tables
        for column in table.columns
        if column.type in ("text", "integer")
    ]
    coded = []
    with databases.connect() as connection:
        for table, column in candidates[:MOST_COLUMNS]:
            cell = missing.cell(column)
            rows = connection.execute(
                f"select distinct {cell} as code from {databases.quoted(snapshot.parquet(table))}"
                f" where {cell} is not null limit {DISTINCT}"
            ).fetchall()
            codes = {code.lstrip("0"): code for (code,) in rows if code.isdecimal()}
            if codes and len(codes) >= 0.9 * len(rows):
                coded.append((table, column, codes))
    return coded


def _judge(snapshot: Snapshot) -> list[Judged]:
    if snapshot.format == "gtfs" or len(snapshot.tables) == 1:
        return []
    columns = _codes(snapshot)
    zeroed = [
        (column, {bare: code for bare, code in codes.items() if code[0] == "0" and len(code) >= 5})
        for _, column, codes in columns
    ]
    # by table: codes, of them without zeros, column
    lost: dict[str, list[tuple[int, int, str]]] = {}
    for table, column, codes in columns:
        shared = [
            sum(code == bare and bare in whole for bare, code in codes.items())
            for other, whole in zeroed
            if other is not column
        ]
        most = max(shared, default=0)
        if most >= 3 and 2 * most >= len(codes):
            lost.setdefault(table.name, []).append((len(codes), most, column.name))
    judged = [
        Judged(
            sum(count for count, _, _ in losses),
            sum(without_zeros for _, without_zeros, _ in losses),
            name,
            names=tuple(header for _, _, header in losses),
        )
        for name, losses in lost.items()
    ]
    return judged or [Judged(sum(len(codes) for _, _, codes in columns), 0)]


_WHOLE = [{"artikel": code} for code in ("004392", "004393", "016127", "140928")]
_CUT = [{"artikelnr": code} for code in ("4392", "4393", "16127")]

EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(
        {"delar": _WHOLE, "modell": [{"artikelnr": row["artikel"]} for row in _WHOLE]},
        {"delar": _WHOLE, "modell": [{"antal": "4392"}, {"antal": "2"}, {"antal": "7"}]},
    ),
    wrong=({"delar": _WHOLE, "modell": _CUT},),
)
