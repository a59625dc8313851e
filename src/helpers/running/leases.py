"""A table on disk stays while somebody holds it: each run, command and kernel has a lease of its own.

A lease is a file that its process keeps locked; the system lets go of it when the process ends, however it ends. What a
lease holds stands as empty files ``held/<table>/<lease>``. A table that no living lease holds is removed, and so is the
room for work (``work/<lease>``) of a lease whose process is gone: by the lease that ends, and by whoever starts next.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

KEPT = "kept"  # what holds a table that a run was asked to keep
WAIT_S = 60.0  # for another process that is looking through the folder


class Lease:
    """One claim on tables in ``folder``. Nothing is written before something is held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._own: FileLock | None = None

    @cached_property
    def name(self) -> str:
        """Takes the lease; what leases of ended processes left behind is removed first."""
        name = f"{os.getpid()}-{secrets.token_hex(4)}"
        for part in ("leases", "held", "work"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        with self._alone:
            _sweep(self.folder)
            self._own = FileLock(self.folder / "leases" / name)
            self._own.acquire(timeout=0)
        atexit.register(self.release)
        return name

    @cached_property
    def _alone(self) -> FileLock:
        return FileLock(self.folder / "leases.lock", timeout=WAIT_S)

    def hold(self, table: str) -> None:
        """Nobody removes ``tables/<table>`` until this lease ends."""
        mark = self.folder / "held" / table / self.name
        with self._alone:
            mark.parent.mkdir(exist_ok=True)
            mark.touch()

    def keep(self) -> None:
        """The tables that it holds stay after this lease, until ``forget_kept``."""
        with self._alone:
            for mark in (self.folder / "held").glob(f"*/{self.name}"):
                mark.with_name(KEPT).touch()

    def forget_kept(self) -> None:
        """What earlier runs were asked to keep need not stay."""
        if (self.folder / "held").is_dir():
            with self._alone:
                for mark in (self.folder / "held").glob(f"*/{KEPT}"):
                    mark.unlink(missing_ok=True)

    def work(self) -> Path:
        """A new private folder for work, gone when the lease ends."""
        place = self.folder / "work" / self.name / secrets.token_hex(4)
        place.mkdir(parents=True)
        return place

    def release(self) -> None:
        """End the lease, and remove what nobody holds any more. It may be taken again."""
        atexit.unregister(self.release)
        if self._own is None:
            return
        with suppress(OSError, Timeout), self._alone:
            self._own.release()
            self._own = None
            _sweep(self.folder)
        del self.name


def _ended(file: Path) -> bool:
    """True where the process of a lease is gone."""
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    lock.release()
    return True


def _sweep(folder: Path) -> None:
    """Remove what no living lease holds. Only under the folder's own lock."""
    living = set()
    for file in (folder / "leases").iterdir():
        if _ended(file):
            file.unlink(missing_ok=True)
        else:
            living.add(file.name)
    for work in (folder / "work").iterdir():
        if work.name not in living:
            shutil.rmtree(work, ignore_errors=True)
    tables = folder / "tables"
    for table in tables.iterdir() if tables.is_dir() else ():
        held = folder / "held" / table.name
        marks = list(held.iterdir()) if held.is_dir() else []
        for mark in marks:
            if mark.name not in (*living, KEPT):
                mark.unlink(missing_ok=True)
        if not any(mark.name in (*living, KEPT) for mark in marks):
            shutil.rmtree(table, ignore_errors=True)
    for held in (folder / "held").iterdir():
        marks = list(held.iterdir())
        for mark in marks:
            if mark.name not in (*living, KEPT):
                mark.unlink(missing_ok=True)
        if not any(held.iterdir()):
            with suppress(OSError):
                held.rmdir()
