"""The same data in several organisations, from results that each made at home: ``between``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from helpers.words.files.outputs import Outputs

if TYPE_CHECKING:
    from helpers.advising.handed_over import Gathered

FORMS = (".html", ".docx", ".md")


@app.command(help="cli.between._help")
@guarded
def between(
    output: Annotated[Path, typer.Option("--output", help="cli.between.output")],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="RESULTS.json...", help="cli.between.files")
    ] = None,
    ours: Annotated[str | None, typer.Option("--ours", help="cli.between.ours")] = None,
    named: Annotated[bool, typer.Option("--named", help="cli.between.named")] = False,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Write several organisations' data beside each other; ``InputRefused`` for other files."""
    from helpers.advising import handed_over  # only this command
    from helpers.advising.naming import own  # only this command
    from helpers.reporting import documents  # pages: 1 s
    from helpers.reporting.papers.between import Asked, document  # pages: 1 s
    from helpers.reporting.results import results_json  # pages: 1 s
    from helpers.running import region  # opens candidates: 0.5 s

    targets = _targets(output)
    place = Outputs(*targets, catalogue=catalogue, inputs=files or [], overwrite=overwrite)
    gathered = None
    if files:
        gathered = handed_over.gather([handed_over.read(file) for file in files])
        candidates, finished = gathered.candidates, gathered.files[-1].finished.isoformat()
    else:
        with without_tables() as store:
            folder = (catalogue or paths.catalogue()).resolve()
            results = results_json(region.compute(folder, store=store))
        candidates, finished = results["candidates"], str(results["finished"])
    with written(place, language):
        # whoever puts files together may be none of those that made them
        asked = Asked(named, ours or (None if files else own(candidates)))
        paper = document(candidates, finished, language, asked=asked, gathered=gathered)
        for file in place.files:
            documents.write(paper, file)
    _told(gathered, language)
    if named:
        err.say("papers.between.named", language, "bold red")
    for file in place.files:
        out.answer(file)


def _targets(output: Path) -> list[Path]:
    """The file, or in a folder the same as a page, for Word and as Markdown."""
    if output.suffix.lower() in FORMS or (output.suffix and not output.is_dir()):
        return [output]
    return [output / f"between{suffix}" for suffix in FORMS]


def _told(gathered: Gathered | None, language: str) -> None:
    """To whoever puts the files together, by the files' names: which of them count."""
    pairs = (
        {(one.later.short, one.earlier.short): one for one in gathered.replaced} if gathered else {}
    )
    for one in pairs.values():
        err.say(
            "cli.between.replaced",
            language,
            later=f"{one.later.name} ({one.later.short})",
            earlier=f"{one.earlier.name} ({one.earlier.short})",
        )
