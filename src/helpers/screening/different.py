"""The different texts of a column, tried once each, however many rows hold them.

Where hardly a text stands twice they are not gathered first: what passes a pattern is. What a
pattern finds in a small table is found once for all its columns: to compile it takes longer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from helpers.reading import databases, gathered
from helpers.reading.snapshot import Column

FEW_CELLS = 20_000
SHORTEST_BYTES = 3


class Patterns:
    """Patterns (RE2) that are asked of the texts of several columns of one table.

    The temporary tables ``every`` and ``passing_<n>`` are its own.
    """

    def __init__(self, source: databases.Source, columns: Iterable[Column]) -> None:
        self._con = source.connection
        self._found: dict[str, str] = {}
        texts = [column.text for column in columns]
        self._few = source.whole and 0 < source.rows * len(texts) <= FEW_CELLS
        if self._few:
            self._con.execute(
                "create or replace temp table every as"
                f" select distinct unnest([{', '.join(texts)}]) as text from source"
            )

    def where(self, pattern: str) -> str:
        """SQL: true where the pattern is found in ``text``, which is one of the columns'."""
        if not self._few:
            return _matches(pattern)
        if pattern not in self._found:
            name = f"passing_{len(self._found)}"
            self._con.execute(
                f"create or replace temp table {name} as from every where {_matches(pattern)}"
            )
            self._found[pattern] = name
        return f"text in (from {self._found[pattern]})"


def _matches(pattern: str) -> str:
    return f"regexp_matches(text, {databases.quoted(pattern)})"


class Different:
    """The column's different texts, in the temporary table or view ``name``."""

    def __init__(
        self,
        source: databases.Source,
        column: Column,
        patterns: Patterns,
        shortest: int = SHORTEST_BYTES,
    ) -> None:
        self.con, self.patterns = source.connection, patterns
        found = gathered.of(source, column.text)
        seldom = not found and source.seldom_twice(column.text)
        self.name = "texts_of_rows" if seldom else "texts"
        form = "table" if self.name == "texts" else "view"
        texts = found or f"(select distinct {column.text} as text from source)"
        self.con.execute(f"""
            create or replace temp {form} {self.name} as
            select text
            from {texts}
            where strlen(text) >= {shortest}""")

    def one(self, query: str) -> int:
        """The one number that the query gives."""
        row = self.con.execute(query).fetchone()
        return int(row[0]) if row else 0

    def _gather(self) -> None:
        """All of them at once: they are asked for more than what passes a pattern."""
        if self.name != "texts":
            self.con.execute(f"create or replace temp table texts as from {self.name}")
            self.name = "texts"

    @cached_property
    def all(self) -> int:
        """How many different texts there are."""
        self._gather()
        return self.one(f"select count(*) from {self.name}")

    def count(self, pattern: str) -> int:
        """How many texts the pattern (RE2) is found in."""
        self._gather()
        return self.one(f"select count(*) from {self.name} where {self.patterns.where(pattern)}")

    def some(self, pattern: str, most: int, below: str = "") -> list[str]:
        """The first ``most`` texts, in order, that the pattern (RE2) is found in. Where all such
        come before ``below``, the others need not be read."""
        before = f"text < {databases.quoted(below)} and " if below else ""
        result = self.con.execute(f"""
            select text
            from {self.name}
            where {before}{self.patterns.where(pattern)}
            order by text
            limit {most}""")
        return [str(row[0]) for row in result.fetchall()]


def anywhere(source: databases.Source, text: str, pattern: str) -> bool:
    """True where the pattern (RE2) is found in the column ``text`` of ``source``."""
    found = gathered.of(source, text)
    each = "" if found or source.seldom_twice(text) else "distinct"
    texts = f"text from {found}" if found else f"{each} {text} as text from source"
    # an aggregate: as a condition DuckDB would ask it of each row first
    row = source.connection.execute(
        f"select bool_or({_matches(pattern)}) from (select {texts})"
    ).fetchone()
    return bool(row and row[0])
