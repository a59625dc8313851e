"""The papers to hand out, alone: ``papers``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers import paths
from helpers.cli.app import Catalogue, Language, LanguageOption, app, guarded, without_tables
from helpers.messages import text


@app.command(help=text("cli.papers._help"))
@guarded
def papers(
    output: Annotated[Path, typer.Option("--output", help=text("cli.papers.output"))],
    id: Annotated[str | None, typer.Argument(help=text("cli.papers.id"))] = None,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.errors import ConfigurationError
    from helpers.reporting import papers as written
    from helpers.running import region

    folder = (catalogue or paths.catalogue()).resolve()
    if id is not None:
        region.chosen(folder, [id])
    with without_tables() as store:
        found = region.compute(folder, store=store)
    if id is None:
        files = written.write_region(found, output, language)
    else:
        one = next(candidate for candidate in found.candidates if candidate.entry.id == id)
        if one.failures:
            raise ConfigurationError("cli.papers.failed", {"id": id, "why": one.failures[0].message[str(language)]})
        files = written.write_one(one, found, output, language)
    for file in files:
        print(file.absolute())
