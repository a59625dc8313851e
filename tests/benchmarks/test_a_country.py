"""A country: every municipality runs its own six candidates at home, and the results alone meet in
``between``. What that takes, organisation by organisation, and whether the meeting holds for 290.

``DATAKOLLEN_MUNICIPALITIES_RUN`` says how many are run for real (3 where it is not said); 290 of
them is the whole, by hand. What is not run is counted up from those that were, and printed as such.
CPU and memory of processes, never seconds of a clock.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.benchmarks.test_many_candidates import SAMPLES
from tests.benchmarks.test_many_candidates import catalogue as copies

from helpers.declared import organisations
from helpers.words import paths

from .figures import keep

pytestmark = pytest.mark.benchmark

EACH = 6  # candidates of one organisation
RUN = int(os.environ.get("DATAKOLLEN_MUNICIPALITIES_RUN", "3"))
FEW = 29  # beside all of them, for how the meeting grows
EXPONENT, MEETING_MB = 1.2, 2_000
PART = "A country of many organisations"


@dataclass(frozen=True)
class Took:
    """CPU in seconds of a command and all it started; the most memory of one process in MB."""

    cpu_s: float
    peak_mb: float


def took(*arguments: str, home: Path) -> Took:
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "kept")}
    asked = [sys.executable, "-m", "helpers", *arguments]
    process = subprocess.Popen(asked, env=environment, stdout=subprocess.DEVNULL)
    # of this command and what it has waited for: of all that were run before, RUSAGE_CHILDREN
    # tells the greatest
    _, process.returncode, used = os.wait4(process.pid, 0)
    assert process.returncode == 0, arguments
    return Took(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def megabytes(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def municipalities() -> list[str]:
    return sorted(one.id for one in organisations.organisations().values() if one.kind == "kommun")


def at_home(home: Path, organisation: str) -> Took:
    """One organisation's night, from nothing; its results lie in ``home``."""
    copies(home, EACH)
    for file in (home / "catalogue").iterdir():
        text = file.read_text("utf-8")
        file.write_text(re.sub(r"(?m)^organisation: .*$", f"organisation: {organisation}", text))
    where = ("--catalogue", str(home / "catalogue"), "--output", str(home / "report"))
    return took("run", *where, home=home)


def handed_over(homes: list[Path], folder: Path, ids: list[str]) -> list[str]:
    """The results of those that were run, over and over, as of each of ``ids``: what meets is plain
    files."""
    ran = [(home / "report" / "results.json").read_text("utf-8") for home in homes]
    files = []
    for number, id in enumerate(ids):
        plain = json.loads(ran[number % len(ran)])
        known = organisations.organisation(id)
        assert known is not None
        for candidate in plain["candidates"]:
            candidate["organisation"] |= {"id": id, "name": known.name, "kind": "kommun"}
            candidate["synthetic"] = False
        file = folder / f"{id}.json"
        file.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        files.append(str(file))
    return files


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory as Linux counts it")
def test_a_country_of_organisations_each_at_home(tmp_path: Path):
    assert len(SAMPLES) >= EACH and paths.catalogue().is_dir()
    ids = municipalities()
    whole = len(ids)
    homes = [tmp_path / id for id in ids[:RUN]]
    nights = [at_home(home, home.name) for home in homes]
    each = Took(sum(night.cpu_s for night in nights) / RUN, max(night.peak_mb for night in nights))
    disk = sum(megabytes(home / part) for home in homes for part in ("report", "kept")) / RUN
    keep(
        PART,
        f"a night of one municipality with {EACH} candidates, the mean of {RUN}",
        each,
        disk_mb=disk,
        of_them=whole,
    )
    meeting: list[Took] = []
    for count in (FEW, whole):
        folder = tmp_path / f"meeting_{count}"
        folder.mkdir()
        files = handed_over(homes, folder, ids[:count])
        output = folder / "between.html"
        meeting.append(took("between", *files, "--output", str(output), home=folder))
        page = megabytes(folder) - sum(Path(file).stat().st_size for file in files) / 1e6
        keep(PART, f"`between` of {count} results", meeting[-1], disk_mb=page)
    few, all_of_them = meeting
    assert math.log(all_of_them.cpu_s / few.cpu_s) / math.log(whole / FEW) <= EXPONENT
    assert all_of_them.peak_mb <= MEETING_MB
