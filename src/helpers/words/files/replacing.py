"""A whole folder put in the place of an earlier one: built aside, moved when complete, never lost.

Between the two moves the earlier one bears a hidden name for an instant; of a process killed just
then whoever starts next puts it back. Moves into the same place are made one at a time.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from helpers.words.errors import Busy, ConfigurationError
from helpers.words.files import locks, outputs, writing

ALIVE = ".alive"  # locked as long as the process that builds the folder lives


def _holder(file: Path) -> dict[str, str]:
    """Who holds a run's lock, as it noted there."""
    try:
        said = json.loads(locks.noted(file))
        return {name: str(said[name]) for name in ("process", "machine", "since")}
    except (ValueError, TypeError, KeyError):
        return dict.fromkeys(("process", "machine", "since"), "–")


class Replacement:
    """The folder at ``output`` and what is to take its place. ``mine``: whether an earlier folder
    is one of ours.

    Raises ``ConfigurationError`` wherever the system says no.
    """

    def __init__(self, output: Path, mine: Callable[[Path], bool]) -> None:
        with writing.refusals_told(output):
            self.output = Path(os.path.realpath(output))
        self.mine = mine
        self.old = self.output.with_name(f".{self.output.name}.old")
        self._aside = re.compile(rf"\.{re.escape(self.output.name)}\.[A-Za-z0-9_]+\.part")
        self._lock: locks.Lock | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other run moves anything here meanwhile; what a killed one left is put right first."""
        with writing.refusals_told(self.output):
            self.output.parent.mkdir(parents=True, exist_ok=True)
            with locks.held(self.output.with_name(f".{self.output.name}.lock")):
                self._mend()
                yield

    @contextmanager
    def owned(self, since: str) -> Iterator[None]:
        """For a whole run. ``Busy`` where another has this place, naming it and when it began."""
        file = self.output.with_name(f".{self.output.name}.run")
        with writing.refusals_told(self.output):
            self.output.parent.mkdir(parents=True, exist_ok=True)
            lock = locks.taken(file)
            if lock is None:
                raise Busy("running.busy", {"folder": self.output.name} | _holder(file))
            who = {"process": os.getpid(), "machine": platform.node(), "since": since}
            locks.note(lock, json.dumps(who))
        try:
            yield
        finally:
            lock.release()

    def _mend(self) -> None:
        if self.old.is_dir():
            if not self.mine(self.old):
                raise ConfigurationError(
                    "running.output_not_ours", {"folder": outputs.listed([self.old.name])}
                )
            if self.output.exists():
                self._discard(self.old)
            else:
                self.old.rename(self.output)
        for entry in self.output.parent.iterdir():
            if self._aside.fullmatch(entry.name) and entry.is_dir():
                self._forget(entry)

    def _forget(self, folder: Path) -> None:
        """Remove a folder that nobody builds any longer."""
        if not (folder / ALIVE).exists():
            shutil.rmtree(folder, ignore_errors=True)
            return
        with suppress(OSError):  # another user's: theirs to remove
            lock = locks.taken(folder / ALIVE)
            if lock:
                lock.release(remove=lock.sure)
            if lock and lock.sure:
                shutil.rmtree(folder, ignore_errors=True)

    def _discard(self, folder: Path) -> None:
        """Remove a whole folder; killed meanwhile, what is left of it bears a name that the next
        run removes."""
        doomed = Path(
            tempfile.mkdtemp(
                prefix=f".{self.output.name}.", suffix=writing.PART, dir=self.output.parent
            )
        )
        doomed.rmdir()
        folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A private folder to build in; gone afterwards unless ``put`` moved it."""
        with self.alone():
            parent, name = self.output.parent, f".{self.output.name}."
            folder = Path(tempfile.mkdtemp(prefix=name, suffix=writing.PART, dir=parent))
            self._lock = locks.taken(folder / ALIVE)
        try:
            yield folder
        finally:
            self._release()
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, folder: Path, allowed: Callable[[], None]) -> None:
        """Move ``folder``, which is complete, to ``output``. ``allowed`` raises where what stands
        there must stay."""
        with self.alone():
            allowed()
            self._release()
            folder.chmod(0o755)
            existed = self.output.exists()
            if existed:
                self.output.rename(self.old)
            try:
                folder.rename(self.output)
            except BaseException:
                if existed:
                    self.old.rename(self.output)
                raise
            if existed:
                self._discard(self.old)

    def _release(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None
