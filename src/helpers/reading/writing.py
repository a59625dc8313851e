"""Pass 2: from a relation of text cells to a snapshot's table, typed columns beside the text, positions beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from helpers import databases
from helpers.errors import InputRefused
from helpers.reading import missing, places
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Repair, Table
from helpers.reading.typing import SHARE, Guess, guess

SAMPLE_ROWS = 20_000
MAX_COLUMNS = 1000


@dataclass
class Written:
    table: Table
    repairs: list[Repair] = field(default_factory=list)
    decimal: str | None = None


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection within bounds: 2 threads, 700 MB, spilling into the snapshot's own private folder."""
    connection = databases.connect(spill=folder / "spill")
    connection.execute("set preserve_insertion_order = true")
    return connection


def _guesses(
    connection: duckdb.DuckDBPyConnection, sample: str, names: list[str], declared: dict[str, str]
) -> list[Guess]:
    cells: dict[str, Any] = connection.execute(
        f"select * exclude (source_row) from {sample} limit {SAMPLE_ROWS}"
    ).fetchnumpy()
    return [
        guess([None if cell is np.ma.masked else cell for cell in cells[f"t{i}"].tolist()], declared.get(name))
        for i, name in enumerate(names)
    ]


def write(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    names: list[str],
    target: Path,
    *,
    table: str,
    declared: dict[str, str],
    header_row: int | None,
    sample: str | None = None,
    crs: str | None = None,
    has_xy: bool = False,
    lan: str | None = None,
) -> Written:
    """Write ``relation`` (``source_row``, ``t0..tn`` and, with ``has_xy``, ``x, y, kind``) to ``target``.

    ``sample`` is a cheaper relation for guessing types; ``declared`` gives the specification's type by column name.
    Rows of nothing but blanks are left out, and told as ``empty_rows``; one with a position is kept.
    ``InputRefused`` for too wide a table.
    """
    if len(names) > MAX_COLUMNS:
        raise InputRefused("reading.too_wide", {"table": table, "columns": len(names), "most": MAX_COLUMNS})
    guesses = _guesses(connection, sample or relation, names, declared)
    typed = [(i, one) for i, one in enumerate(guesses) if one.type != "text"]
    columns_sql = ["source_row", *(f"t{i}" for i in range(len(names)))]
    columns_sql += [f"{one.sql(f't{i}')} as v{i}" for i, one in typed]
    if has_xy:
        columns_sql += ["x", "y"]
    _copy(connection, f"select {', '.join(columns_sql)} from {relation}", target)
    counts = _counts(connection, target, guesses)
    repairs: list[Repair] = []
    if not has_xy and names and all(counts[1::2]):
        blank = _without_blank_rows(connection, target, len(names))
        if blank:
            repairs.append(Repair("empty_rows", len(blank), blank[:MAX_ROWS_LISTED]))
            counts = _counts(connection, target, guesses)
    rows = counts[0]
    columns = _verified(connection, target, names, guesses, counts, declared)
    kept = [one for column, one in zip(columns, guesses, strict=True) if column.type != "text"]
    for code, hits in (
        ("decimal_comma", sum(one.decimal == "," for one in kept)),
        ("thousands", sum(one.grouped for one in kept if one.decimal or not one.date_format)),
    ):
        if hits:
            repairs.append(Repair(code, hits))
    decimals = [one.decimal for one in kept if one.decimal]
    geometry = places.add(connection, target, columns, crs=crs, has_xy=has_xy, lan=lan)
    made = Table(table, target.name, rows, columns, header_row, geometry)
    return Written(made, repairs, max(set(decimals), key=decimals.count) if decimals else None)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    connection.execute(f"copy ({query}) to {databases.quoted(target)} {databases.PARQUET}")


def _counts(connection: duckdb.DuckDBPyConnection, target: Path, guesses: list[Guess]) -> list[int]:
    """Rows, and for each column how many cells are missing and how many have a typed value."""
    parts = ["count(*)"]
    for i, one in enumerate(guesses):
        parts += [missing.count(f"t{i}"), f"count(v{i})" if one.type != "text" else "0"]
    return [int(count) for count in databases.aggregate(connection, parts, databases.quoted(target))]


def _without_blank_rows(connection: duckdb.DuckDBPyConnection, target: Path, width: int) -> list[int]:
    """The numbers of the rows that hold nothing but blanks; the table is written anew without them."""
    source = databases.quoted(target)
    filled = "coalesce(" + ", ".join(f"nullif(trim(t{i}), '')" for i in range(width)) + ") is not null"
    found = connection.execute(f"select source_row from {source} where not ({filled}) order by 1").fetchall()
    if found:
        aside = target.with_suffix(".aside.parquet")
        _copy(connection, f"select * from {source} where {filled}", aside)
        aside.replace(target)
    return [int(row[0]) for row in found]


def _verified(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    guesses: list[Guess],
    counts: list[int],
    declared: dict[str, str],
) -> list[Column]:
    """Columns with their unparsed and missing counts; a type guessed from the sample that does not hold is dropped."""
    rows = counts[0]
    if not rows:
        return [Column(i, name) for i, name in enumerate(names)]
    columns = []
    for i, (name, one) in enumerate(zip(names, guesses, strict=True)):
        absent, parsed = counts[2 * i + 1], counts[2 * i + 2]
        unparsed = rows - absent - parsed
        tokens: dict[str, int] = {}
        if absent:
            found = connection.execute(
                f"select trim(coalesce(t{i}, '')), count(*) from '{target}' "
                f"where t{i} is null or {missing.is_token(f't{i}')} group by 1 order by 1"
            ).fetchall()
            tokens = {str(token): int(count) for token, count in found}
        allowed = rows - absent - 1 if name in declared else (1 - SHARE) * (rows - absent)
        holds = one.type != "text" and unparsed <= allowed
        columns.append(Column(i, name, one.type if holds else "text", unparsed if holds else 0, tokens))
    return columns
