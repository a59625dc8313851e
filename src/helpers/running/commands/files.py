"""From files: ``check`` without a catalogue, ``add`` to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from helpers.words.errors import ConfigurationError
from helpers.words.messages import text

if TYPE_CHECKING:
    from helpers.checking.engines.site import Site


@dataclass(frozen=True)
class Where:
    """Where a table lies that is no file of ours, and the columns that name its rows."""

    engine: str | None
    master: str | None
    connection: str | None
    keys: tuple[str, ...]


def _named(table: Path) -> str:
    """The table as it was given: of s3a://lake/invoices a path has one stroke left.

    >>> _named(Path("s3a://lake/invoices")), _named(Path("data/invoices"))
    ('s3a://lake/invoices', 'data/invoices')
    """
    return re.sub(r"^([A-Za-z][A-Za-z0-9+.-]+):/(?!/)", r"\1://", table.as_posix())


def _site(where: Where, table: str) -> Site:
    """The table's engine. Raises ``ConfigurationError`` for what does not go together."""
    from helpers.checking import engines  # only where it is asked for

    if where.connection and (where.engine or where.master):
        raise ConfigurationError("engines.one_of")
    if where.connection:
        return engines.of_postgresql(where.connection, table)
    if where.engine is None:
        raise ConfigurationError("engines.master" if where.master else "engines.key_alone")
    if where.engine != "spark":
        raise ConfigurationError("engines.no_engine", {"engine": where.engine})
    return engines.of_spark(where.master or engines.HERE, table)


def _there(
    where: Where,
    tables: list[Path],
    type: str | None,
    beside: Mapping[str, object],
    language: str,
    *,
    as_json: bool,
) -> int:
    """Check one table where it lies; the exit code. ``beside``: options that do not go with it."""
    for option, given in beside.items():
        if given:
            raise ConfigurationError("engines.beside", {"option": option})
    if len(tables) != 1:
        raise ConfigurationError("engines.several")
    from helpers.reporting import terminal  # pages: 1 s
    from helpers.running import there  # opens candidates: 0.5 s

    with closing(_site(where, _named(tables[0]))) as site:
        checked, code = there.check(site, type, list(where.keys))
    if as_json:
        out.json(checked)
    else:
        terminal.show(checked, out, language)
    return code


@app.command(help="cli.check._help")
@guarded
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE|TABLE...", help="cli.check.files")],
    type: Annotated[str | None, typer.Option("--type", help="cli.type")] = None,
    previous: Annotated[Path | None, typer.Option("--previous", help="cli.check.previous")] = None,
    engine: Annotated[str | None, typer.Option("--engine", help="cli.check.engine")] = None,
    master: Annotated[str | None, typer.Option("--master", help="cli.check.master")] = None,
    connection: Annotated[
        str | None, typer.Option("--connection", metavar="URL", help="cli.check.connection")
    ] = None,
    key: Annotated[list[str] | None, typer.Option("--key", help="cli.check.key")] = None,
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
    if engine or master or connection or key:
        beside = {"--previous": previous, "--schema": schema, "--count-twice": twice}
        where = Where(engine, master, connection, tuple(key or ()))
        raise typer.Exit(_there(where, files, type, beside, language, as_json=as_json))
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
