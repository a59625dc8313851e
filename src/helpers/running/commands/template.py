"""A blank table to fill in: ``template``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Language,
    LanguageOption,
    Overwrite,
    Specifications,
    app,
    guarded,
    out,
    written,
)
from helpers.words.files.outputs import Outputs


@app.command(help="cli.template._help")
@guarded
def template(
    type: Annotated[str, typer.Argument(help="cli.template.type")],
    variant: Annotated[str | None, typer.Option("--variant", help="cli.template.variant")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="cli.template.output")] = None,
    specifications: Specifications = None,
    overwrite: Overwrite = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Write a blank table of a dataset type as a spreadsheet."""
    from helpers.filling_in import blank_table  # spreadsheets: 0.6 s

    specification = blank_table.find(type, variant)
    name = "-".join(part for part in (specification.name, specification.variant) if part)
    place = Outputs(output or Path(f"{name}.xlsx"), overwrite=overwrite)
    with written(place, language):
        blank_table.write(specification, place.file, language)
    out.answer(place.file)
