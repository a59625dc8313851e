"""How a child process ended, as far as the system tells: by a signal, with a code, or because the
machine's memory ran out."""

from __future__ import annotations

import re
import signal
from contextlib import suppress
from pathlib import Path

from helpers.words.errors import ComputationFailed

# What Linux counts: processes that it ended for want of memory, in all and in this container.
COUNTS = (Path("/proc/vmstat"), Path("/sys/fs/cgroup/memory.events"))
COUNT = re.compile(r"^oom_kill (\d+)$", re.MULTILINE)
PATIENCE_S = 2.0  # for the code of a process that has closed its line


def for_want_of_memory() -> tuple[int, ...]:
    """How many processes the system says that it has ended for want of memory; () where it does not
    say."""
    found = []
    for file in COUNTS:
        with suppress(OSError):
            counted = COUNT.search(file.read_text("ascii", "replace"))
            found.append(int(counted[1]) if counted else 0)
    return tuple(found)


def told(code: int | None, peak_mb: int, before: tuple[int, ...]) -> ComputationFailed:
    """What is said of a process that ended unasked. ``code``: negative for a signal, None where it
    is not known; ``peak_mb``: the most memory that was seen; ``before``: ``for_want_of_memory``
    before it ended."""
    used = {"megabytes": peak_mb}
    if code == -getattr(signal, "SIGKILL", 9) and for_want_of_memory() > before:
        return ComputationFailed("running.died_memory", used)
    if code is not None and code < 0:
        with suppress(ValueError):
            return ComputationFailed(
                "running.died_signal", used | {"how": signal.Signals(-code).name}
            )
    return ComputationFailed("running.died", used | {"code": "?" if code is None else str(code)})
