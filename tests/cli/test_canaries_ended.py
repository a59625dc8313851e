"""A name that stands in a source stands nowhere when a run has failed or was killed, once somebody
has started the program again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from helpers.running import pipeline
from helpers.running.stages import profiling

from .canary_home import ROWS, Home, csv_file, entry

LONG = 300_000  # rows: enough to be still at work when the first of them lie in the store
WAITS_S = 120  # for a machine far slower than any


def _environment(home: Home) -> dict[str, str]:
    own = {name: str(home.folder / "tmp") for name in ("TMPDIR", "TEMP", "TMP")}
    store = {"DATAKOLLEN_SNAPSHOTS": str(home.folder / "output" / "store"), "PYTHONUTF8": "1"}
    return os.environ | own | store


def _table(home: Home) -> Path:
    """A name and an address in each of many rows."""
    file = home.sources / "lekplatser.csv"
    row = f"7;{home.text};56.1;15.5;öppen\n"
    file.write_text(ROWS.format(column="anm") + row * LONG, "utf-8")
    return file


def _there(home: Home) -> bool:
    """Somewhere in the store as it is at this moment; files come and go, and some are half written."""
    for file in (home.output / "store").rglob("*"):
        with suppress(OSError):
            if home.text.encode() in file.read_bytes():
                return True
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no groups of processes to kill")
@pytest.mark.parametrize("canary", ["name"])
def test_a_command_that_is_killed_leaves_nothing_beyond_the_next_start(home: Home):
    command = [sys.executable, "-m", "helpers", "check"]
    killed = subprocess.Popen(
        [*command, str(_table(home))],
        env=_environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + WAITS_S
    while not _there(home) and killed.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL, "it had ended before anything was to be seen"
    assert _there(home), "a test of what is removed needs something to remove"
    (home.sources / "x.csv").write_text("a,b\n1,2\n3,4\n", "utf-8")
    after = subprocess.run(
        [*command, str(home.sources / "x.csv")],
        env=_environment(home),
        capture_output=True,
        text=True,
    )
    assert after.returncode == 0 and not home.leaks(after.stdout, after.stderr)


@pytest.mark.parametrize("canary", ["with a dash", "name"])
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.usefixtures("in_this_process")
def test_a_stage_that_fails_with_a_name_in_its_error(
    home: Home, language: str, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_given: Any, **_named: Any) -> None:
        raise ValueError(f"could not convert {home.text}")

    monkeypatch.setattr(profiling, "profile", fails)
    entry(home, "lekplatser", csv_file(home))
    spoken: list[str] = []
    run = pipeline.run(
        [],
        catalogue=home.catalogue,
        output=home.output / "report",
        language=language,
        jobs=1,
        with_notebooks=False,
        say=lambda key, values: spoken.append(f"{key} {values}"),
    )
    assert [one.stage for one in run.candidates[0].failures] == ["profile"]
    assert pipeline.exit_code(run, None) == 4 and not home.leaks(*spoken)
