"""Refusals: each says what, where, what was expected and found, and what to do next, in Swedish and
in English."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.reading import bounds, geopackages, json_tables, records
from helpers.words import messages
from helpers.words.errors import InputRefused

from . import hostile, makers
from .conftest import Reader

BOOK = makers.xlsx({"Data": [["a", "b"], [1, 2]]})
ENCRYPTED = makers.archive({"data.csv": "a;b\n1;2\n"})
ENCRYPTED = ENCRYPTED.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
    b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
)
KML = (
    '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x "y">]><kml'
    ' xmlns="http://www.opengis.net/kml/2.2"></kml>'
)
# key: (file name, content, hints, what both texts must name)
CASES: dict[str, tuple[str, bytes | str, dict[str, Any], list[str]]] = {
    "empty": ("x.csv", b"", {}, []),
    "encoding": ("x.csv", "id;namn\n1;Αθήνα και Πειραιάς\n".encode("iso-8859-7"), {}, ["10"]),
    "undecodable": (
        "x.csv",
        "id;namn\n1;Håbo\n".encode("cp1252"),
        {"encoding": "utf-8"},
        ["utf-8", "11"],
    ),
    "no_encoding": ("x.csv", "id;namn\n1;Håbo\n", {"encoding": "utf8-svensk"}, ["utf8-svensk"]),
    "hint": ("x.csv", "id;namn\n1;Eken\n", {"delimiter": ";;"}, ["delimiter"]),
    "no_header_row": ("x.csv", "id;namn\n1;Eken\n", {"header_row": 9}, ["9", "2"]),
    "binary": ("x.csv", b"ab;c\n" + b"\0\1\2" * 100, {}, ["5"]),
    "format": ("x.csv", b"%PDF-1.7 x", {}, ["PDF", "GeoJSON"]),
    "broken_zip": ("x.zip", b"PK\x03\x04 broken", {}, []),
    "broken_workbook": ("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), {}, []),
    "no_sheet": ("x.xlsx", BOOK, {"sheet": "Blad9"}, ["Blad9", "Data"]),
    "broken_json": ("x.json", '{"a": [\n1,\n2,, 3]}', {}, ["3"]),
    "no_records": ("x.json", '{"error": "not found"}', {}, ["JSON"]),
    "several_lists": (
        "x.json",
        '{"platser": [{"a": 1}], "personal": [{"b": 1}, {"b": 2}]}',
        {},
        ["platser (1), personal (2)", "records"],
    ),
    "no_list": (
        "x.json",
        '{"platser": [{"a": 1}]}',
        {"records": "parker"},
        ["parker", "platser (1)"],
    ),
    "broken_parquet": ("x.parquet", b"PAR1" + bytes(40), {}, []),
    "broken_map": (
        "x.gpkg",
        b"SQLite format 3\x00" + bytes(52) + b"GPKG" + bytes(400),
        {},
        ["GPKG"],
    ),
    "shape_parts": ("x.shp", struct.pack(">I", 9994) + bytes(96), {}, [".dbf", ".shx"]),
    "entities": ("x.kml", KML, {}, ["DOCTYPE"]),
    "encrypted": ("x.zip", ENCRYPTED, {}, []),
    "feeds_several": (
        "x.zip",
        makers.archive(
            {
                f"{folder}/{name}.txt": f"{name}_id\n1\n"
                for folder in ("norr", "söder")
                for name in ("agency", "stops", "trips")
            }
        ),
        {},
        ["2"],
    ),
    "zip_bounds": (
        "x.zip",
        makers.archive({"stops.txt": b"0" * (80 << 20)}),
        {},
        ["1", "80", "50"],
    ),
    "zip_path": ("x.zip", makers.archive({"../x.csv": "a;b\n"}), {}, []),
    "fixed_width": (
        "x.txt",
        "".join(f"{n:04d}{name:<12}{n * 37:06d}\n" for n, name in enumerate(["Ann", "Bo"] * 20)),
        {},
        [],
    ),
    "zip_nested": ("x.zip", makers.archive({"inre.zip": "x"}), {}, []),
    "zip_several": (
        "x.zip",
        makers.archive({"a.csv": "a;b\n1;2\n", "b.csv": "a;b\n1;2\n"}),
        {},
        ["2"],
    ),
    "too_wide": (
        "x.csv",
        ";".join(f"k{i}" for i in range(1200)) + "\n" + ";".join(["1"] * 1200) + "\n",
        {},
        ["200"],
    ),
}
# what takes a large file to reach is reached by a lower bound
BOUNDED: dict[str, tuple[str, int, Callable[[], bytes], list[str]]] = {
    "too_large": (
        "MAX_MEMORY_FILE",
        1 << 10,
        lambda: b"[" + b'{"a": 1},' * 1000 + b'{"a": 2}]',
        ["0"],
    ),
    "too_many_cells": (
        "MAX_MEMORY_CELLS",
        100,
        lambda: b"[" + b'{"a": 1},' * 1000 + b'{"a": 2}]',
        ["100"],
    ),
    "sheet_too_large": ("MAX_MEMORY_CELLS", 3, lambda: BOOK, ["Data", "2", "3"]),
}


# the same of what only a file on disk can be: bound (module, name, value), file, who makes it,
# hints, what is named
FILES: dict[
    str, tuple[tuple[Any, str, Any], str, Callable[[Path], object], dict[str, Any], list[str]]
] = {
    "long_line": (
        (bounds, "MAX_LINE", 1 << 20),
        "x.csv",
        lambda at: hostile.repeated(at, b"a;b\n", b"x", 2 << 20),
        {},
        ["2", "1"],
    ),
    "too_many_rows": (
        (bounds, "MAX_ROWS", 10),
        "x.csv",
        lambda at: hostile.repeated(at, b"a;b\n", b"1;2\n", 20),
        {},
        ["20", "10"],
    ),
    "too_many_tables": (
        (bounds, "MAX_TABLES", 5),
        "x.xlsx",
        lambda at: hostile.many_sheets(at, 7),
        {},
        ["7", "5"],
    ),
    "too_much_text": (
        (bounds, "MAX_HELD", 1 << 20),
        "x.xlsx",
        lambda at: hostile.shared_string(at, 30_000, 100),
        {},
        ["2", "1"],
    ),
    "too_large_parsed": (
        (json_tables, "MAX_PARSED", 1 << 20),
        "x.json",
        lambda at: hostile.repeated(at, b'[{"a": 1}', b',{"a": 1}', 10_000, b"]"),
        {},
        ["3", "1"],
    ),
    "layer_not_computed": (
        (geopackages, "MAX_SECONDS", 0.05),
        "x.gpkg",
        lambda at: hostile.geopackage(
            at,
            "with recursive r(n) as (select 1 union all select n + 1 from r) select n as fid"
            " from r",
        ),
        {},
        ["vy_0"],
    ),
    "cell_too_large": (
        (geopackages, "MAX_CELL", 1 << 20),
        "x.gpkg",
        lambda at: hostile.geopackage(at, blob=2 << 20),
        {},
        ["matt", "1"],
    ),
}


def said(error: InputRefused, language: str) -> str:
    return error.text(language)


def check(error: InputRefused, key: str, file: str, named: list[str]) -> None:
    assert error.key == f"reading.{key}" and error.exit_code == 3
    for language in messages.LANGUAGES:
        text = said(error, language)
        following = messages.text(f"reading.{key}.next", language, **error.values)
        assert (
            file.rsplit(".", 1)[0] in text and text.endswith(following) and len(following) > 15
        ), (language, text)
        assert "{" not in text and all(one in text for one in named), (language, text)
    assert said(error, "sv") != said(error, "en")


@pytest.mark.parametrize("key", CASES)
def test_a_refusal(read: Reader, key: str):
    file, data, hints, named = CASES[key]
    with pytest.raises(InputRefused) as refused:
        read(data, file, hints=hints)
    check(refused.value, key, file, named)


@pytest.mark.parametrize("key", BOUNDED)
def test_a_refusal_of_what_is_too_large(read: Reader, key: str, monkeypatch: pytest.MonkeyPatch):
    name, bound, data, named = BOUNDED[key]
    monkeypatch.setattr(records, name, bound)
    with pytest.raises(InputRefused) as refused:
        read(data(), "x.xlsx" if key.startswith("sheet") else "x.json")
    check(refused.value, key, "x", named)


@pytest.mark.parametrize("key", FILES)
def test_a_refusal_of_a_file_beyond_bounds(
    read: Reader, tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
):
    (module, name, bound), file, make, hints, named = FILES[key]
    make(tmp_path / file)
    monkeypatch.setattr(module, name, bound)
    with pytest.raises(InputRefused) as refused:
        read(tmp_path / file, hints=hints)
    check(refused.value, key, file, named)


OF_COMMANDS = {"no_name", "unopened"}  # said before reading begins: tests/cli/test_errors.py
OF_FOLDERS = {  # tests/reading/test_folders.py
    *("folder_bounds", "folder_delivery", "folder_empty", "folder_feeds", "folder_nested"),
    *("folder_path", "folder_several", "geodatabase"),
}


def test_every_refusal_of_reading_has_a_case():
    keys = {
        key.split(".")[1]
        for key in messages.texts("sv")
        if key.startswith("reading.") and key.endswith(".next")
    }
    assert keys == set(CASES) | set(BOUNDED) | set(FILES) | OF_COMMANDS | OF_FOLDERS


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    from helpers.running.single import check_file

    found, code = check_file(tmp_path / "saknas.csv")
    assert code == 3 and "saknas.csv" in found["error"]["message"]["sv"]
