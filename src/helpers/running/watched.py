"""A watched computation runs in a child process whose memory and time are bounded; past a bound the child is ended.

What breaks, hangs or dies there takes nothing else with it. The same on Linux, macOS and Windows. DuckDB's own limit is a
part of the child's memory (``databases.bounded_by``).
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import psutil

from helpers.errors import ComputationFailed
from helpers.running import child
from helpers.running.bounds import MEMORY, SECONDS, Bounds, bounds

PAUSE_S = 0.02  # between two looks at the child's memory
MIB = 1 << 20


class Worker:
    """One child process, started when first asked and again after it was ended. It answers one question at a time."""

    def __init__(self, own: Bounds | None = None) -> None:
        self.bounds = own or bounds()
        self._process: Any = None
        self._line: Any = None
        self._alone = threading.Lock()

    def ask(self, work: Callable[..., Any], *given: Any, seconds: float | None = None) -> Any:
        """What ``work(*given)`` returns; ``work`` is a function of a module, what it takes and returns can be pickled.

        Raises the ``DatakollenError`` that it raised, or one that tells the class and place of what nobody foresaw;
        ``ComputationFailed`` where a bound was reached, or where the process died or could not be started.
        """
        with self._alone:
            answered = False
            try:
                self._start()
                self._line.send((work, given))
                kind, said = self._answer(seconds)
                answered = True
            finally:
                if not answered:
                    self._end()
        if kind == "done":
            return said
        if kind == "memory":
            self.close()
            raise self._no_room()
        made, key, values, code = said
        error = made(key, values)
        error.exit_code = code
        raise error

    def _start(self) -> None:
        if self._process is not None and self._process.is_alive():
            return
        try:
            context = multiprocessing.get_context("spawn")
            self._line, theirs = context.Pipe()
            self._process = context.Process(
                target=child.serve, args=(theirs, self.bounds.memory_mb), daemon=True, name="datakollen"
            )
            self._process.start()
            theirs.close()
        except Exception as error:  # whatever a machine short of memory or processes says
            self._process = None
            raise ComputationFailed("running.not_started", {"kind": type(error).__name__}) from None

    def _answer(self, seconds: float | None) -> tuple[str, Any]:
        allowed = self.bounds.seconds if seconds is None else seconds
        end = time.monotonic() + allowed
        with suppress(psutil.NoSuchProcess):
            watched = psutil.Process(self._process.pid)
            while not self._line.poll(PAUSE_S):
                if time.monotonic() > end:
                    raise ComputationFailed("running.timeout", self._values(self.bounds.seconds, "seconds", SECONDS))
                if watched.memory_info().rss > self.bounds.memory_mb * MIB:
                    raise self._no_room()
        try:
            answer: tuple[str, Any] = self._line.recv()
        except (EOFError, OSError):
            raise ComputationFailed("running.died") from None
        return answer

    def _no_room(self) -> ComputationFailed:
        return ComputationFailed("running.memory", self._values(self.bounds.memory_mb, "megabytes", MEMORY))

    def _values(self, bound: int, unit: str, setting: str) -> dict[str, Any]:
        return {unit: bound, "setting": setting, "more": str(2 * bound)}

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with suppress(psutil.Error):
                for one in psutil.Process(process.pid).children(recursive=True):
                    one.kill()
            process.kill()
            process.join()
            self._line.close()

    def close(self) -> None:
        """End the child: at once where it is idle."""
        with self._alone:
            process, self._process = self._process, None
            if process is None:
                return
            self._line.close()  # it ends by itself, and ends its lease
            process.join(10)
            if process.is_alive():
                process.kill()
                process.join()
