"""What goes wrong stays where it went wrong: one candidate, one folder, one exit code."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from helpers.catalogue import Entry, Source
from helpers.running import workers

pytestmark = pytest.mark.timeout(600)


def test_one_broken_candidate_does_not_take_the_others_with_it(tmp_path: Path, run, results):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (tmp_path / "good.csv").write_text("id;name;latitude;longitude\n1;Lekplats;56,17;14,86\n", "utf-8")
    (tmp_path / "bad.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    for name in ("good.csv", "bad.xls", "missing.csv"):
        identity = name.split(".")[0]
        (folder / f"{identity}.yaml").write_text(
            f"id: {identity}\ntitle: {identity}\ntype: platsinformation\norganisation: karlshamn\n"
            f"source:\n  path: ../{name}\n", "utf-8",
        )  # fmt: skip
    done = run("run", "--catalogue", str(folder), "--output", str(tmp_path / "report"), home=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "bad, reading" in done.stderr and "missing, reading" in done.stderr
    found = results(tmp_path / "report")
    assert found["good"]["rank"] == 1 and found["bad"]["rank"] is None
    assert "bad" in (tmp_path / "report" / "index.html").read_text("utf-8")


def test_a_second_run_takes_what_is_kept(tmp_path: Path, run, results):
    ids = ["karlskrona-badplatser"]
    first = run("run", *ids, "--output", str(tmp_path / "a"), home=tmp_path)
    second = run("run", *ids, "--output", str(tmp_path / "b"), home=tmp_path)
    assert first.returncode == second.returncode == 0
    assert results(tmp_path / "a") == results(tmp_path / "b")
    seconds = [json.loads((tmp_path / name / "run.json").read_text("utf-8"))["seconds"]["stages"] for name in "ab"]
    assert seconds[1] < seconds[0] / 2


def test_a_folder_that_is_not_a_report_is_not_overwritten(tmp_path: Path, run, results):
    (tmp_path / "precious.txt").write_text("keep me", "utf-8")
    done = run("run", "karlskrona-badplatser", "--output", str(tmp_path), home=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").read_text("utf-8") == "keep me"


@pytest.mark.parametrize(("fault", "key"), [(OSError("out of processes"), "kunde inte startas (OSError)"),
                                            (BrokenProcessPool(), "dog"), (TimeoutError(), "avbröts efter 9")])  # fmt: skip
def test_a_worker_that_cannot_be_started_fails_its_candidate_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, key: str
):
    """The first worker of three candidates never answers; the other two are computed."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    (tmp_path / "a.csv").write_text("id;name\n1;Lekplats\n", "utf-8")
    organisation, source = "karlshamn", Source(path="a.csv")
    entries = [Entry(id=id, title=id, type="annan", organisation=organisation, source=source) for id in "abc"]
    asked: list[str] = []

    class Pool(ThreadPoolExecutor):
        """Workers of this process: the first says what a machine without room says."""

        _processes = None

        def submit(self, work: Any, entry: Entry, folder: Path) -> Any:  # type: ignore[override]
            asked.append(entry.id)
            if len(asked) == 1:
                raise fault
            return super().submit(work, entry, folder)

    monkeypatch.setattr(workers, "ProcessPoolExecutor", lambda count, mp_context: Pool(count))
    told: list[str] = []
    found = workers.compute_all(entries, tmp_path, jobs=2, timeout_s=9, report=lambda id, _: told.append(id))
    assert [one.entry.id for one in found] == list("abc") and sorted(told) == list("abc")
    failed = {one.entry.id: one.failures[0] for one in found if one.failures}
    assert set(failed) == {asked[0]} and failed[asked[0]].exit_code == 4 and key in failed[asked[0]].message["sv"]
