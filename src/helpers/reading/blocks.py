"""Several tables under one another in one sheet or file: the largest is taken, the others are told
and kept out.

A block begins after an empty row with a row of names over numbers or dates, perhaps under a title
of its own; anything less sure stays a row of the table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import duckdb

from helpers.reading import missing, names_of_columns
from helpers.reading.records import headers
from helpers.reading.snapshot import MAX_ROWS_LISTED, Rejected, Repair

MOST = 200
FEW_EMPTY = 20
LOOKED_AT = 12
NO_NAMES = {token.lower() for token in missing.TOKENS} | {"okänt", "okänd", "unknown"}
TITLES = 2  # rows of one text each over the header of a block
BATCH = 10_000


@dataclass
class Cut:
    """The block that was taken, as a relation with its own names."""

    relation: str
    names: list[str]
    header_row: int | None
    repairs: list[Repair] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_total: int = 0


def _filled(width: int) -> str:
    """SQL that is true where a cell of the row holds more than blanks."""
    return (
        "coalesce(" + ", ".join(f"nullif(trim(t{i}), '')" for i in range(width)) + ") is not null"
    )


def _starts(connection: duckdb.DuckDBPyConnection, relation: str, width: int) -> list[int]:
    """Numbers of the filled rows that stand under an empty one, at most 200."""
    filled = _filled(width)
    found = connection.execute(f"""
        select min(source_row, {FEW_EMPTY + 1}) from {relation} where not ({filled})
    """).fetchone()
    empty = [int(row) for row in (found and found[0]) or []]
    if len(empty) <= FEW_EMPTY:
        return _under(connection, relation, empty)
    rows = connection.execute(f"""
        with seen as (select source_row, {filled} as filled from {relation})
        select source_row
        from (select *, lag(filled) over (order by source_row) as above from seen)
        where filled and not above
        order by source_row
        limit {MOST}
    """).fetchall()
    return [int(row[0]) for row in rows]


def _under(connection: duckdb.DuckDBPyConnection, relation: str, empty: list[int]) -> list[int]:
    """Numbers of the filled rows under a few empty ones, without a look at the cells of others."""
    if not empty:
        return []
    parts = ", ".join(f"min(source_row) filter (where source_row > {row})" for row in empty)
    below = connection.execute(f"select {parts} from {relation}").fetchone() or ()
    return [int(row) for row in below if row is not None and row not in empty]


def _is_header(rows: list[tuple[object, ...]], names: list[str]) -> bool:
    """Names in at least two cells, none the same, over rows of which a column or more is of numbers
    or dates."""
    cells = [[str(cell or "") for cell in row[1:]] for row in rows]
    filled = [i for i, cell in enumerate(cells[0]) if cell.strip()]
    below = [row for row in cells[1:] if any(cell.strip() for cell in row)]
    titles = [cells[0][i].strip() for i in filled]
    if (
        len(filled) < 2
        or len(below) < 2
        or len(set(titles)) < len(titles)
        or not all(names_of_columns.is_name(name) for name in titles)
        or any(name.lower() in NO_NAMES for name in titles)
    ):
        return False
    if [name for name in cells[0] if name.strip()] == names:
        return False  # the same header again: a repeated header row, not another table
    ends = max((i for row in below for i, cell in enumerate(row) if cell.strip()), default=0)
    return ends <= filled[-1] and any(names_of_columns.numeric_below(i, below) for i in filled)


def _titles(cells: list[list[str]]) -> int:
    """How many rows at the beginning of a block have one text each and stand over others."""
    alone = [[cell for cell in row if cell.strip()] for row in cells[: TITLES + 1]]
    return next(
        (i for i, row in enumerate(alone) if len(row) != 1 or not names_of_columns.is_name(row[0])),
        0,
    )


def _headers(
    connection: duckdb.DuckDBPyConnection, relation: str, names: list[str]
) -> list[tuple[int, int, list[str]]]:
    """Of each block under an empty row: the number of its first row, that of its header, and the
    header's cells."""
    headers_below: list[tuple[int, int, list[str]]] = []
    title: int | None = None  # the first row of one, where an empty row stands below it
    for start in _starts(connection, relation, len(names)):
        rows = connection.execute(f"""
            select *
            from {relation}
            where source_row >= {start}
            order by source_row
            limit {LOOKED_AT}
        """).fetchall()
        cells = [[str(cell or "") for cell in row[1:]] for row in rows]
        blank = [i for i, row in enumerate(cells) if not any(cell.strip() for cell in row)]
        titles, end = _titles(cells), blank[0] if blank else len(rows)
        if titles < end and _is_header(rows[titles:end], names):
            first = start if title is None else title
            headers_below.append((first, int(rows[titles][0]), cells[titles]))
        title = start if titles == end else None
    return headers_below


def cut(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    names: list[str],
    header_row: int | None,
    aside: Callable[[int, str], None],
) -> Cut | None:
    """The largest block of ``relation``, the others' rows handed to ``aside`` (number, text); None
    where it is one table."""
    width = len(names)
    bounds = _headers(connection, relation, names)
    if not bounds:
        return None
    edges = [header_row or 0, *(start for start, _, _ in bounds), 1 << 62]
    over = [header_row or 0, *(header for _, header, _ in bounds)]
    counts = ", ".join(
        f"count(*) filter (where source_row > {low} and source_row < {high} and {_filled(width)})"
        for low, high in zip(over, edges[1:], strict=True)
    )
    sizes = connection.execute(f"select {counts} from {relation}").fetchone()
    assert sizes is not None
    taken = max(range(len(sizes)), key=lambda i: (sizes[i], -i))
    low, high = edges[taken], edges[taken + 1]
    outside = f"source_row < {low} or source_row >= {high}"
    rejected, others = _apart(connection, relation, width, outside, aside, "other_block")
    told = [Repair("blocks", len(over), [row for row in over if row])]
    mine = f"(select * from {relation} where source_row > {low} and source_row < {high})"
    if taken == 0:
        return Cut(mine, names, header_row, told, rejected, others)
    _, header, titles = bounds[taken - 1]
    mine, above = _under_titles(connection, relation, (low, header, high), aside)
    used = max(i for i, name in enumerate(titles) if name.strip()) + 1
    kept, repairs = headers(titles[:used], used)
    cells = ", ".join(["source_row", *(f"t{i}" for i in range(used))])
    wider = " or ".join(f"coalesce(trim(t{i}), '') <> ''" for i in range(used, width)) or "false"
    more, wide = _apart(connection, mine, width, wider, aside, "too_many_cells")
    rejected = (rejected + more)[:MAX_ROWS_LISTED]
    taken_rows = f"(select {cells} from {mine} where not ({wider}))"
    return Cut(taken_rows, kept, header, told + above + repairs, rejected, others + wide)


def _under_titles(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    rows: tuple[int, int, int],
    aside: Callable[[int, str], None],
) -> tuple[str, list[Repair]]:
    """The rows of a block under its header, and what is told of its titles, handed to ``aside``.
    ``rows``: its first one, its header and the first one of what follows."""
    low, header, high = rows
    titles = connection.execute(f"""
        select source_row, concat_ws(' ', *columns(* exclude (source_row)))
        from {relation}
        where source_row >= {low} and source_row < {header}
        order by 1
    """).fetchall()
    for row, text in titles:
        aside(int(row), str(text))
    above = [int(row) for row, _ in titles]
    mine = f"(select * from {relation} where source_row > {header} and source_row < {high})"
    return mine, [Repair("preamble", len(above), above)] if above else []


def _apart(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
    where: str,
    aside: Callable[[int, str], None],
    reason: str,
) -> tuple[list[Rejected], int]:
    """The first 1,000 of the rows that are kept out and how many they are, each handed to
    ``aside``."""
    cells = ", ".join(f"t{i}" for i in range(width))
    reader = connection.execute(f"""
        select source_row, concat_ws(' ', {cells})
        from {relation}
        where {where}
        order by 1
    """)
    rejected: list[Rejected] = []
    count = 0
    while batch := reader.fetchmany(BATCH):
        count += len(batch)
        for row, text in batch:
            aside(int(row), str(text))
        room = MAX_ROWS_LISTED - len(rejected)
        rejected += [Rejected(int(row), reason) for row, _ in batch[:room]]
    return rejected, count
