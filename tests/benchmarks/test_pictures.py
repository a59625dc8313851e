"""A profile with pictures of a million invoices of 14 columns, beside one pass of DuckDB by hand:
exact different values, quantiles, histograms and commonest values.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``). Beside
them stands what relations cost.
"""

from __future__ import annotations

import duckdb
import pytest

from .test_million_invoices import INVOICES

pytestmark = pytest.mark.benchmark
READ = """
import sys
from pathlib import Path
from helpers.reading import read
read(Path(sys.argv[1]), Path(sys.argv[2]), type="leverantorsfakturor")
"""
BY_HAND = """
c = duckdb.connect(config={"threads": 2})
file = str(next(Path(sys.argv[1]).glob("*.parquet")))
columns = [row[0] for row in c.execute(f"describe from '{file}'").fetchall()]
for column in [one for one in columns if one.startswith("t")]:
    c.execute(f"select {column}, count(*) as n from '{file}' group by 1 order by n desc limit 10").fetchall()
    c.execute(f"select count(distinct {column}), min(length({column})), max(length({column})) from '{file}'").fetchall()
for column in [one for one in columns if one.startswith("v")]:
    c.execute(f"select quantile_cont({column}::double, [0.05, 0.25, 0.5, 0.75, 0.95]) from '{file}'"
        if "DATE" not in str(c.execute(f"select typeof(any_value({column})) from '{file}'").fetchone())
        else f"select quantile_disc({column}, [0.05, 0.5, 0.95]) from '{file}'").fetchall()
    c.execute(f"select histogram({column}) from (select {column} from '{file}' limit 100000)").fetchall()
"""
OURS = """
snapshot = Snapshot.load(Path(sys.argv[1]))
made = profile(snapshot, Screening())
assert pictures(snapshot, Screening(), made)[snapshot.main.name]
"""
RELATED = """
snapshot = Snapshot.load(Path(sys.argv[1]))
assert relations(snapshot, Screening(), profile_of)[snapshot.main.name]["keys"]
"""
RELATING = """
import duckdb
from helpers.profiling.profile import profile
from helpers.profiling.relations.making import relations
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening
profile_of = profile(Snapshot.load(Path(sys.argv[1])), Screening())
"""
SETUP = """
import duckdb
from helpers.profiling.pictures.making import pictures
from helpers.profiling.profile import profile
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening
"""


def test_a_profile_with_pictures_beside_a_pass_by_hand(
    measure, tmp_path_factory: pytest.TempPathFactory
):
    """The goal is 1.5 times."""
    folder = tmp_path_factory.mktemp("pictures")
    plain, snapshot = folder / "invoices.csv", folder / "snapshot"
    duckdb.sql(f"copy ({INVOICES}) to '{plain}' (header, delimiter ';')")
    reading = measure("pass", str(plain), str(snapshot), setup=READ, runs=1)
    by_hand = measure(BY_HAND, str(snapshot), setup="import duckdb", runs=2)
    ours = measure(OURS, str(snapshot), setup=SETUP, runs=2)
    print(
        f"\nby hand {by_hand.cpu_s:.2f} s, profile with pictures {ours.cpu_s:.2f} s:"
        f" {ours.cpu_s / by_hand.cpu_s:.2f} times; peak {ours.peak_mb:.0f} MB"
    )
    related = measure(RELATED, str(snapshot), setup=RELATING, runs=1)
    print(f"relations {related.cpu_s:.2f} s, peak {related.peak_mb:.0f} MB")
    assert reading.peak_mb < 1000 and ours.peak_mb < 1000 and related.peak_mb < 1000
    assert ours.cpu_s <= 1.5 * by_hand.cpu_s
