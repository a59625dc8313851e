"""From files: ``check`` without a catalogue, ``add`` to one."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import Catalogue, Language, LanguageOption, app, err, guarded, out
from helpers.words import paths
from helpers.words.messages import text


@app.command(help=text("cli.check._help"))
@guarded
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=text("cli.files"))],
    type: Annotated[str | None, typer.Option("--type", help=text("cli.type"))] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help=text("cli.check.previous"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=text("cli.json"))] = False,
    language: LanguageOption = Language.sv,
) -> None:
    from helpers.declared import catalogue
    from helpers.reporting import terminal
    from helpers.running import single
    from helpers.running.watched import Worker

    worst, worker = 0, Worker()
    single.known_type(type)
    for file in catalogue.sources(files):
        found, code = single.check_file(file, type, previous, worker)
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
    from helpers.filling_in import adding
    from helpers.running import single
    from helpers.running.watched import Worker

    worker = Worker()
    found = adding.add(
        paths_, catalogue or paths.catalogue(), lambda file: single.looked_at(file, worker)
    )
    for written in found.written:
        out.print(text("cli.add.written", language, file=str(written)), markup=False)
    for known in found.known:
        out.print(text("cli.add.known", language, file=known.name), markup=False)
    for error in found.refused:
        err.print(
            f"{text('cli.error', language)} {error.text(language)}", style="bold red", markup=False
        )
    if found.refused:
        raise typer.Exit(max(error.exit_code for error in found.refused))
