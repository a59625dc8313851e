"""A run of 140 candidates beside one of 14: cost by candidate does not grow, and the memory of the
process that starts the others stays within a bound.

Ratios of CPU in one go, never seconds of a clock; the figures are printed (``make bench``). Without
notebooks, which are as many for each candidate and each in a kernel of its own.
"""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.words import paths

pytestmark = pytest.mark.benchmark

FEW, MANY = 14, 140
# The most that is allowed. What the parent holds of a candidate is what its findings say, some
# 0.2 MB, and as much again while the papers about all of them are written.
EXPONENT, MEMORY = 1.05, 1.25
SAMPLES = (
    "karlskrona-badplatser",
    "karlshamn-offentlig-konst",
    "olofstrom-skolor",
    "tierp-evenemang",
    "tierp-hundrastgardar",
    "tierp-parkeringar",
    "tierp-sevardheter",
)
RUN = """
import json, re, resource, sys
from pathlib import Path
from helpers.running import pipeline
home = Path(sys.argv[1])
said, peaks = [], []
for _ in range(2):
    found = pipeline.run([], catalogue=home / "catalogue", output=home / "report", language="sv", jobs=1, with_notebooks=False)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    said.append(sum(one.ru_utime + one.ru_stime for one in used))
    assert not found.failures
    del found
    status = Path("/proc/self/status").read_text()
    peaks.append(int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) / 1024)
print(json.dumps({"first": said[0], "second": said[1] - said[0], "peak_mb": peaks[0]}))
"""


def catalogue(home: Path, count: int) -> None:
    """``count`` candidates, each a copy of a sample under an id and a file name of its own, so that
    none takes what is kept of another."""
    samples = paths.catalogue().parent / "samples"
    (home / "catalogue").mkdir(parents=True)
    (home / "samples").mkdir()
    for number in range(count):
        sample = SAMPLES[number % len(SAMPLES)]
        own = f"{sample}-{number}"
        text = (paths.catalogue() / f"{sample}.yaml").read_text("utf-8")
        text = text.replace(f"id: {sample}\n", f"id: {own}\n")
        (file,) = samples.glob(f"{sample}.*")
        shutil.copyfile(file, home / "samples" / f"{own}{file.suffix}")
        (home / "catalogue" / f"{own}.yaml").write_text(
            text.replace(f"../samples/{sample}", f"../samples/{own}"), "utf-8"
        )


def measured(home: Path, count: int) -> dict[str, Any]:
    catalogue(home, count)
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "kept")}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(home)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_cost_by_candidate_does_not_grow(tmp_path: Path):
    one, few, many = (measured(tmp_path / str(count), count) for count in (1, FEW, MANY))
    for which in ("first", "second"):
        each = [(of[which] - one[which]) / (count - 1) for of, count in ((few, FEW), (many, MANY))]
        exponent = math.log(many[which] / few[which]) / math.log(MANY / FEW)
        marginal = 1 + math.log(each[1] / each[0]) / math.log(MANY / FEW)
        print(
            f"\n{which} run: {one[which]:.1f} s CPU of one, {few[which]:.1f} of {FEW}, {many[which]:.1f}"
            f" of {MANY}: exponent {exponent:.2f}, without what one costs {marginal:.2f}"
        )
        assert exponent <= EXPONENT
    print(f"the parent's peak: {few['peak_mb']:.0f} MB of {FEW}, {many['peak_mb']:.0f} of {MANY}")
    assert many["peak_mb"] < MEMORY * few["peak_mb"]
