"""Tables that are arranged for people rather than for programs: told, and read as they stand.

A label over each group of rows, titles among the records, a table that lies on its side. Each is
asked only where the columns' missing cells and types leave room for it.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from helpers.reading import databases, names_of_columns
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Repair

LEAST = 0.3  # of the cells of a label that are empty
SELDOM = 3  # one row in three at most is a title
TALL = 60  # rows at most of a table on its side: they are its fields
NARROW = 3  # columns, and rows, at least
MOST = 100_000  # rows that somebody lays out for people


def told(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column], rows: int
) -> list[Repair]:
    """What is told of the arrangement of the table at ``target``, of so many ``rows``."""
    if len(columns) < 2 or not NARROW <= rows <= MOST:
        return []
    source = databases.quoted(target)
    found = _titles(connection, source, columns, rows)
    if not found:
        found = _labels(connection, source, columns, rows)
    return found or _on_its_side(connection, source, columns, rows)


def _empty(column: Column) -> int:
    """Cells that are blank; a dash or the like is an answer."""
    return sum(count for token, count in column.missing.items() if not token.strip())


def _labels(
    connection: duckdb.DuckDBPyConnection, source: str, columns: list[Column], rows: int
) -> list[Repair]:
    """The first column, where it has a text or a day on its first row and then never the same one
    again, while the next column is filled on every row."""
    label, beside = columns[:2]
    if label.type not in ("text", "date") or _empty(label) < LEAST * rows or _empty(beside):
        return []
    cell = f"nullif(trim({label.text}), '')"
    found = connection.execute(f"""
        select count({cell}), count(distinct {cell}), arg_min({cell} is not null, source_row)
        from {source}
    """).fetchone()
    many, different, first = found or (0, 0, False)
    if many < 2 or many != different or not first:
        return []
    return [Repair("group_labels", rows - int(many), [], label.name)]


def _titles(
    connection: duckdb.DuckDBPyConnection, source: str, columns: list[Column], rows: int
) -> list[Repair]:
    """Rows with a text in their first cell alone, each over a fuller one, in a table of which no
    other row lacks a number."""
    label, others = columns[0], columns[1:]
    numbers = [column for column in others if column.type in ("integer", "decimal")]
    fewest = min((_empty(column) for column in others), default=0)
    if len(columns) < NARROW or label.type != "text" or not numbers or not fewest:
        return []
    if SELDOM * fewest > rows or any(_empty(column) != fewest for column in numbers):
        return []
    filled = ", ".join(f"nullif(trim({column.text}), '')" for column in others)
    found = connection.execute(f"""
        with seen as (
            select source_row, coalesce({filled}) is null and trim({label.text}) <> '' as alone
            from {source}
        )
        select count(*) filter (alone), min(source_row, {MAX_ROWS_LISTED}) filter (alone),
            coalesce(bool_or(alone and below is not false), false)
        from (select *, lead(alone) over (order by source_row) as below from seen)
    """).fetchone()
    many, listed, last = found or (0, [], True)
    if many != fewest or many < 2 or last:
        return []
    return [Repair("perhaps_titles", int(many), [int(row) for row in listed])]


def _on_its_side(
    connection: duckdb.DuckDBPyConnection, source: str, columns: list[Column], rows: int
) -> list[Repair]:
    """A few rows of texts, where each row is of one kind (numbers, dates, words) and no column
    is."""
    if rows > TALL or len(columns) < NARROW or any(column.type != "text" for column in columns):
        return []
    cells = ", ".join(f"trim(coalesce({column.text}, ''))" for column in columns)
    kinds: list[set[str]] = []
    labels: list[str] = []
    for label, *values in connection.execute(f"select {cells} from {source}").fetchall():
        labels.append(label)
        kinds.append({names_of_columns.kind(value) for value in values if value})
    alone = [next(iter(kind)) for kind in kinds if len(kind) == 1]
    named = all(map(names_of_columns.is_name, labels)) and len(set(labels)) == len(labels)
    if not named or len(alone) < len(kinds) or len(set(alone)) < 2 or alone.count("word") == rows:
        return []
    measured = sum(kind != "word" for kind in alone)
    return [Repair("on_its_side", rows)] if measured > 1 else []
