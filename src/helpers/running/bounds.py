"""What a computation on a file may use: 1,024 MB of memory and 900 seconds, or what the environment
says instead."""

from __future__ import annotations

import os
from dataclasses import dataclass

from helpers.words.errors import ConfigurationError

MEMORY, SECONDS = "DATAKOLLEN_MEMORY_MB", "DATAKOLLEN_TIME_S"
LEAST = {MEMORY: 256, SECONDS: 1}
DEFAULT = {MEMORY: 1024, SECONDS: 900}
MOST = 10_000_000


@dataclass(frozen=True)
class Bounds:
    """``memory_mb`` in MiB of resident memory of the process; ``seconds`` of real time for all of
    one file."""

    memory_mb: int = DEFAULT[MEMORY]
    seconds: int = DEFAULT[SECONDS]


def _set(name: str) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return DEFAULT[name]
    if not value.isascii() or not value.isdigit() or not LEAST[name] <= int(value[:9]) <= MOST:
        raise ConfigurationError("running.wrong_bound", {"setting": name, "least": LEAST[name]})
    return int(value)


def bounds() -> Bounds:
    """As the environment has them. ``ConfigurationError`` for a value that is no whole number of at
    least what is needed."""
    return Bounds(_set(MEMORY), _set(SECONDS))
