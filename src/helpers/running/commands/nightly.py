"""What whoever schedules runs asks: how the last one went (``status``), and what would run it every
night (``schedule``)."""

from __future__ import annotations

import datetime as dt
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.running.commands.app import (
    Catalogue,
    FailOn,
    Language,
    LanguageOption,
    app,
    err,
    guarded,
    out,
)
from helpers.running.nights import health
from helpers.words import paths
from helpers.words.files.outputs import settled
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.running.nights.health import Health

NEVER = 2  # the exit code where no run is known


class Way(StrEnum):
    systemd = "systemd"
    cron = "cron"
    windows = "windows"
    ci = "ci"


def _minute(moment: str | None, language: str) -> str:
    if moment is None:
        return text("nights.health.nothing_good", language)
    return moment[:16].replace("T", " ")


def _went(said: Health, language: str) -> str:
    values: dict[str, Any] = {
        "started": _minute(said.started, language),
        "finished": _minute(said.finished, language) if said.finished else "",
        "last_good": _minute(said.last_good, language),
        "process": str(said.process),
        "machine": said.machine,
        "code": said.exit_code,
        "count": said.candidates,
        "failures": said.failures,
    }
    key = said.state
    if said.state == health.FAILED and said.killed:
        key = "killed"
    elif said.state == health.DONE and not said.ok:
        key = "done_code"
    return text(f"nights.health.{key}", language, **values)


def _next(said: Health, moment: dt.datetime, language: str) -> str:
    due = health.expected(said)
    if said.state == health.RUNNING:
        return text("nights.health.wait", language)
    if due is None:
        return text("nights.health.unknown", language)
    key = "late" if health.late(said, moment) else "due"
    return text(f"nights.health.{key}", language, due=f"{due:%Y-%m-%d %H:%M}")


@app.command(help="cli.status._help")
@guarded
def status(
    output: Annotated[Path | None, typer.Option(help="cli.output")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="cli.status.json")] = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Show in a line how the last run went and what is next; exits with its code, 4 where it broke
    off or the next one is late, 2 where none is known."""
    folder = Path(os.path.realpath(settled(output or paths.reports())))
    said, moment = health.look(folder), health.now()
    if said is None:
        if as_json:
            out.json({"schema": health.SCHEMA, "state": "never", "ok": False})
        else:
            out.say("nights.health.never", language, folder=folder.name)
        raise typer.Exit(NEVER)
    late, due = health.late(said, moment), health.expected(said)
    if as_json:
        expected = due.isoformat(timespec="minutes") if due else None
        out.json(said.to_json() | {"expected": expected, "late": late})
    else:
        waiting = text("nights.health.waiting", language, count=said.not_sent)
        parts = [_went(said, language), _next(said, moment, language)]
        out.line(" ".join([*parts, *([waiting] if said.not_sent else [])]))
    raise typer.Exit(health.KILLED if late else said.exit_code or 0)


@app.command(help="cli.schedule._help")
@guarded
def schedule(
    way: Annotated[Way, typer.Option("--print", help="cli.schedule.print")],
    at: Annotated[str, typer.Option("--at", help="cli.schedule.at")] = "02:15",
    catalogue: Catalogue = None,
    output: Annotated[Path | None, typer.Option(help="cli.output")] = None,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="cli.fail_on")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="cli.schedule.watch")] = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Print what runs the report every night, or looks at what is published; how to put it in its
    place to standard error."""
    from helpers.running.nights import notices, schedules  # only where it is asked for

    folder, given = settled(catalogue or paths.catalogue()), settled(output or paths.reports())
    if watch:
        job = schedules.watching(folder, str(language), at)
    else:
        job = schedules.job(folder, given, str(language), at, fail_on)
    out.block(schedules.WAYS[way](job))
    err.say(f"nights.schedule.{way}", language, name=job.name)
    if os.environ.get(notices.SETTING):
        err.say("nights.schedule.secrets", language)
