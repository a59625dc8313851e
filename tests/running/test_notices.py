"""What people are told after a night, and what tells how it went: notices, the health file, status."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from helpers.reporting import paper_files
from helpers.running.nights import health, notices
from helpers.words.files import reports
from helpers.words.files.replacing import Replacement

from .nights import BAD, GOOD, Nights, broken, candidate, said


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a service got; it is down while the list holds "down", and hangs while "slow"."""
    got: list[str] = []

    class Apprise:
        def add(self, addresses: str) -> bool:
            return addresses == "json://localhost"

        def notify(self, body: str, title: str) -> bool:
            if "slow" in got:
                time.sleep(5)
                raise OSError  # nobody waits any longer, and what came now would count as sent
            if "down" in got:
                raise OSError
            got.append(body)
            return True

    monkeypatch.setitem(sys.modules, "apprise", types.SimpleNamespace(Apprise=Apprise))
    return got


def test_people_are_told_of_changes_alone_in_counts(
    region: Nights, sent: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(notices.SETTING, "json://localhost")
    region.run(candidate("a", GOOD, low=60), candidate("b", GOOD))
    region.run(candidate("a", GOOD, low=60), candidate("b", GOOD))
    assert sent == []
    region.run(candidate("a", BAD, "granska", low=40), broken("b"))
    lines = sent[0].splitlines()[1:-1]
    assert lines == [
        "- En datamängd har fått en strängare bedömning av grinden.",
        "- En allvarlig brist är ny.",
        "- En kandidat gick inte att granska. Förra gången gick det.",
        "- En annan datamängd står först i rangordningen.",
    ]
    assert "Lekplatser" not in sent[0]
    region.run(candidate("a", BAD, "granska", low=40), broken("b"))
    assert len(sent) == 1


@pytest.mark.parametrize("fault", ["down", "slow"])
def test_what_cannot_be_sent_goes_with_the_next(
    region: Nights, sent: list[str], fault: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(notices.SETTING, "json://localhost")
    monkeypatch.setattr(notices, "WAIT_S", 0.05)
    region.run(candidate("a", GOOD))
    sent.append(fault)
    region.run(candidate("a", GOOD, "stopp"))
    assert ("notice_not_sent", {"count": 1}) in region.said
    assert said(region.output.parent, "report.health.json")["not_sent"] == 1
    monkeypatch.setattr(notices, "WAIT_S", 30)
    sent.clear()
    region.run(candidate("a", GOOD, "stopp"))
    assert len(sent) == 1 and "strängare" in sent[0]
    assert said(region.output.parent, "report.health.json")["not_sent"] == 0


def test_a_dry_run_shows_the_notice_and_sends_none(
    region: Nights, sent: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(notices.SETTING, "json://localhost")
    region.run(candidate("a", GOOD), notify=False)
    assert ("notice_none", {"text": ""}) in region.said
    region.run(candidate("a", GOOD, "stopp"), notify=False)
    assert "strängare" in dict(region.said)["notice_shown"]["text"] and sent == []


def test_health_says_how_the_run_went(region: Nights):
    region.run(candidate("a", GOOD), daily="02:15")
    good = health.read(region.output)
    assert good is not None and (good.state, good.ok, good.exit_code) == ("done", True, 0)
    due = health.expected(good)
    assert due is not None and f"{due:%H:%M}" == "02:15"
    assert not health.late(good, due) and health.late(good, due + dt.timedelta(hours=2))
    region.run(candidate("a", GOOD), broken("b"))
    bad = health.read(region.output)
    assert bad is not None and (bad.ok, bad.exit_code, bad.failed) == (False, 3, ["b"])
    assert (bad.last_good, bad.daily) == (good.finished, "02:15")


def test_a_run_that_breaks_says_that_it_failed(region: Nights, monkeypatch: pytest.MonkeyPatch):
    region.run(candidate("a", GOOD))
    before = reports.checksums(region.output)
    monkeypatch.setattr(paper_files, "write_all", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        region.run(candidate("a", BAD))
    failed = health.read(region.output)
    assert failed is not None and (failed.state, failed.exit_code) == ("failed", 4)
    assert reports.checksums(region.output) == before


def test_a_run_that_died_has_failed_as_soon_as_its_process_is_gone(tmp_path: Path):
    output = tmp_path / "report"
    with Replacement(output, mine=reports.ours).owned("now"):
        told = health.RunHealth(output, health.now().isoformat(), None)
        told.say()
        running = health.look(output)
        assert running is not None and running.state == "running"
    # killed: nobody wrote anything
    gone = health.look(output)
    assert gone is not None and (gone.state, gone.killed, gone.exit_code) == ("failed", True, 4)
    assert said(tmp_path, "report.health.json")["state"] == "failed"


def test_somebody_elses_file_is_not_taken_for_health(region: Nights):
    file = region.home / "report.health.json"
    file.write_text('{"pulse": 60}', "utf-8")
    region.run(candidate("a", GOOD))
    assert file.read_text("utf-8") == '{"pulse": 60}'
    assert ("health_not_written", {"file": "report.health.json"}) in region.said


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_status_tells_of_a_run_that_was_killed(tmp_path: Path):
    """Killed while it computes: the report is as it was, status and the health file say failed."""
    home = tmp_path / "catalogue"
    home.mkdir()
    (tmp_path / "a.csv").write_text(
        "id;name\n" + "".join(f"{n};x{n}\n" for n in range(90)), "utf-8"
    )
    (home / "a.yaml").write_text(
        "id: a\ntitle: A\ntype: annan\norganisation: karlshamn\nsource:\n  path: ../a.csv\n",
        "utf-8",
    )
    output = tmp_path / "report"
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path / "kept")}
    program = [sys.executable, "-m", "helpers"]
    asked = [*program, "run", "--catalogue", str(home), "--output", str(output)]
    run = subprocess.Popen(asked, env=environment, stderr=subprocess.PIPE)
    while health.read(output) is None:
        assert run.poll() is None
        time.sleep(0.05)
    run.kill()
    run.communicate()
    done = subprocess.run(
        [*program, "status", "--output", str(output), "--language", "en"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 4 and "broke off without a message" in done.stdout
    assert said(tmp_path, "report.health.json")["state"] == "failed" and not output.exists()
