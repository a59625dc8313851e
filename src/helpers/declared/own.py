"""An organisation's own dataset types lie in a folder of its own, and are read beside ours.

``<type>.yaml``, ``<type>/<variant>.yaml`` and ``quality_suites/<type>.yaml`` have the form of
``data/specifications/`` and ``quality_suites/``. Which folder it is says the setting; a catalogue
may have one more, called ``specifications``. What is in both, or is ours already, is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.words.files import ours
from helpers.words.files.ours import Setting

GIVEN = Setting("DATAKOLLEN_SPECIFICATIONS", of_folder=True)
# of the catalogue that is open: set here, so that the processes that this one starts know it too
BESIDE = Setting("DATAKOLLEN_CATALOGUE_SPECIFICATIONS", of_folder=True)
IN_CATALOGUE = "specifications"
SUITES = "quality_suites"

Chosen = tuple[str | None, str | None]


def folders() -> list[Path]:
    """The folders in use, the one that was given first. A relative one counts from the project."""
    named = (GIVEN.value(), BESIDE.value())
    return list(dict.fromkeys(ours.place(name) for name in named if name))


def specifications() -> list[Path]:
    """The files of types, folder by folder, in order of name."""
    return [file for folder in folders() for file in ours.listed(folder, "*.yaml")]


def variants(type: str) -> list[Path]:
    """The files of variants of a type, of ours too."""
    return [file for folder in folders() for file in ours.listed(folder / type, "*.yaml")]


def suites() -> list[Path]:
    """The files of rules."""
    return [file for folder in folders() for file in ours.listed(folder / SUITES, "*.yaml")]


def chosen() -> Chosen:
    """The two settings as they stand: what another process is told."""
    return GIVEN.value(), BESIDE.value()


def choose(settings: Chosen) -> None:
    """From now on these count, for this process and those that it starts. What is remembered is
    held against the files once more."""
    now = tuple(os.environ.get(setting.name) for setting in (GIVEN, BESIDE))
    if now == settings:
        return
    for setting, value in zip((GIVEN, BESIDE), settings, strict=True):
        if value is None:
            os.environ.pop(setting.name, None)
        else:
            os.environ[setting.name] = value
    ours.look_again()


def beside(catalogue: Path) -> None:
    """The catalogue that is opened now: its own folder of types counts, if it has one."""
    folder = catalogue.absolute() / IN_CATALOGUE
    choose((GIVEN.value(), str(folder) if folder.is_dir() else None))


@contextmanager
def using(folder: Path | None, catalogue: Path | None) -> Iterator[None]:
    """Inside, ``folder`` counts in place of the one that is set, and that of the catalogue."""
    before = chosen()
    try:
        if folder is not None:
            choose((str(folder.absolute()), before[1]))
        if catalogue is not None:
            beside(catalogue)
        yield
    finally:
        choose(before)
