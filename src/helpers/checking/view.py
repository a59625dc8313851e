"""The view that rules are checked on: canonical columns of a snapshot's table, and a boolean column for each rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from helpers import databases, geography
from helpers.reading import missing
from helpers.reading.snapshot import Column, Snapshot

CHUNK = 200_000


@dataclass
class Check:
    """One rule on one column: ``sql`` true where a row is right, null where it is not checked.

    Where ``by_key``, ``sql`` is the row's key and ``groups`` a SELECT of the keys that break the rule (None: no key does).
    """

    key: str
    sql: str
    stock: dict[str, object] | None = None  # the stock expectation that Great Expectations runs in its stead
    column: Column | None = None
    groups: str | None = None
    by_key: bool = False

    def right(self, wrong: str) -> str:
        """SQL that is true where a row is right; ``wrong`` is the relation of the keys that break the rule."""
        if not self.by_key:
            return self.sql
        right = f"({self.sql}) not in (from {wrong})" if self.groups else "true"
        return f"case when ({self.sql}) is not null then {right} end"


@dataclass
class View:
    database: Path
    checks: list[Check] = field(default_factory=list)


def cell(column: Column) -> str:
    """The view's name for the trimmed text, null where missing."""
    return f"c{column.position}"


def _places(snapshot: Snapshot, folder: Path) -> Path:
    """Municipality of each position, in chunks: ``source_row, kommunkod, at_sea``."""
    target = folder / "places.parquet"
    with databases.connect() as connection:
        got = connection.execute(f"select source_row, lon, lat from '{snapshot.parquet()}'").fetchnumpy()
    lon: np.ndarray = np.asarray(np.ma.filled(np.ma.asarray(got["lon"], float), np.nan))
    lat: np.ndarray = np.asarray(np.ma.filled(np.ma.asarray(got["lat"], float), np.nan))
    schema = pa.schema([("source_row", pa.int64()), ("kommunkod", pa.string()), ("at_sea", pa.bool_())])
    with pq.ParquetWriter(target, schema) as writer:
        for start in range(0, len(lon), CHUNK):
            part = slice(start, start + CHUNK)
            found = geography.municipality_of(lon[part], lat[part])
            codes = [code if isinstance(code, str) else None for code in found["kommunkod"]]
            sea = geography.at_sea(lon[part], lat[part])
            rows = pa.array(got["source_row"][part], pa.int64())
            writer.write_table(pa.table([rows, pa.array(codes, pa.string()), pa.array(sea, pa.bool_())], schema=schema))
    return target


def build(snapshot: Snapshot, folder: Path, checks: list[Check]) -> View:
    """A DuckDB database in ``folder`` with the table ``data``: cells, values, places, and ``ok_<n>`` for each check."""
    table = snapshot.main
    cells = [f"{missing.present(one.text)} as {cell(one)}" for one in table.columns]
    raw = [one.text for one in table.columns] + [one.value for one in table.columns if one.type != "text"]
    spots = ["lon", "lat", "kommunkod", "at_sea"] if table.geometry else []
    source = databases.quoted(snapshot.parquet())
    if table.geometry:
        places = databases.quoted(_places(snapshot, folder))
        source = f"(select a.*, b.kommunkod, b.at_sea from {source} a join {places} b using (source_row))"
    used = {str(one.stock["kwargs"]["column"]) for one in checks if one.stock}  # type: ignore[index]
    kept = ["source_row", *sorted(used)]
    database, target = folder / "check.duckdb", folder / "checked.parquet"
    with databases.connect(database) as connection:
        connection.execute(
            f"create view base as select {', '.join(['source_row', *cells, *raw, *spots])} from {source}"
        )
        rules = []
        for i, one in enumerate(checks):
            if one.groups:
                connection.execute(f"create temp table wrong_{i} as {one.groups}")
            rules.append(f"{one.right(f'wrong_{i}')} as ok_{i}")
        connection.execute(
            f"copy (select {', '.join(kept + rules)} from base) to {databases.quoted(target)} {databases.PARQUET}"
        )
        connection.execute("drop view base")
        connection.execute(f"create view data as from {databases.quoted(target)}")
    return View(database, checks)
