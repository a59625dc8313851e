"""What columns hold whose names say nothing (``C0`` to ``C10``): a position in Sweden, and the one
column whose values look like names of places.

Nothing rather than a guess: without both it stays unknown. Source: a real file of bathing places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.declared import specifications
from helpers.reading.snapshot import Column, Snapshot

if TYPE_CHECKING:
    import duckdb

TYPE = "platsinformation"
CONFIDENCE = 0.5  # as sure as the least that counts as recognised
DIFFER = 0.7  # share of the values that are different, at least
LETTERS = 0.95  # share of them that begin with a letter and hold no number, at least
LONGEST = 60  # characters of a name, in the middle


def fields(snapshot: Snapshot) -> dict[str, str]:
    """Field of a place -> header: ``name``, and ``latitude`` and ``longitude``; nothing where the
    headers say something, there is no point or more than one column looks like names."""
    table = snapshot.main
    names = [column.name for column in table.columns]
    place = table.geometry
    if not specifications.nameless(names) or place is None or len(place.columns) != 2:
        return {}
    # imports DuckDB, which ranking kept results does without
    from helpers.reading import databases

    with databases.connect(spill=snapshot.folder / "spill") as connection:
        source = databases.quoted(snapshot.parquet())
        named = [
            column.name
            for column in table.columns
            if column.type == "text" and _looks_like_names(connection, source, column)
        ]
    if len(named) != 1:
        return {}
    longitude, latitude = place.columns
    return {"name": named[0], "latitude": latitude, "longitude": longitude}


def _looks_like_names(connection: duckdb.DuckDBPyConnection, source: str, column: Column) -> bool:
    from helpers.reading import missing  # imports DuckDB, as above

    cell = missing.cell(column)
    found = connection.execute(
        f"select count(v), count(distinct v), coalesce(median(length(v)), 0),"
        " count(*) filter (regexp_matches(v, '^\\p{L}') and not regexp_matches(v, '[0-9@/]'))"
        f" from (select {cell} as v from {source})"
    ).fetchone()
    filled, different, length, lettered = found or (0, 0, 0, 0)
    if not filled or length > LONGEST:
        return False
    return bool(different >= DIFFER * filled and lettered >= LETTERS * filled)
