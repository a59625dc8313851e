"""Neighbours of what was once misread, made anew each time: one table in many formats and ways of
writing, blocks above a table, lists in an answer.

Each cell that is read is held against what was written.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import reading

from . import makers

FEW, SOME, MANY = 3, 98, 2000
NAMES = ["id", "namn", "antal", "belopp", "datum"]
PLACES = ("Håbo", "Östra skolan, norr", "Åmål", 'Krogen "Ny"', "Ekvik; Bro", "Växjö", "Tierp")
DATES = {  # a way to write a day -> how
    "iso": "%Y-%m-%d",
    "slashes": "%Y/%m/%d",
    "swedish": "%d.%m.%Y",
    "digits": "%Y%m%d",
}
Row = tuple[str, str, int, float, dt.date]


def table(rng: random.Random) -> list[Row]:
    """So many rows that each way of writing shows itself: days after the twelfth, öre, both large
    and small amounts."""
    return [
        (
            f"a{i}",
            rng.choice(PLACES),
            rng.randint(0, 900),
            rng.choice((-1, 1)) * rng.randint(1, 9_000_000) / 100 + 1000 * (i % 2),
            dt.date(2024, rng.randint(1, 12), 28 if i % 2 else rng.randint(13, 27)),
        )
        for i in range(rng.randint(4, 30))
    ]


def amount(value: float, rng: random.Random, decimal: str, thousands: str) -> str:
    return f"{value:,.2f}".translate(str.maketrans({",": thousands, ".": decimal}))


def delimited(rows: list[Row], rng: random.Random, folder: Path) -> Path:
    """A text in any usual dialect, with or without a title above and a sum below."""
    delimiter, decimal = rng.choice(";,\t|"), rng.choice(",.")
    thousands = rng.choice(("", " ", "\u00a0"))
    form = DATES[rng.choice(list(DATES))]

    def cell(text: str) -> str:
        quoted = delimiter in text or '"' in text or (decimal in text and decimal == delimiter)
        return '"' + text.replace('"', '""') + '"' if quoted else text

    lines = [["Utdrag ur registret"], ["Framtaget 2024-12-01"]][: rng.randint(0, 2)]
    lines += [[]] if lines and rng.random() < 0.5 else []
    lines += [NAMES] + [
        [id, name, str(count), amount(money, rng, decimal, thousands), day.strftime(form)]
        for id, name, count, money, day in rows
    ]
    if rng.random() < 0.4:
        total = amount(sum(row[3] for row in rows), rng, decimal, thousands)
        lines.append(["Summa", "", str(sum(row[2] for row in rows)), total, ""])
    text = rng.choice(("\n", "\r\n")).join(delimiter.join(map(cell, line)) for line in lines)
    file = folder / rng.choice(("x.csv", "x.txt"))
    file.write_bytes((text + "\n").encode(rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))))
    return file


def workbook(rows: list[Row], rng: random.Random, folder: Path) -> Path:
    above: list[list[Any]] = [["Register över enheter"], []][: rng.choice((0, 1, 2))]
    below = [["Totalt", None, sum(r[2] for r in rows), None, None]] if rng.random() < 0.4 else []
    file = folder / "x.xlsx"
    file.write_bytes(makers.xlsx({"Blad1": [*above, NAMES, *rows, *below], "Tomt": []}))
    return file


def opendocument(rows: list[Row], rng: random.Random, folder: Path) -> Path:
    file = folder / "x.ods"
    plain = [[str(cell).replace('"', "&quot;") for cell in row] for row in rows]
    file.write_bytes(makers.ods([NAMES, *plain]))
    return file


def records(rows: list[Row]) -> list[dict[str, Any]]:
    return [dict(zip(NAMES, (*row[:4], str(row[4])), strict=True)) for row in rows]


def answer(rows: list[Row], rng: random.Random, folder: Path) -> Path:
    """JSON: a bare list, lines, or an answer with messages and fields beside the records."""
    plain = records(rows)
    kind = rng.choice(("list", "lines", "wrapped", "ckan"))
    document: Any = plain
    if kind == "wrapped":
        key = rng.choice(("data", "items", "results", "poster", "records", "value"))
        document = {"meddelanden": [{"text": "x"}] * rng.randint(0, 40), key: plain, "status": 200}
    elif kind == "ckan":
        fields = [{"id": name, "type": "text"} for name in NAMES * 9]
        document = {"success": True, "result": {"fields": fields, "records": plain}}
    file = folder / "x.json"
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in plain)
    file.write_text(lines if kind == "lines" else json.dumps(document), "utf-8")
    return file


def parquet(rows: list[Row], rng: random.Random, folder: Path) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    pq.write_table(pa.table(columns), folder / "x.parquet")
    return folder / "x.parquet"


def on_a_map(rows: list[Row], rng: random.Random, folder: Path) -> Path:
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    columns["datum"] = [str(day) for day in columns["datum"]]
    points = [(530_000.0 + i, 6_220_000.0 + i) for i in range(len(rows))]
    return makers.layer(folder / "map", rng.choice((".gpkg", ".geojson")), columns, points)


WRITERS: list[Callable[[list[Row], random.Random, Path], Path]] = [
    delimited,
    workbook,
    answer,
    opendocument,
    parquet,
    delimited,
    on_a_map,
]


def read(file: Path, folder: Path) -> list[Row]:
    """The rows as their types say, in the order of the file."""
    found = reading.read(file, folder / "out")
    cells = ", ".join(found.main.column(name).value for name in NAMES)
    rows = duckdb.sql(f"select {cells} from '{found.parquet()}' order by source_row").fetchall()
    return [
        (id, name, count, round(float(money), 2), day.date() if hasattr(day, "date") else day)
        for id, name, count, money, day in rows
    ]


@pytest.mark.parametrize(
    "files",
    [FEW, pytest.param(SOME, marks=pytest.mark.slow), pytest.param(MANY, marks=pytest.mark.long)],
)
def test_a_table_is_the_same_in_every_format(files: int):
    for number in range(files):
        rng = random.Random(number)
        rows, writer = table(rng), WRITERS[number % len(WRITERS)]
        with tempfile.TemporaryDirectory() as root:
            file = writer(rows, rng, Path(root))
            expected = [(*row[:3], round(row[3], 2), row[4]) for row in rows]
            assert read(file, Path(root)) == expected, (number, writer.__name__)


@given(
    blocks=st.lists(st.integers(2, 5), min_size=1, max_size=3),
    rows=st.integers(12, 90),
    delimiter=st.sampled_from(";,\t"),
)
@settings(max_examples=2, deadline=None)
def test_the_longest_of_stacked_blocks_is_the_table(blocks: list[int], rows: int, delimiter: str):
    """As weather agencies write them: what the station is, then what it measured."""
    lines = []
    for number, width in enumerate(blocks):
        lines += [[f"Egenskap {number}{letter}" for letter in "abcde"[:width]]]
        lines += [[f"värde {number}{letter}" for letter in "abcde"[:width]], []]
    names = ["Datum", "Tid (UTC)", "Lufttemperatur", "Kvalitet"]
    measured = [
        [f"2020-04-{1 + i % 28:02}", f"{i % 24:02}:00:00", f"{i / 10}", "G"] for i in range(rows)
    ]
    text = "\n".join(delimiter.join(line) for line in [*lines, names, *measured]) + "\n"
    with tempfile.TemporaryDirectory() as root:
        file = Path(root) / "x.csv"
        file.write_text(text, "utf-8")
        found = reading.read(file, Path(root) / "out")
        cells = ", ".join(column.text for column in found.main.columns[:4])
        read_rows = duckdb.sql(
            f"select {cells} from '{found.parquet()}' order by source_row"
        ).fetchall()
    assert [column.name for column in found.main.columns][:4] == names
    assert [list(row) for row in read_rows] == measured
    assert {"blocks", "preamble"} & {repair.code for repair in found.repairs}
