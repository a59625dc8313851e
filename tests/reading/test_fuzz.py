"""Broken and hostile files: no traceback but a refusal, no hang over 30 seconds, no more than a gigabyte.

Each way of reading is given mutated files for a share of ten minutes, in a process of its own that tells what it met.
``DATAKOLLEN_FUZZ_SECONDS`` sets another time (150 for each of the four by default).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = float(os.environ.get("DATAKOLLEN_FUZZ_SECONDS", "150"))
SLOWEST_S, MOST_MB = 30, 1024
PROGRAM = Path(__file__).with_name("fuzzing.py")


def fuzz(kind: str, seconds: float, folder: Path) -> dict[str, object]:
    done = subprocess.run([sys.executable, str(PROGRAM), kind, str(seconds), str(folder)], capture_output=True, text=True,
                          timeout=seconds + 120)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def held(found: dict[str, object]) -> None:
    print("\n", found)
    assert not found["tracebacks"]
    assert found["slowest_s"] < SLOWEST_S and found["peak_mb"] < MOST_MB  # type: ignore[operator]
    assert found["read"] and found["refused"], "a fuzzer that only meets one of them tests nothing"


@pytest.mark.parametrize("kind", ["csv", "geojson", "gtfs", "excel"])
def test_a_few_seconds_of_broken_files(kind: str, tmp_path: Path):
    held(fuzz(kind, 6, tmp_path))


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", ["csv", "geojson", "gtfs", "excel"])
def test_ten_minutes_of_broken_files(kind: str, tmp_path: Path):
    held(fuzz(kind, SECONDS, tmp_path))
