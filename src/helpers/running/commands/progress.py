"""The status report that a project owes its steering group: ``progress``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Overwrite,
    app,
    err,
    guarded,
    out,
    without_tables,
    written,
)
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.outputs import Outputs

SUFFIXES = (".html", ".docx")


def _day(given: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise ConfigurationError("progress.bad_day", {"option": option}) from None


def _period(start: str, end: str) -> tuple[dt.date, dt.date]:
    first, last = _day(start, "--from"), _day(end, "--to")
    if last < first:
        raise ConfigurationError(
            "progress.reversed", {"start": first.isoformat(), "end": last.isoformat()}
        )
    return first, last


@app.command(help="cli.progress._help")
@guarded
def progress(
    start: Annotated[str, typer.Option("--from", help="cli.progress.start")],
    end: Annotated[str, typer.Option("--to", help="cli.progress.end")],
    output: Annotated[Path, typer.Option("--output", help="cli.progress.output")],
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the status report of a period; ``ConfigurationError`` for days that make no period."""
    from helpers.reporting import documents  # pages: 1 s
    from helpers.reporting.papers import progress as paper  # pages: 1 s
    from helpers.running import progress as computed  # opens candidates: 0.5 s

    first, last = _period(start, end)
    folder = (catalogue or paths.catalogue()).resolve()
    asked = computed.Asked.of(folder, first, last)
    files = [
        output / f"{name}{suffix}"
        for name in paper.names(language, asked.answered)
        for suffix in SUFFIXES
    ]
    place = Outputs(*files, catalogue=catalogue, overwrite=overwrite)
    with without_tables() as store:
        status = computed.status(asked, store)
    if status.damaged:
        err.say(
            "cli.run.history_damaged",
            language,
            "yellow",
            count=len(status.damaged),
            files=", ".join(status.damaged),
        )
    with written(place, language):
        for file, made in zip(
            place.files,
            (one for one in paper.papers(status, language).values() for _ in SUFFIXES),
            strict=True,
        ):
            documents.write(made, file)
    for file in place.files:
        out.answer(file)
