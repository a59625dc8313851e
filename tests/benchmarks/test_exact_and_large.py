"""The exact slow path beside the regular one, and that reading grows in time with the file and not
in memory.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .test_million_invoices import INVOICES, ROWS, told

pytestmark = pytest.mark.benchmark

READ = """
snapshot = read(Path(sys.argv[1]), Path(sys.argv[2]), type="leverantorsfakturor")
assert snapshot.main.rows == int(sys.argv[3]), snapshot.main.rows
"""
SETUP = "from helpers.reading import delimited, sources, read"


def written(file: Path, rows: int) -> Path:
    duckdb.sql(
        f"copy ({INVOICES.replace(f'range({ROWS})', f'range({rows})')}) to '{file}' (header,"
        " delimiter ';')"
    )
    return file


def irregular(file: Path, target: Path) -> Path:
    """The same with a blank line near the beginning and a stray quote near the end."""
    with file.open("rb") as source, target.open("wb") as out:
        size = file.stat().st_size
        out.write(source.readline() + source.readline() + b"\n")
        while source.tell() < size - 10_000:
            out.write(source.read(min(1 << 22, size - 10_000 - source.tell())))
        out.write(source.readline())
        out.write(source.readline().replace("Påhittat".encode(), b'"Hittat', 1))
        out.write(source.read())
    return target


def test_the_exact_path_costs_at_most_five_times_the_regular_one(
    tmp_path: Path, measure: Callable[..., Any]
):
    regular = written(tmp_path / "regular.csv", ROWS)
    odd = irregular(regular, tmp_path / "odd.csv")
    one = measure(READ, str(regular), str(tmp_path / "a"), str(ROWS), setup=SETUP, runs=2)
    other = measure(READ, str(odd), str(tmp_path / "b"), str(ROWS), setup=SETUP, runs=2)
    told("reading, regular", one)
    told("reading, exact", other)
    print(f"exact {other.cpu_s / one.cpu_s:.2f} times regular")
    assert other.cpu_s <= 5 * one.cpu_s and other.peak_mb < 1000


def test_five_million_rows_in_bounded_memory_and_linear_time(
    tmp_path: Path, measure: Callable[..., Any]
):
    small, large = written(tmp_path / "1.csv", ROWS), written(tmp_path / "5.csv", 5 * ROWS)
    one = measure(READ, str(small), str(tmp_path / "a"), str(ROWS), setup=SETUP, runs=2)
    five = measure(READ, str(large), str(tmp_path / "b"), str(5 * ROWS), setup=SETUP, runs=1)
    told("reading 1,000,000", one)
    told("reading 5,000,000", five)
    print(f"five times the rows: {five.cpu_s / one.cpu_s:.2f} times the CPU")
    assert five.peak_mb < 1536 and five.cpu_s <= 6.5 * one.cpu_s
