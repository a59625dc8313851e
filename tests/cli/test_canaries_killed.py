"""A command that is killed, by the system or by whoever stops it, leaves no name of a source in any
byte, once somebody has started the program again: in no report, no temporary folder, no store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest
from tests.running.artefacts import files_now

from .canary_home import GOOD, ROWS, Home, entry

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals"),
    pytest.mark.slow,
    pytest.mark.parametrize("canary", ["name"]),
]
FORMATS = ("csv", "workbook", "wrapped", "geopackage", "archive")
WAITS_S = 1200  # for a machine far slower than any
# Each with the candidate that it is of, or all of them.
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "--output", "OUT/report"),
    "rank": ("rank",),
    "between": ("between", "--output", "OUT/between.html"),
    "papers": ("papers", "--output", "OUT/papers"),
    "inventory": ("inventory", "--write", "OUT/inventory.xlsx"),
    **{f"mask {kind}": ("mask", kind, "--output", "OUT/masked.csv") for kind in FORMATS},
    "rows": ("rows", "csv", "--output", "OUT/rows"),
    "checklist": ("checklist", "workbook", "--output", "OUT/checklist.docx"),
    "decide": (
        "decide",
        "wrapped",
        "--role",
        "x",
        "--registry-number",
        "1",
        "--date",
        "2026-11-29",
    ),
    "check": ("check", "SOURCES"),
    "add": ("add", "SOURCES"),
}


def _table(home: Home) -> bool:
    """A table of a source lies in the store."""
    return any(one.suffix == ".parquet" for one in files_now(home.output / "store"))


def _several(home: Home) -> bool:
    """Several do, and some have been looked at."""
    return sum(one.suffix == ".parquet" for one in files_now(home.output / "store")) > 3


def _page(home: Home) -> bool:
    """The first page of a report is written."""
    return any(one.suffix in (".html", ".ipynb") for one in files_now(home.output))


def _started(home: Home, command: tuple[str, ...]) -> psutil.Popen:
    given = [
        part.replace("OUT", str(home.output)).replace("SOURCES", str(home.sources))
        for part in command
    ]
    # what is in a catalogue already is not looked at when it is added
    folder = home.folder / "ny" if command[0] == "add" else home.catalogue
    catalogue = [] if command[0] == "check" else ["--catalogue", str(folder)]
    return psutil.Popen(
        [sys.executable, "-m", "helpers", *given, *catalogue],
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _environment(home: Home) -> dict[str, str]:
    own = {name: str(home.folder / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
    store = {"DATAKOLLEN_SNAPSHOTS": str(home.output / "store"), "PYTHONUTF8": "1"}
    return os.environ | own | store


def _filled(home: Home) -> None:
    """A candidate of each format with the canary in its names, its cells and beside its table."""
    for kind in FORMATS:
        entry(home, kind, GOOD[kind](home))
    row = f"7;Lekplats 7;56.1;15.5;Ring {home.text}\n"
    cells = ROWS.format(column="anm") + row * 2_000
    next(home.sources.glob("lekplatser*.csv")).write_text(f"Av {home.text}\n\n{cells}", "utf-8")


def _killed(home: Home, command: tuple[str, ...], point: Callable[[Home], bool], how: int) -> bool:
    """Whether it was still at work at that point, and killed there. The system kills all its
    processes; whoever stops it only the first, and the others end by themselves."""
    process = _started(home, command)
    until = time.monotonic() + WAITS_S
    while process.poll() is None and not point(home) and time.monotonic() < until:
        time.sleep(0.01)
    if process.poll() is not None:
        return False
    below = process.children(recursive=True)
    if how == signal.SIGKILL:
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    process.wait()
    _, alive = psutil.wait_procs(below, timeout=WAITS_S)
    assert not alive, [one.cmdline() for one in alive]
    return True


SLOW = {
    ("run", _several, signal.SIGKILL),
    ("papers", _page, signal.SIGTERM),
    ("rank", _table, signal.SIGTERM),
    ("mask geopackage", _table, signal.SIGKILL),
    ("add", _table, signal.SIGINT),
}
SEVERAL = ("run", "rank", "between", "papers", "inventory")
CASES = [
    *((name, _table) for name in COMMANDS),
    *((name, _several) for name in SEVERAL),
    *((name, _page) for name in ("run", "papers")),
]


@pytest.mark.parametrize(
    ("name", "point", "how"),
    [
        pytest.param(*case, how, marks=() if (*case, how) in SLOW else pytest.mark.long)
        for case in CASES
        for how in (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
    ],
)
def test_what_is_killed_leaves_nothing_beyond_the_next_start(
    home: Home, name: str, point: Callable[[Home], bool], how: int
):
    _filled(home)
    killed = _killed(home, COMMANDS[name], point, how)
    small = home.folder / "x.csv"
    small.write_text("a,b\n1,2\n3,4\n", "utf-8")
    after = subprocess.run(
        [sys.executable, "-m", "helpers", "check", str(small)],
        env=_environment(home),
        capture_output=True,
        text=True,
    )
    leaks = home.leaks(after.stdout, after.stderr)
    print(name, point.__name__, how, "killed" if killed else "had ended")
    assert after.returncode == 0 and not leaks, leaks[:5]
