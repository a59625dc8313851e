"""Tables beside one another in a sheet: the largest is taken, the others are told and kept out.

An empty column without a name parts them, and they end on different rows or have the same names;
anything less sure stays one table, and is told as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby

import duckdb

from helpers.reading import databases
from helpers.reading.records import headers
from helpers.reading.snapshot import Repair

LEAST = 2  # columns of a table
BATCH = 10_000


@dataclass
class TableOfSheet:
    """What is read as the table: its relation and names, and what is told."""

    relation: str
    names: list[str]
    repairs: list[Repair] = field(default_factory=list)
    columns: range = range(0)  # of the sheet


@dataclass(frozen=True)
class _Part:
    """Columns that stand together, with the rows that they fill."""

    columns: range
    rows: int
    first: int
    last: int

    @property
    def is_whole(self) -> bool:
        """No row in it is empty."""
        return self.rows > 0 and self.rows == self.last - self.first + 1


def _runs(titles: list[str]) -> list[range]:
    """Columns with a name that stand together."""
    runs = []
    for named, columns in groupby(range(len(titles)), key=lambda i: titles[i] != ""):
        listed = list(columns)
        if named:
            runs.append(range(listed[0], listed[-1] + 1))
    return runs


def _parts(
    connection: duckdb.DuckDBPyConnection, relation: str, titles: list[str], runs: list[range]
) -> list[_Part]:
    """The runs with their rows; none where a column without a name holds anything."""

    def filled(columns: Iterable[int]) -> str:
        return " or ".join(f"coalesce(trim(t{i}), '') <> ''" for i in columns) or "false"

    unnamed = filled(i for i, title in enumerate(titles) if not title)
    asked = [f"count(*) filter (where {unnamed})"]
    for run in runs:
        asked += [
            f"{what} filter (where {filled(run)})"
            for what in ("count(*)", "min(source_row)", "max(source_row)")
        ]
    beside, *answers = databases.aggregate(connection, asked, relation)
    if beside:
        return []
    return [
        _Part(run, *(int(answer or 0) for answer in answers[3 * number : 3 * number + 3]))
        for number, run in enumerate(runs)
    ]


def _hand_over(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: list[int],
    aside: Callable[[int, str], None],
) -> None:
    cells = ", ".join(f"t{i}" for i in columns)
    reader = connection.execute(f"select source_row, concat_ws(' ', {cells}) from {relation}")
    while batch := reader.fetchmany(BATCH):
        for row, text in batch:
            if text:
                aside(int(row), str(text))


def take(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    cells: list[str],
    width: int,
    header_row: int | None,
    aside: Callable[[int, str], None],
) -> TableOfSheet:
    """The largest of the tables; the others' rows are handed to ``aside`` (number, text).

    ``cells`` is the header as it stands, of the sheet's ``width`` columns from A on.
    """
    names, told = headers(cells, width)
    whole = TableOfSheet(relation, names, told, range(width))
    titles = [cell.strip() for cell in (cells + [""] * width)[:width]]
    runs = _runs(titles)
    if header_row is None or len(runs) < LEAST or any(len(run) < LEAST for run in runs):
        return whole
    parts = _parts(connection, relation, titles, runs)
    if not parts:
        return whole
    together = all(part.is_whole and part.first == parts[0].first for part in parts)
    named = [[titles[i].casefold() for i in part.columns] for part in parts]
    alike = all(names_of == named[0] for names_of in named)
    if not together or not (alike or len({part.last for part in parts}) > 1):
        told.append(Repair("perhaps_side_by_side", len(parts)))
        return whole
    main = max(parts, key=lambda part: (part.rows * len(part.columns), -part.columns.start))
    others = [i for part in parts if part is not main for i in part.columns]
    aside(header_row, " ".join(titles[i] for i in others))
    _hand_over(connection, relation, others, aside)
    select = ", ".join(f"t{i} as t{number}" for number, i in enumerate(main.columns))
    names, told = headers([cells[i] for i in main.columns], len(main.columns))
    told.append(Repair("side_by_side", len(parts), [], ", ".join(titles[i] for i in others)))
    return TableOfSheet(f"(select source_row, {select} from {relation})", names, told, main.columns)
