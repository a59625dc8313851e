"""Rows held in memory: cells as text without losing a digit, names of columns, a raw relation that
DuckDB can read."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from helpers.reading import arrays, databases, layout, mojibake
from helpers.reading.snapshot import Repair
from helpers.words.errors import InputRefused
from helpers.words.source_text import SourceText

MAX_MEMORY_FILE = 300 << 20  # bytes of a file that is read in memory
MAX_MEMORY_CELLS = 20_000_000
BATCH = 50_000  # rows
BATCH_CELLS = 1_000_000
MAX_DIGITS = 40


def require_max_bytes(path: Path, name: SourceText, most: int | None = None) -> None:
    """Raises ``InputRefused`` for a file too large to be held in memory."""
    most = MAX_MEMORY_FILE if most is None else most
    if path.stat().st_size > most:
        raise InputRefused("reading.too_large", {"file": name, "megabytes": most >> 20})


def require_max_cells(cells: int, name: SourceText, most: int | None = None) -> None:
    """Raises ``InputRefused`` for more cells than are held in memory."""
    most = min(MAX_MEMORY_CELLS, most or MAX_MEMORY_CELLS)
    if cells > most:
        raise InputRefused("reading.too_many_cells", {"file": name, "cells": cells, "most": most})


def plain(number: str) -> str:
    """A number's digits without an exponent: only who wrote the file knows that 1E5 is a number and
    no code.

    >>> plain("1e-05"), plain("12.50")
    ('0.00001', '12.50')
    """
    if "e" not in number.lower():
        return number
    exact = Decimal(number)
    return (
        format(exact, "f") if exact.is_finite() and abs(exact.adjusted()) <= MAX_DIGITS else number
    )


def text(value: Any) -> str | None:
    """A cell of Excel, JSON or a geographic format as text.

    >>> text(4392.0), text(4111111111111111.0), text(0.1), text(True)
    ('4392', '4111111111111111', '0.1', 'true')
    >>> text(dt.datetime(2024, 1, 31, 8, 30)), text(dt.timedelta(hours=25, minutes=30))
    ('2024-01-31 08:30:00', '25:30:00')
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if math.isnan(value):
            return None
        written = plain(repr(value))
        return written.removesuffix(".0") if value.is_integer() else written
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.timedelta):  # a time of day beyond 24:00, as Excel keeps it
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, bytes):
        return value.hex()
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def _each(values: Any) -> Any:
    return pa.array([text(value) for value in values.to_pylist()], pa.string())


def texts(values: Any) -> Any:
    """The text of each of Arrow's values, as ``text`` has it. ``ArrowInvalid`` where one is no
    UTF-8.

    >>> texts(pa.array([0.1, 1e22, -3.0, float("nan")])).to_pylist()
    ['0.1', '10000000000000000000000', '-3', None]
    """
    kind = values.type
    if pa.types.is_string(kind):
        values.validate(full=True)
        return values
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind):
        return values.cast(pa.string())
    if not pa.types.is_floating(kind):
        return _each(values)
    values = values.cast(pa.float64())
    shown = values.cast(pa.string())
    if not any(sign in arrays.letters(shown) for sign in b"en"):
        return shown
    odd = pc.match_substring_regex(shown, "[en]")  # an exponent, inf or nan
    return pc.replace_with_mask(shown, odd, _each(values.filter(odd)))


def batch_of(width: int) -> int:
    """How many rows of so many cells are held at a time."""
    return max(1, min(BATCH, BATCH_CELLS // max(width, 1)))


def headers(cells: list[str], width: int) -> tuple[list[str], list[Repair]]:
    """Unique names of ``width`` columns, and what had to be done for that."""
    names, blank, repeated = layout.unique_names(
        [mojibake.mended(cell.replace("\0", "")) for cell in cells], width
    )
    padded = sum(
        cell.strip() != "" and cell.strip("\ufeff") != " ".join(cell.strip("\ufeff").split())
        for cell in cells
    )
    counts = (("blank_header", blank), ("repeated_header", repeated), ("padded_header", padded))
    return names, [Repair(code, count) for code, count in counts if count]


def by_column(
    rows: list[Sequence[str | None]] | list[list[str | None]], width: int
) -> Iterable[Sequence[str | None]]:
    """The cells of each column, None where a row is shorter."""
    if all(len(cells) == width for cells in rows):
        return zip(*rows, strict=True)
    return ([cells[i] if i < len(cells) else None for cells in rows] for i in range(width))


def relation_of(
    folder: Path,
    pieces: Iterable[list[Any]],
    width: int,
    name: str,
    *,
    xy: bool = False,
    first: int = 1,
) -> str:
    """A relation of ``source_row, t0 .. tn`` and, with ``xy``, ``x, y`` on a raw Parquet in
    ``folder``, from the columns of its pieces: ``width`` arrays of texts, then two of numbers
    (null: no position). ``first``: the number of the first row."""
    target = folder / f"{name}.raw.parquet"
    schema = _schema(width, xy=xy)
    with _raw(target, schema) as writer:
        for columns in pieces:
            rows = np.arange(first, first + len(columns[0]))
            first += len(rows)
            writer.write_table(arrays.table([arrays.integers(rows), *columns], schema))
    return f"(select * from {databases.quoted(target)})"


def batches_of(folder: Path, name: str) -> Callable[[int, int], Iterator[pa.RecordBatch]]:
    """Gives the rows of the raw Parquet of that name, by how many at a time, without DuckDB."""
    file = folder / f"{name}.raw.parquet"
    return lambda rows, _: pq.ParquetFile(file).iter_batches(rows, use_threads=False)


def _raw(target: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Writes what is read a few times and thrown away: neither equal texts nor fewer bytes are
    worth finding."""
    return pq.ParquetWriter(
        target,
        schema,
        compression="none",
        use_dictionary=False,
        write_statistics=["source_row"],
        store_schema=False,
    )


def _schema(width: int, *, xy: bool) -> pa.Schema:
    texts, numbers = [(f"t{i}", pa.string()) for i in range(width)], ("x", "y") if xy else ()
    axes = [(axis, pa.float64()) for axis in numbers]
    return pa.schema([("source_row", pa.int64()), *texts, *axes])


def relation(
    folder: Path,
    rows: Iterable[tuple[int, Sequence[str | None]]],
    width: int,
    name: str = "raw",
    points: Iterable[tuple[float, float] | None] | None = None,
) -> str:
    """A relation of ``source_row, t0 .. tn`` on a raw Parquet in ``folder``, from (row number,
    cells), in batches.

    With ``points``, one for each row, also ``x, y`` (east, north; null where a row has no
    position).
    """
    target = folder / f"{name}.raw.parquet"
    schema = _schema(width, xy=points is not None)
    rows, spots, most = iter(rows), iter(points) if points is not None else None, batch_of(width)
    with _raw(target, schema) as writer:
        while batch := list(islice(rows, most)):
            columns = [arrays.integers([number for number, _ in batch])]
            columns += [
                arrays.texts(cells) for cells in by_column([cells for _, cells in batch], width)
            ]
            if spots is not None:
                here = list(islice(spots, most))
                columns += [
                    arrays.floats([point[axis] if point else None for point in here])
                    for axis in (0, 1)
                ]
            writer.write_table(arrays.table(columns, schema))
    return f"(select * from {databases.quoted(target)})"
