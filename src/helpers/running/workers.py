"""All candidates, each in a watched process: one that breaks, hangs, dies or takes too much fails
alone.

A process is kept for several candidates: Great Expectations is imported once in each. A candidate
whose results are kept already needs none.
"""

from __future__ import annotations

import datetime as dt
import queue
from collections.abc import Callable
from pathlib import Path

from helpers.advising.results import Candidate, Failure
from helpers.declared.catalogue import Entry
from helpers.running import together
from helpers.running.journal import Journal, Step
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.words import guarding
from helpers.words.messages import LANGUAGES

Report = Callable[[str, Candidate], None]
LAST = list(Step)[-1]
# Nothing is ranked by these, pages and notebooks show them: who asks for the last step has them.
BESIDE = ("points_to_fix", "pictures", "answers", "facts")


def compute(opened: Opened, journal: Journal | None = None, until: Step | None = None) -> Candidate:
    """All stages of one candidate, or those ``until`` one, of which nothing is said but what
    failed; a stage that does not come through is named, the ones after it are left out."""
    journal, name = journal or Journal(), ""
    try:
        for name in (*Step, *BESIDE):
            with journal.measured(opened.entry.id, str(name), opened.worker):
                getattr(opened, "snapshot" if name == Step.reading else name)
            if name == until and until is not LAST:
                return Candidate(entry=opened.entry)
        return Candidate(entry=opened.entry) if until else opened.candidate()
    except Exception as error:  # whatever it is, this candidate fails alone
        foreseen = guarding.foreseen(error)
    message = {language: foreseen.text(language) for language in LANGUAGES}
    failure = Failure(str(name), message, foreseen.exit_code)
    return Candidate(entry=opened.entry, failures=[failure])


def compute_all(
    entries: list[Entry],
    folder: Path,
    store: Store,
    *,
    jobs: int,
    report: Report,
    journal: Journal | None = None,
    today: dt.date | None = None,
    anew: bool = False,
    until: Step | None = None,
) -> list[Candidate]:
    """Candidates in the order of ``entries``, ``jobs`` at a time, as of ``today``. ``report`` is
    called as each is done. ``anew``: what is kept of them is forgotten first;
    ``until``: see ``compute``.

    ``ConfigurationError`` for bounds of the environment that are none. What was read stays until
    ``store`` lets go of it.
    """
    idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
    workers = [Worker() for _ in range(max(1, min(jobs, len(entries))))]
    for worker in workers:
        idle.put(worker)

    def serve(entry: Entry) -> Candidate:
        worker = idle.get()
        try:
            opened = Opened(
                entry.file(folder),
                entry=entry,
                store=store,
                worker=worker,
                schema=entry.schema_file(folder),
                today=today,
            )
            if anew and opened.file is not None:  # of an idea nothing is kept
                opened.forget()
            done = compute(opened, journal, until)
        finally:
            idle.put(worker)
        return done

    journal = journal or Journal()
    journal.say("examines", {"count": len(entries), "ids": [entry.id for entry in entries]})
    try:
        return together.each(
            serve, entries, len(workers), lambda entry, done: report(entry.id, done)
        )
    finally:
        for worker in workers:
            worker.close()
