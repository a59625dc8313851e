"""Screening a million invoices beside one pass of DuckDB's regular expression for personal numbers
over the same cells.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .figures import keep
from .test_million_invoices import CHECKING, INVOICES

pytestmark = pytest.mark.benchmark

SETUP = """
import duckdb
from helpers.declared import specifications
from helpers.reading import databases
from helpers.words import personal_numbers
from helpers.reading.snapshot import Snapshot
from helpers.screening import screen
from helpers.words.personal import name_lists as names
names.first_names(), names.surnames()
snapshot = Snapshot.load(Path(sys.argv[1]))
spec = specifications.load("leverantorsfakturor")
fields = specifications.match([one.name for one in snapshot.main.columns], spec)
"""
ONE_PASS = """
with databases.connect() as c:
    pattern = databases.quoted(personal_numbers.SIEVE)
    hits = " + ".join(f"count(*) filter (regexp_matches(t{i}, {pattern}))" for i in range(14))
    c.execute(f"select {hits} from {databases.quoted(snapshot.parquet())}").fetchone()
"""
SCREEN = """
found = screen(snapshot, fields, spec, type="leverantorsfakturor")
"""


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from helpers import reading

    folder = tmp_path_factory.mktemp("screening")
    duckdb.sql(f"copy ({INVOICES}) to '{folder / 'invoices.csv'}' (header, delimiter ';')")
    reading.read(folder / "invoices.csv", folder / "snapshot", type="leverantorsfakturor")
    return folder / "snapshot"


def test_screening_costs_at_most_four_passes(read_once: Path, measure: Callable[..., Any]):
    one = measure(ONE_PASS, str(read_once), setup=SETUP)
    found = measure(SCREEN, str(read_once), setup=SETUP)
    keep(CHECKING, "one pass of the regular expression", one)
    keep(
        CHECKING,
        "screening of 1,000,000 invoices",
        found,
        beside="one pass of a regular expression",
        floor=one,
        goal=1.5,
    )
    assert found.peak_mb < 1000
    assert found.cpu_s <= 4 * one.cpu_s
