"""What all commands share: the app, its two consoles, usual options, and how an error is said."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from helpers.running import own_types
from helpers.running.commands.usage import App, Group
from helpers.words import escaping, guarding
from helpers.words.errors import ConfigurationError
from helpers.words.printing import Terminal

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.running.opening import Opened
    from helpers.running.store import Store
    from helpers.words.files.outputs import Outputs

app = App(
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="cli.app",
)


out, err = Terminal(), Terminal(stderr=True)


class Language(StrEnum):
    sv = "sv"
    en = "en"


class FailOn(StrEnum):
    critical = "critical"


Catalogue = Annotated[Path | None, typer.Option("--catalogue", help="cli.catalogue")]
Id = Annotated[str, typer.Argument(help="cli.id")]
LanguageOption = Annotated[Language, typer.Option("--language", help="cli.language")]
Specifications = Annotated[Path | None, typer.Option("--specifications", help="cli.specifications")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="cli.overwrite")]


def _texts(given: Mapping[str, Any]) -> None:
    """``ConfigurationError`` for an argument that no file can hold. Paths are their readers'."""
    for name, value in given.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and escaping.is_half(one):
                raise ConfigurationError("cli.no_text", {"option": name.replace("_", "-")})


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """Whatever goes wrong is said in two sentences, with its exit code; a traceback shows nobody's
    cells. An argument that is no text (bytes of another encoding) is refused before the command
    begins, and so are types of the organisation's own that are not right: they count for the whole
    command."""

    @functools.wraps(command)
    def safe(*args: Any, **kwargs: Any) -> None:
        language = str(kwargs.get("language", "sv"))
        try:
            _texts(kwargs)
            with own_types.using(kwargs.pop("specifications", None), kwargs.get("catalogue")):
                command(*args, **kwargs)
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except (Exception, KeyboardInterrupt) as error:
            raise typer.Exit(guarding.say(error, language)) from None

    return safe


@contextmanager
def written(place: Outputs, language: str) -> Iterator[Outputs]:
    """Around the writing of a command's files, which are noted as ours; see ``Outputs``."""
    with place:
        yield place
    if not place.remembered:
        err.say("files.not_remembered", language)


def warn(entries: Iterable[Entry], language: str) -> None:
    """To standard error, each entry that holds personal data itself."""
    for entry in entries:
        if fields := entry.personal():
            err.say("cli.list.personal", language, "yellow", id=entry.id, fields=", ".join(fields))


@contextmanager
def without_tables() -> Iterator[Store]:
    """A store for what is done inside: whatever happens, no table with the sources' cells is left
    by it."""
    from helpers.running.store import Store  # opens candidates: 0.5 s

    store = Store()
    try:
        yield store
    finally:
        store.forget_tables()


@contextmanager
def candidate(id: str, catalogue: Path | None) -> Iterator[Opened]:
    """The candidate of the catalogue, whose tables are gone afterwards."""
    from helpers.running.opening import open_candidate  # opens candidates: 0.5 s

    with without_tables() as store:
        yield open_candidate(id, catalogue, store)
