"""A run that is told to stop ends within seconds, leaves the earlier report as it was and nothing
beside it; a second run for the same place ends with its own exit code and says who was first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from helpers.running import pipeline, together
from helpers.words.errors import Busy
from helpers.words.files import reports
from helpers.words.files.replacing import Replacement

STEPS = 600  # looks at a run, a tenth of a second each
WAITS_S = 1200  # a guard against hanging, for a machine far slower than any
CELLS = "id;name;latitude;longitude\n" + "".join(
    f"{n};Lekplats {n};56,{n % 90 + 10};14,86\n" for n in range(200)
)


def sleep(pids: list[int]) -> int:
    """Start a process that would sleep for a minute; its exit code."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    pids.append(process.pid)
    return process.wait()


def test_what_was_started_is_ended_and_what_waits_is_left():
    pids: list[int] = []
    begun: list[int] = []
    told: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        if number == 1:
            while not pids:
                time.sleep(0.01)
            raise KeyboardInterrupt
        return sleep(pids)

    with pytest.raises(KeyboardInterrupt):
        together.each(work, [1, 0, 2, 3, 4, 5, 6], 2, lambda item, _: told.append(item))
    assert len(begun) < 5 and not any(psutil.pid_exists(pid) for pid in pids)
    assert not told, "what was ended has not failed"


def test_a_child_that_was_there_before_is_left_alone():
    mine = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])

    def work(_number: int) -> None:
        raise ValueError

    with pytest.raises(ValueError):
        together.each(work, [1], 1)
    assert mine.poll() is None
    mine.kill()
    mine.wait()


def test_results_come_in_the_order_of_the_items():
    assert together.each(lambda n: n * n, range(20), 4) == [n * n for n in range(20)]


def test_a_second_run_is_told_who_was_first(tmp_path: Path):
    first, second = (Replacement(tmp_path / "report", mine=reports.ours) for _ in range(2))
    with first.owned("2026-11-29T02:00:00+01:00"):
        with pytest.raises(Busy) as busy, second.owned("later"):
            pass
        said = busy.value.text("sv")
        assert str(os.getpid()) in said and "2026-11-29T02:00:00+01:00" in said
        assert busy.value.exit_code == 5
    with second.owned("later"):  # once it is done
        pass
    assert not list(tmp_path.iterdir())


def test_a_dead_runs_lock_is_no_lock(tmp_path: Path):
    (tmp_path / ".report.run").write_text("\n{half", "utf-8")
    with Replacement(tmp_path / "report", mine=reports.ours).owned("now"):
        pass


def test_eight_runs_at_once_one_is_let_in(tmp_path: Path):
    inside, refused = [], []
    gate, done = threading.Barrier(8), threading.Event()

    def one() -> None:
        place = Replacement(tmp_path / "report", mine=reports.ours)
        gate.wait()
        try:
            with place.owned("now"):
                inside.append(1)
                done.wait(30)
        except Busy:
            refused.append(1)
            if len(refused) == 7:
                done.set()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(inside), len(refused)) == (1, 7)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text(CELLS, "utf-8")
        (folder / f"{name}.yaml").write_text(
            f"id: {name}\ntitle: {name}\ntype: platsinformation\norganisation: karlshamn\n"
            f"source:\n  path: ../{name}.csv\n",
            "utf-8",
        )
    return folder


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.slow
def test_a_run_says_what_each_stage_cost(catalogue: Path, tmp_path: Path):
    import json

    for _ in range(2):  # computed, then kept
        pipeline.run(
            [],
            catalogue=catalogue,
            output=tmp_path / "report",
            language="sv",
            jobs=1,
            with_notebooks=False,
        )
        said = json.loads((tmp_path / "report" / "run.json").read_text("utf-8"))
        assert list(said["costs"]) == ["a", "b"]
        for cost in said["costs"].values():
            assert set(cost) == {
                "reading",
                "screening",
                "profile",
                "findings",
                "rows_to_fix",
                "gate",
                "scorecard",
                "points_to_fix",
                "pictures",
                "answers",
                "facts",
            }
            assert sum(step["seconds"] for step in cost.values()) <= said["seconds"]["total"] + 0.1


def started(catalogue: Path, tmp_path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "helpers",
            "run",
            "--catalogue",
            str(catalogue),
            "--output",
            str(tmp_path / "report"),
        ],
        env=os.environ
        | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path / "kept"), "TMPDIR": str(tmp_path / "tmp")},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heeds_ctrl_c if os.name == "posix" else None,  # noqa: PLW1509 (no threads here)
    )


def heeds_ctrl_c() -> None:
    """A shell that starts the tests in its background has them, and what they start, ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def line(process: psutil.Process) -> str:
    """What was started; nothing of one that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def lives(process: psutil.Process) -> bool:
    return bool(line(process))


def children(pid: int) -> list[psutil.Process]:
    return psutil.Process(pid).children(recursive=True)


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(
    ("number", "code", "kernel"),
    [(signal.SIGINT, 130, False), (signal.SIGTERM, 143, False), (signal.SIGINT, 130, True)],
)
def test_a_run_told_to_stop_leaves_what_stood_there(
    catalogue: Path, tmp_path: Path, number: int, code: int, kernel: bool
):
    (tmp_path / "tmp").mkdir()
    report = tmp_path / "report"
    pipeline.run(
        [], catalogue=catalogue, output=report, language="sv", jobs=1, with_notebooks=False
    )
    before = reports.checksums(report)
    run = started(catalogue, tmp_path)
    for _ in range(STEPS):  # until a worker, or a kernel, is there
        running = [line(child) for child in children(run.pid)]
        # a warm kernel looks like the process that it was forked from
        forked = sum("kernels.server" in line for line in running) > 1
        if kernel and (forked or any("ipykernel" in line for line in running)):
            break
        if not kernel and any("spawn_main" in line for line in running):
            break
        time.sleep(0.1)
    there = children(run.pid)
    run.send_signal(number)
    said = run.communicate(timeout=WAITS_S)[1]
    assert run.returncode == code and "Avbrutet" in said, said
    assert reports.checksums(report) == before
    assert not [child for child in there if lives(child)]
    names = sorted(entry.name for entry in tmp_path.iterdir())
    assert names == [
        "a.csv",
        "b.csv",
        "catalogue",
        "kept",
        "report",
        "report.health.json",
        "tmp",
    ], names
    assert not [file for file in (tmp_path / "kept").rglob("*.parquet") if "tables" in file.parts]
