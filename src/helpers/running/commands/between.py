"""The same data in several organisations, from results that each made at home: ``between``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

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
from helpers.words.errors import InputRefused
from helpers.words.faults import Faults
from helpers.words.files import strict_json, validated
from helpers.words.files.outputs import Outputs

LARGEST = 200_000_000  # bytes of one file
SCHEMAS = ("datakollen/results/2", "datakollen/results/1")  # what is read of them is the same


def _read(file: Path) -> dict[str, Any]:
    from helpers.advising import handed_over  # only this command

    if not file.exists():
        raise InputRefused("cli.between.no_file", {"file": file.name})
    document = strict_json.opened(file, LARGEST)
    if not document.faults and (
        not isinstance(document.value, dict) or document.value.get("schema") not in SCHEMAS
    ):
        known = ", ".join(SCHEMAS)
        raise InputRefused("cli.between.not_results", {"file": file.name, "schema": known})
    if not document.faults:
        try:
            handed_over.Results.model_validate(document.value)
        except ValidationError as error:
            validated.tell(document, error)
    if document.faults:
        faults = Faults(document.faults)
        raise InputRefused(
            "cli.between.wrong", {"file": file.name, "count": len(faults), "errors": faults}
        )
    results: dict[str, Any] = document.value
    return results


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
    from helpers.advising.between import own  # only this command
    from helpers.reporting import documents  # pages: 1 s
    from helpers.reporting.papers.between import document  # pages: 1 s
    from helpers.reporting.results import results_json  # pages: 1 s
    from helpers.running import region  # opens candidates: 0.5 s

    place = Outputs(output, catalogue=catalogue, inputs=files or [], overwrite=overwrite)
    if files:
        all_results = [_read(file) for file in files]
    else:
        with without_tables() as store:
            folder = (catalogue or paths.catalogue()).resolve()
            all_results = [results_json(region.compute(folder, store=store))]
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    # the later results of a candidate count
    for results in sorted(all_results, key=lambda results: str(results["finished"])):
        latest |= {
            (candidate["organisation"]["id"], candidate["id"]): candidate
            for candidate in results["candidates"]
        }
    finished = max(str(results["finished"]) for results in all_results)
    with written(place, language):
        # whoever puts files together may be none of those that made them
        mine = ours or (None if files else own(all_results[0]["candidates"]))
        paper = document(list(latest.values()), finished, language, named=named, ours=mine)
        documents.write(paper, place.file)
    if named:
        err.say("papers.between.named", language, "bold red")
    out.answer(place.file)
