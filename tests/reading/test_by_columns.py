"""What is read many values at a time says what one at a time says: numbers as text, centres, words
among numbers, texts of deleted rows, cells of a sheet."""

from __future__ import annotations

import sqlite3
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.reading import centres, records, wkb
from helpers.reading.around import freed, runs
from helpers.reading.peeked import Peek
from helpers.reading.peeking import _places
from helpers.reading.sheet_cells import Cells

from . import makers
from .conftest import Reader, codes, rows

FLOATS = st.floats(width=64) | st.sampled_from((1e15, 1e16, 1e22, 1e-7, -0.0, 5e-324, 1e308, 0.1))


@given(st.lists(st.none() | FLOATS))
def test_floats_are_written_alike(values: list[float | None]) -> None:
    assert records.texts(pa.array(values, pa.float64())).to_pylist() == [
        records.text(value) for value in values
    ]


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)), st.lists(st.none() | st.booleans()))
def test_whole_numbers_and_truths_are_written_alike(
    numbers: list[int | None], truths: list[bool | None]
) -> None:
    for values, kind in ((numbers, pa.int64()), (truths, pa.bool_())):
        shown = records.texts(pa.array(values, kind)).to_pylist()
        assert shown == [records.text(value) for value in values]


SPOT = st.tuples(st.floats(allow_nan=False, width=32), st.floats(allow_nan=False, width=32))
SHAPES = st.one_of(
    st.none(),
    st.sampled_from((b"\1\2\3", b"", struct.pack("<BI", 1, 1))),
    SPOT.map(lambda spot: shapely.to_wkb(shapely.Point(*spot))),
    SPOT.map(lambda spot: shapely.to_wkb(shapely.Point(*spot), byte_order=0)),
    SPOT.map(lambda spot: shapely.to_wkb(shapely.Point(*spot, 3.0), flavor="iso")),
    SPOT.map(lambda spot: shapely.to_wkb(shapely.MultiPoint([spot]))),
    SPOT.map(lambda spot: shapely.to_wkb(shapely.Point(*spot).buffer(1))),
    st.sampled_from(
        [shapely.to_wkb(shapely.from_wkt(f"{kind} EMPTY")) for kind in ("POINT", "LINESTRING")]
    ),
)
POINTS = SPOT.map(lambda spot: shapely.to_wkb(shapely.Point(*spot)))


@given(st.lists(SHAPES) | st.lists(st.none() | POINTS), st.booleans())
@example([shapely.to_wkb(shapely.Point(float("inf"), 1)), None], False)
def test_shapes_have_the_centres_that_each_has(cells: list[bytes | None], whole: bool) -> None:
    found = wkb.of(pa.array(cells, pa.binary()), whole=whole)
    each = centres.from_wkb(cells)
    spots = [centres.centre_of(shape) or (np.nan, np.nan) for shape in each]
    assert np.array_equal(np.c_[found.x, found.y], np.reshape(spots, (-1, 2)), equal_nan=True)
    assert found.kinds == {shape.geom_type for shape in each if shape is not None}
    pairs = enumerate(zip(cells, each, strict=True))
    assert found.unread == [i for i, (cell, shape) in pairs if cell is not None and shape is None]


LETTERS = st.sampled_from(
    [b"\0", b"A", b"a", b"0", b"@", b".", b" ", b"\xc3\xa5", b"\xe5", b"\xff"]
)
BYTES = st.lists(LETTERS, max_size=40).map(b"".join)
WORDS = st.sampled_from(("Anmäld av Xaver", "x@y.se hej hopp", "191212121212"))
WRITTEN = st.builds(
    str.encode, WORDS, st.sampled_from(("utf-8", "latin-1", "utf-16-le", "utf-16-be"))
)


@given(st.lists(BYTES | WRITTEN | st.builds(bytes.__add__, BYTES, WRITTEN), max_size=6))
def test_words_of_many_values_are_those_of_each(values: list[bytes]) -> None:
    each = [word for value in values for word in runs.words_among_numbers(value)]
    assert list(runs.words_of_many(values)) == each


@given(st.lists(st.lists(BYTES | WRITTEN, max_size=4).map(b"\0".join), max_size=5), WRITTEN, BYTES)
def test_copies_are_looked_for_where_they_may_be(
    live: list[bytes], gone: bytes, other: bytes
) -> None:
    texts = list(dict.fromkeys([*runs.text_runs(gone), *runs.text_runs(other)]))
    near, every = dict.fromkeys(texts), dict.fromkeys(texts)
    ends = np.cumsum([0, *map(len, live)]).tolist()
    data, ranges = b"".join(live), list(pairwise(ends))
    if texts:
        held = freed._holding(np.frombuffer(data, np.uint8), ranges, texts)
        freed._drop_copies(near, (data[a:b] for a, b in held))
    freed._drop_copies(every, iter(live))
    assert near == every


class Sheet:
    """Rows as the library gives them."""

    start, merged_cell_ranges = (0, 1), None

    def __init__(self, given_rows: list[list[Any]]) -> None:
        self.iter_rows = lambda: iter(given_rows)


CELLS = st.one_of(FLOATS, st.sampled_from(("", "12", "007", "Åsa", True, 3, 10**15)))


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3)), st.integers(0, 4))
def test_cells_of_a_sheet_by_column_are_those_by_cell(
    given_rows: list[list[Any]], first: int
) -> None:
    one, many = Cells(Sheet(given_rows), Peek()), Cells(Sheet(given_rows), Peek())
    expected = one.take(len(given_rows))
    pieces = list(many.pieces(many.take(first), 4))
    found = [
        row
        for piece in pieces
        for row in zip(*(column.to_pylist() for column in piece), strict=True)
    ]
    assert found == [tuple(row) for row in expected]
    assert (many.counts, many.rows) == (one.counts, one.rows)
    assert +many.numbers == +one.numbers


def test_places_of_cells_are_numbers_in_their_order() -> None:
    found = _places([b"A1", b"B1", b"AA1", b"XFD1", b"A2", b"ZZZ9999999"])
    assert found.tolist() == sorted(found.tolist())
    assert [divmod(int(place), 1 << 15) for place in found[2:4]] == [(1, 27), (1, 16384)]
    assert len(_places([])) == 0


def geopackage(folder: Path, *changes: tuple[str, tuple[Any, ...]]) -> Path:
    """Four points, and what SQL makes of them."""
    file = makers.layer(
        folder, ".gpkg", {"n": [1, 2, 3, 4]}, [(15 + i, 57) for i in range(4)], "EPSG:4326"
    )
    with sqlite3.connect(file) as base:
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
            base.create_function(name, 1, lambda _: 0)
        for sql, values in changes:
            base.execute(sql, values)
    base.close()
    return file


def test_truths_stay_truths_and_digits_digits_beside_empty_cells(
    read: Reader, tmp_path: Path
) -> None:
    file = geopackage(
        tmp_path,
        ("alter table karta add column b boolean", ()),
        ("alter table karta add column big integer", ()),
        ("alter table karta add column d date", ()),
        (
            "update karta set b = n % 2, big = 9007199254740992 + n, d = '2024-01-31' where n < 4",
            (),
        ),
        ("update karta set d = 'i fredags' where n = 3", ()),
    )
    found = read(file)
    assert rows(found, "t1, t2, t3") == [
        ("true", "9007199254740993", "2024-01-31"),
        ("false", "9007199254740994", "2024-01-31"),
        ("true", "9007199254740995", None),
        (None, None, None),
    ]


def test_a_curve_in_a_collection_is_told_as_unread(read: Reader, tmp_path: Path) -> None:
    arc = struct.pack("<BII6d", 1, 8, 3, 15, 56, 16, 57, 17, 56)
    shape = b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 7, 1) + arc
    found = read(geopackage(tmp_path, ("update karta set geom = ? where n = 2", (shape,))))
    assert "shapes_unread" in codes(found)
    assert [row[0] is None for row in rows(found, "lon")] == [False, True, False, False]


@pytest.mark.parametrize("cell", ['<c r="B3" t="e"><v>#N/A</v></c>', '<c r="B3"><f>1+1</f></c>'])
def test_cells_that_say_more_than_a_value_are_told(read: Reader, cell: str) -> None:
    import io
    import zipfile

    data = makers.xlsx({"Blad": [["namn", "antal"], ["a", 1], ["b", 2], ["c", 3]]})
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="B3" t="n"><v>2</v></c>', cell.encode())
    assert cell.encode() in parts[sheet]
    told = codes(read(makers.archive(parts), "bok.xlsx"))
    assert {"excel_errors", "formulas_without_value"} & set(told)
