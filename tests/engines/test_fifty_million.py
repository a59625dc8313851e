"""Fifty million invoices in twenty Parquet files, checked by Spark within 4 GB of memory: the
planted rows are found, by their keys, and no others.

``DATAKOLLEN_INVOICES`` says how many where fifty million are too many for the time there is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pytest
from tests.benchmarks.figures import keep
from tests.checking.twins import twin

from helpers.reading import databases

from .places import library

PART = "Where the data are"
ROWS = int(os.environ.get("DATAKOLLEN_INVOICES", "50000000"))
FILES = 20
MEMORY_MB = 4096
PLANTED = (7, 123_457, ROWS // 2 + 1, ROWS - 3)


def written(folder: Path) -> None:
    """Rows of a clean twin over and over, each with a number and an amount of its own; the planted
    ones without an account's text."""
    made = twin("fakturor_11", 0).main
    rows = [[str(cell) for cell in row] for row in made.rows]
    table = pa.table(
        {name: [row[at] for row in rows] for at, name in enumerate(made.header)}
        | {"n": list(range(len(rows)))}
    )
    others = [name for name in made.header if name not in ("verifikationsnummer", "konto_text")]
    plain = ", ".join(
        f"try_cast({name} as decimal(14, 2)) + i % 977 as belopp"
        if name == "belopp"
        else f"cast({name} as date) as datum"
        if name == "datum"
        else name
        for name in others
    )
    with databases.connect() as connection:
        connection.register("twin", table)
        for number in range(FILES):
            first, last = number * ROWS // FILES, (number + 1) * ROWS // FILES
            query = (
                f"select 'V' || i as verifikationsnummer, {plain}, case when i not in {PLANTED}"
                f" then konto_text end as konto_text from range({first}, {last}) r(i)"
                f" join twin on n = i % {len(rows)}"
            )
            file = databases.quoted(folder / f"part-{number:02}.parquet")
            connection.execute(f"copy ({query}) to {file} (format parquet)")


@dataclass
class Taken:
    """CPU seconds of a process and its children, and the most that they held together."""

    cpu_s: float = 0.0
    peak_mb: int = 0


def _watch(process: subprocess.Popen[str], taken: Taken) -> None:
    """Look until the process ends."""
    while process.poll() is None:
        try:
            one = psutil.Process(process.pid)
            parts = [one, *one.children(recursive=True)]
            held = sum(part.memory_info().rss for part in parts) >> 20
            times = [part.cpu_times() for part in parts]
            taken.peak_mb = max(taken.peak_mb, held)
            taken.cpu_s = max(taken.cpu_s, sum(one.user + one.system for one in times))
        except psutil.NoSuchProcess:
            pass
        time.sleep(0.5)


@pytest.mark.benchmark
@pytest.mark.long
def test_fifty_million_invoices_are_checked_by_spark(tmp_path: Path, capsys: Any):
    library("pyspark")
    folder = tmp_path / "invoices"
    folder.mkdir()
    written(folder)
    command = [
        *("-m", "helpers", "check", "--engine", "spark", "--master", "local[2]"),
        str(folder),
    ]
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, *command, "--key", "verifikationsnummer", "--json"],
        stdout=subprocess.PIPE,
        text=True,
    )
    taken = Taken()
    watch = threading.Thread(target=_watch, args=(process, taken))
    watch.start()
    said, _ = process.communicate()
    watch.join()
    with capsys.disabled():
        print(f"\n{time.monotonic() - started:.0f} s of the clock")
        keep(PART, f"check of {ROWS:,} invoices by Spark", taken, most_mb=MEMORY_MB)
    checked = json.loads(said)
    assert process.returncode == 0 and checked["reading"]["rows"] == ROWS
    wrong = next(one for one in checked["findings"] if one["id"] == "konto_text_filled")
    assert wrong["failed"] == len(PLANTED)
    assert sorted(wrong["keys"]) == sorted(f"V{number}" for number in PLANTED)
    assert not [one["id"] for one in checked["findings"] if one["outcome"] == "error"]
    assert taken.peak_mb <= MEMORY_MB
