"""A blank table to fill in: ``template``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from helpers.cli.app import Language, LanguageOption, app, guarded
from helpers.messages import text


@app.command(help=text("cli.template._help"))
@guarded
def template(
    type: Annotated[str, typer.Argument(help=text("cli.template.type"))],
    variant: Annotated[str | None, typer.Option("--variant", help=text("cli.template.variant"))] = None,
    output: Annotated[Path | None, typer.Option("--output", help=text("cli.template.output"))] = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers import blank_table

    specification = blank_table.find(type, variant)
    name = "-".join(one for one in (specification.name, specification.variant) if one)
    target = (output or Path(f"{name}.xlsx")).absolute()
    blank_table.write(specification, target, language)
    print(target)
