"""A kernel that is forked is like an ordinary one: nothing of the one before is in it, it ends as it
is told and with the run, and where anything speaks against it an ordinary one is started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from helpers.running.bounds import Bounds
from helpers.running.kernels import manager, provisioner, server, setting, warm
from helpers.running.kernels.wanted import LAUNCHER, Wanted
from helpers.running.watched import Watch
from helpers.words import paths
from helpers.words.errors import ConfigurationError

pytestmark = pytest.mark.skipif(not setting.possible(), reason="kernels are not forked here")
WAIT_S = 120  # a guard against hanging
COMMAND = [sys.executable, "-m", LAUNCHER, "-f"]
WHO = "import os, json; print(json.dumps([os.getpid(), os.getppid()]))"


@pytest.fixture(scope="module")
def kernels() -> Iterator[warm.Warm]:
    with closing(warm.Warm()) as made:
        yield made


@pytest.fixture(scope="module")
def parent(kernels: warm.Warm) -> int:
    """The process that forks."""
    asked(kernels, "1")
    assert kernels._process is not None
    return kernels._process.pid


def asked(kernels: warm.Warm | None, *cells: str, watch: Watch | None = None) -> list[str]:
    """What each cell prints, in one kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with tempfile.TemporaryDirectory() as work:
        made = manager.managing(watch or Watch(Bounds()), kernels, Path(work))
        NotebookClient(notebook, kernel_name="python3", kernel_manager_class=made).execute()
    return ["".join(out.get("text", "") for out in cell.outputs) for cell in notebook.cells]


def test_a_kernel_is_forked_and_gone_when_its_notebook_is_done(kernels: warm.Warm, parent: int):
    pid, from_ = json.loads(asked(kernels, WHO)[0])
    assert from_ == parent != os.getpid()
    assert not psutil.pid_exists(pid)
    assert not psutil.Process(parent).children()


# Whatever a notebook may change for those after it, and what of it tells the two apart.
STAINS = """
import os, sys, random, tempfile, warnings, locale, signal, uuid, builtins, logging
import numpy, matplotlib, pandas, duckdb, helpers
from helpers.words import paths
stain = builtins.stain = helpers.stain = True
os.environ["STAIN"] = "1"; os.environ.pop("HOME", None)
random.seed(1); numpy.random.seed(1)
os.chdir("/"); sys.path.insert(0, "/stain"); sys.argv.append("stain")
matplotlib.rcParams["lines.linewidth"] = 9; matplotlib.use("agg")
pandas.set_option("display.max_rows", 3); numpy.set_printoptions(precision=1)
tempfile.tempdir = "/"; warnings.simplefilter("error"); os.umask(0)
signal.signal(signal.SIGUSR1, signal.SIG_IGN); signal.signal(signal.SIGINT, signal.SIG_IGN)
logging.getLogger("stain").setLevel(5)
duckdb.sql("create table stain (a int)")
sys.modules["stain"] = helpers
"""
STATE = """
import os, sys, json, tempfile, warnings, signal, logging, threading
names = sorted(name for name in globals() if "stain" in name)
import builtins, helpers, matplotlib, pandas, numpy, duckdb
mask = os.umask(0); os.umask(mask)
print(json.dumps({
    "names": names + [hasattr(builtins, "stain"), hasattr(helpers, "stain"), "stain" in sys.modules],
    "environment": {k: v for k, v in sorted(os.environ.items()) if k != "JPY_PARENT_PID"},
    "folder": os.getcwd(), "path": sys.path, "arguments": [sys.argv[0], *sys.argv[3:]],
    "drawing": {k: str(v) for k, v in sorted(matplotlib.rcParams.items())},
    "backend": matplotlib.get_backend(),
    "rows": pandas.get_option("display.max_rows"), "printed": numpy.get_printoptions()["precision"],
    "temporary": tempfile.gettempdir(), "filters": [str(one) for one in warnings.filters], "mask": mask,
    "signals": [str(signal.getsignal(n)) for n in (signal.SIGUSR1, signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)],
    "level": logging.getLogger("stain").level,
    "tables": duckdb.sql("select table_name from duckdb_tables()").fetchall(),
    "main": sorted(k for k in vars(sys.modules["__main__"]) if not k.startswith("_")),
    "session": os.getsid(0) == os.getpid(),
    "streams": [os.readlink(f"/proc/self/fd/{n}") for n in (1, 2)] if os.path.isdir("/proc") else [],
}))
"""
CHANCE = """
import random, numpy, uuid, tempfile, json, secrets
print(json.dumps([random.random(), numpy.random.random(), str(uuid.uuid4()), str(uuid.uuid1()), next(tempfile._get_candidate_names()),
    secrets.token_hex(4), numpy.random.default_rng().random()]))
"""


@pytest.mark.slow
def test_nothing_of_one_notebook_is_in_the_next(kernels: warm.Warm):
    """After one that changed all that it could, another is as one before it, and as an ordinary
    kernel is, where what was imported does not tell."""
    before = json.loads(asked(kernels, STATE)[0])
    asked(kernels, STAINS)
    after = json.loads(asked(kernels, STATE)[0])
    ordinary = json.loads(asked(None, STATE)[0])
    assert after == before
    after.pop("filters")  # libraries add theirs when they are imported
    for key, value in after.items():
        assert value == ordinary[key], key
    assert after["names"] == [False, False, False] and after["tables"] == []


@pytest.mark.slow
def test_each_kernel_has_chance_of_its_own(kernels: warm.Warm):
    first, second = (json.loads(asked(kernels, CHANCE)[0]) for _ in range(2))
    assert not set(first) & set(second)


OPEN = """
import os
for one in os.scandir("/proc/{}/fd"):
    if os.path.lexists(one): print(os.readlink(one))
"""


@pytest.mark.slow
def test_nothing_of_the_parent_is_open_in_a_kernel(kernels: warm.Warm, parent: int):
    """Of its sockets none, of its files only those that libraries hold."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("only Linux shows them")
    there, theirs = (set(asked(kernels, OPEN.format(pid))[0].split()) for pid in ("self", parent))
    assert len([one for one in theirs if one.startswith("socket:")]) >= 3
    assert {one for one in there & theirs if one.startswith(("socket:", "pipe:"))} == set()


@pytest.mark.slow
def test_a_kernel_that_ends_by_itself_is_noticed(kernels: warm.Warm):
    for last in ("import os; os._exit(7)", "import os; os.kill(os.getpid(), 9)"):
        with pytest.raises(DeadKernelError):
            asked(kernels, last)


@pytest.mark.parametrize(("ending", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, -15)])
def test_its_exit_code_is_told(kernels: warm.Warm, tmp_path: Path, ending: int, code: int):
    forked = kernels.fork([*COMMAND, str(tmp_path / "k.json")], dict(os.environ), tmp_path)
    assert forked is not None and forked.poll() is None
    forked.send_signal(ending)
    assert forked.wait() == code == forked.poll()
    forked.kill()  # nothing to be done


def test_one_that_cannot_even_begin_is_told_too(kernels: warm.Warm, tmp_path: Path):
    for _ in range(3):
        forked = kernels.fork([*COMMAND, "k.json"], dict(os.environ), tmp_path / "not there")
        assert forked is not None and forked.wait() == 1


@pytest.mark.slow
def test_one_past_its_memory_is_ended(kernels: warm.Warm):
    watch = Watch(Bounds(memory_mb=500))
    with pytest.raises(DeadKernelError):
        asked(kernels, "import time; held = b'x' * 600_000_000; time.sleep(600)", watch=watch)
    assert watch.reached and watch.reached.key == "running.memory" and watch.peak_mb > 500


@pytest.mark.slow
def test_one_that_is_let_go_of_is_ended(tmp_path: Path):
    with closing(warm.Warm()) as kernels:
        forked = kernels.fork([*COMMAND, str(tmp_path / "k.json")], dict(os.environ), tmp_path)
        assert forked is not None
        kernel = psutil.Process(forked.pid)
        forked._line.close()
        kernel.wait(WAIT_S)
        another = kernels.fork([*COMMAND, str(tmp_path / "k.json")], dict(os.environ), tmp_path)
        assert another is not None and kernels._process is not None
        last = psutil.Process(another.pid), psutil.Process(kernels._process.pid)
    assert not [one for one in last if one.is_running()]
    assert another.poll() == -9 and kernels.fork(COMMAND, {}, tmp_path) is None


RUN = """
import os, sys, time
from contextlib import closing
from helpers.running.kernels.warm import Warm
with closing(Warm()) as kernels:
    one = kernels.fork([sys.executable, "-m", "ipykernel_launcher", "-f", sys.argv[1]], dict(os.environ), "/")
    print(kernels._process.pid, one.pid, flush=True)
    time.sleep(600)
"""


@pytest.mark.slow
@pytest.mark.parametrize("whom", ["run", "server"])
def test_kernels_end_with_the_run_and_with_the_process_they_come_from(tmp_path: Path, whom: str):
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(tmp_path / "k.json")],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )
    assert run.stdout is not None
    forking, kernel = (psutil.Process(int(pid)) for pid in run.stdout.readline().split())
    (run if whom == "run" else forking).kill()
    kernel.wait(WAIT_S)
    forking.wait(WAIT_S) if whom == "run" else run.kill()
    run.wait(WAIT_S)


def test_by_the_setting_kernels_are_ordinary(monkeypatch: pytest.MonkeyPatch, parent: int):
    monkeypatch.setenv(setting.KERNELS, "ordinary")
    with closing(warm.Warm()) as kernels:
        from_ = json.loads(asked(kernels, WHO)[0])[1]
        assert from_ == os.getpid() and kernels._process is None


def test_a_setting_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(setting.KERNELS, "cold")
    with pytest.raises(ConfigurationError) as refused:
        warm.Warm()
    assert refused.value.key == "running.wrong_kernels" and "ordinary" in refused.value.text("sv")


@pytest.mark.slow
def test_where_no_process_answers_kernels_are_ordinary(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(server, "__name__", "this_module_is_not_there")
    with closing(warm.Warm()) as kernels:
        assert json.loads(asked(kernels, WHO)[0])[1] == os.getpid()
        assert kernels.fork(COMMAND, dict(os.environ), "/") is None


@pytest.mark.parametrize(
    ("command", "environment", "threads", "why"),
    [
        (COMMAND, {}, 1, None),
        (["/usr/bin/another", *COMMAND[1:]], {}, 1, "another interpreter"),
        ([sys.executable, "-m", "another_kernel", "-f"], {}, 1, "another interpreter"),
        (COMMAND, {"PYTHONHASHSEED": "1"}, 1, "other settings of the interpreter"),
        (COMMAND, {}, 2, "threads"),
    ],
)
def test_what_would_be_another_kernel_is_refused(
    monkeypatch: pytest.MonkeyPatch, command: list[str], environment: Any, threads: int, why: str
):
    monkeypatch.setattr(psutil.Process, "num_threads", lambda _: threads)
    assert server.refusal(Wanted(command, environment, "/"), {}) == why


def test_kernels_of_jupyterlab_are_ordinary(root: Path):
    """The provisioner is an entry point of jupyter_client, named by a run's own kernel manager
    alone; for any other it starts an ordinary kernel."""
    named = provisioner.stanza()["kernel_provisioner"]["provisioner_name"]
    found = KernelProvisionerFactory.instance().provisioners[named]
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"][KernelProvisionerFactory.GROUP_NAME] == {named: found.value}
    assert found.load() is provisioner.WarmProvisioner
    specification = AsyncKernelManager(kernel_name="python3").kernel_spec
    assert specification and "kernel_provisioner" not in specification.metadata
    assert warm.warm_of(AsyncKernelManager()) is None


BOOKS = sorted(file.stem for file in paths.notebooks().glob("*.ipynb"))


def outputs(executed: Path) -> list[Any]:
    """What the cells show."""
    return [cell.get("outputs") for cell in nbformat.read(executed, as_version=4).cells]


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(BOOKS[1::5], id="some", marks=pytest.mark.slow),
        pytest.param(BOOKS, id="all", marks=pytest.mark.long),
    ],
)
def test_warm_and_ordinary_kernels_say_the_same(
    sample_run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str]
):
    """Each notebook, from what a run has kept."""
    from helpers.reporting import contracts
    from helpers.running import notebooks

    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
    asked_of = {
        "03_map_broadband": "region-blekinge-bredband",
        "03_map_mobility": "region-blekinge-tidtabeller",
    }
    with closing(warm.Warm()) as kernels:
        for name in names:
            candidate = asked_of.get(name, "karlskrona-badplatser")
            asked = "candidate" in contracts.contract(name)
            given = {"candidate": candidate} if asked else {}
            said = [
                outputs(
                    notebooks.execute(name, given, tmp_path / f"{kind}.ipynb", tmp_path, None, one)
                )
                for kind, one in (("warm", kernels), ("ordinary", None))
            ]
            assert said[0] == said[1], name
        assert kernels._process is not None and kernels._process.poll() is None
