"""Pass 2: from a relation of text cells to a snapshot's table, typed columns beside the text,
positions beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from helpers.reading import (
    arrangement,
    aside,
    axes,
    bounds,
    databases,
    missing,
    mojibake,
    oddities,
    passing,
    places,
)
from helpers.reading.dates import SHARE
from helpers.reading.passing import Passed
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Repair, Table, named
from helpers.reading.typing import Guess, agree, guess
from helpers.reading.widths import width_of

Plain = Callable[[int, int], Iterator[pa.RecordBatch]]
DATES = 0.5  # of the cells of a date's form are days: 2024-02-30 and 0000-00-00 are none
SAMPLE_ROWS = 20_000
SAMPLE_COLUMNS = 25  # whose cells are held in Python at a time
SAMPLE_LETTERS = 256  # of a cell: a number or a date is shorter

# rows that hold other things
OUT = ("footnotes", "sum_row", "mean_rows", "subtotals", "section_titles")
TOLD: dict[str, Callable[[Guess], bool]] = {  # of columns whose cells can't be read in one way
    "ambiguous_dates": attrgetter("ambiguous"),
    "mixed_dates": attrgetter("mixed"),
    "both_signs": attrgetter("both"),
    "lists": attrgetter("listed"),
    "dates_clock": attrgetter("halves"),
}


@dataclass
class WrittenTable:
    """``read``: how many rows the relation gave, before any was set aside."""

    table: Table
    repairs: list[Repair] = field(default_factory=list)
    decimal: str | None = None
    read: int = 0
    outside: list[tuple[int, str]] = field(default_factory=list)  # rows set aside, with their text


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection within bounds, spilling into the snapshot's own private folder.

    One thread: rows are numbered in the order of the file, which only one at a time can do. A
    second would ask for work again and again meanwhile, and take as much CPU as the first.
    """
    connection = databases.connect(spill=folder / "spill", threads=1)
    connection.execute("set preserve_insertion_order = true")
    return connection


def _guesses(
    connection: duckdb.DuckDBPyConnection,
    sample: str,
    names: list[str],
    declared: dict[str, str],
    folder: Path,
) -> tuple[list[Guess], int]:
    """What each column is, and how many bytes of text a row has."""
    relation = f"(from {sample} limit {SAMPLE_ROWS})"
    if len(names) > SAMPLE_COLUMNS:
        kept = folder / "sample.raw.parquet"
        databases.write(
            connection, f"select * exclude (source_row) from {relation}", kept, len(names)
        )
        relation = databases.quoted(kept)
    guesses: list[Guess] = []
    row_bytes = 0.0
    for start in range(0, len(names), SAMPLE_COLUMNS):
        positions = range(start, min(start + SAMPLE_COLUMNS, len(names)))
        cells = ", ".join(f"left(t{i}, {SAMPLE_LETTERS}) as t{i}" for i in positions)
        size = " + ".join(f"coalesce(strlen(t{i}), 0)" for i in positions)
        arrays: dict[str, Any] = connection.execute(
            f"select {cells}, {size} as size from {relation}"
        ).fetchnumpy()
        row_bytes += arrays["size"].mean() if len(arrays["size"]) else 0
        guesses += [_guess(arrays[f"t{i}"], names[i], declared) for i in positions]
    return guesses, int(row_bytes)


def _guess(cells: Any, name: str, declared: dict[str, str]) -> Guess:
    texts = [None if cell is np.ma.masked else cell for cell in cells.tolist()]
    # a header that stands again further down says nothing of the type
    return guess([cell for cell in texts if cell != name], declared.get(name), name)


@dataclass(frozen=True)
class _Types:
    """What the columns of a table are, guessed from a sample of its rows."""

    connection: duckdb.DuckDBPyConnection
    names: list[str]
    declared: dict[str, str]
    folder: Path
    spelled: bool

    def of(self, relation: str) -> tuple[list[Guess], int]:
        """A guess for each column, and how many bytes of text a row has."""
        found, row_bytes = _guesses(
            self.connection, relation, self.names, self.declared, self.folder
        )
        return agree(found, self.names, spelled=self.spelled), row_bytes

    def of_records(
        self, relation: str, out: list[Repair], rows: int, guesses: list[Guess]
    ) -> list[Guess]:
        """The guesses, made anew where so many of ``rows`` are out that a column of numbers may
        have been taken for texts because of them. ``relation``: the rows that are left."""
        filled = sum(repair.count for repair in out if repair.code in OUT)
        texts = any(guessed.type == "text" for guessed in guesses)
        few = filled <= (1 - SHARE) * (rows - filled)
        return guesses if few or not texts else self.of(relation)[0]


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
    area: str | None = None,
    damaged: bool = True,
    spelled: bool = False,
    empty: bool = False,
    plain: Plain | None = None,
) -> WrittenTable:
    """Write ``relation`` (``source_row``, ``t0..tn`` and, with ``has_xy``, ``x, y``) to ``target``.

    ``plain`` gives the same rows without DuckDB, by so many rows of so many bytes of text.
    ``sample`` is a cheaper relation for guessing types; ``declared`` gives the specification's type
    by column name; ``damaged`` says that there may be mojibake; ``spelled`` that numbers stand as
    somebody wrote them; ``empty`` that some rows are empty. Rows that are no records (empty ones,
    the header again, a sum, a note at the end) are set aside, and told; one with a position is
    kept. ``InputRefused`` for too wide a table.
    """
    bounds.require_max_columns(len(names), table)
    repairs: list[Repair] = []
    if damaged:
        relation, repairs = mojibake.mend(connection, relation, names, target.parent)
        sample, plain = (None, None) if repairs else (sample, plain)
    types = _Types(connection, names, declared, target.parent, spelled)
    guesses, row_bytes = types.of(sample or relation)
    before = aside.before(connection, relation, len(names)) if empty else None
    relation, gone = before or (relation, (0, []))
    rows = databases.group_rows(len(names), row_bytes)
    batches = plain(rows, row_bytes) if plain is not None and before is None else None
    batches = batches or passing.streamed(connection, relation, rows)
    spots = places.of_shapes(connection, relation, crs=crs, area=area) if has_xy else None
    axes = spots.axes if spots else None
    seen = passing.write(connection, batches, guesses, target, points=axes)
    read = seen.rows + gone[0]
    removed: list[Repair] = []
    outside: list[tuple[int, str]] = []
    if names and not has_xy:
        over = (header_row or 1) - 1
        removed, outside, guesses, seen = _set_aside(types, target, guesses, seen, gone, rows, over)
    seen.texts.write(target, seen.rows)
    columns, told, decimal = _columns(connection, target, names, guesses, seen, declared)
    if names and not has_xy:
        told += arrangement.told(connection, target, columns, seen.rows)
    spots = spots or places.add(connection, target, columns, crs=crs, area=area)
    made = Table(table, target.name, seen.rows, columns, header_row, spots.geometry)
    return WrittenTable(made, repairs + removed + told + spots.told, decimal, read, outside)


def _set_aside(
    types: _Types,
    target: Path,
    guesses: list[Guess],
    seen: Passed,
    gone: aside.Rows,
    rows: int,
    preamble: int,
) -> tuple[list[Repair], list[tuple[int, str]], list[Guess], Passed]:
    """What is told of the rows that are no records, once they are out of the table, their text,
    and of the rest what its columns are and what is seen of it; ``rows`` of it at a time.
    ``preamble``: how many rows stood over the header."""
    connection, names = types.connection, types.names
    numbers = [i for i, guessed in enumerate(guesses) if guessed.is_number]
    blank = all(seen.absent(i) for i in range(len(names)))
    told, text, stays = aside.set_aside(
        connection,
        target,
        names,
        numbers,
        blank=blank,
        sums=seen.sums,
        gone=gone,
        preamble=preamble,
    )
    if stays:
        cells = ", ".join(["source_row", *(f"t{i}" for i in range(len(names)))])
        rest = f"(select {cells} from {databases.quoted(target)} where {stays})"
        guesses = types.of_records(rest, told, seen.rows, guesses)
        new = target.with_suffix(".aside.parquet")
        seen = passing.write(connection, passing.streamed(connection, rest, rows), guesses, new)
        new.replace(target)
    return told, text, guesses, seen


def _columns(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    guesses: list[Guess],
    seen: Passed,
    declared: dict[str, str],
) -> tuple[list[Column], list[Repair], str | None]:
    """The columns, what is told of them, and the sign that most decimals have."""
    columns, dropped = _verified(names, guesses, seen, declared)
    repairs = [Repair("empty_columns", dropped)] if dropped else []
    kept = [(column, guesses[column.position]) for column in columns if column.type != "text"]
    repairs += _of_types(kept, seen)
    repairs += [
        Repair(code, seen.rows - seen.absent(column.position), [], column.name)
        for code, is_so in TOLD.items()
        for column in columns
        if is_so(guesses[column.position])
    ]
    repairs += [
        oddities.repair(connection, target, column, code, seen.rows - seen.absent(column.position))
        for column in columns
        if (code := guesses[column.position].times)
    ]
    repairs += _lost_zeros(connection, target, columns)
    repairs += _read_as_empty(connection, target, columns)
    decimals = [guessed.decimal for _, guessed in kept if guessed.decimal]
    return columns, repairs, max(set(decimals), key=decimals.count) if decimals else None


def _of_types(kept: list[tuple[Column, Guess]], seen: Passed) -> list[Repair]:
    """How numbers and dates were written, where not as 1234.5 and 2024-01-31."""
    repairs = []
    for code, hits in (
        ("decimal_comma", sum(guessed.decimal == "," for _, guessed in kept)),
        (
            "thousands",
            sum(guessed.grouped or guessed.dotted or guessed.commaed for _, guessed in kept),
        ),
        ("minus_sign", sum(guessed.minus for _, guessed in kept)),
        ("minus_after", sum(guessed.trailing for _, guessed in kept)),
        ("minus_brackets", sum(guessed.enclosed for _, guessed in kept)),
        ("units", sum(guessed.unit is not None for _, guessed in kept)),
    ):
        if hits:
            repairs.append(Repair(code, hits))
    # beside positions, points are those of a machine
    beside_axes = axes.have_axes([column.name for column, _ in kept])
    for column, guessed in kept:
        if guessed.doubtful and not (beside_axes and guessed.doubtful == "."):
            code = "ambiguous_thousands" if guessed.doubtful == "," else "ambiguous_points"
            repairs.append(Repair(code, seen.parsed[column.position], [], column.name))
        if guessed.written:
            parsed = seen.parsed[column.position]
            repairs.append(Repair(guessed.written, parsed, [], column.name))
    return repairs


def _lost_zeros(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> list[Repair]:
    """Columns of codes that a spreadsheet has taken for numbers: 180 where 0180 should stand."""
    repairs = []
    for column in (candidate for candidate in columns if candidate.type == "integer"):
        width = width_of(column.name)
        if width is None:
            continue
        rows = connection.execute(f"""
            select source_row
            from {databases.quoted(target)}
            where length(trim({column.text})) = {width - 1} and {column.value} > 0
            order by 1
        """).fetchall()
        if rows:
            listed = [int(row[0]) for row in rows[:MAX_ROWS_LISTED]]
            repairs.append(Repair("leading_zero_lost", len(rows), listed, column.name))
    return repairs


def _read_as_empty(
    connection: duckdb.DuckDBPyConnection, target: Path, columns: list[Column]
) -> list[Repair]:
    """Cells that hold a spreadsheet's error, or a word that may be a value too, and are read as
    empty."""
    repairs = []
    for code, tokens in (("error_values", missing.ERRORS), ("missing_words", missing.WORDS)):
        held = [
            (column, sum(column.missing[token] for token in column.missing.keys() & tokens))
            for column in columns
        ]
        held = [(column, count) for column, count in held if count]
        if not held:
            continue
        listed = ", ".join(f"'{token}'" for token in sorted(tokens))
        where = " or ".join(f"trim({column.text}) in ({listed})" for column, _ in held)
        rows = connection.execute(f"""
            select source_row
            from {databases.quoted(target)}
            where {where}
            order by 1
            limit {MAX_ROWS_LISTED}
        """).fetchall()
        repairs.append(
            Repair(
                code,
                sum(count for _, count in held),
                [int(row[0]) for row in rows],
                named([column.name for column, _ in held]),
            )
        )
    return repairs


def _verified(
    names: list[str], guesses: list[Guess], seen: Passed, declared: dict[str, str]
) -> tuple[list[Column], int]:
    """Columns with their unparsed and missing counts, and how many with neither a name nor a value
    were left out.

    A type guessed from the sample that does not hold is dropped.
    """
    rows = seen.rows
    if not rows:
        return [Column(i, name) for i, name in enumerate(names)], 0
    columns = []
    dropped = 0
    for i, (name, guessed) in enumerate(zip(names, guesses, strict=True)):
        absent, tokens = seen.absent(i), seen.missing(i)
        unparsed = rows - absent - seen.parsed[i]
        if (
            name == f"kolumn_{i + 1}"
            and absent == rows
            and set(tokens) <= {"", " "}
            and len(names) > 1
        ):
            dropped += 1
            continue
        least = DATES if guessed.type in ("date", "datetime") else SHARE
        allowed = (rows - absent) * (1 if name in declared else 1 - least)
        holds = guessed.type != "text" and absent < rows and unparsed <= allowed
        kind, unread = (guessed.type, unparsed) if holds else ("text", 0)
        columns.append(Column(i, name, kind, unread, tokens, seen.padded[i]))
    return columns, dropped
