"""The rules of a dataset type: ``suite``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Language,
    LanguageOption,
    Overwrite,
    Specifications,
    app,
    err,
    guarded,
    out,
    written,
)
from helpers.words.files import writing
from helpers.words.files.outputs import Outputs


@app.command(help="cli.suite._help")
@guarded
def suite(
    type: Annotated[str, typer.Argument(help="cli.suite.type")],
    gx: Annotated[Path, typer.Option("--gx", help="cli.suite.gx")],
    variant: Annotated[str | None, typer.Option("--variant", help="cli.suite.variant")] = None,
    specifications: Specifications = None,
    overwrite: Overwrite = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Write the rules of a type as a suite of Great Expectations' own; how many, and how many are
    left out, to standard error."""
    from helpers.checking import exporting  # DuckDB: 0.1 s

    exported = exporting.of_type(type, variant)
    place = Outputs(gx, overwrite=overwrite, option="--gx")
    with written(place, language):
        text = json.dumps(exported.to_json(), ensure_ascii=False, indent=1)
        writing.write_text(place.file, text + "\n")
    rules = len({expectation["meta"]["id"] for expectation in exported.expectations})
    left = len(exported.left_out)
    err.say("cli.suite.written", language, rules=rules, left=left)
    out.answer(place.file)
