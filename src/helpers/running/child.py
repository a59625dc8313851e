"""The child's side of a watched computation: it answers one question at a time, and ends when its parent does.

Imports nothing heavy: what is asked for imports what it needs.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from helpers.errors import DatakollenError

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


def _place(error: BaseException) -> str:
    """The module and line of ours where an unforeseen error arose: ``reading/scan.py:86``."""
    found, step = "", error.__traceback__
    while step is not None:
        parts = Path(step.tb_frame.f_code.co_filename).parts
        if "helpers" in parts:
            own = parts[len(parts) - parts[::-1].index("helpers") :]
            found = f"{'/'.join(own)}:{step.tb_lineno}"
        step = step.tb_next
    return found


def outcome(work: Any, given: tuple[Any, ...]) -> tuple[str, Any]:
    """``done`` with what the work returned, or ``refused``, ``memory`` or ``broke`` with what can be said of it.

    The text of an unforeseen error may hold a raw cell: its class and place are passed on, nothing else.
    """
    try:
        return "done", work(*given)
    except DatakollenError as error:
        return "refused", (type(error), error.key, error.values)
    except Exception as error:
        names = {kind.__name__ for kind in type(error).__mro__}
        if names & set(NO_ROOM):
            return "memory", None
        return "broke", (type(error).__name__, _place(error))


def serve(line: Connection, memory_mb: int) -> None:
    """Answer what comes along ``line`` until it closes."""
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt means
    if not os.environ.get("DATAKOLLEN_DEBUG"):
        _silent()
    from helpers import databases

    databases.bounded_by(memory_mb)
    while True:
        try:
            work, given = line.recv()
        except (EOFError, OSError):
            return
        line.send(outcome(work, given))
