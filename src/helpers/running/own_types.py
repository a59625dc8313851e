"""The organisation's own types are right, or nothing begins: every fault of every file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from helpers.declared import own
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Fault, Faults


def _told(check: Callable[[], object]) -> list[Fault | str]:
    try:
        check()
    except ConfigurationError as error:
        found = error.values.get("errors")
        if not isinstance(found, Faults):
            raise
        return list(found)
    return []


def _faults() -> list[Fault | str]:
    """Of the types, of variants of ours, and where they are right of the rules."""
    from helpers.checking import suites  # DuckDB: 0.1 s, only where there are own types
    from helpers.declared import specifications  # the same

    faults = [
        fault
        for file in own.specifications()
        for fault in _told(partial(specifications.sound, file))
    ]
    for type in () if faults else specifications.types():
        if own.variants(type):
            faults += _told(partial(specifications.load, type))
    for type in () if faults else sorted({file.name.split(".")[0] for file in own.suites()}):
        faults += _told(partial(suites.load, type))
    return faults


def sound() -> None:
    """``ConfigurationError`` for a folder that is none or has nothing of ours in it, and for what
    is wrong in its files."""
    for folder in own.folders():
        if not folder.is_dir():
            raise ConfigurationError("specifications.no_folder", {"folder": str(folder)})
        if not any(folder.glob("**/*.yaml")):
            raise ConfigurationError("specifications.empty_folder", {"folder": str(folder)})
    faults = _faults() if own.folders() else []
    if faults:
        values = {"count": len(faults), "errors": Faults(faults)}
        raise ConfigurationError("specifications.own_wrong", values)


@contextmanager
def using(folder: Path | None, catalogue: Path | None) -> Iterator[None]:
    """``own.using``, with what is right."""
    with own.using(folder, catalogue):
        sound()
        yield


def beside(catalogue: Path) -> None:
    """``own.beside``, with what is right."""
    own.beside(catalogue)
    sound()
