"""A computation on a file stays within its bounds: past one it is ended, says which, and takes
nothing else with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from tests.sampling import every

from helpers.declared.catalogue import Entry, Source
from helpers.running import bounds, ended, watched, workers
from helpers.running.bounds import Bounds
from helpers.running.opening import Opened
from helpers.running.stages.rows_to_fix import ROWS_TO_FIX
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.words.errors import (
    ComputationFailed,
    ConfigurationError,
    DatakollenError,
    InputRefused,
)

SMALL = Bounds(memory_mb=300, seconds=120)


def process() -> int:
    return os.getpid()


def grow() -> None:
    held = []
    while True:
        held.append(b"x" * 10_000_000)


def too_much() -> None:
    raise MemoryError("a cell")


def sleep() -> None:
    time.sleep(600)


def die() -> None:
    os._exit(9)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    raise InputRefused("running.no_file", {"file": "a.csv"})


def broken() -> None:
    raise ZeroDivisionError("19121212-1212")


def loud() -> str:
    sys.stderr.write("19121212-1212")
    os.write(1, b"19121212-1212")
    return "done"


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(SMALL)
    yield made
    made.close()


def test_it_answers_from_another_process_and_is_kept(worker: Worker):
    first = worker.ask(process)
    assert first != os.getpid() and worker.ask(process) == first


@pytest.mark.parametrize("work", every(2, [grow, too_much], ids=lambda work: work.__name__))
def test_memory_has_a_bound_that_the_sentence_names(worker: Worker, work):
    with pytest.raises(ComputationFailed) as failed:
        worker.ask(work)
    assert failed.value.key == "running.memory" and failed.value.exit_code == 4
    assert "300 MB" in failed.value.text("sv") and "DATAKOLLEN_MEMORY_MB=600" in failed.value.text(
        "sv"
    )
    assert "300 MB" in failed.value.text("en") and "DATAKOLLEN_MEMORY_MB=600" in failed.value.text(
        "en"
    )
    assert worker.ask(process)  # a new one


def test_time_has_a_bound_that_the_sentence_names(worker: Worker):
    child = worker.ask(process)
    with pytest.raises(ComputationFailed) as failed:
        worker.ask(sleep, seconds=0.1)
    assert failed.value.key == "running.timeout" and "DATAKOLLEN_TIME_S=240" in failed.value.text(
        "sv"
    )
    assert not psutil.pid_exists(child)


def test_one_that_dies_fails_alone(worker: Worker):
    with pytest.raises(ComputationFailed) as failed:
        worker.ask(die)
    assert failed.value.key == "running.died" and worker.ask(process)
    assert "med kod 9." in failed.value.text("sv")


@pytest.mark.skipif(os.name == "nt", reason="Windows ends no process by a signal")
@pytest.mark.parametrize(
    ("counted", "key"), [((0, 0), "running.died_signal"), ((0, 1), "running.died_memory")]
)
def test_what_is_said_of_one_that_was_killed_is_what_the_system_tells(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, counted: tuple[int, int], key: str
):
    """Want of memory is told only where the system counts one more that it ended for it."""
    worker.ask(process)
    counts = [(0, 0), counted]
    monkeypatch.setattr(ended, "for_want_of_memory", lambda: counts.pop(0))
    with pytest.raises(ComputationFailed) as failed:
        worker.ask(killed)
    assert failed.value.key == key
    assert ("minne var slut" in failed.value.text("sv")) is (key == "running.died_memory")


def test_what_it_refuses_is_refused_here(worker: Worker):
    with pytest.raises(InputRefused) as refused:
        worker.ask(refuse)
    assert refused.value.key == "running.no_file" and refused.value.values == {"file": "a.csv"}


def test_of_the_unforeseen_only_class_and_place_come_through(worker: Worker):
    with pytest.raises(DatakollenError) as broke:
        worker.ask(broken)
    assert broke.value.values["kind"] == "ZeroDivisionError" and broke.value.exit_code == 4
    assert "1212" not in broke.value.text("sv")


def test_it_writes_on_no_console(worker: Worker, capfd: pytest.CaptureFixture[str]):
    assert worker.ask(loud) == "done"
    said = capfd.readouterr()
    assert "1212" not in said.out + said.err


def test_one_that_cannot_be_started_is_said_so(monkeypatch: pytest.MonkeyPatch):
    def full(_: str) -> None:
        raise OSError("out of processes")

    monkeypatch.setattr(watched.multiprocessing, "get_context", full)
    with pytest.raises(ComputationFailed) as failed:
        Worker(SMALL).ask(process)
    assert failed.value.key == "running.not_started" and failed.value.values["kind"] == "OSError"


PARENT = """
import os, sys
from helpers.running.bounds import Bounds
from helpers.running.watched import Worker
import time
worker = Worker(Bounds())
print(worker.ask(os.getpid), flush=True)
worker.ask(time.sleep, 600)
"""


def test_a_child_ends_with_its_parent():
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, env=environment
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    child.wait(60)


@pytest.mark.parametrize("value", ["", "2048"])
def test_the_bounds_are_settings(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv(bounds.MEMORY, value)
    assert bounds.bounds() == Bounds(int(value or 1024), 900)


@pytest.mark.parametrize("value", ["1 GB", "0", "-1", "255", "9" * 30, "²³⁴", "1e3"])
def test_a_bound_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv(bounds.MEMORY, value)
    with pytest.raises(ConfigurationError) as refused:
        bounds.bounds()
    assert refused.value.key == "running.wrong_bound"


def test_a_candidate_past_a_bound_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of three candidates one takes too much: it says so, the others are computed, in the order
    they were asked for."""
    (tmp_path / "a.csv").write_text("id;name\n1;Lekplats\n", "utf-8")
    entries = [
        Entry(
            id=one, title=one, type="annan", organisation="karlshamn", source=Source(path="a.csv")
        )
        for one in "abc"
    ]
    asked: list[str] = []

    def ask(worker: Worker, work, request, method, *given, seconds=None):
        asked.append(request.entry.id)
        if request.entry.id == "b":
            raise ComputationFailed(
                "running.memory", {"megabytes": 1024, "setting": bounds.MEMORY, "more": "2048"}
            )
        return getattr(Opened.of(request, Store(request.store)), method)(*given)

    monkeypatch.setattr(Worker, "ask", ask)
    told: list[str] = []
    store = Store(tmp_path / "store")
    found = workers.compute_all(
        entries, tmp_path, store, jobs=2, report=lambda id, _: told.append(id)
    )
    assert [one.entry.id for one in found] == list("abc") and sorted(told) == list("abc")
    failed = {one.entry.id: one.failures[0] for one in found if one.failures}
    assert set(failed) == {"b"}, failed
    failure = failed["b"]
    assert (
        failure.stage == "reading"
        and failure.exit_code == 4
        and "1\u00a0024 MB" in failure.message["sv"]
    )
    store.forget_tables()


def test_what_is_kept_needs_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.csv").write_text("id;name\n1;Lekplats\n", "utf-8")
    entry = Entry(id="a", title="a", type="annan", organisation="karlshamn")
    store = Store(tmp_path / "store")
    first = Opened(tmp_path / "a.csv", entry=entry, store=store).candidate()
    store.forget_tables()
    monkeypatch.setattr(Worker, "_start", lambda _: pytest.fail("a process was started"))
    again = Opened(tmp_path / "a.csv", entry=entry, store=store, worker=Worker()).candidate()
    assert again == first


ENDING = """
from helpers.running.watched import Worker
kept = "import builtins, multiprocessing; builtins.LOCK = multiprocessing.RLock()"
Worker().ask(exec, kept, {})
"""


def test_a_script_that_ends_leaves_no_semaphore_and_says_nothing(tmp_path: Path):
    """As tqdm makes one on import: a child ended by force left it, and Python complained. The child
    does not run the script again, which has no ``if __name__ == "__main__"``."""
    script = tmp_path / "ending.py"
    script.write_text(ENDING, "utf-8")
    ended = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


FORKING = """
import os, signal, sys
from helpers.running.watched import Worker
worker = Worker()
{before}
print(worker.ask(os.getpid), worker._process.__class__.__name__, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="nothing is forked there")
@pytest.mark.parametrize(
    ("before", "kind"),
    [
        ("", "ForkProcess"),
        ("import numpy", "SpawnProcess"),
        pytest.param(
            "import threading, time; threading.Thread(target=time.sleep, args=[9]).start()",
            "Spawn",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_child_is_forked_where_nothing_is_half_done_and_ends_with_its_parent(
    tmp_path: Path, before: str, kind: str
):
    script = tmp_path / "forking.py"
    script.write_text(FORKING.replace("{before}", before), "utf-8")
    ended = subprocess.run([sys.executable, str(script)], capture_output=True, text=True)
    pid, started = ended.stdout.split()
    assert started.startswith(kind) and ended.stderr == ""
    with suppress(psutil.NoSuchProcess):
        psutil.Process(int(pid)).wait(10)


def test_what_lies_beside_a_result_is_that_of_whoever_computed_it(tmp_path: Path):
    """Code or suites may be changed while a run goes on: its parts then have other keys."""
    (tmp_path / "a.csv").write_text("id;name\n1;Lekplats\n1;Lekplats\n", "utf-8")
    entry = Entry(id="a", title="a", type="platsinformation", organisation="karlshamn")
    store = Store(tmp_path / "store")
    computed = Opened(tmp_path / "a.csv", entry=entry, store=store)
    expected = list(computed.rows_to_fix)
    asking = Opened(tmp_path / "a.csv", entry=entry, store=store)
    asking._keys[ROWS_TO_FIX] = "0" * 64
    asking._kept[ROWS_TO_FIX] = computed._result(ROWS_TO_FIX)
    assert list(asking.rows_to_fix) == expected and expected
