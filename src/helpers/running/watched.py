"""A watched computation runs in a child process whose memory and time are bounded; past a bound the
child is ended.

What breaks, hangs or dies there takes nothing else with it. The same on Linux, macOS and Windows.
DuckDB's own limit is a part of the child's memory (``databases.bounded_by``). Where it is safe the
child is forked, so that what both need is imported once; else it starts anew.
"""

from __future__ import annotations

import atexit
import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psutil

from helpers.running import child, ended
from helpers.running.bounds import MEMORY, SECONDS, Bounds, bounds
from helpers.words.errors import ComputationFailed

_starting = threading.Lock()
PAUSE_S = 0.02  # between two looks at the child's memory
MIB = 1 << 20
THREADED = ("duckdb", "numpy", "pyarrow")  # what starts threads, or holds locks of its own


def no_room(limits: Bounds) -> ComputationFailed:
    """What is said where the bound of memory was reached."""
    return ComputationFailed("running.memory", _values(limits.memory_mb, "megabytes", MEMORY))


def no_time(limits: Bounds) -> ComputationFailed:
    """What is said where the bound of time was reached."""
    return ComputationFailed("running.timeout", _values(limits.seconds, "seconds", SECONDS))


def _values(bound: int, unit: str, setting: str) -> dict[str, Any]:
    return {unit: bound, "setting": setting, "more": str(2 * bound)}


def _end_all(pid: int) -> None:
    """End a process and those that it started."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for member in (*process.children(recursive=True), process):
            with suppress(psutil.Error):
                member.kill()


def _may_fork() -> bool:
    """True where a child that is a copy of this process finds nothing half done in it: there is no
    thread but this one, and no library that has had one. macOS' own do not bear it."""
    if sys.platform in ("win32", "darwin") or any(name in sys.modules for name in THREADED):
        return False
    with suppress(psutil.Error):
        return psutil.Process().num_threads() == 1
    return False


@contextmanager
def _main_alone() -> Iterator[None]:
    """The child runs none of the program that starts it: it needs nothing of that, and a script
    without ``if __name__ == "__main__"`` would begin again in it."""
    main = sys.modules["__main__"]
    with _starting:
        kept = {name: getattr(main, name, None) for name in ("__spec__", "__file__")}
        for name in kept:
            setattr(main, name, None)
        try:
            yield
        finally:
            for name, value in kept.items():
                setattr(main, name, value)


@dataclass
class Watch:
    """A process that is not ours to ask, watched from a thread: past a bound it is ended.

    ``peak_mb``: the most memory that was seen; ``reached``: which bound ended it, if one did.
    """

    bounds: Bounds
    peak_mb: int = 0
    reached: ComputationFailed | None = None

    def over(self, pid: int) -> None:
        """Watch this process until it ends."""
        threading.Thread(target=self._watch, args=(pid,), daemon=True).start()

    def _watch(self, pid: int) -> None:
        last = time.monotonic() + self.bounds.seconds
        with suppress(psutil.Error):
            process = psutil.Process(pid)
            while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                used = process.memory_info().rss // MIB
                self.peak_mb = max(self.peak_mb, used)
                if used > self.bounds.memory_mb:
                    self.reached = no_room(self.bounds)
                elif time.monotonic() > last:
                    self.reached = no_time(self.bounds)
                if self.reached:
                    _end_all(pid)
                    return
                time.sleep(PAUSE_S)


class Worker:
    """One child process, started when first asked and again after it was ended. It answers one
    question at a time. ``peak_mb``: the most memory seen since it was last set to 0."""

    def __init__(self, limits: Bounds | None = None) -> None:
        self.bounds = limits or bounds()
        self.peak_mb = 0
        self._process: Any = None
        self._line: Any = None
        self._alone = threading.Lock()

    def ask(self, work: Callable[..., Any], *given: Any, seconds: float | None = None) -> Any:
        """What ``work(*given)`` returns; ``work`` is a function of a module, what it takes and
        returns can be pickled.

        Raises the ``DatakollenError`` that it raised, or one that tells the class and place of what
        nobody foresaw; ``ComputationFailed`` where a bound was reached, or where the process died
        or could not be started.
        """
        with self._alone:
            answered = False
            try:
                self._start()
                self._line.send((work, given))
                kind, reply = self._answer(seconds)
                answered = True
            finally:
                if not answered:
                    self._end()
        if kind == "done":
            return reply
        if kind == "memory":
            self.close()
            raise no_room(self.bounds)
        error_class, key, values, code = reply
        error = error_class(key, values)
        error.exit_code = code
        raise error

    def _start(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        try:
            forks = _may_fork()
            context: Any = multiprocessing.get_context("fork" if forks else "spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(
                target=child.serve,
                args=(theirs, self.bounds.memory_mb, self._line if forks else None),
                daemon=True,
                name="datakollen",
            )
            with _main_alone():
                self._process.start()
            theirs.close()
            # before multiprocessing ends it by force: it would leave its semaphores behind
            atexit.register(self.close)
        except Exception as error:  # whatever a machine short of memory or processes says
            self._process = None
            raise ComputationFailed("running.not_started", {"kind": type(error).__name__}) from None

    def _answer(self, seconds: float | None) -> tuple[str, Any]:
        allowed = self.bounds.seconds if seconds is None else seconds
        end = time.monotonic() + allowed
        before, most = ended.for_want_of_memory(), 0
        with suppress(psutil.NoSuchProcess):
            watched = psutil.Process(self._process.pid)
            while not self._line.poll(PAUSE_S):
                if time.monotonic() > end:
                    raise no_time(self.bounds)
                used = watched.memory_info().rss // MIB
                most = max(most, used)
                self.peak_mb = max(self.peak_mb, used)
                if used > self.bounds.memory_mb:
                    raise no_room(self.bounds)
        try:
            answer: tuple[str, Any] = self._line.recv()
        except (EOFError, OSError):
            self._process.join(ended.PATIENCE_S)
            raise ended.told(self._process.exitcode, most, before) from None
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _end_all(process.pid)
            process.kill()
            process.join()
            self._line.close()

    def close(self) -> None:
        """End the child: at once where it is idle."""
        atexit.unregister(self.close)
        with self._alone:
            process, self._process = self._process, None
            if process is None:
                return
            self._line.close()  # it ends by itself, and ends its lease
            process.join(10)
            if process.is_alive():
                process.kill()
                process.join()
