"""Files that broke reading once, found by the fuzzer: each stays read or refused."""

from __future__ import annotations

import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.words.errors import InputRefused

from . import makers
from .conftest import Reader, repair, rows


def _parquet() -> bytes:
    """One column ``namn`` of texts, in a page that is packed."""
    out = io.BytesIO()
    pq.write_table(pa.table({"namn": ["Håbo"] * 500}), out)
    return out.getvalue()


def test_a_record_of_many_letters_that_no_parser_takes(read: Reader):
    """DuckDB's own message cut a letter of it in two, and could not be shown."""
    long = "a;" + "混" * 3400 + ";c;d;e;f;g;h"
    found = read(f"a;b;c\n1;2;3\n{long}\n4;5;6\n".encode("utf-16"))
    assert rows(found, "source_row") == [(2,), (4,)] and found.rejected[0].row == 3


def test_a_null_character_in_the_name_of_a_column(read: Reader):
    found = read('[{"a\\u0000": 1, "b": 2}, {"a\\u0000": 3, "b": 4}]', "x.json")
    assert [column.name for column in found.main.columns] == ["a", "b"]


def test_a_declared_system_that_is_in_no_register(read: Reader):
    crs = '"crs": {"type": "name", "properties": {"name": "EPSG:426"}}'
    point = (
        '{"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Point", "coordinates":'
        " [15.5, 56.1]}}"
    )
    found = read(
        f'{{"type": "FeatureCollection", {crs}, "features": [{point}, {point}]}}', "x.geojson"
    )
    assert repair(found, "crs_not_registered").column == "EPSG:426" and rows(found, "lon, lat")[
        0
    ] == (15.5, 56.1)


def test_a_parquet_whose_page_cannot_be_unpacked(read: Reader):
    """Its texts were counted before the reading of them was guarded."""
    data = bytearray(_parquet())
    data[4:60] = b"\xff" * 56
    with pytest.raises(InputRefused) as refused:
        read(bytes(data), "x.parquet")
    assert refused.value.key == "reading.broken_parquet"


def test_a_parquet_whose_own_schema_of_arrow_is_none(read: Reader):
    """DuckDB reads it; only what looked beside its cells asked Arrow for the number of rows."""
    found = read(_parquet().replace(b"/////", b"!////"), "x.parquet")
    assert found.main.rows == 500 and found.surroundings["unused_entry"]


def test_a_parquet_with_a_name_that_is_no_text(read: Reader):
    """Of a list's parts, which only Arrow calls by name."""
    out = io.BytesIO()
    pq.write_table(pa.table({"namn": ["Håbo"] * 9, "lista": [[1, 2]] * 9}), out)
    found = read(out.getvalue().replace(b"element", b"\xfflement"), "x.parquet")
    assert found.main.rows == 9 and found.surroundings["unused_entry"]


def test_a_member_of_a_zip_without_a_name(read: Reader):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("lekplatser.csv", "id;name\n1;Park\n")
        archive.writestr(zipfile.ZipInfo(""), b"")
    assert read(packed.getvalue(), "x.zip").main.rows == 1


@pytest.mark.parametrize("lost", ["</table:table>", "</office:spreadsheet>", "</text:p>"])
def test_an_ods_whose_elements_do_not_end(read: Reader, lost: str):
    """The library waited for ever for the end of the sheet."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(makers.ods([["a", "b"], *[["Håbo", "0305"]] * 9]))) as whole,
        zipfile.ZipFile(out, "w") as broken,
    ):
        for name in whole.namelist():
            broken.writestr(name, whole.read(name).replace(lost.encode(), b""))
    with pytest.raises(InputRefused) as refused:
        read(out.getvalue(), "x.ods")
    assert refused.value.key == "reading.broken_workbook"
