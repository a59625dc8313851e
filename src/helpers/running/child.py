"""The child's side of a watched computation: it answers one question at a time, and ends when its
parent does.

Imports nothing heavy: what is asked for imports what it needs.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any

from helpers.words import guarding

NO_ROOM = ("MemoryError", "OutOfMemoryException", "ArrowMemoryError", "_ArrayMemoryError")


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _silent() -> None:
    """Libraries that complain write to no console: what they say may hold a cell."""
    sys.stdout.flush()
    sys.stderr.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def outcome(work: Any, given: tuple[Any, ...]) -> tuple[str, Any]:
    """``done`` with what the work returned, ``memory``, or ``refused`` with what makes the error
    anew.

    The text of an unforeseen error may hold a raw cell: its class and place are passed on, nothing
    else.
    """
    try:
        return "done", work(*given)
    except Exception as error:
        guarding.trace(error)
        if any(kind.__name__ in NO_ROOM for kind in type(error).__mro__):
            return "memory", None
        foreseen = guarding.foreseen(error)
        return "refused", (type(foreseen), foreseen.key, foreseen.values, foreseen.exit_code)


def serve(line: Connection, memory_mb: int, other_end: Connection | None = None) -> None:
    """Answer what comes along ``line`` until it closes. ``other_end``: the parent's, of which a
    child that was forked has a copy."""
    if other_end is not None:
        other_end.close()  # else the line never closes
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # one that was forked has the parent's
    if not os.environ.get(guarding.DEBUG):
        _silent()
    from helpers.reading import databases  # DuckDB: 0.1 s

    databases.bounded_by(memory_mb)
    while True:
        try:
            work, given = line.recv()
        except (EOFError, OSError):
            gc.freeze()  # else all is looked through once more at the end: 0.7 s of libraries
            return
        line.send(outcome(work, given))
