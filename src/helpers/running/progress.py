"""The status of a project for a period: the region as it is, what people have written of their
work, and the history of the report that the last run over the catalogue wrote."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from helpers.advising.progress import period
from helpers.advising.progress import status as statuses
from helpers.advising.progress.period import Past
from helpers.advising.progress.status import Period, Status
from helpers.declared import activities
from helpers.running import region
from helpers.running.nights import history, standing
from helpers.running.store import Store


def _past(store: Store, folder: Path, start: dt.date, end: dt.date) -> tuple[Past, tuple[str, ...]]:
    """What history says, and which of its files were damaged; nothing where no run is known."""
    output = standing.output(store, folder)
    if output is None:
        return Past(), ()
    found = history.History(history.folder_of(store, output))
    said = period.past(found.every(), start, end)
    return said, tuple(found.damaged)


def status(
    folder: Path, store: Store, start: dt.date, end: dt.date, today: dt.date | None = None
) -> Status:
    """What is known of the days ``start`` to ``end``, both in, over the catalogue in ``folder``.

    Raises ``ConfigurationError`` where the catalogue or its activities.yaml is not right.
    """
    written = activities.load(folder)  # before anything is computed
    made = region.compute(folder, store=store, instead=region.as_reported(store, folder))
    said, damaged = _past(store, folder, start, end)
    about = Period(start, end, today or dt.date.fromisoformat(made.finished[:10]))
    return statuses.status(made, said, written, about, damaged)
