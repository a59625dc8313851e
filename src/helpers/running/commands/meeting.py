"""What goes along to a meeting: slides, and the report as PDF: ``deck``, ``pdf``."""

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
from helpers.words.files.outputs import Outputs, settled


@app.command(help="cli.deck._help")
@guarded
def deck(
    output: Annotated[Path, typer.Option("--output", help="cli.deck.output")],
    nameless: Annotated[bool, typer.Option("--nameless", help="cli.deck.nameless")] = False,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the slides of the region as a page and as PowerPoint, from what is kept."""
    from helpers.reporting.deck import shown  # PowerPoint: 0.4 s
    from helpers.running import region  # opens candidates: 0.5 s
    from helpers.running.webinar import webinar  # the same

    folder = (catalogue or paths.catalogue()).resolve()
    names = (output / name for name in shown.FILES)
    place = Outputs(*names, catalogue=catalogue, overwrite=overwrite)
    with without_tables() as store:
        results = region.compute(folder, store=store, instead=region.as_reported(store, folder))
        made = webinar(results, str(language), nameless, store)
        with written(place, language):
            files = made.write(place.file.parent)
    for file in files:
        out.answer(file)


@app.command(help="cli.pdf._help")
@guarded
def pdf(
    output: Annotated[Path, typer.Option("--output", help="cli.pdf.output")],
    report: Annotated[Path | None, typer.Option("--report", help="cli.pdf.report")] = None,
    overwrite: Overwrite = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the pages of a report that stands as PDF, by a browser of this machine."""
    from helpers.running import browser, pipeline  # opens candidates: 0.5 s
    from helpers.running import pdf as printing  # the same

    stands = settled(report or pipeline.default_output())
    chosen = printing.pages(stands)
    browser.found()
    files = [output / one.file for one in chosen]
    place = Outputs(*files, inputs=[one.page for one in chosen], overwrite=overwrite)
    with without_tables() as store, store.work() as work, written(place, language):
        printing.write(chosen, settled(output), work, out.answer)
