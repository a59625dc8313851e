"""What disturbs a run of two candidates that are read by the command itself: the earlier report
stays byte for byte, or the new one is whole; the next run ends as if nothing had happened."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.running.nights import health, history
from helpers.running.store import Store

from .small_region import SmallRegion
from .test_killed import LOOKS, ended, ends_as_undisturbed, night, region, undisturbed

__all__ = ["night", "region", "undisturbed"]
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.name == "nt", reason="Windows ends no process without a word"),
]
Disturb = Callable[[SmallRegion, "subprocess.Popen[str]"], None]


def until(true: Callable[[], Any], run: subprocess.Popen[str]) -> Any:
    """What becomes true while the run goes on."""
    for _ in range(LOOKS):
        if found := true():
            return found
        assert run.poll() is None, "it ended before"
        time.sleep(0.1)
    raise AssertionError("it never came")


def kernel_killed(region: SmallRegion, run: subprocess.Popen[str]) -> None:
    until(region.kernels, run)[0].kill()


def target_removed(region: SmallRegion, run: subprocess.Popen[str]) -> None:
    until(region.kernels, run)
    shutil.rmtree(region.output)


def input_changed(region: SmallRegion, run: subprocess.Popen[str]) -> None:
    until(lambda: len(region.processes) > 1, run)
    for rows in (50, 40, 33):
        region.write("a", rows)


def history_damaged(region: SmallRegion, run: subprocess.Popen[str]) -> None:
    until(region.kernels, run)
    (file,) = (region.store / "nights").glob("*/*.jsonl")
    file.write_bytes(file.read_bytes()[:-20])


CODES: dict[Disturb, int] = {
    kernel_killed: 4,
    target_removed: 0,
    input_changed: 0,
    history_damaged: 0,
}


@pytest.mark.parametrize("disturb", CODES)
def test_the_report_is_whole_and_the_next_run_undisturbed(
    region: SmallRegion, undisturbed: dict[str, Any], disturb: Disturb
):
    run = region.start()
    disturb(region, run)
    run.communicate(timeout=600)
    assert run.returncode == CODES[disturb]
    assert region.whole() and ended(region) and not region.left
    told = health.look(region.output)
    assert told is not None and told.state == "done" and told.exit_code == CODES[disturb]
    ends_as_undisturbed(region, undisturbed)


def test_a_kernel_past_its_memory_fails_alone(region: SmallRegion):
    """What the stages said is kept, so that only kernels need memory, and a map and the slides need
    more of it than the bound."""
    entry = region.home / "catalogue" / "a.yaml"
    entry.write_text(entry.read_text("utf-8").replace("annan", "platsinformation"), "utf-8")
    rows = "".join(f"{n};Lekplats {n};56,{n + 10};14,86\n" for n in range(20))
    (region.home / "a.csv").write_text(f"id;name;latitude;longitude\n{rows}", "utf-8")
    assert region.run("--step", "scorecard") == 0
    assert region.run(DATAKOLLEN_MEMORY_MB="256") == 4
    said = json.loads((region.output / "run.json").read_text("utf-8"))
    failed = {(one["candidate"], one["stage"]) for one in said["failures"]}
    assert ("a", "03_map_places") in failed
    assert failed <= {("a", "03_map_places"), (None, "05_webinar")}
    assert region.whole() and ended(region) and not region.left
    assert region.run() == 0 and region.whole()
    assert (region.output / "candidates" / "a" / "03_map_places.html").is_file()


def test_a_full_disk_leaves_the_report_as_it_was(region: SmallRegion, undisturbed: dict[str, Any]):
    """A bound of what a file may hold stands for it: no page of the report fits."""
    before = region.files()
    run = region.start(before=("sh", "-c", 'ulimit -f 40; exec "$@"', "sh"))
    run.communicate(timeout=600)
    assert run.returncode in (2, 4)
    assert region.files() == before and ended(region) and not region.left
    told = health.look(region.output)
    assert told is not None and told.state == "failed"
    ends_as_undisturbed(region, undisturbed)


READ_ONLY = """
for one in kept tmp; do mount --bind "$HOME_OF/$one" "$HOME_OF/$one"; done
mount --rbind "$HOME_OF" "$HOME_OF"
mount -o remount,ro,bind "$HOME_OF"
exec "$@"
"""


def test_a_target_that_may_only_be_read_stays_as_it_was(
    region: SmallRegion, undisturbed: dict[str, Any]
):
    """Its folder and what lies beside it, in a view of the disk of the run's own."""
    shell = ("unshare", "-m", "sh", "-ec", READ_ONLY, "sh")
    if not shutil.which("unshare") or subprocess.run([*shell[:2], "true"], check=False).returncode:
        pytest.skip("a view of one's own is not allowed here")
    before = region.files()
    run = region.start(before=shell, HOME_OF=str(region.home))
    said = run.communicate(timeout=600)[1]
    assert run.returncode == 2, said
    assert region.files() == before and ended(region) and not region.left
    ends_as_undisturbed(region, undisturbed)


def test_a_run_told_to_end_leaves_what_stood_there(
    region: SmallRegion, undisturbed: dict[str, Any]
):
    before = region.files()
    run = region.start()
    until(region.kernels, run)
    run.terminate()
    run.communicate(timeout=600)
    assert run.returncode == 143
    assert region.files() == before and ended(region) and not region.left
    told = health.look(region.output)
    assert told is not None and told.state == "failed"
    ends_as_undisturbed(region, undisturbed)


def test_a_service_that_never_answers_is_not_waited_for(
    region: SmallRegion, undisturbed: dict[str, Any]
):
    """It takes the call and says nothing; the notice, of a candidate that failed, goes with the
    next run."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"json://127.0.0.1:{silent.getsockname()[1]}/"
        (region.home / "a.csv").write_bytes(b"")
        run = region.start(DATAKOLLEN_NOTIFY=address)
        said = run.communicate(timeout=600)[1]
    assert run.returncode == 3 and "kunde inte skickas" in said
    assert region.whole() and ended(region) and not region.left
    told = health.look(region.output)
    assert told is not None and told.state == "done" and told.not_sent == 1
    region.write("a", 33)
    ends_as_undisturbed(region, undisturbed)


CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
int clock_gettime(clockid_t which, struct timespec *told) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(which, told);
    if (!failed && which == CLOCK_REALTIME) told->tv_sec -= 3 * 86400;
    return failed;
}
"""


def test_a_clock_that_is_set_back_changes_no_order(region: SmallRegion, tmp_path: Path):
    """Three days, for the run and all that it starts. What it made says that day, and stands until
    something else is to be said."""
    compiler = shutil.which("cc")
    if not compiler:
        pytest.skip("nothing to compile a clock with")
    (tmp_path / "clock.c").write_text(CLOCK, "utf-8")
    clock = tmp_path / "clock.so"
    made = [compiler, "-shared", "-fPIC", "-o", str(clock), str(tmp_path / "clock.c"), "-ldl"]
    subprocess.run(made, check=True)
    assert region.run(LD_PRELOAD=str(clock)) == 0
    assert region.whole() and ended(region) and not region.left
    past = dt.date.today() - dt.timedelta(days=3)
    assert json.loads((region.output / "run.json").read_text("utf-8"))["today"] == str(past)
    assert region.run() == 0
    assert region.whole() and ended(region) and not region.left
    nights = history.opened(Store(region.store), region.output, None).nights
    assert [one.number for one in nights] == [1, 2, 3]
    assert nights[1].started < nights[0].started < nights[2].started  # as they were written


@pytest.mark.parametrize("count", [2, 8])
def test_of_runs_at_once_one_writes_and_the_others_say_so(
    region: SmallRegion, undisturbed: dict[str, Any], count: int
):
    runs = [region.start() for _ in range(count)]
    for run in runs:
        run.communicate(timeout=600)
    assert sorted(run.returncode for run in runs) == [0, *[5] * (count - 1)]
    assert region.whole() and ended(region) and not region.left
    assert region.content() == undisturbed


def test_what_a_killed_run_left_is_removed_by_the_next(
    region: SmallRegion, undisturbed: dict[str, Any], tmp_path: Path
):
    """Killed while a kernel runs: its unfinished folder, its work, its tables and the kernel's file
    lie there; the processes end by themselves."""
    run = region.start()
    until(region.kernels, run)
    run.kill()
    run.communicate(timeout=600)
    assert ended(region)
    left = " ".join(region.left)
    assert (
        ".part" in left and "kept/work" in left and "kept/leases" in left and "kernel.json" in left
    )
    ends_as_undisturbed(region, undisturbed)
