"""The same data in several organisations, from results that each made at home: ``between``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from helpers import paths
from helpers.cli.app import Catalogue, Language, LanguageOption, Overwrite, app, err, guarded, without_tables, written
from helpers.errors import InputRefused
from helpers.files.outputs import Outputs
from helpers.messages import text

LARGEST = 200_000_000  # bytes of one file
SCHEMA = "datakollen/results/1"
NEEDED = frozenset(
    {"id", "type", "subtype", "organisation", "synthetic", "published", "system", "gate", "advice", "steps", "findings"}
)


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise InputRefused("cli.between.no_file", {"file": file.name})
    try:
        plain = json.loads(file.read_text("utf-8")) if file.stat().st_size <= LARGEST else {}
        right = plain["schema"] == SCHEMA and all(set(one) >= NEEDED for one in plain["candidates"])
    except (ValueError, KeyError, TypeError):
        right = False
    if not right:
        raise InputRefused("cli.between.not_results", {"file": file.name, "schema": SCHEMA})
    return plain


@app.command(help=text("cli.between._help"))
@guarded
def between(
    output: Annotated[Path, typer.Option("--output", help=text("cli.between.output"))],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="RESULTS.json...", help=text("cli.between.files"))
    ] = None,
    named: Annotated[bool, typer.Option("--named", help=text("cli.between.named"))] = False,
    overwrite: Overwrite = False,
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.papers.between import document
    from helpers.reporting import documents
    from helpers.reporting.results import results_json
    from helpers.running import region

    place = Outputs(output, catalogue=catalogue, inputs=files or [], overwrite=overwrite)
    if files:
        found = [_read(file) for file in files]
    else:
        with without_tables() as store:
            found = [results_json(region.compute((catalogue or paths.catalogue()).resolve(), store=store))]
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    for plain in sorted(found, key=lambda one: str(one["finished"])):  # the later results of a candidate count
        latest |= {(one["organisation"]["id"], one["id"]): one for one in plain["candidates"]}
    finished = max(str(one["finished"]) for one in found)
    with written(place, language):
        documents.write(document(list(latest.values()), finished, language, named=named), place.file)
    if named:
        err.print(text("papers.between.named", language), style="bold red", markup=False)
    print(place.file)
