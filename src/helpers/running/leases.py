"""A table on disk stays while somebody holds it: each run, command and kernel has a lease of its
own.

A lease is a file that its process keeps locked; the system lets go of it when the process ends,
however it ends. What a lease holds stands as empty files ``held/<table>/<lease>``. A table that no
living lease holds is removed, and so is the room for work (``work/<lease>``) of a lease whose
process is gone: by the lease that ends, and by whoever starts next.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from helpers.words.errors import DatakollenError
from helpers.words.files import locks, writing
from helpers.words.files.locks import Lock

KEPT = "kept"  # what holds a table that a run was asked to keep


class Lease:
    """One claim on tables in ``folder``. Nothing is written before something is held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._own: Lock | None = None
        self._taking = threading.Lock()

    @property
    def name(self) -> str:
        """Takes the lease where it is not taken; what leases of ended processes left behind is
        removed first."""
        with self._taking:  # threads share their store's lease
            if self._own is None:
                self._take()
            assert self._own is not None
            return self._own.file.name

    def _take(self) -> None:
        for part in ("leases", "held", "work"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        with self._alone():
            _sweep(self.folder)
            self._own = locks.taken(
                self.folder / "leases" / f"{os.getpid()}-{secrets.token_hex(4)}"
            )
        atexit.register(self.release)

    def _alone(self) -> AbstractContextManager[None]:
        return locks.held(self.folder / "leases.lock")

    def hold(self, table: str) -> None:
        """Nobody removes ``tables/<table>`` until this lease ends."""
        mark = self.folder / "held" / table / self.name
        if mark.is_file():
            return
        with self._alone():
            writing.write_new(mark, b"", private=True)

    def keep(self) -> None:
        """The tables that it holds stay after this lease, until ``forget_kept``."""
        with self._alone():
            for mark in (self.folder / "held").glob(f"*/{self.name}"):
                writing.write_new(mark.with_name(KEPT), b"", private=True)

    def forget_kept(self) -> None:
        """What earlier runs were asked to keep need not stay."""
        if (self.folder / "held").is_dir():
            with self._alone():
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
        with suppress(OSError, DatakollenError), self._alone():
            self._own.release()
            self._own = None
            _sweep(self.folder)


def _ended(file: Path) -> bool:
    """True where the process of a lease is gone; its file is removed. Without locks none can be
    told to be gone."""
    try:
        lock = locks.taken(file)
    except OSError:
        return False
    if lock is None:
        return False
    lock.release(remove=lock.sure)
    return lock.sure


def _sweep(folder: Path) -> None:
    """Remove what no living lease holds. Only under the folder's own lock."""
    living = set()
    for file in (folder / "leases").iterdir():
        if not _ended(file):
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
