"""A column's different texts are gathered once for all rules that ask of them: a rule about one
cell is asked of each text, not of each row.

Only of columns whose equal texts the Parquet keeps once, of which gathering costs little more than
reading them. Which rows are wrong is asked of the rows, and only by a rule that finds a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.reading import databases, gathered

if TYPE_CHECKING:
    import duckdb

LEAST = 2  # rules about a column's cells, for which it is gathered
LITERAL = re.compile(r"'(?:[^']|'')*'")
# What a rule about one cell does not name: another row, another relation, a position.
ELSEWHERE = re.compile(
    r'"|\b(?:source_row|over|select|from|x|y|lon|lat|kommunkod|within_reach|looks_like)\b'
)
NUMBERED = re.compile(r"\b[A-Za-z]\w*\d\w*\b")  # names of columns are
# of a plain column it is so: its cell is there, and as it stood
_BEGINS = r"(?:^|(?<=\()|(?<=when )|(?<=where )|(?<=and )|(?<=or ))"
CERTAIN = re.compile(
    rf"{_BEGINS}c(\d+) is not null\b|{_BEGINS}\(c(\d+)\) is not null\b"
    r"|(?<=then )t(\d+) = c\3(?= end)"
)
CELL = re.compile(r"[ct](\d+)")


def texts(cell: str) -> str:
    """SQL: the relation of a column's different texts and how many rows hold each: ``text, many``.

    Rules write it so wherever they ask of different texts, so that it is found and asked once.
    """
    return f"(select {cell} as text, count(*) as many from base group by {cell})"


def position(*parts: str) -> int | None:
    """The position of the one column whose cells, trimmed or as they stand, SQL is about; None
    where it is about anything else.

    >>> position("c3 <> '*' and length(t3) > 2"), position("c3 = c4"), position("v3 > 2")
    (3, None, None)
    """
    plain = [LITERAL.sub("''", part) for part in parts]
    if any(ELSEWHERE.search(part) for part in plain):
        return None
    cells = [CELL.fullmatch(name) for part in plain for name in NUMBERED.findall(part)]
    positions = {cell and int(cell[1]) for cell in cells}
    return positions.pop() if len(positions) == 1 else None


def certain(sql: str, plain: set[int]) -> str:
    """The SQL with ``true`` for what is so of each cell of a column in one of the positions
    ``plain``: that it is there, and is as it stood.

    >>> certain("case when c1 is not null and c2 is not null then t1 = c1 end", {1})
    'case when true and c2 is not null then true end'
    """

    def told(asked: re.Match[str]) -> str:
        place = next(filter(None, asked.groups()))
        return "true" if int(place) in plain else asked[0]

    return CERTAIN.sub(told, sql)


def about_none(sql: str) -> bool:
    """True where SQL says the same of every row: it names no column.

    >>> about_none("case when true then 'c1' end"), about_none("c1 <> ''"), about_none("lon > 3")
    (True, False, False)
    """
    plain = LITERAL.sub("''", sql)
    return not ELSEWHERE.search(plain) and not NUMBERED.search(plain)


def kept_once(connection: duckdb.DuckDBPyConnection, file: Path) -> set[str]:
    """The columns of a Parquet whose equal texts it keeps once in its first group of rows."""
    found = connection.execute(
        f"select path_in_schema from parquet_metadata({databases.quoted(file)})"
        " where row_group_id = 0 and encodings like '%DICTIONARY%'"
    ).fetchall()
    return {str(name) for (name,) in found}


class Gathered:
    """The temporary tables ``texts_<position>`` (c<position>, t<position>, many) of a table's
    columns, and what rules about one cell say of them."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        file: Path,
        rows: int,
        cells: Mapping[str, str],
    ) -> None:
        """``cells``: SQL of each column of ``base`` with its name, by the name."""
        self._con, self._file, self._cells = connection, file, cells
        self._rows = rows
        self._gathered: set[int] = set()

    @cached_property
    def _beside(self) -> dict[str, str]:
        return gathered.relations(self._con, self._file)

    @cached_property
    def _once(self) -> set[str]:
        return kept_once(self._con, self._file)

    def wanted(self, positions: list[int | None], groups: list[str]) -> None:
        """Gather of a large table the columns of these ``positions``, one for each rule about one
        cell, where there are enough, and those whose different texts ``groups`` ask of."""
        if self._rows <= gathered.LARGE:
            return
        for place in sorted({place for place in positions if place is not None}):
            asked = any(texts(f"c{place}") in sql for sql in groups)
            if f"t{place}" in self._once and (asked or positions.count(place) >= LEAST):
                self._gather(place)

    def _gather(self, place: int) -> None:
        text = f"t{place}"
        found = self._beside.get(
            text, f"(select {text}, count(*) from {databases.quoted(self._file)} group by 1)"
        )
        self._con.execute(
            f"create temp table texts_{place} as select {self._cells[f'c{place}']}, {text}, many"
            f" from {found} as found({text}, many)"
        )
        self._gathered.add(place)

    def once(self, sql: str) -> str:
        """The SQL with what was gathered where it asks of a column's different texts."""
        for place in self._gathered:
            columns = f"c{place} as text, sum(many)::bigint as many"
            told = f"(select {columns} from texts_{place} group by 1)"
            sql = sql.replace(texts(f"c{place}"), told)
        return sql

    def counted(self, asked: Mapping[int, tuple[int | None, str]]) -> dict[int, tuple[int, int]]:
        """Rows checked and failed, by a check's number. ``asked``: the position of the one column
        that it is about, and its SQL; those that were not gathered are left out."""
        counts: dict[int, tuple[int, int]] = {}
        for place in sorted(self._gathered):
            own = {number: sql for number, (at, sql) in asked.items() if at == place}
            if not own:
                continue
            parts = [
                f"coalesce(sum(many) filter ({wanted} ok_{number}{told}), 0)::bigint"
                for number in own
                for wanted, told in (("", " is not null"), ("not", ""))
            ]
            rules = ", ".join(f"{sql} as ok_{number}" for number, sql in own.items())
            relation = f"(select many, {rules} from texts_{place})"
            found = iter(databases.aggregate(self._con, parts, relation))
            counts |= dict(zip(own, zip(found, found, strict=True), strict=True))
        return counts

    def forget(self) -> None:
        """Drop the tables."""
        for place in self._gathered:
            self._con.execute(f"drop table texts_{place}")
        self._gathered.clear()
