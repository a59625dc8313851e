"""The status of a project for a period: the region as it is, what people have written of their
work, and the history of the report that the last run over the catalogue wrote."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from helpers.advising.progress import maturity as maturities
from helpers.advising.progress import period
from helpers.advising.progress import status as statuses
from helpers.advising.progress.period import Past
from helpers.advising.progress.status import Period, Status
from helpers.declared import activities, maturity
from helpers.declared.activities import Activities
from helpers.declared.maturity import Year
from helpers.running import region
from helpers.running.nights import history, standing
from helpers.running.store import Store


@dataclass(frozen=True)
class Asked:
    """The days ``start`` to ``end``, both in, over the catalogue in ``folder``, with what people
    have written there."""

    folder: Path
    start: dt.date
    end: dt.date
    written: Activities | None
    years: dict[int, Year]

    @classmethod
    def of(cls, folder: Path, start: dt.date, end: dt.date) -> Self:
        """Before anything is computed. ``ConfigurationError`` where activities.yaml or a file in
        baseline/ is not right."""
        return cls(folder, start, end, activities.load(folder), maturity.years(folder))

    @property
    def answered(self) -> list[str]:
        """Ids of the organisations whose answers the report shows."""
        found = maturities.baseline(self.years, (), self.end.year)
        return [own.organisation for own in found.own] if found else []


def _past(store: Store, asked: Asked) -> tuple[Past, tuple[str, ...]]:
    """What history says, and which of its files were damaged; nothing where no run is known."""
    output = standing.output(store, asked.folder)
    if output is None:
        return Past(), ()
    found = history.History(history.folder_of(store, output))
    said = period.past(found.every(), asked.start, asked.end)
    return said, tuple(found.damaged)


def status(asked: Asked, store: Store, today: dt.date | None = None) -> Status:
    """What is known of the period. ``today``: another day than the one of the computation.

    Raises ``ConfigurationError`` where the catalogue is not right.
    """
    made = region.compute(
        asked.folder, store=store, instead=region.as_reported(store, asked.folder)
    )
    said, damaged = _past(store, asked)
    about = Period(asked.start, asked.end, today or dt.date.fromisoformat(made.finished[:10]))
    return statuses.status(made, said, asked.written, about, asked.years, damaged)
