"""A table read, and its conversion, as tests ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers import reading
from helpers.declared import mapping, specifications
from helpers.filling_in.converting.conversion import Conversion
from helpers.reading import databases


def read(folder: Path, text: str, type: str = "platsinformation") -> reading.Snapshot:
    file = folder / "source.csv"
    file.write_text(text, "utf-8")
    return reading.read(file, folder / "work", type=type)


@contextmanager
def opened(
    snapshot: reading.Snapshot, type: str, variant: str, **withheld: tuple[str, ...]
) -> Iterator[Conversion]:
    table = snapshot.main
    names = mapping.mapped(
        [column.name for column in table.columns], specifications.load(type, variant)
    )
    with databases.connect() as con:
        databases.Source(con, snapshot.parquet(table), table.rows, len(table.columns))
        yield Conversion(con, snapshot, names, withheld)


def written(conversion: Conversion) -> dict[str, list[str | None]]:
    columns = conversion.cells
    rows = conversion.con.execute(
        f"select {', '.join(columns.values())} from {conversion.relation} order by source_row, nth"
    ).fetchall()
    return {name: [row[i] for row in rows] for i, name in enumerate(columns)}
