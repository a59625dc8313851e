"""What goes wrong stays where it went wrong: one candidate, one folder, one exit code. What is kept
is not computed again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers.declared.catalogue import Entry, Source
from helpers.running import opening, pipeline, workers
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.words import paths


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A candidate that is right, one that is no workbook, one whose file is missing."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (tmp_path / "good.csv").write_text(
        "id;name;latitude;longitude\n1;Lekplats;56,17;14,86\n", "utf-8"
    )
    (tmp_path / "bad.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    for name in ("good.csv", "bad.xls", "missing.csv"):
        identity = name.split(".")[0]
        (folder / f"{identity}.yaml").write_text(
            f"id: {identity}\ntitle: {identity}\ntype: platsinformation\norganisation: karlshamn\n"
            f"source:\n  path: ../{name}\n",
            "utf-8",
        )
    return folder


@pytest.mark.usefixtures("in_this_process")
def test_one_broken_candidate_does_not_take_the_others_with_it(
    catalogue: Path, tmp_path: Path, results
):
    said: list[tuple[str, str]] = []
    found = pipeline.run(
        [],
        catalogue=catalogue,
        output=tmp_path / "report",
        language="sv",
        jobs=2,
        with_notebooks=False,
        say=lambda key, values: said.append((key, values.get("id", ""))),
    )
    assert pipeline.exit_code(found, None) == 3
    done = [("computed", "good"), ("failed", "bad"), ("failed", "missing")]
    assert said[0] == ("examines", "") and sorted(said[1:]) == done
    plain = results(tmp_path / "report")
    assert plain["good"]["rank"] == 1 and plain["bad"]["rank"] is None
    assert "bad" in (tmp_path / "report" / "index.html").read_text("utf-8")


@pytest.mark.slow
def test_the_command_names_what_broke_and_shows_the_rest(
    catalogue: Path, tmp_path: Path, run, results
):
    done = run(
        "run", "--catalogue", str(catalogue), "--output", str(tmp_path / "report"), home=tmp_path
    )
    assert done.returncode == 3, done.stderr
    assert "bad, reading" in done.stderr and "missing, reading" in done.stderr
    found = results(tmp_path / "report")
    assert found["good"]["rank"] == 1 and found["bad"]["rank"] is None
    assert "bad" in (tmp_path / "report" / "index.html").read_text("utf-8")


def without_changes(said: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """What results say of candidates but what has changed since last time."""
    return {
        id: {name: value for name, value in one.items() if name not in ("changes", "drift")}
        for id, one in said.items()
    }


def test_a_second_run_computes_nothing(
    sample_run, results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """All of the region is taken from what the first run kept: no process is started, and it says
    the same."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
    monkeypatch.setattr(Worker, "_start", lambda _: pytest.fail("a process was started"))
    kept = sample_run.snapshots / "results"
    before = {file.name: file.stat().st_mtime_ns for file in kept.iterdir()}
    found = pipeline.run(
        [],
        catalogue=paths.catalogue(),
        output=tmp_path / "report",
        language="sv",
        jobs=2,
        with_notebooks=False,
    )
    assert not [one.failures for one in found.candidates if one.failures]
    assert {file.name: file.stat().st_mtime_ns for file in kept.iterdir()} == before
    said = results(tmp_path / "report")
    # and nothing has changed since
    assert not any(one["changes"]["changes"] for one in said.values())
    assert without_changes(said) == without_changes(results(sample_run.report))


def test_a_folder_that_is_not_a_report_is_not_overwritten(tmp_path: Path, run):
    (tmp_path / "precious.txt").write_text("keep me", "utf-8")
    done = run("run", "karlskrona-badplatser", "--output", str(tmp_path), home=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").read_text("utf-8") == "keep me"


READS = """from helpers.running.opening import open_candidate
print(open_candidate("karlskrona-badplatser").tables.main.rows)"""


@pytest.mark.slow
def test_a_process_that_ends_leaves_no_table_behind(tmp_path: Path):
    """As a notebook does that opens a candidate: what the watched process read for it is gone with
    them both."""
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", READS], env=environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == "60", done.stderr
    assert not [*tmp_path.glob("tables/*")] and not [*tmp_path.glob("work/*")]


@pytest.mark.usefixtures("in_this_process")
def test_what_is_kept_is_forgotten_where_all_is_to_be_computed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """An idea has no file, and nothing of it is kept."""
    (tmp_path / "a.csv").write_text("id;name\n1;Lekplats\n", "utf-8")
    known: dict[str, Any] = {"type": "annan", "organisation": "karlshamn"}
    entries = [
        Entry(id="a", title="a", source=Source(path="a.csv"), **known),
        Entry(id="idea", title="idea", **known),
    ]
    store, computed, keep = Store(tmp_path / "store"), [], Store.keep

    def counting(self: Store, key: str, stage: str, *given: Any) -> Any:
        computed.append(stage)
        return keep(self, key, stage, *given)

    monkeypatch.setattr(Store, "keep", counting)
    times = []
    for anew in (False, False, True):
        computed.clear()
        opening._last.clear()  # each run has workers of its own
        done = workers.compute_all(
            entries, tmp_path, store, jobs=1, report=lambda *_: None, anew=anew
        )
        assert not any(one.failures for one in done)
        times.append(sorted(computed))
    first, second, third = times
    assert "findings" in first and second == [] and third == first
