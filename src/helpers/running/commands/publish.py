"""From "this first" to published: the file, its metadata, the form and what to do: ``publish``."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Overwrite,
    app,
    candidate,
    err,
    guarded,
    out,
    written,
)
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.outputs import Outputs

if TYPE_CHECKING:
    from helpers.running.packages.whole import PublishOutcome

REFUSED = 1  # some were, others written


@app.command(help="cli.publish._help")
@guarded
def publish(
    output: Annotated[Path, typer.Option("--output", help="cli.publish.output")],
    id: Annotated[str | None, typer.Argument(help="cli.publish.id")] = None,
    organisation: Annotated[
        str | None, typer.Option("--organisation", help="cli.publish.organisation")
    ] = None,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write what is needed to publish one candidate, those of an organisation, or all; see
    ``running.packages``."""
    from helpers.running.packages import whole  # graphs and pages: 1 s

    if id is not None and organisation is not None:
        raise ConfigurationError("package.one_of")
    folder = (catalogue or paths.catalogue()).resolve()
    owned = _owned(folder, id, organisation)
    asked = whole.PackageRequest(
        dt.date.today(),
        str(language),
        lambda files: Outputs(*files, catalogue=folder, overwrite=overwrite),
        partial(candidate, catalogue=folder),
        lambda place: written(place, language),
    )
    done = whole.PublishOutcome()
    if id is not None:
        whole.of_one(id, output, asked, done)
    elif organisation is not None:
        done = whole.of_organisation(organisation, owned[organisation], output, asked)
    else:
        done = whole.of_all(owned, output, asked)
    _tell(done, str(language))
    if done.refused:
        raise typer.Exit(max(REFUSED, *(one.exit_code for one in done.refused.values())))


def _owned(folder: Path, id: str | None, organisation: str | None) -> dict[str, list[str]]:
    """Organisation -> the candidates that are asked for. ``ConfigurationError`` for what is not in
    the catalogue."""
    from helpers.running import region  # opens candidates: 0.5 s

    entries = region.chosen(folder, [id] if id is not None else [])
    owned: dict[str, list[str]] = {}
    for entry in entries:
        if entry.source is not None or id is not None:
            owned.setdefault(entry.organisation, []).append(entry.id)
    if organisation is not None and organisation not in owned:
        known = ", ".join(sorted(owned))
        raise ConfigurationError("package.no_such_owner", {"id": organisation, "known": known})
    return owned


def _tell(done: PublishOutcome, language: str) -> None:
    """What was written to standard output; what lacks and what was refused to standard error."""
    from helpers.running.packages import one, papers  # graphs and pages: 1 s

    for package in done.packages:
        colour = "yellow" if package.standing.draft else "bold"
        err.paragraph(one.summary(package, language), colour)
        err.lines("\n".join(f"  {line}" for line in papers.lacks(package, language)))
        if package.left:
            err.say("package.left", language, id=package.entry.id, count=len(package.left))
        if package.violations:
            count = len(package.violations)
            err.say("package.violations", language, "red", id=package.entry.id, count=count)
    for id, error in done.refused.items():
        err.say("package.refused", language, "red", id=id, why=error.text(language))
    if done.removed:
        err.say("package.removed", language, files=", ".join(done.removed))
    for file in done.written:
        out.answer(file)
