"""What runs the report every night is written so that its own reader gets back the command."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml

from helpers.running.nights import notices, schedules
from helpers.words.errors import ConfigurationError

CATALOGUE = Path("/srv/100 % öppna data/kata'log $HOME")


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> schedules.Job:
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", '/srv/50 % "x"')
    monkeypatch.setenv(notices.SETTING, "mailto://user:secret@example.org")
    return schedules.job(CATALOGUE, Path("/srv/report"), "sv", "02:05")


@pytest.mark.parametrize("way", schedules.WAYS)
def test_no_secret_is_printed(job: schedules.Job, way: str):
    assert "secret@" not in schedules.WAYS[way](job)


def test_cron_runs_the_command(job: schedules.Job):
    line = schedules.cron(job)
    assert line.startswith("5 2 * * * ") and not re.search(r"(?<!\\)%", line)
    words = shlex.split(line.replace(r"\%", "%"))
    assert words[-len(job.command) :] == job.command
    assert 'DATAKOLLEN_SNAPSHOTS=/srv/50 % "x"' in words


def test_systemd_runs_the_command(job: schedules.Job, tmp_path: Path):
    text = schedules.systemd(job)
    (start,) = re.findall("^ExecStart=(.*)$", text, re.M)
    words = [one.replace("%%", "%").replace("$$", "$") for one in shlex.split(start)]
    assert words == job.command
    assert "OnCalendar=*-*-* 02:05:00" in text and "Persistent=true" in text
    if shutil.which("systemd-analyze"):
        service, _, timer = text.partition("# datakollen.timer\n")
        (tmp_path / "datakollen.service").write_text(service, "utf-8")
        (tmp_path / "datakollen.timer").write_text(timer, "utf-8")
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(tmp_path / "datakollen.timer")],
            capture_output=True,
            text=True,
        )
        assert "datakollen" not in done.stderr, done.stderr


def test_windows_runs_the_command(job: schedules.Job):
    task = ET.fromstring(schedules.windows(job))
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    arguments = task.findtext(f".//{space}Arguments") or ""
    assert arguments.endswith(f'{subprocess.list2cmdline(job.command)}"')
    assert task.findtext(f".//{space}StartBoundary") == "2026-01-01T02:05:00"


def test_ci_is_for_what_may_be_seen(job: schedules.Job):
    text = schedules.ci(job)
    plain = yaml.safe_load(text)
    assert plain[True]["schedule"] == [{"cron": "5 2 * * *"}]  # YAML 1.1 reads "on" as true
    assert text.startswith("# Only for published or synthetic data")
    assert str(CATALOGUE) not in text and "--catalogue data/catalogue" in text
    inside = schedules.job(job.folder / "våra data", Path("/srv/report"), "en", "02:05")
    steps = yaml.safe_load(schedules.ci(inside))["jobs"]["report"]["steps"]
    (line,) = [one["run"] for one in steps if "helpers" in one.get("run", "")]
    assert shlex.split(line)[5:] == ["våra data", "--output", "reports", "--language", "en"]


@pytest.mark.parametrize("wrong", ["24:00", "2:15", "0215", "02:60", ""])
def test_a_time_of_day_is_one(wrong: str):
    with pytest.raises(ConfigurationError):
        schedules.time_of_day(wrong)


def test_a_path_that_breaks_the_line_is_refused():
    with pytest.raises(ConfigurationError):
        schedules.job(Path("/srv/a\nb"), Path("/srv/report"), "sv", "02:15")


@pytest.mark.parametrize("way", schedules.WAYS)
def test_a_look_at_what_is_published_is_scheduled_beside_the_report(
    way: str, monkeypatch: pytest.MonkeyPatch
):
    """It has a name of its own, so that one does not take the other's place."""
    monkeypatch.setenv(notices.SETTING, "mailto://user:secret@example.org")
    looks = schedules.watching(CATALOGUE, "en", "06:30")
    assert looks.command[3:] == ["watch", "--catalogue", str(CATALOGUE), "--language", "en"]
    text = schedules.WAYS[way](looks)
    assert "watch" in text and " run " not in text and "reports" not in text
    assert "secret@" not in text and "nightly report" not in text
    if way == "ci":
        plain = yaml.safe_load(text)
        assert plain["name"] == "datakollen-watch"
        (line,) = [
            one["run"]
            for one in plain["jobs"]["report"]["steps"]
            if "helpers" in one.get("run", "")
        ]
        assert shlex.split(line)[3:] == ["watch", "--catalogue", "data/catalogue", *words("en")]
        assert "key: watched-" in text  # what it remembers is not the report's
    if way == "systemd":
        assert "SuccessExitStatus" not in text
        assert "# datakollen-watch.service" in text and "# datakollen-watch.timer" in text


def words(language: str) -> list[str]:
    return ["--language", language]
