"""``datakollen``, killed at a point of a run, as by the system: nothing is tidied up."""

from __future__ import annotations

import os
import sys
from typing import Any

POINTS = {
    "before writing": ("helpers.running.pipeline", "_computed", 1),
    "in the middle": ("helpers.running.keeping.KeptParts", "_keep", 2),
    "after the notebooks": ("helpers.running.pipeline.nights", "night", 1),
    "before the index": ("helpers.reporting.site.history_page", "page", 1),
    "during history": ("helpers.running.nights.history.History", "add", 1),
    "during notices": ("helpers.running.nights.notices.Outbox", "send", 1),
}
PUT = ("during history", "during notices")  # the new report stands already


def found(place: str) -> Any:
    from importlib import import_module

    parts = place.split(".")
    for end in range(len(parts), 0, -1):
        try:
            there: Any = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            there = getattr(there, name)
        return there
    raise ModuleNotFoundError(place)


def die_at(point: str) -> None:
    """From now on this process dies where the point is reached for the nth time."""
    place, name, time = POINTS[point]
    owner = found(place)
    real, times = getattr(owner, name), []

    def dying(*given: Any, **more: Any) -> Any:
        times.append(1)
        if len(times) == time:
            os._exit(9)
        return real(*given, **more)

    setattr(owner, name, dying)


if __name__ == "__main__":
    from helpers.__main__ import main

    die_at(sys.argv.pop(1))
    main()
