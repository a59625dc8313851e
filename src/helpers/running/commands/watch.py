"""What is said to be published, looked at where it lies: ``watch``."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from helpers.running.commands.app import (
    Catalogue,
    Language,
    LanguageOption,
    app,
    err,
    guarded,
    out,
)
from helpers.words import paths
from helpers.words.errors import ConfigurationError


@app.command(help="cli.watch._help")
@guarded
def watch(
    only: Annotated[list[str] | None, typer.Option("--only", help="cli.watch.only")] = None,
    packages: Annotated[Path | None, typer.Option("--packages", help="cli.watch.packages")] = None,
    catalogue: Catalogue = None,
    as_json: Annotated[bool, typer.Option("--json", help="cli.watch.json")] = False,
    language: LanguageOption = Language.sv,
) -> None:
    """Look at what is published; exits with 0 where nothing is wrong, 1 where something is, 4 where
    no address could be reached or something could not be computed."""
    from helpers.reporting import watch_terminal  # only where it is asked for
    from helpers.running.store import Store  # opens candidates: 0.5 s
    from helpers.running.watched import Worker  # the same
    from helpers.running.watching import whole  # graphs: 0.6 s

    if packages is not None and not packages.is_dir():
        raise ConfigurationError("watch.no_packages", {"folder": packages.name})
    folder = (catalogue or paths.catalogue()).resolve()
    asked = whole.WatchRequest(folder, tuple(only or ()), packages)
    store = Store()
    try:
        with closing(Worker()) as worker:
            done = whole.watch(
                asked,
                store,
                worker,
                dt.date.today(),
                lambda id: err.say("watch.begins", language, "dim", id=id),
            )
    finally:
        store.forget_tables()
    if as_json:
        out.json(done.to_json())
    else:
        watch_terminal.show(done.to_json(), out, language)
    if not done.remembered:
        err.say("watch.not_remembered", language, "yellow")
    raise typer.Exit(done.exit_code)
