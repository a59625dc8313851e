"""Absurd files are refused early and say why; each bound is met by a small file under a lower
bound, and once in its real size."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.sampling import some

from helpers.reading import bounds, delimited, exact, geopackages, json_tables, peeking
from helpers.words.errors import InputRefused

from . import biff, hostile, makers
from .conftest import Reader, codes, names, repair, rows

GIB = 1 << 20  # in kB, as the system counts a process' memory
ENDLESS = (
    "with recursive r(n) as (select 1 union all select n + 1 from r) select n as fid, n as a from r"
)
Maker = Callable[[Path], Path]


def refused(read: Reader, file: Path, **given: Any) -> str:
    with pytest.raises(InputRefused) as error:
        read(file, **given)
    return error.value.key.removeprefix("reading.")


def test_texts_that_cells_share_are_counted_before_they_are_unfolded(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    book = hostile.shared_string(tmp_path / "x.xlsx", letters=1000, cells=400)
    sheet = hostile.repeated_cells(tmp_path / "x.ods", letters=1000, columns=4, rows=100)
    assert read(book).main.rows == 400
    monkeypatch.setattr(bounds, "MAX_HELD", 390_000)
    assert refused(read, book) == refused(read, sheet) == "too_much_text"


def test_many_sheets_are_refused_before_one_is_opened(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    opened: list[str] = []
    monkeypatch.setattr(peeking, "_peek_sheet", lambda archive, part, shared: opened.append(part))
    assert refused(read, hostile.many_sheets(tmp_path / "x.xlsx", 5000)) == "too_many_tables"
    assert (
        refused(read, hostile.repeated_cells(tmp_path / "x.ods", 3, 2, 2, sheets=5000))
        == "too_many_tables"
    )
    assert not opened


def test_a_long_line_is_refused_at_its_end(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bounds, "MAX_LINE", 1000)
    monkeypatch.setattr(bounds, "CHUNK", 64)
    line = hostile.repeated(tmp_path / "x.csv", b"a;b\n1;2\n", b"x", 1100)
    with pytest.raises(InputRefused) as error:
        read(line)
    assert error.value.key == "reading.long_line" and error.value.values["line"] == 3
    quoted = hostile.repeated(tmp_path / "y.csv", b'a;b\n1;"', b"x", 1100, b'"\n2;3\n')
    assert refused(read, quoted) == "long_line"
    short = hostile.repeated(tmp_path / "z.csv", b"a;b\r", b"1;2\r", 900)
    assert read(short).main.rows == 900


def test_a_quoted_cell_is_joined_no_further_than_its_bound(
    read: Reader, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exact, "MAX_CELL", 500)
    cell = "\n".join(["x" * 20] * 40)
    found = read(f'a;b\n1;"{cell}"\n\n2;3\n')
    assert repair(found, "stray_quote").rows == [2, 41]  # where it opens and where it ends
    assert rows(found, "t0, t1")[-1] == ("2", "3")


def test_a_wide_table_is_refused_by_its_head(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(delimited, "exact", None)
    monkeypatch.setattr(delimited, "regular", None)
    assert refused(read, hostile.wide(tmp_path / "x.csv", 20_000)) == "too_wide"
    assert (
        refused(
            read, _written(tmp_path / "x.json", json.dumps([{f"k{i}": i for i in range(1200)}]))
        )
        == "too_wide"
    )


def test_nothing_but_line_ends_is_empty(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(delimited, "exact", None)
    assert refused(read, hostile.repeated(tmp_path / "x.csv", b"", b"\n", 1 << 20)) == "empty"


def test_rows_are_counted_before_they_are_read(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bounds, "MAX_ROWS", 1000)
    assert (
        refused(read, hostile.repeated(tmp_path / "x.csv", b"a;b\n1;2\n", b"\n", 2000))
        == "too_many_rows"
    )
    assert (
        refused(read, hostile.parquet_of_many_rows(tmp_path / "x.parquet", 1001)) == "too_many_rows"
    )


def test_a_text_that_a_parquet_keeps_once_counts_for_each_row(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = hostile.parquet_of_one_text(tmp_path / "x.parquet", letters=100, rows=1000)
    assert read(file).main.rows == 1000
    monkeypatch.setattr(bounds, "MAX_TEXT", 99_999)
    assert refused(read, file) == "too_much_text"


@pytest.mark.parametrize("name", ["x.json", "x.geojson"])
def test_json_is_weighed_before_it_is_parsed(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    features = '{"type": "FeatureCollection", "features": [' if "geo" in name else "["
    one = (
        '{"type": "Feature", "geometry": null, "properties": {"a": 1}}'
        if "geo" in name
        else '{"a": 1}'
    )
    end = "]}" if "geo" in name else "]"
    file = _written(tmp_path / name, features + ",".join([one] * 500) + end)
    assert read(file).main.rows == 500
    monkeypatch.setattr(json_tables, "MAX_PARSED", 100_000)
    assert refused(read, file) == "too_large_parsed"
    monkeypatch.setattr(json_tables, "MAX_FILE", 1000)
    assert refused(read, file) == "too_large"


def test_a_view_is_computed_within_bounds_before_it_is_opened(
    read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    huge = "select 1 as fid, hex(zeroblob(400000000)) as a"
    assert refused(read, hostile.geopackage(tmp_path / "a.gpkg", huge)) == "cell_too_large"
    monkeypatch.setattr(geopackages, "MAX_SECONDS", 0.2)
    assert refused(read, hostile.geopackage(tmp_path / "b.gpkg", ENDLESS)) == "layer_not_computed"
    monkeypatch.setattr(geopackages, "MAX_CELL", 1000)
    assert refused(read, hostile.geopackage(tmp_path / "c.gpkg", blob=1001)) == "cell_too_large"
    assert refused(read, hostile.geopackage(tmp_path / "d.gpkg", blob=5000)) == "cell_too_large"


def test_an_ordinary_view_is_read(read: Reader, tmp_path: Path):
    found = read(hostile.geopackage(tmp_path / "x.gpkg", "select fid, namn from matt"))
    assert {one.name for one in found.tables} >= {"x"} and all(
        one.rows == 1 for one in found.tables
    )


@pytest.mark.parametrize("declared", [301, 10**9, 10**30, 0])
def test_a_header_row_that_is_never_looked_for_is_refused(read: Reader, declared: int):
    with pytest.raises(InputRefused) as error:
        read("a;b\n1;2\n", hints={"header_row": declared})
    assert error.value.key == "reading.hint"


def test_sheets_of_one_shape_of_name_are_told_apart(read: Reader):
    book = {
        name: [["id", "antal"], ["a", 1], ["b", i]]
        for i, name in enumerate(("T1006020000", "T1006020802"))
    }
    found = read(makers.xlsx(book), "x.xlsx")
    shown = [one.name for one in found.tables]
    assert (
        len(set(shown)) == 2
        and shown[1] == f"{shown[0]}_2"
        and not any("1006020" in name for name in shown)
    )


SURVEY = [["Skolkod", "Skola", "Svar"], *([f"{1000 + i}", f"Skolan {i}", "Ja"] for i in range(30))]


def _survey(**odd: object) -> list[list[object]]:
    made: list[list[object]] = [list(row) for row in SURVEY]
    for at, value in odd.items():
        made[int(at[1:])]["abc".index(at[0])] = value
    return made


def test_an_old_workbook_with_odd_cells_is_read(read: Reader):
    said = {f"c{i}": biff.formula(i, 2, f"Nej {i}") for i in range(1, 31)}
    odd = _survey(
        a5="#N/A", a6="#DIV/0!", b7=biff.formula(7, 1, ""), b8=biff.formula(8, 1, None), **said
    )
    found = read(biff.workbook({"Enkät": biff.sheet(odd)}, fonts=0), "x.xls")
    assert names(found) == ["Skolkod", "Skola", "Svar"] and found.main.rows == 30
    assert rows(found, "t0, t1, t2")[3:8] == [
        ("1003", "Skolan 3", "Nej 4"),
        (None, "Skolan 4", "Nej 5"),
        (None, "Skolan 5", "Nej 6"),
        ("1006", None, "Nej 7"),
        ("1007", None, "Nej 8"),
    ]
    assert "masked_name" not in codes(found)


@pytest.mark.parametrize("styles", [0, 21])
def test_styles_without_fonts(read: Reader, styles: int):
    assert (
        read(biff.workbook({"Data": biff.sheet(SURVEY)}, fonts=0, styles=styles), "x.xls").main.rows
        == 30
    )


def test_an_old_workbook_at_which_the_library_breaks_is_refused(read: Reader):
    broken = biff.record(0x06, bytes([5, 0, 0, 0, 15, 0]) + bytes(8) + bytes([0] * 6 + [30, 0, 1]))
    with pytest.raises(InputRefused) as error:
        read(biff.workbook({"Data": biff.sheet(_survey(a5=broken))}), "x.xls")
    assert error.value.key == "reading.broken_workbook"


def _written(target: Path, text: str) -> Path:
    target.write_text(text, "utf-8")
    return target


CHECK = """
import json, re, sys
from pathlib import Path
from helpers.running.single import check_file
found, code = check_file(Path(sys.argv[1]))
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
print(json.dumps([code, found.get("error", {}).get("code"), peak, found.get("reading", {}).get("rows")]))
"""


def checked(file: Path, seconds: int = 900) -> tuple[int, str | None, int, int | None]:
    """Exit code, refusal, greatest memory (kB) and rows of a check in a process of its own.
    ``seconds`` only ends a hang."""
    if not sys.platform.startswith("linux"):
        pytest.skip("memory is measured through /proc, which only Linux has")
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(file)],
        capture_output=True,
        text=True,
        timeout=seconds,
        check=True,
    )
    code, key, peak, read = json.loads(done.stdout.splitlines()[-1])
    return code, key, peak, read


ABSURD: dict[str, tuple[str, Maker, str]] = {
    "shared string": (
        "x.xlsx",
        lambda at: hostile.shared_string(at, 32_000, 400_000),
        "too_much_text",
    ),
    "sheets": ("x.xlsx", lambda at: hostile.many_sheets(at, 5000), "too_many_tables"),
    "repeated cells": (
        "x.ods",
        lambda at: hostile.repeated_cells(at, 32_000, 100, 4000),
        "too_much_text",
    ),
    "one line": ("x.csv", lambda at: hostile.repeated(at, b"a;b\n", b"x", 500 << 20), "long_line"),
    "quoted field": (
        "x.csv",
        lambda at: hostile.repeated(at, b'a;b\n1;"', b"x", 300 << 20, b'"\n'),
        "long_line",
    ),
    "columns": ("x.csv", lambda at: hostile.wide(at, 1_000_000), "too_wide"),
    "newlines": ("x.csv", lambda at: hostile.repeated(at, b"", b"\n", 100 << 20), "empty"),
    "blank lines": (
        "x.csv",
        lambda at: hostile.repeated(at, b"a;b\n1;2\n", b"\n", 100 << 20),
        "too_many_rows",
    ),
    "json": (
        "x.json",
        lambda at: hostile.repeated(
            at, b'[{"a": 1}', b',{"id": 1, "namn": "Lekplats"}', 9_000_000, b"]"
        ),
        "too_large",
    ),
    "records": (
        "x.json",
        lambda at: hostile.repeated(at, b'[{"a": 1}', b',{"a": 1, "b": 2}', 2_000_000, b"]"),
        "too_large_parsed",
    ),
    "view": (
        "x.gpkg",
        lambda at: hostile.geopackage(at, "select 1 as fid, hex(zeroblob(400000000)) as a"),
        "cell_too_large",
    ),
    "endless view": ("x.gpkg", lambda at: hostile.geopackage(at, ENDLESS), "layer_not_computed"),
    "blob": ("x.gpkg", lambda at: hostile.geopackage(at, blob=250 << 20), "cell_too_large"),
    "dictionary": (
        "x.parquet",
        lambda at: hostile.parquet_of_one_text(at, 20_000, 2_000_000),
        "too_much_text",
    ),
    "rows": (
        "x.parquet",
        lambda at: hostile.parquet_of_many_rows(at, 200_000_000),
        "too_many_rows",
    ),
}


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", some(3, ABSURD))
def test_in_its_real_size_it_is_refused_within_400_mb(tmp_path: Path, name: str):
    file, make, key = ABSURD[name]
    code, said, peak, _ = checked(make(tmp_path / file))
    assert (code, said) == (3, f"reading.{key}") and peak < 400 << 10, peak


SELECT = {
    "alike": "'Storgatan 1 åäö ' || i",
    "number": "(((i * {c}) % 100000) / 4.0)::varchar",
    "different": "md5((i * 1000 + {c})::varchar)",
}


def table(target: Path, kinds: list[str], columns: int, rows: int) -> Path:
    import duckdb

    cells = ", ".join(
        f"{SELECT[kinds[c % len(kinds)]].format(c=c + 7)} as k{c}" for c in range(columns)
    )
    duckdb.sql(
        f"copy (select {cells} from range({rows}) t(i)) to '{target}' (header, delimiter ';')"
    )
    return target


@pytest.mark.slow
@pytest.mark.timeout(2400)
@pytest.mark.parametrize(
    ("kinds", "columns", "count"),
    [
        (["alike"], 75, 2100),
        pytest.param(["alike"], 96, 1000, marks=pytest.mark.long),
        pytest.param(["alike"], 60, 6000, marks=pytest.mark.long),
        pytest.param(["different"], 45, 20_000, marks=pytest.mark.long),
        pytest.param(["alike", "number"], 300, 5000, marks=pytest.mark.long),
        pytest.param(["number"], 1000, 2000, marks=pytest.mark.long),
        pytest.param(["alike", "number"], 1000, 1000, marks=pytest.mark.long),
    ],
)
def test_a_wide_table_passes_within_one_gib(
    tmp_path: Path, kinds: list[str], columns: int, count: int
):
    code, said, peak, found = checked(table(tmp_path / "x.csv", kinds, columns, count), 2400)
    assert (code, said, found) == (0, None, count) and peak < GIB, peak


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_twenty_million_rows_pass_within_one_gib(tmp_path: Path):
    """As many rows as reading takes: read, screened, profiled and checked."""
    file = table(tmp_path / "x.csv", ["alike", "number", "number"], 3, 20_000_000)
    code, said, peak, found = checked(file, 2400)
    assert (code, said, found) == (0, None, 20_000_000) and peak < GIB, peak
