"""A run until one step: what each candidate's stages said is kept for the run that writes the
report; no report is written, none is touched."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from helpers.advising.results import Candidate, Region
from helpers.running import own_types, region, workers
from helpers.running.journal import Journal, Say, Step
from helpers.running.store import Store
from helpers.words.files import ours
from helpers.words.messages import both


def until(
    step: Step, ids: list[str], *, catalogue: Path, jobs: int, say: Say, anew: bool = False
) -> Region:
    """What failed; else the candidates as the catalogue has them, in its order.

    ``ConfigurationError`` where the catalogue is not right; a candidate's failure does not raise.
    """

    def report(id: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": id})

    ours.look_again()
    own_types.beside(catalogue)
    store = Store()
    try:
        candidates = workers.compute_all(
            region.chosen(catalogue, ids),
            catalogue,
            store,
            jobs=jobs,
            report=report,
            journal=Journal(say),
            anew=anew,
            until=step,
        )
    finally:
        store.forget_tables()
    finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    return Region(both("running.title"), candidates, finished)
