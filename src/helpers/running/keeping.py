"""Parts of a report are kept, and taken again while what they rest on and our code are as before.

``parts/<output>/<key>/`` in the private store holds the files of one part, with the checksum of
each; ``made.json`` is written last. What is no longer whole is made anew, and told. A run that
comes to its end with nothing failed removes what it did not use; one that is interrupted leaves
what it made to the next. What nobody used for 60 days is removed by whoever starts.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Any

import helpers
from helpers.reporting import parts
from helpers.reporting.parts import Parts
from helpers.running import closure, made_of
from helpers.running.nights import health
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.errors import DatakollenError
from helpers.words.files import ours, writing

MADE, OUTPUT = "made.json", "output.txt"
UNUSED_S = 60 * 86_400.0  # what runs that never came to their end left
WRITES = ("helpers.reporting.pages", "helpers.reporting.notebook")


def _code() -> str:
    """All that parts are written by: our package, what it declares that it reads, the notebooks,
    and what is installed."""
    modules = [*dict.fromkeys(module for module, _ in helpers._LAZY.values()), *WRITES]
    notebooks = [
        f"{file.name}={ours.state(str(file))}" for file in sorted(paths.notebooks().iterdir())
    ]
    keys = [closure.key(module, ours.generation()) for module in modules]
    return ours.digest(made_of.code(), json.dumps(made_of.packages()), *keys, *notebooks)


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()


class KeptParts(Parts):
    """Parts for a report at ``output``. ``anew``: take none. ``took`` and ``wrote`` count parts by
    kind; ``damaged``: keys of what was no longer whole."""

    def __init__(self, store: Store, output: Path, language: str, *, anew: bool = False) -> None:
        self.folder = store.private("parts", ours.digest(str(output)))
        self.output, self.anew, self.language = output, anew, language
        self.took: dict[str, int] = {}
        self.wrote: dict[str, int] = {}
        self.damaged: list[str] = []
        self._used: set[str] = set()
        self._code = _code()
        writing.write_text(self.folder / OUTPUT, str(output), private=True)
        self._sweep(lambda place: time.time() - place.stat().st_mtime > UNUSED_S)

    def made(self, kind: str, rests_on: Any, folder: Path, make: Callable[[], object]) -> bool:
        """As ``Parts.made``; what ``make`` raises is raised, and nothing is kept."""
        key = self._key(kind, rests_on)
        if key and not self.anew and self._taken(key, folder):
            self.took[kind] = self.took.get(kind, 0) + 1
            return False
        before = _names(folder)
        make()
        self.wrote[kind] = self.wrote.get(kind, 0) + 1
        if key:
            self._keep(key, folder, sorted(_names(folder) - before))
        return True

    def _key(self, kind: str, rests_on: Any) -> str | None:
        if rests_on is None:
            return None
        key = ours.digest(kind, self.language, self._code, parts.plain(rests_on))
        self._used.add(key)
        return key

    def _taken(self, key: str, folder: Path) -> bool:
        place = self.folder / key
        try:
            files = json.loads((place / MADE).read_text("utf-8"))
        except FileNotFoundError:
            return False
        except (OSError, ValueError):
            files = None
        try:
            read = {name: (place / name).read_bytes() for name in files}
            whole = all(hashlib.sha256(read[name]).hexdigest() == files[name] for name in files)
        except (OSError, TypeError):
            whole = False
        if not whole:
            self.damaged.append(key)
            return False
        for name, data in read.items():
            writing.write_bytes(folder / name, data)
        with suppress(OSError):
            os.utime(place)
        return True

    def _keep(self, key: str, folder: Path, names: list[str]) -> None:
        """What cannot be kept costs the next run time, not this one its report."""
        aside = self.folder / f"{secrets.token_hex(8)}{writing.PART}"
        try:
            aside.mkdir()
            files = {}
            for name in names:
                data = (folder / name).read_bytes()
                files[name] = hashlib.sha256(data).hexdigest()
                writing.write_bytes(aside / name, data)
            writing.write_text(aside / MADE, json.dumps(files), private=True)
            rmtree(self.folder / key, ignore_errors=True)
            aside.replace(self.folder / key)
        except (OSError, DatakollenError):
            rmtree(aside, ignore_errors=True)

    def _sweep(self, unused: Callable[[Path], bool]) -> None:
        for place in self.folder.iterdir():
            with suppress(OSError):
                if place.is_dir() and unused(place):
                    rmtree(place, ignore_errors=True)

    def done(self) -> None:
        """The report is in its place: remove what it did not need, and what was kept for reports
        that are gone."""
        self._sweep(lambda place: place.name not in self._used)
        for folder in self.folder.parent.iterdir():
            with suppress(OSError, ValueError):
                output = Path((folder / OUTPUT).read_text("utf-8"))
                if not output.exists() and not health.runs(output):
                    rmtree(folder, ignore_errors=True)
