"""Broken and hostile files: no traceback but a refusal, none that takes long, no more than a
gigabyte.

Each way of reading, and the two files of ours that come in from outside (an entry, and results for
``between``), is given so many mutated files, always the same ones, in a process of its own
that tells what it met. ``DATAKOLLEN_FUZZ_FILES`` sets another number for the longest trial.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FEW, MANY = 5, 30
MOST = int(os.environ.get("DATAKOLLEN_FUZZ_FILES", "2000"))
# Of one small file: seconds of processor time, where most take a hundredth of one. A name of 27,000
# brackets once took 46.
SLOWEST_S, MOST_MB = 30, 1024
PROGRAM = Path(__file__).with_name("fuzzing.py")


KINDS = (
    "csv",
    "geojson",
    "gtfs",
    "excel",
    "ods",
    "xlsx-parts",
    "gpkg",
    "kml",
    "kmz",
    "zip",
    "parquet",
    "entry",
    "results",
)


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        *((FEW, kind) for kind in ("csv", "xlsx-parts")),
        *(pytest.param(MANY, kind, marks=pytest.mark.slow) for kind in KINDS),
        *(pytest.param(MOST, kind, marks=pytest.mark.long, id=f"most-{kind}") for kind in KINDS),
    ],
)
def test_broken_files_are_read_or_refused(kind: str, files: int, tmp_path: Path):
    done = subprocess.run(
        [sys.executable, str(PROGRAM), kind, str(files), str(tmp_path)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    print("\n", found)
    assert not found["tracebacks"] and found["files"] == files
    assert found["slowest_s"] < SLOWEST_S and found["peak_mb"] < MOST_MB
    assert found["read"] and found["refused"], "a fuzzer that only meets one of them tests nothing"
