"""Where a command may write: never over a source, an entry or what it reads; over what others wrote
only if told to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from helpers.words import escaping
from helpers.words.errors import ConfigurationError
from helpers.words.files import protected, writing, written

SHOWN = 5  # files named in a refusal


def settled(path: Path) -> Path:
    """``path`` from where the command was started, whole; later changes of folder do not move
    it."""
    if ".." in path.parts:
        return Path(os.path.realpath(path))
    return path.absolute()


def listed(names: Iterable[str]) -> str:
    """Names as a refusal shows them: the first, and an ellipsis where there are more."""
    some = [escaping.shown(name) for name in names]
    return ", ".join(some[:SHOWN]) + (" …" if len(some) > SHOWN else "")


class Outputs:
    """The files that a command is going to write: refused before anything is computed, remembered
    once written.

    ``with`` it around the writing: what stands there is looked at once more, and what was written
    is noted as ours, also where the writing ended early. ``remembered`` is False where that could
    not be noted. Raises ``ConfigurationError`` where one of the files cannot or may not be written.
    """

    def __init__(
        self,
        *targets: Path,
        catalogue: Path | None = None,
        inputs: Iterable[Path] = (),
        overwrite: bool = False,
        option: str = "--output",
    ) -> None:
        with writing.refusals_told(targets[0]):
            self.files = [settled(target) for target in targets]
        self.overwrite, self.option, self.remembered = overwrite, option, True
        self._protected = protected.protected_by(catalogue, inputs)
        self._before: dict[Path, tuple[int, ...] | None] = {}
        self.refuse()

    @property
    def file(self) -> Path:
        """The first of them."""
        return self.files[0]

    def refuse(self) -> None:
        """``ConfigurationError`` where one of the files cannot or may not be written."""
        for file in self.files:
            writing.checked(file)
            why = self._protected.why(file)
            if why:
                raise ConfigurationError(
                    f"files.{why}", {"file": escaping.shown(file.name), "option": self.option}
                )
        theirs = (
            []
            if self.overwrite
            else [file.name for file in self.files if file.exists() and not written.ours(file)]
        )
        if theirs:
            raise ConfigurationError(
                "files.not_ours", {"files": listed(theirs), "option": self.option}
            )

    def __enter__(self) -> Self:
        self.refuse()
        for folder in {file.parent for file in self.files}:
            writing.sweep(folder)
        self._before = {file: _state(file) for file in self.files}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        new = [file for file in self.files if _state(file) not in (None, self._before[file])]
        self.remembered = written.remember(new)


def _state(file: Path) -> tuple[int, ...] | None:
    """Tells a file from the one that stood there before it; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
