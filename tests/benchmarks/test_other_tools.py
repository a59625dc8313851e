"""What somebody would take instead, on the same file: fg-data-profiling (its minimal report, as its
own pages advise for large files) of a million invoices, beside our profile with pictures and
beside ``check``.

Each in a process of its own; theirs by the Python that ``others`` finds. The minimal report counts,
ranks and draws each column; it screens for no personal data and tries no rule.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .figures import keep
from .others import python_of
from .test_million_invoices import CHECK, INVOICES

pytestmark = pytest.mark.benchmark

PART = "Workbooks, maps and other tools"
THEIRS = """
import pandas as pd
from data_profiling import ProfileReport
"""
MINIMAL = """
report = ProfileReport(pd.read_csv(sys.argv[1], sep=";"), minimal=True, progress_bar=False)
assert len(report.to_html()) > 10_000
"""
OURS = """
from helpers.profiling.pictures.making import pictures
from helpers.profiling.profile import profile
from helpers.reading import read, sources
from helpers.screening.marks import Screening
"""
PROFILE = """
snapshot = read(Path(sys.argv[1]), Path(sys.argv[2]), type="leverantorsfakturor")
made = profile(snapshot, Screening())
assert pictures(snapshot, Screening(), made)[snapshot.main.name]
"""
CHECKING = "from helpers.running import single\nfrom helpers.checking import running, engine"


def test_a_million_invoices_beside_fg_data_profiling(tmp_path: Path, measure: Callable[..., Any]):
    python = python_of("data_profiling")
    file = tmp_path / "invoices.csv"
    duckdb.sql(f"copy ({INVOICES}) to '{file}' (header, delimiter ';')")
    theirs = measure(MINIMAL, str(file), setup=THEIRS, runs=1, python=python)
    keep(PART, "fg-data-profiling: minimal report of 1,000,000 invoices", theirs)
    beside: dict[str, Any] = {"beside": "fg-data-profiling", "floor": theirs}
    profiled = measure(PROFILE, str(file), str(tmp_path / "s"), setup=OURS, runs=1)
    keep(PART, "the same read and profiled, with pictures", profiled, **beside)
    checked = measure(CHECK, str(file), setup=CHECKING, runs=1)
    keep(PART, "check of the same: read, screened, profiled, all rules", checked, **beside)
    assert profiled.cpu_s < theirs.cpu_s and checked.cpu_s < theirs.cpu_s
