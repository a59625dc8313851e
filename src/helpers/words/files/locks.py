"""A lock that dies with the process that holds it: the system's own, never a note that somebody
left."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from helpers.words import escaping
from helpers.words.errors import ConfigurationError

WAIT_S = 120.0
PAUSE_S = 0.02
HELD = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@dataclass
class Lock:
    """``file``, locked as long as this process lives and has not released it.

    ``sure``: False where the file system has no locks, so that nothing can be told of others.
    """

    file: Path
    number: int  # of the open file
    sure: bool = True

    def release(self, *, remove: bool = True) -> None:
        """Let others have it; the file is gone, unless it is not ours to ``remove``."""
        if remove and sys.platform != "win32":
            # while it is held: nobody locks a file that is no longer there
            self.file.unlink(missing_ok=True)
        if sys.platform != "win32" and self.sure:
            fcntl.flock(self.number, fcntl.LOCK_UN)  # of a forked child's copy, too
        os.close(self.number)
        if remove and sys.platform == "win32":
            with suppress(OSError):  # the next one has it open already
                self.file.unlink(missing_ok=True)


def _locked(number: int) -> bool:
    """True when locked, False where there are no locks. Raises an OSError of ``HELD`` where another
    holds it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            raise
        return False
    return True


def taken(file: Path) -> Lock | None:
    """The lock on ``file``, which is made; None where another holds it. Raises OSError where the
    file cannot be made."""
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        sure = _locked(number)
        status = file.stat()
        if (status.st_dev, status.st_ino) == (os.fstat(number).st_dev, os.fstat(number).st_ino):
            return Lock(file, number, sure)
    except FileNotFoundError:  # its holder removed it after we opened it
        pass
    except OSError as error:
        if error.errno not in HELD:
            os.close(number)
            raise
    os.close(number)
    return None


def note(lock: Lock, text: str) -> None:
    """Say in the locked file who holds it. The first byte is left: Windows locks it."""
    os.ftruncate(lock.number, 0)
    os.lseek(lock.number, 0, os.SEEK_SET)
    os.write(lock.number, f"\n{text}".encode())


def noted(file: Path) -> str:
    """What its holder said; nothing where that cannot be read."""
    with suppress(OSError), file.open("rb", buffering=0) as stream:
        stream.seek(1)
        return stream.read(1_000).decode("utf-8", "replace")
    return ""


@contextmanager
def held(file: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the lock; ``ConfigurationError`` where others have held it for ``wait_s`` seconds."""
    last = time.monotonic() + wait_s
    while (lock := _tried(file)) is None:
        if time.monotonic() > last:
            raise ConfigurationError("files.busy", {"file": escaping.shown(file.name)})
        time.sleep(PAUSE_S)
    try:
        yield
    finally:
        lock.release()


def _tried(file: Path) -> Lock | None:
    try:
        return taken(file)
    except PermissionError:
        if os.name == "nt" and file.exists():  # being removed by its holder
            return None
        raise
