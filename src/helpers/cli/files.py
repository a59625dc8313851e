"""From files: ``check`` without a catalogue, ``add`` to one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from helpers import escaping, paths
from helpers.cli.app import Catalogue, Language, LanguageOption, app, err, guarded, out
from helpers.messages import text


@app.command(help=text("cli.check._help"))
@guarded
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=text("cli.files"))],
    type: Annotated[str | None, typer.Option("--type", help=text("cli.type"))] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help=text("cli.check.previous"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.json"))] = False,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers import catalogue
    from helpers.reporting import terminal
    from helpers.running import single

    worst = 0
    single.known_type(type)
    for file in catalogue.sources(files):
        try:
            found, code = single.check_file(file, type, previous)
        except Exception as error:  # a defect of ours: its text may hold a raw cell, its class does not
            said = {
                lang: text("running.broke", lang, stage="check", kind=error.__class__.__name__) for lang in Language
            }
            found = {
                "schema": single.SCHEMA,
                "file": escaping.shown(file.name),
                "error": {"code": "running.broke", "message": said},
            }
            code = 4
        worst = max(worst, code)
        if as_json:
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        else:
            terminal.show(found, out, language)
    raise typer.Exit(worst)


@app.command(help=text("cli.add._help"))
@guarded
def add(
    paths_: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help=text("cli.files"))],
    catalogue: Catalogue = None,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers import adding

    found = adding.add(paths_, catalogue or paths.catalogue())
    for written in found.written:
        out.print(text("cli.add.written", language, file=str(written)), markup=False)
    for known in found.known:
        out.print(text("cli.add.known", language, file=known.name), markup=False)
    for error in found.refused:
        err.print(f"{text('cli.error', language)} {error.text(language)}", style="bold red", markup=False)
    if found.refused:
        raise typer.Exit(found.refused[-1].exit_code)
