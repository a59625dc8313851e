"""The main job, and JupyterLab: ``run``, ``lab``."""

from __future__ import annotations

import os
import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.running.commands.app import (
    Catalogue,
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
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.advising.results import Region


class FailOn(StrEnum):
    critical = "critical"


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
) -> None:
    """Write the report and tell what failed; exits as ``pipeline.exit_code`` says."""
    from helpers.running import pipeline  # opens candidates: 0.5 s

    def say(key: str, values: dict[str, Any]) -> None:
        err.say(f"cli.run.{key}", language, **values)

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
        say=say,
    )
    _tell(results, language)
    err.say("cli.run.done", language)
    out.answer(target / "index.html")
    raise typer.Exit(pipeline.exit_code(results, fail_on))


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
