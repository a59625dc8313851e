"""All candidates, each in a watched process: one that breaks, hangs, dies or takes too much fails
alone.

A process is kept for several candidates: Great Expectations is imported once in each. A candidate
whose results are kept already needs none.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from pathlib import Path

from helpers.advising.results import Candidate, Failure
from helpers.declared.catalogue import Entry
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.running.watched import Worker
from helpers.words import guarding
from helpers.words.messages import LANGUAGES

Report = Callable[[str, Candidate], None]
STEPS = ("snapshot", "screening", "profile", "findings", "rows_to_fix", "gate", "scorecard")


def compute(opened: Opened) -> Candidate:
    """All stages of one candidate; a stage that does not come through is named, the ones after it
    are left out."""
    stage = "reading"
    try:
        for step in STEPS:
            stage = "reading" if step == "snapshot" else step
            getattr(opened, step)
        return opened.candidate()
    except Exception as error:  # whatever it is, this candidate fails alone
        foreseen = guarding.foreseen(error)
    message = {language: foreseen.text(language) for language in LANGUAGES}
    return Candidate(entry=opened.entry, failures=[Failure(stage, message, foreseen.exit_code)])


def compute_all(
    entries: list[Entry], folder: Path, store: Store, *, jobs: int, report: Report
) -> list[Candidate]:
    """Candidates in the order of ``entries``, ``jobs`` at a time. ``report`` is called as each is
    done.

    ``ConfigurationError`` for bounds of the environment that are none. What was read stays until
    ``store`` lets go of it.
    """
    waiting: queue.Queue[Entry] = queue.Queue()
    done: dict[str, Candidate] = {}
    workers = [Worker() for _ in range(max(1, min(jobs, len(entries))))]
    for entry in entries:
        waiting.put(entry)

    def serve(worker: Worker) -> None:
        try:
            while True:
                entry = waiting.get_nowait()
                opened = Opened(
                    entry.file(folder),
                    entry=entry,
                    store=store,
                    worker=worker,
                    schema=entry.schema_file(folder),
                )
                done[entry.id] = compute(opened)
                report(entry.id, done[entry.id])
        except queue.Empty:
            pass
        finally:
            worker.close()

    threads = [threading.Thread(target=serve, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [done[entry.id] for entry in entries]
