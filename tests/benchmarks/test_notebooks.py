"""A run with its notebooks on warm kernels, beside all its stages in one process, the same run on
ordinary kernels, and plain papermill one notebook after another.

CPU of all processes together in one run, never seconds of a clock; the figures are printed
(``make bench``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers.running.kernels import setting

pytestmark = pytest.mark.benchmark

# All of the region's kinds of notebooks; without ids all of it.
IDS = os.environ.get("DATAKOLLEN_BENCH_IDS", "").split()
STAGES = """
import sys
from pathlib import Path
from helpers.declared import catalogue
from helpers.running import workers
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.words import paths
folder, ids = paths.catalogue(), sys.argv[1:]
for entry in catalogue.load(folder):
    if not ids or entry.id in ids:
        store = Store()
        opened = Opened(entry.file(folder), entry=entry, store=store, schema=entry.schema_file(folder))
        assert not workers.compute(opened).failures
        store.forget_tables()
"""
PLAIN = """
import json, sys
from pathlib import Path
import papermill
from helpers.words import paths
for name, parameters, target in json.loads(sys.argv[1]):
    papermill.execute_notebook(str(paths.notebooks() / f"{name}.ipynb"), target, parameters=parameters,
        kernel_name="python3", progress_bar=False, cwd=str(paths.notebooks()))
"""


def cpu(home: Path, *command: str, **settings: str) -> float:
    """Seconds of CPU of a process and of all that it waited for, with a store of its own."""
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "kept"), "PYTHONUTF8": "1"}
    with (home / "said.txt").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=environment | {"DATAKOLLEN_STATIC": "1"} | settings,
            stdout=said,
            stderr=said,
        )
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, (home / "said.txt").read_text("utf-8")[-2000:]
    return used.ru_utime + used.ru_stime


def books(report: Path) -> dict[Path, Any]:
    """A report's executed notebooks, by place, with what their cells show."""
    return {
        file.relative_to(report): [
            cell.get("outputs") for cell in nbformat.read(file, as_version=4).cells
        ]
        for file in sorted(report.rglob("*.ipynb"))
    }


def as_they_were(report: Path, folder: Path) -> list[tuple[str, Any, str]]:
    """The same notebooks with the same parameters, for papermill alone."""
    asked = []
    for file in sorted(report.rglob("*.ipynb")):
        given = nbformat.read(file, as_version=4).metadata.papermill.parameters
        target = folder / file.relative_to(report)
        target.parent.mkdir(parents=True, exist_ok=True)
        asked.append((file.stem, given, str(target)))
    return asked


@pytest.mark.skipif(not setting.possible(), reason="kernels are not forked here")
def test_a_run_takes_twice_its_stages_and_a_second_for_each_notebook(tmp_path: Path):
    homes = {name: tmp_path / name for name in ("stages", "warm", "ordinary", "plain")}
    for home in homes.values():
        home.mkdir()
    used = {"stages": cpu(homes["stages"], "-c", STAGES, *IDS)}
    for kind in ("warm", "ordinary"):
        command = ["-m", "helpers", "run", *IDS, "--output", str(homes[kind] / "report")]
        used[kind] = cpu(homes[kind], *command, DATAKOLLEN_KERNELS=kind)
    warm = homes["warm"] / "report"
    asked = as_they_were(warm, homes["plain"] / "report")
    used["plain"] = cpu(homes["plain"], "-c", PLAIN, json.dumps(asked))
    count = len(asked)
    told = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in used.items())
    print(
        f"\n{count} notebooks: {told} of CPU; a notebook {(used['warm'] - used['stages']) / count:.2f} s"
    )
    assert books(warm) == books(homes["ordinary"] / "report") == books(homes["plain"] / "report")
    assert used["warm"] <= 2 * used["stages"] + count
    assert used["warm"] < used["ordinary"] and used["warm"] < used["plain"]
