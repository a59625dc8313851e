"""What runs the report every night at a time of day, for this installation: systemd's units, a line
of cron, a task of Windows, a workflow of CI.

Nothing is installed: a person reads the text and puts it in its place. Settings of the environment
go along, but for secrets.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from xml.sax import saxutils

from helpers.running.nights.notices import SETTING
from helpers.words import paths
from helpers.words.errors import ConfigurationError

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SAMPLES = "data/catalogue"
START = "2026-01-01"  # a task of Windows wants a day; one that is past means every day from now


@dataclass(frozen=True)
class Job:
    """What is to be run: ``command`` as a list of arguments, at the time of day ``at`` (HH:MM),
    with these settings of the environment. ``watches``: it looks at what is published, and writes
    no report."""

    command: list[str]
    at: str
    settings: Mapping[str, str]
    folder: Path
    watches: bool = False

    @property
    def name(self) -> str:
        """What its files and its task are called."""
        return "datakollen-watch" if self.watches else "datakollen"

    @property
    def what(self) -> str:
        """What it does, for whoever finds it in a list of tasks."""
        return "what is published" if self.watches else "the nightly report"


def settings() -> dict[str, str]:
    """The settings of this environment that are ours, but for what is secret."""
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("DATAKOLLEN_") and name != SETTING
    }


def time_of_day(value: str) -> str:
    """``value`` where it is a time of day, HH:MM; ``ConfigurationError`` else."""
    if not TIME.fullmatch(value):
        raise ConfigurationError("running.not_time")
    return value


def job(catalogue: Path, output: Path, language: str, at: str, fail_on: str | None = None) -> Job:
    """The run of this catalogue into this output by this very Python. ``ConfigurationError`` for a
    path that cannot stand on one line."""
    return _job(
        at,
        [
            "run",
            "--catalogue",
            str(catalogue),
            "--output",
            str(output),
            "--language",
            language,
            "--daily",
            time_of_day(at),
            *(["--fail-on", fail_on] if fail_on else []),
        ],
    )


def watching(catalogue: Path, language: str, at: str) -> Job:
    """A look at what this catalogue says is published. ``ConfigurationError`` as of ``job``."""
    words = ["watch", "--catalogue", str(catalogue), "--language", language]
    return replace(_job(time_of_day(at), words), watches=True)


def _job(at: str, words: list[str]) -> Job:
    command = [sys.executable, "-m", "helpers", *words]
    found = settings()
    if any(re.search(r"[\x00-\x1f]", one) for one in (*command, *found.values())):
        raise ConfigurationError("running.not_one_line")
    return Job(command, at, found, paths.project_root())


def _unit(text: str) -> str:
    """One word of a unit: quoted, and what systemd would fill in as itself."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"'


def _environment(name: str, value: str) -> str:
    plain = f"{name}={value}".replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'Environment="{plain}"'


def systemd(job: Job) -> str:
    """A service and its timer. Exit code 1 of a run tells of findings, not of a fault of the run;
    of a look at what is published it is what somebody waits for."""
    fine = "" if job.watches else "SuccessExitStatus=1\n"
    environment = "\n".join(_environment(*setting) for setting in job.settings.items())
    folder = str(job.folder).replace("%", "%%")
    return f"""# {job.name}.service
[Unit]
Description=Datakollen: {job.what}

[Service]
Type=oneshot
WorkingDirectory={folder}
Environment="PYTHONUTF8=1"
{environment}
ExecStart={" ".join(map(_unit, job.command))}
{fine}Nice=10
TimeoutStopSec=30

# {job.name}.timer
[Unit]
Description=Datakollen: every night at {job.at}

[Timer]
OnCalendar=*-*-* {job.at}:00
Persistent=true

[Install]
WantedBy=timers.target
""".replace("\n\nExecStart", "\nExecStart")


def cron(job: Job) -> str:
    """One line of a crontab, where % would end the command."""
    hour, minute = (int(part) for part in job.at.split(":"))
    set_ = [f"{name}={shlex.quote(value)}" for name, value in job.settings.items()]
    words = " ".join([*set_, "PYTHONUTF8=1", shlex.join(job.command)])
    line = f"cd {shlex.quote(str(job.folder))} && {words}".replace("%", r"\%")
    return f"{minute} {hour} * * * {line}\n"


def windows(job: Job) -> str:
    """A task for ``schtasks /XML``. Settings are set by the command itself, as a task has none."""
    set_ = "".join(f'set "{name}={value}" && ' for name, value in job.settings.items())
    line = f"{set_}{subprocess.list2cmdline(job.command)}"
    arguments = f'/d /s /c "{line}"'
    return f"""<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>Datakollen: {job.what}</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{START}T{job.at}:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <StartWhenAvailable>true</StartWhenAvailable>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>{saxutils.escape(arguments)}</Arguments>
      <WorkingDirectory>{saxutils.escape(str(job.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


SET_UP = """    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      - uses: actions/cache@v4
        with:
          path: data/snapshots
          key: datakollen-${{ github.run_id }}
          restore-keys: datakollen-"""


REPORTED = """        env:
          DATAKOLLEN_NOTIFY: ${{ secrets.DATAKOLLEN_NOTIFY }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: report
          path: reports
"""


def ci(job: Job) -> str:
    """A workflow for GitHub or Forgejo. Its time is UTC. A catalogue outside the repository is none
    that CI has: then it is the sample region's."""
    hour, minute = (int(part) for part in job.at.split(":"))
    catalogue, language = (
        job.command[job.command.index(option) + 1] for option in ("--catalogue", "--language")
    )
    inside = Path(catalogue).is_relative_to(job.folder)
    given = Path(catalogue).relative_to(job.folder).as_posix() if inside else SAMPLES
    begins = [".venv/bin/python", "-m", "helpers", "watch" if job.watches else "run"]
    words = [] if job.watches else ["--output", "reports"]
    line = shlex.join([*begins, "--catalogue", given, *words, "--language", language])
    return f"""# Only for published or synthetic data: a file that has not been screened must not
# leave the house, and whoever may read this repository may read the report.
name: {job.name}
on:
  schedule:
    - cron: "{minute} {hour} * * *"
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: {job.name}
jobs:
  report:
    runs-on: ubuntu-latest
    timeout-minutes: 120
{SET_UP.replace("datakollen-", "watched-") if job.watches else SET_UP}
      - run: make .venv/.installed
      - run: {json.dumps(line, ensure_ascii=False)}
{"" if job.watches else REPORTED}"""


WAYS: dict[str, Callable[[Job], str]] = {
    "systemd": systemd,
    "cron": cron,
    "windows": windows,
    "ci": ci,
}
