"""What is read from a table over there to be looked at here: its first rows, and of each column the
different texts that screening is to see (``contents``), each in a row of its own.

It lies in a private folder that is gone when the command ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from helpers.checking.engines import contents, relations
from helpers.checking.engines.contents import Content, Contents
from helpers.checking.engines.table import Elsewhere
from helpers.declared.specifications import Specification
from helpers.reading import databases
from helpers.reading.snapshot import Column, Snapshot
from helpers.screening import named
from helpers.screening.column import by_header
from helpers.screening.marks import Mark

ROWS = 20_000
LETTERS = 64 << 20  # of the first rows together
COLUMNS = 800  # in one query
TRIED = 200  # rows whose letters are counted
SPOTS = ("x", "y", "lon", "lat")


@dataclass(frozen=True)
class Extract:
    """``rows``: how many of the table's are in it; ``contents``: what was asked of all of them,
    where those are more; ``held``: by column, the extract's row of each text that was fetched, with
    how many rows of the table it stands for."""

    snapshot: Snapshot
    rows: int
    contents: Contents = field(default_factory=Contents)
    held: Mapping[str, Mapping[int, int]] = field(default_factory=dict)

    @property
    def partly(self) -> list[str]:
        """Columns with more texts to look at than were fetched."""
        return [name for name, one in self.contents.of.items() if not one.searched]


def _first(there: Elsewhere, kinds: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The first rows, fewer of a table with long texts; of one with very many columns some columns
    at a time, and those rows that came each time."""
    dialect = there.site.dialect

    def asked(select: str) -> list[tuple[Any, ...]]:
        return there.site.rows(relations.of_base(dialect, there.source, select))

    texts = [column.text for column in there.snapshot.main.columns]
    widest = 0
    for start in range(0, len(texts), COLUMNS):
        letters = " + ".join(f"coalesce(length({one}), 0)" for one in texts[start:][:COLUMNS])
        some = f"select {letters} as letters from base limit {TRIED}"
        ((found,),) = asked(f"select max(letters) from ({some}) as few")
        widest += found or 0
    most = min(ROWS, max(TRIED, LETTERS // max(1, widest)))
    names = [name for name in kinds if name != "source_row"]
    rows: dict[Any, tuple[Any, ...]] = {}
    for start in range(0, max(1, len(names)), COLUMNS):
        listed = ", ".join(["source_row", *names[start:][:COLUMNS]])
        found = {row[0]: row for row in asked(f"select {listed} from base limit {most}")}
        before = rows if start else dict.fromkeys(found, ())
        rows = {row: before[row] + found[row][1:] for row in before if row in found}
    return [(row, *cells) for row, cells in rows.items()]


def _beside(there: Elsewhere, fields: Mapping[str, str]) -> dict[str, Column]:
    """By column, that of the organisation numbers of those whom it names."""
    columns = {column.name: column for column in there.snapshot.main.columns}
    found = {
        header: named.number_of(name, fields)
        for name, header in fields.items()
        if header in columns
    }
    return {header: columns[number] for header, number in found.items() if number in columns}


def _rows(
    there: Elsewhere, asked: Contents, numbers: Mapping[str, Column], first: int
) -> Iterator[tuple[str, int, dict[str, str | None], int]]:
    """The column, the row of its own, the cells of that row, and how many rows of the table it
    stands for, of each text that was fetched; numbered from ``first``."""
    row = first
    for column in there.snapshot.main.columns:
        content: Content | None = asked.of.get(column.name)
        for one in content.texts if content else ():
            cells: dict[str, str | None] = {column.text: one.text}
            if column.name in numbers:
                cells[numbers[column.name].text] = one.beside
            yield column.name, row, cells, one.rows
            row += 1


def taken(
    there: Elsewhere,
    fields: Mapping[str, str],
    specification: Specification | None,
    type: str,
    folder: Path,
) -> Extract:
    """The extract as a snapshot in ``folder``. Raises ``Broken``."""
    from helpers.checking.examples import PARSE  # the types of a snapshot's values, of pyarrow

    table = there.snapshot.main
    kinds: dict[str, Any] = dict.fromkeys(["source_row", *(one.text for one in table.columns)])
    typed = [column for column in table.columns if column.type != "text"]
    kinds |= {column.value: PARSE[column.type][0] for column in typed}
    first = _first(there, kinds | (dict.fromkeys(SPOTS) if table.geometry else {}))
    asked, numbers = Contents(), _beside(there, fields)
    if len(first) < table.rows:
        columns = [
            (table.column(seen.name), seen)
            for seen in by_header(table, fields, specification, type)
        ]
        place = {name: at for at, name in enumerate(kinds)}
        known = {
            one.name: [str(row[at]) for row in first if row[at := place[one.text]] is not None]
            for one, _ in columns
        }
        asked = contents.asked(there, columns, numbers, known)
    fetched = list(_rows(there, asked, numbers, len(first) + 1))
    held: dict[str, dict[int, int]] = {}
    for name, row, _, count in fetched:
        held.setdefault(name, {})[row] = count
    file = folder / "extract.parquet"
    _write(file, kinds, bool(table.geometry), first, [cells for _, _, cells, _ in fetched])
    made = replace(table, path=file.name, rows=len(first) + len(fetched))
    snapshot = replace(there.snapshot, folder=folder, tables=[made])
    return Extract(snapshot, len(first), asked, held)


def _write(
    file: Path,
    kinds: Mapping[str, Any],
    placed: bool,
    first: list[tuple[Any, ...]],
    fetched: list[dict[str, str | None]],
) -> None:
    """The extract's Parquet: the first rows, and of the fetched ones the cells that they have.
    ``kinds``: by column its type, None of texts."""
    import pyarrow as pa  # 0.2 s
    import pyarrow.parquet as pq  # 0.2 s

    types = {name: kind or pa.string() for name, kind in kinds.items()} | {"source_row": pa.int64()}
    types |= dict.fromkeys(SPOTS, pa.float64()) if placed else {}
    arrays = {
        name: pa.array([*(row[at] for row in first), *(one.get(name) for one in fetched)], kind)
        for at, (name, kind) in enumerate(types.items())
    }
    arrays["source_row"] = pa.array(range(1, len(first) + len(fetched) + 1), pa.int64())
    pq.write_table(pa.table(arrays), file)


def counted(extract: Extract, marks: list[Mark], hits: Path) -> list[Mark]:
    """The marks with how many rows of the table they are about, where the whole table was asked;
    ``hits``: as ``screening.screen`` writes them. A mark lists no rows: a table has no numbers."""
    table = extract.snapshot.main
    with databases.connect() as connection:
        for name, file in (("extract", extract.snapshot.parquet(table)), ("hits", hits)):
            connection.execute(f"create temp view {name} as from {databases.quoted(str(file))}")
        return [
            replace(
                mark,
                count=_count(extract, mark, _hit(connection, mark, marks), connection),
                rows=[],
            )
            if mark.where == "cells" and mark.table == table.name
            else mark
            for mark in marks
        ]


def _hit(connection: Any, mark: Mark, marks: list[Mark]) -> set[int]:
    """The extract's rows that the mark is about: those that it lists, where it lists all; else
    those of its kind that no other mark lists."""
    if mark.count == len(mark.rows):
        return set(mark.rows)
    rows = connection.execute(
        "select distinct source_row from hits where column_name = ? and kind = ?",
        [mark.column, mark.kind],
    ).fetchall()
    others = [one for one in marks if (one.column, one.kind) == (mark.column, mark.kind)]
    listed = {row for one in others if one.count == len(one.rows) for row in one.rows}
    return {int(row) for (row,) in rows} - listed


def _count(extract: Extract, mark: Mark, rows: set[int], connection: Any) -> int:
    held = extract.held.get(mark.column)
    among_first = [row for row in rows if row <= extract.rows]
    # what several cells of a row hold together is looked for in the first rows alone
    if mark.parts or held is None:
        return len(among_first)
    text = extract.snapshot.main.column(mark.column).text
    fetched = f"select {text} from extract where source_row > {extract.rows}"
    (apart,) = connection.execute(
        f"select count(*) from extract where list_contains(?, source_row) and trim({text}) not in"
        f" ({fetched} and {text} is not null)",
        [among_first],
    ).fetchone()
    return sum(held.get(row, 0) for row in rows) + int(apart)
