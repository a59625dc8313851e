"""A million invoices: reading beside plain DuckDB, and checking beside the import of Great
Expectations.

Ratios of CPU in one run, never seconds of a clock; the figures are printed (``make bench``).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from .conftest import Measured
from .figures import keep

pytestmark = pytest.mark.benchmark

READING, CHECKING = "Reading a file of delimited text", "Checking and screening"

ROWS = 1_000_000
# Synthetic: organisation numbers of an invented group (first digits 55), no person's number is
# among them.
INVOICES = f"""
select '2120000829' as kopare_id, 'Påhittade kommun' as kopare, 'V' || lpad(i::varchar, 8, '0') as verifikationsnummer,
    'Påhittat företag ' || (h % 20000) || ' AB' as leverantor, (5590000000 + h % 20000 * 10)::varchar as leverantor_id,
    (4000 + h % 3999)::varchar as konto_nr, 'Kontotext ' || (h % 3999) as konto_text,
    printf('%.2f', (h % 10000000) / 100.0) as belopp, strftime(date '2025-01-01' + (h % 365)::int, '%Y-%m-%d') as datum,
    'Förvaltning ' || (h % 12) as forvaltning, '1080' as kommun_id, (10000 + h % 90000)::varchar as avtal,
    'Märkning åäö ' || (h % 1000) as rubrik, (h % 100)::varchar as enhet
from (select i, (hash(i) % 1000000000)::bigint as h from range({ROWS}) t(i))
"""
PLAIN = """
c = duckdb.connect(config={"threads": 2})
c.execute(f"copy (select * from read_csv('{sys.argv[1]}')) to '{sys.argv[2]}' (format parquet, compression snappy)")
"""
READ = """
snapshot = read(Path(sys.argv[1]), Path(sys.argv[2]), type="leverantorsfakturor")
assert snapshot.main.rows == 1_000_000, snapshot.main.rows
"""
# How much of it each stage takes: what one asks of another counts for the other.
STAGES = """
import time
from helpers import reading
from helpers.running.stages.every import STAGES
asked = [0.0]
def timed(name, work):
    def measured(*given, **named):
        began = time.process_time()
        asked.append(0.0)
        try:
            return work(*given, **named)
        finally:
            took = time.process_time() - began
            parts[name] = parts.get(name, 0.0) + took - asked.pop()
            asked[-1] += took
    return measured
for stage in STAGES.values():
    object.__setattr__(stage, "compute", timed(stage.name, stage.compute))
reading.read = timed("reading", reading.read)
"""
TOLD = {"reading": "reading", "screening": "screening", "profile": "profiling", "findings": "rules"}
CHECK = """
found, code = single.check_file(Path(sys.argv[1]))
assert found["reading"]["rows"] == 1_000_000 and not [one for one in found["findings"] if one["outcome"] == "error"]
"""


@pytest.fixture(scope="module")
def invoices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One delivery in UTF-8 and the same in Windows-1252."""
    folder = tmp_path_factory.mktemp("invoices")
    plain, western = folder / "utf8.csv", folder / "cp1252.csv"
    duckdb.sql(f"copy ({INVOICES}) to '{plain}' (header, delimiter ';')")
    with (
        plain.open(encoding="utf-8", newline="") as source,
        western.open("w", encoding="cp1252", newline="") as out,
    ):
        while chunk := source.read(1 << 22):
            out.write(chunk)
    return {"utf-8": plain, "cp1252": western}


@pytest.fixture(scope="module")
def plain(
    invoices: dict[str, Path], tmp_path_factory: pytest.TempPathFactory, measure: Callable[..., Any]
) -> Any:
    folder = tmp_path_factory.mktemp("plain")
    found = measure(PLAIN, str(invoices["utf-8"]), str(folder / "x.parquet"), setup="import duckdb")
    keep(READING, "DuckDB: CSV of 1,000,000 x 14 to Parquet", found)
    return found


# These bounds hold what has been reached, with room for a noisy machine.
@pytest.mark.parametrize(("encoding", "times", "goal"), [("utf-8", 1.9, 1.6), ("cp1252", 2.3, 1.9)])
def test_reading_costs_little_more_than_plain_duckdb(
    invoices, plain, measure, tmp_path, encoding: str, times: float, goal: float
):
    found = measure(
        READ,
        str(invoices[encoding]),
        str(tmp_path),
        setup="from helpers.reading import sources, read",
    )
    keep(
        READING,
        f"the same in {encoding} to a snapshot",
        found,
        beside="plain DuckDB",
        floor=plain,
        goal=goal,
    )
    assert found.peak_mb < 1000
    assert found.cpu_s <= times * plain.cpu_s


def test_checking_is_told_apart_from_the_import(invoices, plain, measure):
    # as it is imported here, without what is not used of it
    imported = measure("engine._ready()", setup="from helpers.checking import engine", runs=1)
    setup = (
        "from helpers.running import single\nfrom helpers.checking import running, engine\n"
        + STAGES
    )
    found = measure(CHECK, str(invoices["utf-8"]), setup=setup, runs=2)
    keep(CHECKING, "import of Great Expectations", imported)
    keep(CHECKING, "check of 1,000,000 invoices, the import not counted", found, goal=6)
    for stage, told in TOLD.items():
        part = Measured(found.parts[stage], found.peak_mb)
        keep(CHECKING, f"of which {told}", part, beside="the whole check", floor=found)
    assert sum(found.parts.values()) >= 0.9 * found.cpu_s, found.parts
    assert found.peak_mb < 1000
    assert found.cpu_s <= 7 * plain.cpu_s
