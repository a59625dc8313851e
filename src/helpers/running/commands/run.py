"""The main job, and JupyterLab: ``run``, ``lab``."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from helpers.running.commands.app import (
    Catalogue,
    FailOn,
    Language,
    LanguageOption,
    Specifications,
    app,
    guarded,
    out,
)
from helpers.running.commands.telling import Form, telling
from helpers.running.journal import Say, Step
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
    only: Annotated[list[str] | None, typer.Option("--only", help="cli.run.only")] = None,
    step: Annotated[Step | None, typer.Option("--step", help="cli.run.step")] = None,
    fail_on: Annotated[FailOn | None, typer.Option("--fail-on", help="cli.fail_on")] = None,
    keep_snapshots: Annotated[
        bool, typer.Option("--keep-snapshots", help="cli.keep_snapshots")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="cli.run.overwrite")] = False,
    anew: Annotated[bool, typer.Option("--recompute/--resume", help="cli.run.recompute")] = False,
    daily: Annotated[str | None, typer.Option("--daily", help="cli.run.daily")] = None,
    dry: Annotated[bool, typer.Option("--notify-dry-run", help="cli.run.dry")] = False,
    log: Annotated[Form, typer.Option("--log", help="cli.run.log")] = Form.auto,
    reproduce: Annotated[Path | None, typer.Option("--reproduce", help="cli.run.reproduce")] = None,
) -> None:
    """Write the report and tell what failed; exits as ``pipeline.exit_code`` says. ``reproduce``:
    write nothing, tell whether the same comes out (0) or not (1). ``step``: write nothing, keep
    what the candidates' stages said."""
    from helpers.running import pipeline, steps  # opens candidates: 0.5 s
    from helpers.running.kernels import setting  # only where notebooks are run
    from helpers.running.nights import schedules  # only where it is asked for

    setting.warm()  # a wrong one is refused before anything is computed
    chosen, folder = [*(ids or []), *(only or [])], (catalogue or paths.catalogue()).resolve()
    target = settled(output or pipeline.default_output())
    with telling(log, language) as told:
        if reproduce:
            _reproduce(reproduce, folder, jobs, language, told.say)
        told.say("starts", {"catalogue": str(catalogue or paths.catalogue())})
        if step:
            results = steps.until(
                step, chosen, catalogue=folder, jobs=jobs, say=told.say, anew=anew
            )
        else:
            results = pipeline.run(
                chosen,
                catalogue=folder,
                output=target,
                language=language,
                jobs=jobs,
                keep_snapshots=keep_snapshots,
                overwrite=overwrite,
                fail_on=fail_on,
                daily=schedules.time_of_day(daily) if daily else None,
                notify=not dry,
                anew=anew,
                say=told.say,
            )
        _tell(results, language, told.say, step)
    if not step:
        out.answer(target / "index.html")
    raise typer.Exit(pipeline.exit_code(results, fail_on))


def _reproduce(file: Path, catalogue: Path, jobs: int, language: str, say: Say) -> NoReturn:
    """Compute what a ``run.json`` tells of anew and say whether the same came out."""
    from helpers.running import reproducing  # opens candidates: 0.5 s

    def report(id: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": id})

    found = reproducing.reproduce(file, catalogue, jobs=jobs, report=report)
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


def _tell(results: Region, language: str, say: Callable[..., None], step: Step | None) -> None:
    """What failed, and which candidate stands first; after one step, that it is done."""
    from helpers.advising import leading  # opens candidates: 0.5 s

    for failure in results.failures:
        values = {"id": failure["candidate"] or "*", "stage": failure["stage"]}
        say("failure", values | {"message": failure["message"][language]}, "red")
    for entry in (candidate.entry for candidate in results.candidates):
        if fields := entry.personal():
            say("personal", {"id": entry.id, "fields": ", ".join(fields)}, "yellow")
    if step:
        say("step_done", {"step": step.value})
        return
    first = next(iter(leading.ranked(results.candidates)), None)
    if first:
        heading = text(leading.heading(first), language)
        say("first", {"heading": heading, "title": first.entry.title}, "bold")
    say("done", {})


# of JupyterLab: nothing is asked of the network
QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


@app.command(help="cli.lab._help")
@guarded
def lab(language: LanguageOption = Language.sv) -> None:
    """Start JupyterLab; exits with its code."""
    folder = f"--notebook-dir={paths.project_root()}"
    raise typer.Exit(subprocess.call([sys.executable, "-m", "jupyterlab", folder, *QUIET]))
