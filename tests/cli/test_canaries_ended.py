"""A name that stands in a source stands nowhere when a run has failed or was killed, once somebody
has started the program again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.running.artefacts import files_now
from tests.sampling import every, some

from helpers.running import pipeline
from helpers.running.stages import profiling

from .canary_home import GOOD, ROWS, Home, csv_file, entry, said_by

LONG = 300_000  # rows: enough to be still at work when the first of them lie in the store
WAITS_S = 1200  # for a machine far slower than any


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
    """Somewhere in the store as it is at this moment; some files are half written."""
    for file in files_now(home.output / "store"):
        with suppress(OSError):
            if home.text.encode() in file.read_bytes():
                return True
    return False


@pytest.mark.slow
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


@pytest.mark.parametrize("canary", every(2, ["with a dash", "name"]))
@pytest.mark.parametrize("language", every(2, ["en", "sv"]))
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


def _cut(file: Path, share: float) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * share)])


def _broken_part(file: Path) -> None:
    """A table in an archive is not what its checksum says."""
    with zipfile.ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as broken:
        for name, data in parts.items():
            broken.writestr(name, data)
    table = next(
        parts[name] for name in parts if name.endswith(("sheet1.xml", "stops.txt", ".csv"))
    )
    end, data = table[-9:], file.read_bytes()
    place = data.find(table) + len(table) - len(end)
    file.write_bytes(data[:place] + bytes(len(end)) + data[place + len(end) :])


# How a file of each format breaks where much of it has been read.
BREAKING: dict[str, Callable[[Path], None]] = {
    "csv": lambda file: file.write_bytes(file.read_bytes() + b'1;"' + b"\xff\x00\x81" * 9),
    "wrapped": lambda file: _cut(file, 0.9),
    "workbook": _broken_part,
    "archive": _broken_part,
    "geopackage": lambda file: _cut(file, 0.7),
    "timetable": _broken_part,
}


@pytest.mark.parametrize("canary", some(2, ["name", "with a dash"]))
@pytest.mark.usefixtures("in_this_process")
def test_a_source_that_breaks_half_way_is_refused_without_what_it_holds(home: Home):
    """By every command that reads it, and by those that were asked for what is not there."""
    files = {kind: make(home) for kind, make in GOOD.items()}
    for kind, file in files.items():
        BREAKING[kind](file)
        entry(home, kind, file)
    spoken: list[str] = []

    def say(key: str, values: dict[str, Any]) -> None:
        spoken.append(f"{key} {values}")

    for language in ("sv", "en"):
        out = home.output / language
        common = ["--catalogue", home.catalogue, "--language", language]
        spoken += [said_by("check", one, "--language", language)[1] for one in files.values()]
        commands: list[list[str | Path]] = [
            ["add", home.sources],
            ["rank"],
            ["inventory", "--write", out / "inventory.xlsx"],
            ["papers", "--output", out / "papers"],
            *(["mask", kind, "--output", out / f"{kind}.csv"] for kind in files),
            *(["rows", kind, "--output", out / f"{kind} rows"] for kind in files),
            ["papers", home.text, "--output", out / "x"],
            ["mask", home.text, "--output", out / "x.csv"],
            ["inventory", home.sources / f"{home.text}.xlsx"],
            ["rank", "--without", home.text],
            ["rank", "--weights", home.sources / f"{home.text}.yaml"],
        ]
        spoken += [said_by(*command, *common)[1] for command in commands]
        for more in (["--jobs", home.text], [home.text]):
            report = ["run", *more, "--output", home.output / "report"]
            code, said = said_by(*report, *common)
            assert code == 2, said
            spoken.append(said)
        run = pipeline.run(
            [],
            catalogue=home.catalogue,
            output=home.output / f"report-{language}",
            language=language,
            jobs=1,
            with_notebooks=False,
            say=say,
        )
        read = {one.entry.id for one in run.candidates if one.snapshot is not None}
        assert not read & {"wrapped", "workbook", "archive", "geopackage"}, read
    leaks = home.leaks(*spoken)
    assert not leaks, leaks[:20]
