"""Where a column of ids leads to a file, that file is there.

The ids lead nowhere: of a trip with a shape_id and no shapes.txt no map can draw the way. Source:
GTFS Schedule reference, foreign ids. Files that the reference requires of every feed are told by
their own rule.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Judged
from helpers.checking.expectations.timetables.relations import feed
from helpers.reading.snapshot import Snapshot, Table
from helpers.traffic import gtfs_reference


def _nowhere(table: Table, present: set[str]) -> tuple[int, list[str]]:
    """How many filled columns of the table lead to another file, and those that find none."""
    files = gtfs_reference.load().files
    required = {name for name, file in files.items() if file.required or file.instead}
    fields = files[table.name].fields if table.name in files else {}
    leading = [
        (column.name, sorted({file for file, _ in fields[column.name].leads_to}))
        for column in table.columns
        if column.name in fields
        and fields[column.name].leads_to
        and sum(column.missing.values()) < table.rows
    ]
    nowhere = [
        f"{name} → {', '.join(f'{file}.txt' for file in ends)}"
        for name, ends in leading
        if not present & set(ends) and not required & set(ends)
    ]
    return len(leading), nowhere


def _judge(snapshot: Snapshot) -> list[Judged]:
    # locations.geojson and the groups of it are not tables
    zones = any(repair.code == "zones" for repair in snapshot.repairs)
    present = {table.name for table in snapshot.tables} | ({"locations"} if zones else set())
    found = ((table, *_nowhere(table, present)) for table in snapshot.tables if table.rows)
    return [
        Judged(leading, len(nowhere), table.name, names=tuple(nowhere))
        for table, leading, nowhere in found
        if leading
    ]


EXPECTATION = Expectation(
    lambda on: None,
    scope="source",
    judge=_judge,
    right=(
        feed(),
        feed(
            trips={0: {"shape_id": "S"}, 1: {"shape_id": "S"}},
        )
        | {"shapes": [{"shape_id": "S", "shape_pt_lat": "56", "shape_pt_lon": "15"}]},
    ),
    wrong=(feed(trips={0: {"shape_id": "S"}, 1: {"shape_id": "S"}}),),
)
