"""The exact slow path beside the regular one, and that reading and the whole ``check`` grow in time
with the file and not in memory.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .conftest import Measured
from .figures import keep
from .test_million_invoices import CHECKING, INVOICES, READING, ROWS

pytestmark = pytest.mark.benchmark

READ = """
snapshot = read(Path(sys.argv[1]), Path(sys.argv[2]), type="leverantorsfakturor")
assert snapshot.main.rows == int(sys.argv[3]), snapshot.main.rows
"""
SETUP = "from helpers.reading import delimited, sources, read"
CHECK = """
found, code = single.check_file(Path(sys.argv[1]))
assert found["reading"]["rows"] == int(sys.argv[2]) and code == 0, (code, found.get("error"))
"""
CHECK_SETUP = "from helpers.running import single\nfrom helpers.checking import running, engine"
COUNTS = (ROWS // 10, ROWS, 5 * ROWS, 20 * ROWS)


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


def test_the_exact_path_costs_at_most_four_times_the_regular_one(
    tmp_path: Path, measure: Callable[..., Any]
):
    regular = written(tmp_path / "regular.csv", ROWS)
    odd = irregular(regular, tmp_path / "odd.csv")
    one = measure(READ, str(regular), str(tmp_path / "a"), str(ROWS), setup=SETUP, runs=2)
    other = measure(READ, str(odd), str(tmp_path / "b"), str(ROWS), setup=SETUP, runs=2)
    keep(
        READING,
        "with a blank line and a stray quote (the exact path)",
        other,
        beside="the regular one",
        floor=one,
        goal=3,
    )
    assert other.cpu_s <= 4.5 * one.cpu_s and other.peak_mb < 1000


def test_twenty_million_rows_in_bounded_memory_and_linear_time(
    tmp_path: Path, measure: Callable[..., Any]
):
    """Each file and its snapshot lie on the disk alone: the largest takes 5 GB."""
    found = []
    for count in COUNTS:
        file, folder = written(tmp_path / f"{count}.csv", count), tmp_path / f"{count}"
        runs = 1 + (count < ROWS)
        found.append(measure(READ, str(file), str(folder), str(count), setup=SETUP, runs=runs))
        file.unlink()
        shutil.rmtree(folder)
        keep(READING, f"{count:,} rows", found[-1], most_mb=1024)
    _grows_in_proportion(found)


def test_check_of_twenty_million_rows_in_bounded_memory_and_linear_time(
    tmp_path: Path, measure: Callable[..., Any]
):
    """All that ``check`` does, of each file by itself."""
    found = []
    for count in COUNTS:
        file = written(tmp_path / f"{count}.csv", count)
        given, runs = (str(file), str(count)), 1 + (count < ROWS)
        found.append(measure(CHECK, *given, setup=CHECK_SETUP, runs=runs))
        file.unlink()
        keep(CHECKING, f"check of {count:,} rows", found[-1], most_mb=1024)
    _grows_in_proportion(found)


def _grows_in_proportion(found: list[Measured]) -> None:
    """Of ``COUNTS`` rows; also from a million on, where what each process costs weighs little."""
    for first in (0, 1):
        times = COUNTS[-1] / COUNTS[first]
        exponent = math.log(found[-1].cpu_s / found[first].cpu_s) / math.log(times)
        print(f"{times:.0f} times the rows: exponent {exponent:.3f}")
        assert exponent <= 1.05
    assert all(one.peak_mb < 1024 for one in found)
