"""A large table's different texts, and how many rows hold each, lie beside it: screening, profiling
and rules find them there, and none gathers them anew.

Whoever finds nothing gathers them: a snapshot of before has none, nor has a column whose texts
hardly come again or are too many.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpers.reading import databases

if TYPE_CHECKING:
    import duckdb

LARGE = 50_000  # rows; fewer are asked as soon as what they have in common is found


def beside(table: Path) -> Path:
    """Where the different texts of a Parquet lie, if they do: ``place`` (a column's position),
    ``text``, ``many``; a group of rows for each column."""
    return table.with_suffix(".texts.parquet")


def relations(connection: duckdb.DuckDBPyConnection, table: Path) -> dict[str, str]:
    """Column of texts (``t0`` and so on) -> SQL of the relation of its different texts: ``text,
    many``."""
    if not (file := beside(table)).is_file():
        return {}
    quoted = databases.quoted(file)
    found = connection.execute(f"select distinct place from {quoted}").fetchall()
    return {
        f"t{place}": f"(select text, many from {quoted} where place = {place})"
        for (place,) in found
    }


def of(source: databases.Source, text: str) -> str | None:
    """The relation of the different texts of a column of ``source``; None where none lies beside
    it, or where it is held in memory whole."""
    if source.gathered is None:
        source.gathered = {} if source.whole else relations(source.connection, source.file)
    return source.gathered.get(text)
