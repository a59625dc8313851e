"""What a sane writer wrote comes back cell for cell: Python's csv module, whatever the letters,
quotes and line ends."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers import reading

FEW, MANY = 20, 100
LETTERS = st.sampled_from("abcåäöÅÄÖé 0123456789.,;-\"'\n\t|/%&()é")
CELL = st.text(LETTERS, max_size=12).map(lambda text: text.strip().replace("\r", ""))


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    names = [f"kolumn {chr(97 + i)}" for i in range(width)]
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=2, max_size=20))
    # a first cell with a key keeps a row from being empty, the header again, a sum or a note
    return [["nyckel", *names], *([f"r{i}", *row] for i, row in enumerate(rows))]


def comes_back(
    rows: list[list[str]], delimiter: str, encoding: str, end: str, quoting: int
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.csv"
        file.write_bytes(text.getvalue().encode(encoding))
        snapshot = reading.read(file, Path(folder) / "out", hints={"delimiter": delimiter})
        cells = ", ".join(f"coalesce({column.text}, '')" for column in snapshot.main.columns)
        found = duckdb.sql(
            f"select {cells} from '{snapshot.parquet()}' order by source_row"
        ).fetchall()
        assert [column.name for column in snapshot.main.columns] == rows[0]
        assert [list(row) for row in found] == rows[1:]
        assert not snapshot.rejected_total


WRITTEN = given(
    tables(),
    st.sampled_from(";,\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
ONE = example(
    [["nyckel", "b"], ["r0", '"'], ["r1", 'x"\ny']], ";", "utf-8", "\n", csv.QUOTE_MINIMAL
)


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def test_what_was_comes_back(examples: int):
    few = settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    few(ONE(WRITTEN(comes_back)))()
