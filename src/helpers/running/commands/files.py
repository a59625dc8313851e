"""From files: ``check`` without a catalogue, ``add`` to one."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    Specifications,
    app,
    err,
    guarded,
    out,
)
from helpers.words import paths
from helpers.words.messages import text


@app.command(help="cli.check._help")
@guarded
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="cli.files")],
    type: Annotated[str | None, typer.Option("--type", help="cli.type")] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="cli.check.previous")] = None,
    schema: Annotated[str | None, typer.Option("--schema", help="cli.check.schema")] = None,
    twice: Annotated[bool, typer.Option("--count-twice", help="cli.check.twice")] = False,
    specifications: Specifications = None,
    as_json: Annotated[bool, typer.Option("--json", help="cli.json")] = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Check files without a catalogue; exits with the worst code: 0, 3 refused, 4 not computed."""
    from helpers.declared import catalogue  # only where it is asked for
    from helpers.declared.schemas import reading as schema_files  # the same
    from helpers.reporting import terminal  # pages: 1 s
    from helpers.running import single  # opens candidates: 0.5 s
    from helpers.running.watched import Worker  # opens candidates: 0.5 s

    worst = 0
    single.known_type(type)
    given = schema_files.path_of(schema) if schema else None
    with closing(Worker()) as worker:
        for file in catalogue.sources(files):
            checked, code = single.check_file(file, type, previous, worker, given, twice=twice)
            worst = max(worst, code)
            if as_json:
                out.json(checked)
            else:
                terminal.show(checked, out, language)
    raise typer.Exit(worst)


@app.command(help="cli.add._help")
@guarded
def add(
    paths_: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="cli.files")],
    catalogue: Catalogue = None,
    specifications: Specifications = None,
    language: LanguageOption = Language.sv,
) -> None:
    """Enter files in the catalogue; exits with the worst code of those that are refused."""
    from helpers.filling_in import adding  # spreadsheets: 0.6 s
    from helpers.running import single  # opens candidates: 0.5 s
    from helpers.running.watched import Worker  # opens candidates: 0.5 s

    with closing(Worker()) as worker:
        added = adding.add(
            paths_, catalogue or paths.catalogue(), lambda file: single.looked_at(file, worker)
        )
    for written in added.written:
        out.say("cli.add.written", language, file=str(written))
    for written, name in added.guessed.items():
        out.say("cli.add.guessed", language, "yellow", file=written.name, name=name)
    for known in added.known:
        out.say("cli.add.known", language, file=known.name)
    for error in added.refused:
        err.lines(f"{text('cli.error', language)} {error.text(language)}", "bold red")
    if added.refused:
        raise typer.Exit(max(error.exit_code for error in added.refused))
