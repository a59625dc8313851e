"""The papers to hand out, alone: ``papers``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Overwrite,
    app,
    guarded,
    out,
    without_tables,
    written,
)
from helpers.words import paths
from helpers.words.files.outputs import Outputs


@app.command(help="cli.papers._help")
@guarded
def papers(
    output: Annotated[Path, typer.Option("--output", help="cli.papers.output")],
    id: Annotated[str | None, typer.Argument(help="cli.papers.id")] = None,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the papers of one candidate or of the region; ``ConfigurationError`` where the
    candidate failed."""
    from helpers.reporting import paper_files  # pages: 1 s
    from helpers.running import region  # opens candidates: 0.5 s
    from helpers.words.errors import ConfigurationError  # only where it is said

    folder = (catalogue or paths.catalogue()).resolve()
    if id is not None:
        region.chosen(folder, [id])
    names = paper_files.names(language, one=id is not None)
    place = Outputs(*(output / name for name in names), catalogue=catalogue, overwrite=overwrite)
    with without_tables() as store:
        results = region.compute(folder, store=store)
    chosen = next((candidate for candidate in results.candidates if candidate.entry.id == id), None)
    if chosen and chosen.failures:
        raise ConfigurationError(
            "cli.papers.failed", {"id": id, "why": chosen.failures[0].message[str(language)]}
        )
    target = place.file.parent
    with written(place, language):
        files = (
            paper_files.write_one(chosen, results, target, language)
            if chosen
            else paper_files.write_region(results, target, language)
        )
    for file in files:
        out.answer(file)
