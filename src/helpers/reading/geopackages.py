"""A GeoPackage's layers, looked at by SQLite before GDAL opens them: views that never end, cells
that fill the memory.

A view is SQL of somebody's that runs when it is read. It is run once here within bounds, of its
steps and of its cells.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from helpers.reading import bounds, databases
from helpers.words.errors import InputRefused
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

MAX_CELL = 16 << 20  # bytes
STEP = 100  # instructions of SQLite's machine between two looks at the clock, in somebody's SQL
TABLE_STEP = 10_000  # the same where a table is read as it lies
MAX_SECONDS = 5.0  # of CPU, for all layers


def check(path: Path, name: SourceText) -> None:
    """Raises ``InputRefused`` where a layer's rows, cells or texts are beyond bounds, or a view
    cannot be computed in them."""
    with closing(
        sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    ) as base:
        last = time.process_time() + MAX_SECONDS
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MAX_CELL)

        def look(step: int) -> None:
            base.set_progress_handler(lambda: time.process_time() > last, step)

        look(STEP)
        try:
            listed = base.execute("""
                select m.name, m.type = 'view'
                from sqlite_master m
                join gpkg_contents c on lower(c.table_name) = lower(m.name)
                where m.type in ('table', 'view')
            """).fetchall()
        except sqlite3.Error:
            return  # GDAL says what it is
        total = 0
        for layer, is_view in listed:
            look(STEP if is_view else TABLE_STEP)
            total += _layer(base, str(layer), name, computed=bool(is_view))
    bounds.text(total, name)


def _layer(base: sqlite3.Connection, layer: str, file: SourceText, *, computed: bool) -> int:
    """The bytes of all cells of a layer."""
    shown = hiding.hide(layer)
    relation = databases.named(layer)
    try:
        columns = [
            databases.named(str(row[1])) for row in base.execute(f"pragma table_info({relation})")
        ]
        sizes = [f"ifnull(length({column}), 0)" for column in columns] or ["0"]
        count, largest, size = base.execute(
            # without a limit SQLite would reckon each row's size twice
            "select count(*), max(size), sum(size) from"
            f" (select {' + '.join(sizes)} as size from {relation} limit -1)"
        ).fetchone()
        if largest and largest > MAX_CELL:  # that of a row
            most = ", ".join(f"max({size})" for size in sizes)
            largest = max(base.execute(f"select {most} from {relation}").fetchone())
    except sqlite3.DataError:  # larger than the limit that is set
        count, largest, size = 0, 2 * MAX_CELL, 0
    except sqlite3.Error:
        if not computed:
            return 0  # a damaged table: GDAL says what it is
        raise InputRefused("reading.layer_not_computed", {"file": file, "layer": shown}) from None
    bounds.rows(int(count), file)
    if largest and largest > MAX_CELL:
        raise InputRefused(
            "reading.cell_too_large", {"file": file, "layer": shown, "most": MAX_CELL >> 20}
        )
    return int(size or 0)
