"""Pass 2: from a relation of text cells to a snapshot's table, typed columns beside the text,
positions beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from helpers.reading import aside, axes, bounds, databases, missing, mojibake, oddities, places
from helpers.reading.dates import SHARE
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Repair, Table, named
from helpers.reading.typing import Guess, agree, guess
from helpers.reading.widths import width_of

SAMPLE_ROWS = 20_000
SAMPLE_COLUMNS = 25  # whose cells are held in Python at a time
SAMPLE_LETTERS = 256  # of a cell: a number or a date is shorter

OUT = ("footnotes", "sum_row", "subtotals", "section_titles")  # rows that hold other things
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
) -> WrittenTable:
    """Write ``relation`` (``source_row``, ``t0..tn`` and, with ``has_xy``, ``x, y``) to ``target``.

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
        sample = None if repairs else sample
    guesses, row_bytes = _guesses(connection, sample or relation, names, declared, target.parent)
    guesses = agree(guesses, names, spelled=spelled)
    before = aside.before(connection, relation, len(names)) if empty else None
    relation, gone = before or (relation, (0, []))
    _typed(connection, relation, guesses, target, row_bytes, has_xy=has_xy)
    counts = _counts(connection, target, guesses)
    read = counts[0] + gone[0]
    removed, outside = (
        ([], []) if has_xy else _set_aside(connection, target, names, guesses, counts, gone)
    )
    if any(repair.code != "empty_rows" or not gone[0] for repair in removed):
        if any(guessed.type == "text" for guessed in guesses) and _may_decide(removed, counts[0]):
            guesses = _again(connection, target, names, declared, guesses, spelled=spelled)
        counts = _counts(connection, target, guesses)
    columns, told, decimal = _columns(connection, target, names, guesses, counts, declared)
    geometry, placed = places.add(connection, target, columns, crs=crs, has_xy=has_xy, area=area)
    made = Table(table, target.name, counts[0], columns, header_row, geometry)
    return WrittenTable(made, repairs + removed + told + placed, decimal, read, outside)


def _may_decide(removed: list[Repair], rows: int) -> bool:
    """True where the filled rows that are out are so many of ``rows`` that a column of numbers may
    have been taken for texts because of them."""
    filled = sum(repair.count for repair in removed if repair.code in OUT)
    return filled > (1 - SHARE) * (rows - filled)


def _again(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    declared: dict[str, str],
    guesses: list[Guess],
    *,
    spelled: bool,
) -> list[Guess]:
    """The types of the records that are left at ``target``, and those typed anew where they are
    others than before."""
    relation = f"(select * from {databases.quoted(target)} order by source_row)"
    found, row_bytes = _guesses(connection, relation, names, declared, target.parent)
    found = agree(found, names, spelled=spelled)
    if found == guesses:
        return guesses
    new = target.with_suffix(".again.parquet")
    _typed(connection, relation, found, new, row_bytes, has_xy=False)
    new.replace(target)
    return found


def _set_aside(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    guesses: list[Guess],
    counts: list[int],
    gone: aside.Rows,
) -> tuple[list[Repair], list[tuple[int, str]]]:
    """What is told of the rows that are no records, once they are out of the table, and their
    text."""
    if not names:
        return [], []
    numbers = [i for i, guessed in enumerate(guesses) if guessed.is_number]
    blank = all(counts[1::2])
    return aside.set_aside(connection, target, names, numbers, blank=blank, gone=gone)


def _typed(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    guesses: list[Guess],
    target: Path,
    row_bytes: int,
    *,
    has_xy: bool,
) -> None:
    """Write ``relation``, of rows of so many bytes of text, to ``target`` with its typed values."""
    cells = ["source_row", *(f"t{i}" for i in range(len(guesses)))]
    cells += [
        f"{guessed.sql(f't{i}')} as v{i}"
        for i, guessed in enumerate(guesses)
        if guessed.type != "text"
    ]
    if has_xy:
        cells += ["x", "y"]
    select = f"select {', '.join(cells)} from {relation}"
    databases.write(connection, select, target, len(cells), row_bytes)


def _columns(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    guesses: list[Guess],
    counts: list[int],
    declared: dict[str, str],
) -> tuple[list[Column], list[Repair], str | None]:
    """The columns, what is told of them, and the sign that most decimals have."""
    columns, dropped = _verified(connection, target, names, guesses, counts, declared)
    repairs = [Repair("empty_columns", dropped)] if dropped else []
    kept = [(column, guesses[column.position]) for column in columns if column.type != "text"]
    repairs += _of_types(kept, counts)
    repairs += [
        Repair(code, counts[0] - counts[2 * column.position + 1], [], column.name)
        for code, is_so in TOLD.items()
        for column in columns
        if is_so(guesses[column.position])
    ]
    repairs += [
        oddities.repair(connection, target, column, code, counts[0] - counts[2 * at + 1])
        for column in columns
        if (code := guesses[at := column.position].times)
    ]
    repairs += _lost_zeros(connection, target, columns)
    repairs += _read_as_empty(connection, target, columns)
    decimals = [guessed.decimal for _, guessed in kept if guessed.decimal]
    return columns, repairs, max(set(decimals), key=decimals.count) if decimals else None


def _of_types(kept: list[tuple[Column, Guess]], counts: list[int]) -> list[Repair]:
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
            repairs.append(Repair(code, counts[2 * column.position + 2], [], column.name))
        if guessed.written:
            repairs.append(
                Repair(guessed.written, counts[2 * column.position + 2], [], column.name)
            )
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


def _counts(connection: duckdb.DuckDBPyConnection, target: Path, guesses: list[Guess]) -> list[int]:
    """Rows, and for each column how many cells are missing and how many have a typed value."""
    parts = ["count(*)"]
    for i, guessed in enumerate(guesses):
        parts += [missing.count(f"t{i}"), f"count(v{i})" if guessed.type != "text" else "0"]
    return [
        int(count) for count in databases.aggregate(connection, parts, databases.quoted(target))
    ]


def _verified(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    guesses: list[Guess],
    counts: list[int],
    declared: dict[str, str],
) -> tuple[list[Column], int]:
    """Columns with their unparsed and missing counts, and how many with neither a name nor a value
    were left out.

    A type guessed from the sample that does not hold is dropped.
    """
    rows = counts[0]
    if not rows:
        return [Column(i, name) for i, name in enumerate(names)], 0
    columns = []
    dropped = 0
    missing_tokens = _tokens(
        connection, target, [i for i in range(len(names)) if counts[2 * i + 1]]
    )
    for i, (name, guessed) in enumerate(zip(names, guesses, strict=True)):
        absent, parsed = counts[2 * i + 1], counts[2 * i + 2]
        unparsed = rows - absent - parsed
        tokens = missing_tokens.get(i, {})
        if (
            name == f"kolumn_{i + 1}"
            and absent == rows
            and set(tokens) <= {"", " "}
            and len(names) > 1
        ):
            dropped += 1
            continue
        allowed = rows - absent if name in declared else (1 - SHARE) * (rows - absent)
        holds = guessed.type != "text" and absent < rows and unparsed <= allowed
        columns.append(
            Column(i, name, guessed.type if holds else "text", unparsed if holds else 0, tokens)
        )
    return columns, dropped


def _tokens(
    connection: duckdb.DuckDBPyConnection, target: Path, lacking: list[int]
) -> dict[int, dict[str, int]]:
    """Of each column with missing cells: what stands there for "no value", and how often."""
    parts = [
        f"""
            histogram(
                case
                    when trim(coalesce(t{i}, '')) <> '' then trim(t{i})
                    when t{i} <> '' then ' '
                    else ''
                end
            ) filter (where t{i} is null or {missing.is_token(f"t{i}")})
        """
        for i in lacking
    ]
    histograms = databases.aggregate(connection, parts, databases.quoted(target))
    return {
        i: {str(token): int(count) for token, count in sorted(histogram.items())}
        for i, histogram in zip(lacking, histograms, strict=True)
    }
