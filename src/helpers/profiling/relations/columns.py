"""What a column is: a number, a category or neither; a position, codes; and which columns tell the
rows of a table apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from helpers.profiling.relations import keys, telling
from helpers.profiling.relations.associations import CATEGORY, NUMBER
from helpers.profiling.relations.cells import Cells
from helpers.reading.snapshot import Column, Table

if TYPE_CHECKING:
    import duckdb

CODED = 5  # digits of a number that names something
GROUPS = 50  # different values of a category
LONG = 100  # letters: no key, but a text to read
CODE = re.compile(r"(?:kod|code|nr|nummer|number|(?:^|[^a-z])id|fips|postn\w*)$", re.I)
PLACE = re.compile(
    r"lat(?:itude?|itud)?(?:$|[^a-zåäö])|lo?ng?(?:itude?|itud)?$|koord|coord|sweref|wgs"
    r"|rt90|north|east|nord$|ost$|(?:^|_)[xyne]$",
    re.I,
)
NUMBERS = ("integer", "decimal")
DAYS = ("date", "datetime")


def is_place(table: Table, column: Column) -> bool:
    """It holds a coordinate."""
    placed = table.geometry.columns if table.geometry else []
    number = column.type in NUMBERS
    return column.name in placed or (number and bool(PLACE.search(column.name)))


def are_codes(profiled: dict[str, Any]) -> bool:
    """Whole numbers of one length, five digits and more: names of something, not sizes."""
    ends = {len(str(profiled[end])) for end in ("min", "max")}
    return profiled["type"] == "integer" and len(ends) == 1 and min(ends) >= CODED


def may_be_key(table: Table, column: Column, profiled: dict[str, Any]) -> bool:
    """False for what is measured and what is read, which are seldom alike but name nothing."""
    measured = column.type == "decimal" or (
        column.type == "integer" and kind_of(table, column, profiled) == NUMBER
    )
    return not measured and not is_place(table, column) and (profiled["length_max"] or 0) <= LONG


def kind_of(table: Table, column: Column, profiled: dict[str, Any]) -> str | None:
    """Whether the column is a number, a category or neither: an id, a text, a coordinate."""
    different, filled = profiled["distinct"], table.rows - profiled["missing"]
    if different < 2 or is_place(table, column):
        return None
    few = different <= GROUPS and different * 5 <= filled
    if column.type in NUMBERS and not (CODE.search(column.name) or are_codes(profiled)):
        if different == 2:
            return CATEGORY
        return NUMBER if column.type == "decimal" or different < filled else None
    if column.type in DAYS:
        return NUMBER if different > 2 else None
    return CATEGORY if few else None


def keys_of(
    con: duckdb.DuckDBPyConnection, table: Table, cells: Cells, profiled: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The keys of ``source``, as ``telling.key`` gives them, sought among ``cells``."""
    chosen = [
        column for column in cells.columns if may_be_key(table, column, profiled[column.name])
    ]
    if not chosen:
        return []
    days = frozenset(i for i, column in enumerate(chosen) if column.type in DAYS)
    told = [
        telling.key(con, [chosen[i] for i in columns])
        for columns in keys.found(cells.only(chosen).codes, only_beside=days)
    ]
    return [found for found in told if found["breaking"] <= keys.allowed(table.rows)]
