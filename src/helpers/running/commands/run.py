"""The main job, and JupyterLab: ``run``, ``lab``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from helpers.running.commands.app import (
    Catalogue,
    FailOn,
    Language,
    LanguageOption,
    Specifications,
    app,
    err,
    guarded,
    out,
    warn,
)
from helpers.words import paths
from helpers.words.files.outputs import settled
from helpers.words.messages import listed, text

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

DIFFERENT = 1  # the exit code where something else came out
NAMED = 8  # names of what differs that are shown


@app.command(help="cli.run._help")
@guarded
def run(
    ids: Annotated[list[str] | None, typer.Argument(help="cli.ids")] = None,
    catalogue: Catalogue = None,
    output: Annotated[Path | None, typer.Option(help="cli.output")] = None,
    specifications: Specifications = None,
    language: LanguageOption = Language.sv,
    jobs: Annotated[int, typer.Option(min=1, max=32, help="cli.jobs")] = min(
        2, os.cpu_count() or 1
    ),
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="cli.fail_on")] = None,
    keep_snapshots: Annotated[
        bool, typer.Option("--keep-snapshots", help="cli.keep_snapshots")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="cli.run.overwrite")] = False,
    daily: Annotated[str | None, typer.Option("--daily", help="cli.run.daily")] = None,
    dry: Annotated[bool, typer.Option("--notify-dry-run", help="cli.run.dry")] = False,
    reproduce: Annotated[Path | None, typer.Option("--reproduce", help="cli.run.reproduce")] = None,
) -> None:
    """Write the report and tell what failed; exits as ``pipeline.exit_code`` says. ``reproduce``:
    write nothing, tell whether the same comes out (0) or not (1)."""
    from helpers.running import pipeline  # opens candidates: 0.5 s
    from helpers.running.kernels import setting  # only where notebooks are run
    from helpers.running.nights import schedules  # only where it is asked for

    setting.warm()  # a wrong one is refused before anything is computed
    say = partial(_say, language)
    if reproduce:
        _reproduce(reproduce, catalogue or paths.catalogue(), jobs, language, say)
    folder, target = catalogue or paths.catalogue(), settled(output or pipeline.default_output())
    say("starts", {"catalogue": str(folder)})
    results = pipeline.run(
        ids or [],
        catalogue=folder.resolve(),
        output=target,
        language=language,
        jobs=jobs,
        keep_snapshots=keep_snapshots,
        overwrite=overwrite,
        fail_on=fail_on,
        daily=schedules.time_of_day(daily) if daily else None,
        notify=not dry,
        say=say,
    )
    _tell(results, language)
    err.say("cli.run.done", language)
    out.answer(target / "index.html")
    raise typer.Exit(pipeline.exit_code(results, fail_on))


def _say(language: str, key: str, values: dict[str, Any]) -> None:
    """How the run goes on, to standard error."""
    if key == "notice_shown":  # several lines, all of them ours
        err.lines(text("cli.run.notice_shown", language, **values))
    else:
        err.say(f"cli.run.{key}", language, **values)


def _reproduce(
    file: Path, catalogue: Path, jobs: int, language: str, say: Callable[[str, Any], None]
) -> NoReturn:
    """Compute what a ``run.json`` tells of anew and say whether the same came out."""
    from helpers.running import reproducing  # opens candidates: 0.5 s

    def report(id: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": id})

    found = reproducing.reproduce(file, catalogue.resolve(), jobs=jobs, report=report)
    out.say(f"nights.reproduced.{'same' if found.same else 'none'}", language, count=found.same)
    for id, parts in found.different.items():
        words = ", ".join(text(f"nights.part.{part}", language) for part in parts)
        out.say("nights.reproduced.different", language, id=id, parts=words)
    for kind, names in found.why.items():
        what = text(f"nights.made_of.{kind}", language)
        said = listed(names, language, NAMED) or "–"
        out.say("nights.reproduced.why", language, kind=what, names=said)
    if found.different and not found.why:
        out.say("nights.reproduced.no_why", language)
    raise typer.Exit(DIFFERENT if found.different else 0)


def _tell(results: Region, language: str) -> None:
    """What failed, and which candidate stands first, to standard error."""
    from helpers.advising import leading  # opens candidates: 0.5 s

    for failure in results.failures:
        values = {"id": failure["candidate"] or "*", "stage": failure["stage"]}
        message = failure["message"][language]
        err.say("cli.run.failure", language, "red", message=message, **values)
    warn((candidate.entry for candidate in results.candidates), language)
    first = next(iter(leading.ranked(results.candidates)), None)
    if first:
        heading = text(leading.heading(first), language)
        err.say("cli.run.first", language, "bold", heading=heading, title=first.entry.title)


@app.command(help="cli.lab._help")
@guarded
def lab(language: LanguageOption = Language.sv) -> None:
    """Start JupyterLab; exits with its code."""
    quiet = [
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    folder = f"--notebook-dir={paths.project_root()}"
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", folder, *quiet]))
