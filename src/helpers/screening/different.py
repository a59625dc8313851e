"""The different texts of a column, tried once each, however many rows hold them.

What a pattern finds in a small table is found once for all its columns: to compile it takes longer.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpers.reading import databases
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
    """The column's different texts, in the temporary table ``texts``."""

    def __init__(
        self,
        source: databases.Source,
        column: Column,
        patterns: Patterns,
        shortest: int = SHORTEST_BYTES,
    ) -> None:
        self.con, self.patterns = source.connection, patterns
        self.con.execute(f"""
            create or replace temp table texts as
            select distinct {column.text} as text
            from source
            where strlen({column.text}) >= {shortest}""")

    def one(self, query: str) -> int:
        """The one number that the query gives."""
        row = self.con.execute(query).fetchone()
        return int(row[0]) if row else 0

    def all(self) -> int:
        """How many different texts there are."""
        return self.one("select count(*) from texts")

    def count(self, pattern: str) -> int:
        """How many texts the pattern (RE2) is found in."""
        return self.one(f"select count(*) from texts where {self.patterns.where(pattern)}")

    def some(self, pattern: str, most: int) -> list[str]:
        """The first ``most`` texts, in order, that the pattern (RE2) is found in."""
        result = self.con.execute(f"""
            select text
            from texts
            where {self.patterns.where(pattern)}
            order by text
            limit {most}""")
        return [str(row[0]) for row in result.fetchall()]
