"""What an SQLite database (a GeoPackage) holds beside the cells of the layers that were read: its
other tables, its SQL, and values that are not what their column says.

Base tables alone are asked, never a view, a virtual table or a computed column: their SQL is
somebody's, and is itself looked at as text.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from helpers.reading import databases
from helpers.reading.around import freed, markup, runs
from helpers.reading.around.trees import Tree, is_small
from helpers.reading.surroundings import Part

MAX_CELL = 32 << 20  # bytes: what the layers may have, twice
MAX_SECONDS = 60.0  # of CPU, for all tables
STEP = 10_000  # instructions of SQLite's machine between two looks at the clock
ROWS = 1024  # whose values are looked at together
BIG = 100_000_000  # the least number that may be a person's, of nine digits
PLACES = {
    "gpkg_contents": "layer_description",
    "gpkg_geometry_columns": "layer_description",
    "gpkg_metadata": "map_metadata",
    "gpkg_metadata_reference": "map_metadata",
    "gpkg_data_columns": "column_description",
    "gpkg_data_column_constraints": "column_description",
    "gpkg_spatial_ref_sys": "crs_definition",
    "layer_styles": "map_style",
}
NUMBERS_MOSTLY = ("shape", "index")
VIRTUAL = re.compile(r"\s*create\s+virtual\b", re.I)
# Of a table that is no layer, a value that may tell something: no small number. A text and bytes
# are greater than any number.
TELLING = f"+{{0}} >= {BIG} or +{{0}} <= -{BIG}"
DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"
TIME = f"{DATE}[T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]"
# What GDAL does not give as it stands, by the type that a column is declared as: the text of a
# number, a number beyond its width, a date with more after it, what follows a NUL.
NUMBERS = "typeof({0}) in ('text', 'blob') or abs({0}) >= {1}"
WHOLE = "typeof({0}) in ('text', 'blob', 'real')"
REALS = "typeof({0}) in ('text', 'blob')"
DATES = f"{{0}} is not null and not (typeof({{0}}) = 'text' and {{0}} glob '{DATE}')"
TIMES = (
    f"{{0}} is not null and not (typeof({{0}}) = 'text' and substr({{0}}, 1, 19) glob '{TIME}'"
    " and (length({0}) = 19 or (length({0}) <= 32 and substr({0}, 20, 1) glob '[.Z+-]'"
    " and substr({0}, 20) not glob '*[^0-9.:Z+-]*')))"
)
TEXTS = "typeof({0}) = 'blob' or (typeof({0}) = 'text' and instr(cast({0} as blob), x'00') > 0)"
NOT_AS_DECLARED = {
    "BOOLEAN": NUMBERS,
    "TINYINT": NUMBERS,
    "SMALLINT": NUMBERS,
    "MEDIUMINT": NUMBERS,
    "INT": WHOLE,
    "INTEGER": WHOLE,
    "FLOAT": REALS,
    "DOUBLE": REALS,
    "REAL": REALS,
    "DATE": DATES,
    "DATETIME": TIMES,
}


@dataclass(frozen=True)
class LayerColumns:
    """The columns of a layer that became cells, and those of its numbers and its shapes, all in
    lower case."""

    cells: frozenset[str]
    number: str
    shape: str


def parts(path: Path, layers: Mapping[str, LayerColumns]) -> Iterator[Part]:
    """All that the database holds but the cells of ``layers``, by their names in lower case."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as base:
        last = time.process_time() + MAX_SECONDS
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
        base.set_progress_handler(lambda: time.process_time() > last, STEP)
        base.text_factory = _text
        try:
            yield from _all(base, layers)
        except sqlite3.Error:
            yield Part("other_part", None)
    yield from freed.parts(path)


def _all(base: sqlite3.Connection, layers: Mapping[str, LayerColumns]) -> Iterator[Part]:
    (version,) = base.execute("pragma user_version").fetchone()
    yield from Tree("other_part").parts(version, "user_version")
    listed = base.execute("select type, name, sql from sqlite_master").fetchall()
    virtual = tuple(
        str(name).lower() for _, name, sql in listed if VIRTUAL.match(str(sql)) is not None
    )
    for kind, name, sql in listed:
        yield Part("sql", str(sql or ""), str(name))
        folded = str(name).lower()
        if kind == "table" and folded not in virtual:
            # what an index of shapes or of words keeps its own in is called after it
            place = "index" if folded.startswith(tuple(f"{each}_" for each in virtual)) else ""
            try:
                yield from _table(base, str(name), place, layers.get(folded))
            except sqlite3.Error:  # beyond bounds, or damaged
                yield Part("too_much", None, str(name))


def journals(path: Path) -> list[Path]:
    """The files beside a database that hold changes which are not in it yet, or were undone."""
    beside = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return [file for file in beside if file.is_file() and file.stat().st_size]


def beside(path: Path) -> Iterator[Part]:
    """The texts of its journals: whoever gets the folder gets them too."""
    for file in journals(path):
        with file.open("rb") as stream:
            for text in runs.of_chunks(runs.chunks(stream), runs.text_runs):
                yield Part("journal", text)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _table(
    base: sqlite3.Connection, table: str, place: str, taken: LayerColumns | None
) -> Iterator[Part]:
    relation = databases.named(table)
    columns = [
        (str(row[1]), str(row[2]).upper().partition("(")[0].strip())
        for row in base.execute(f"pragma table_xinfo({relation})")
        if row[6] == 0  # neither hidden nor computed
    ]
    yield from _row_numbers(base, table, place or "feature_id")
    if taken is None:
        place = place or PLACES.get(table.lower(), "other_table")
        given = [column for column, _ in columns]
        named = [databases.named(column) for column in given]
        where = " or ".join(TELLING.format(name) for name in named) or "false"
        rows = base.execute(f"select {', '.join(named) or 'null'} from {relation} where {where}")
        yield from _values(place, table, given, rows)
        return
    for column, kind in columns:
        name, where = databases.named(column), _where(column.lower(), kind, taken)
        place = "binary_cell" if column.lower() in taken.cells else "unread_column"
        place = "shape" if column.lower() == taken.shape else place
        rows = base.execute(f"select {name} from {relation} where {where.format(name)}")
        yield from _values(place, table, [column], rows)


def _where(column: str, kind: str, taken: LayerColumns) -> str:
    """Which of a layer's values became no cell as they stand."""
    if column == taken.number:
        return "false"  # told as the row's number
    if column not in taken.cells:
        return "{0} is not null"
    return NOT_AS_DECLARED.get(kind, TEXTS).replace("{1}", str(BIG))


def _row_numbers(base: sqlite3.Connection, table: str, place: str) -> Iterator[Part]:
    """Numbers of rows that may be a person's, of a table whose rows have a number of their own."""
    relation = databases.named(table)
    try:
        found = base.execute(f"select rowid from {relation} where abs(rowid) >= {BIG}")
    except sqlite3.OperationalError:  # a table without them
        return
    for (number,) in found:
        yield Part(place, str(number), table)


def _values(place: str, table: str, columns: list[str], rows: sqlite3.Cursor) -> Iterator[Part]:
    """The parts of all values of the rows; of shapes and indexes, of which there may be millions,
    those of many rows at once."""
    while batch := rows.fetchmany(ROWS):
        if place in NUMBERS_MOSTLY:
            *others, shapes = zip(*batch, strict=True)
            if _are_shapes(shapes) and all(map(is_small, chain(*others))):
                for text in runs.words_of_many(shapes):
                    yield Part(place, text, table, columns[-1])
                continue
        for row in batch:
            for column, value in zip(columns, row, strict=True):
                yield from _value(place, table, column, value)


def _are_shapes(values: Sequence[Any]) -> bool:
    """True for bytes alone, none of them of an image, an archive or a document."""
    return set(map(type, values)) == {bytes} and not runs.are_any_closed(values)


def _value(place: str, table: str, column: str, value: Any) -> Iterator[Part]:
    if isinstance(value, bytes):
        if runs.is_closed(value):
            yield Part("embedded", None, table, column)
        look = runs.words_among_numbers if place in NUMBERS_MOSTLY else None
        for text in runs.of_chunks([value], look):
            yield Part(place, text, table, column)
    elif isinstance(value, str) and value.lstrip()[:1] == "<":
        yield from _markup(place, table, column, value)
    else:
        yield from Tree(place, table).parts(value, column)


def _markup(place: str, table: str, column: str, value: str) -> Iterator[Part]:
    """The texts of a style, of metadata or of a page, each under its element."""
    for piece in markup.pieces_of_text(value, names=True):
        if not is_small(piece.text):
            yield Part(place, piece.text, table, piece.address or column)
