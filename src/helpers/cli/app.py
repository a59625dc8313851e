"""What all commands share: the app, its two consoles, usual options, and how an error is said."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from helpers.errors import DatakollenError
from helpers.messages import text

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=text("cli.app"))
out, err = Console(soft_wrap=True, highlight=False), Console(stderr=True, soft_wrap=True, highlight=False)


class Language(StrEnum):
    sv = "sv"
    en = "en"


Catalogue = Annotated[Path | None, typer.Option("--catalogue", help=text("cli.catalogue"))]
LanguageOption = Annotated[Language, typer.Option("--language", help=text("cli.language"))]


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """An error meant for a person is said in two sentences, with its exit code; a traceback shows nobody's cells."""

    @functools.wraps(command)
    def safe(*args: Any, **kwargs: Any) -> None:
        language = str(kwargs.get("language", "sv"))
        try:
            command(*args, **kwargs)
        except DatakollenError as error:
            err.print(f"{text('cli.error', language)} {error.text(language)}", style="bold red", markup=False)
            raise typer.Exit(error.exit_code) from None

    return safe
