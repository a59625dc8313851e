"""Rows that are no records: empty ones, the header again, a sum and notes at the end. Kept out of
the table, and told."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from helpers.reading import databases, notes, subtotals
from helpers.reading.snapshot import MAX_ROWS_LISTED, Repair
from helpers.words.folding import fold

SUMS = {
    "summa",
    "totalt",
    "total",
    "sum",
    "totalsumma",
    "summatotalt",
    "totaltsumma",
    "slutsumma",
    "grandtotal",
}
TAIL = 6
Rows = tuple[int, list[int]]


def set_aside(
    connection: duckdb.DuckDBPyConnection,
    target: Path,
    names: list[str],
    numbers: list[int],
    *,
    blank: bool,
    sums: Collection[int],
    gone: Rows | None = None,
) -> tuple[list[Repair], list[tuple[int, str]], str]:
    """What is told of such rows in the table at ``target``, their text, and SQL that is true of the
    rows that stay, '' where all do. ``numbers``: positions of the columns of numbers; ``sums``: of
    those of which a text may say sum.

    ``blank`` is false where no row can be empty, as some column is filled throughout; ``gone`` are
    the empty ones where they are out already.
    """
    source = databases.quoted(target)
    width = len(names)
    filled = _is_filled(width)
    rows_by_code: dict[str, Rows] = {}
    kept: list[str] = []
    if blank:
        rows_by_code["empty_rows"] = _rows(connection, source, f"not ({filled})")
        kept.append(filled)
    if repeats_header := _repeats(names):
        rows_by_code["repeated_header_rows"] = _rows(connection, source, repeats_header)
        kept.append(f"not ({repeats_header})")
        titles = _titles(connection, source, width, rows_by_code["repeated_header_rows"][1])
        rows_by_code["section_titles"] = len(titles), titles
        kept += [f"source_row <> {row}" for row in titles]
    summed = subtotals.rows(connection, source, width, numbers, sums)
    within = _within(connection, source, width, summed.sure)
    rows_by_code["subtotals"] = len(within), within
    if within:
        kept.append(f"source_row not in ({', '.join(map(str, within))})")
    rest = f"(select * from {source} where {kept[-1]})" if within else source
    tail = _tail(connection, rest, width, numbers, filled if blank else "true")
    kept += [f"source_row <> {row}" for rows in tail.values() for row in rows]
    rows_by_code |= {code: (len(rows), rows) for code, rows in tail.items()}
    rows_by_code = {code: rows for code, rows in rows_by_code.items() if rows[0]}
    stays = " and ".join(kept) if rows_by_code else ""
    text = _texts(connection, source, width, stays, filled) if stays else []
    if gone is not None and gone[0]:
        rows_by_code = {"empty_rows": gone} | rows_by_code
    perhaps = [row for row in summed.perhaps if row not in tail.get("sum_row", ())]
    rows_by_code |= {"perhaps_subtotals": (len(perhaps), perhaps)} if perhaps else {}
    repairs = [
        Repair(code, count, rows[:MAX_ROWS_LISTED]) for code, (count, rows) in rows_by_code.items()
    ]
    return repairs, text, stays


def before(
    connection: duckdb.DuckDBPyConnection, relation: str, width: int
) -> tuple[str, Rows] | None:
    """The relation without its empty rows, and those, before it is written: to write a table once
    more for one blank line costs most of reading it. None where it has none, or where rows may be
    sums, which are held against all rows above them."""
    columns = list(range(min(width, subtotals.LOOKED_AT)))
    filled = _is_filled(width)
    rows = _rows(connection, relation, f"not ({filled})")
    if not rows[0] or subtotals.said(connection, relation, columns):
        return None
    return f"(select * from {relation} where {filled})", rows


def _repeats(names: list[str]) -> str:
    """SQL that is true where a row is the header again, '' where hardly any column has a name."""
    named = [i for i, name in enumerate(names) if name != f"kolumn_{i + 1}"]
    same = [f"coalesce(trim(t{i}), '') = {databases.quoted(names[i])}" for i in named]
    return " and ".join(same) if len(same) > 1 else ""


def _titles(
    connection: duckdb.DuckDBPyConnection, source: str, width: int, again: list[int]
) -> list[int]:
    """The rows right above a header that stands again which have a text in their first cell only:
    what the part below is about."""
    if not again or width < 2:
        return []
    above = ", ".join(str(row - 1) for row in again)
    others = ", ".join(f"nullif(trim(t{i}), '')" for i in range(1, width))
    found = connection.execute(f"""
        select source_row
        from {source}
        where source_row in ({above}) and trim(coalesce(t0, '')) <> ''
            and coalesce({others}) is null
        order by 1
    """).fetchall()
    return [int(row[0]) for row in found]


def _within(
    connection: duckdb.DuckDBPyConnection, source: str, width: int, sums: list[int]
) -> list[int]:
    """The sums within the table; the total at its end is told by itself."""
    if not sums:
        return []
    cells = ", ".join(f"trim(coalesce(t{i}, ''))" for i in range(width))
    below = connection.execute(f"""
        select {cells} from {source}
        where source_row >= {sums[-1]} and {_is_filled(width)}
        order by source_row
        limit {TAIL + 1}
    """).fetchall()
    word = next((str(cell) for cell in below[0] if cell), "")
    return sums[:-1] if fold(word) in SUMS and len(below) <= TAIL else sums


def _is_filled(width: int) -> str:
    """SQL that is true where a cell of the row holds more than blanks."""
    return (
        "coalesce(" + ", ".join(f"nullif(trim(t{i}), '')" for i in range(width)) + ") is not null"
    )


def _texts(
    connection: duckdb.DuckDBPyConnection, source: str, width: int, stays: str, filled: str
) -> list[tuple[int, str]]:
    """Each text of the filled rows that do not stay (the header again is always the same), with the
    number of its first row."""
    cells = ", ".join(f"t{i}" for i in range(width))
    gone = connection.execute(f"""
        select min(source_row), concat_ws(' ', {cells}) as text
        from {source}
        where not ({stays}) and {filled}
        group by text
        order by 1
    """).fetchall()
    return [(int(row), str(text)) for row, text in gone]


def _rows(connection: duckdb.DuckDBPyConnection, source: str, where: str) -> Rows:
    """How many rows of ``source`` are so, and the first of them: there may be millions."""
    found = connection.execute(
        f"select count(*), min(source_row, {MAX_ROWS_LISTED}) from {source} where {where}"
    ).fetchone()
    assert found is not None
    return int(found[0]), [int(row) for row in found[1] or []]


def _tail(
    connection: duckdb.DuckDBPyConnection, source: str, width: int, numbers: list[int], filled: str
) -> dict[str, list[int]]:
    """Notes and a sum among the last filled rows of a table that has more than they are."""
    last = connection.execute(f"select max(source_row) from {source} where {filled}").fetchone()
    if width < 2 or last is None or last[0] is None:
        return {}
    cells = ", ".join(f"trim(coalesce(t{i}, ''))" for i in range(width))
    listed = connection.execute(f"""
        select source_row, {cells}
        from {source}
        where source_row > {last[0] - 2 * notes.MOST} and {filled}
        order by 1
    """).fetchall()
    rows = [(int(row[0]), [str(cell) for cell in row[1:]]) for row in listed][-notes.MOST :]
    # a table may stand in
    left = min((i for _, cells in rows for i, cell in enumerate(cells) if cell), default=0)
    if len(rows) < 3:
        return {}
    count = notes.at_the_end([(number, cells[left:]) for number, cells in rows])
    noted = [number for number, _ in rows[len(rows) - count :]]
    rows = rows[: len(rows) - count]
    sums = [rows[-1][0]] if len(rows) > 2 and _is_sum(connection, source, rows[-1], numbers) else []
    if noted and not sums and not any(sum(map(bool, row)) > 1 for _, row in rows):
        noted = []  # a table whose rows are all one cell has no notes
    return {"footnotes": noted, "sum_row": sums}


def _above(connection: duckdb.DuckDBPyConnection, source: str, number: int) -> str:
    """How many records stand above the row of that number, as a cell says it."""
    found = connection.execute(f"select count(*) from {source} where source_row < {number}")
    return str((found.fetchone() or (0,))[0])


def _is_sum(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    row: tuple[int, list[str]],
    numbers: list[int],
) -> bool:
    """A first word that means sum, numbers alone beside it, one of them the sum of its column (or
    most cells empty, and in a column of texts how many records there are); or no word at all, but
    the sums of their columns alone.

    The numbers may be missing: formulas that were never computed.
    """
    number, cells = row
    filled = [i for i, cell in enumerate(cells) if cell]
    few = len(cells) >= 4 and len(filled) <= len(cells) / 2
    word = bool(filled) and fold(cells[filled[0]]) in SUMS
    beside = filled[1:] if word else filled
    if not (word or few) or not all(notes.NUMBER.match(cells[i]) for i in beside):
        return False
    summed = [i for i in beside if i in numbers]
    if not summed:
        counted = {cells[i] for i in beside}
        said = counted == {_above(connection, source, number)} if beside else len(cells) > 2
        return word and (few or not beside) and said
    parts = [
        f"sum(v{i}) filter (where source_row < {number}),"
        f" sum(v{i}) filter (where source_row = {number})"
        for i in summed
    ]
    sums = connection.execute(f"select {', '.join(parts)} from {source}").fetchone()
    assert sums is not None
    pairs = [(sums[2 * i], sums[2 * i + 1]) for i in range(len(summed))]
    if not word:  # the cent, for a number alone may be a record's
        return len(summed) == len(filled) and all(
            above and last and abs(above - last) <= 0.02 for above, last in pairs
        )
    equal = any(
        above is not None and last is not None and abs(above - last) <= max(0.02, 0.005 * abs(last))
        for above, last in pairs
    )
    return equal or few
