"""Run the stages of each candidate in a worker process, so that one that breaks, hangs or dies fails alone.

A worker is kept for several candidates: Great Expectations is imported once in each. A candidate whose results are
kept already needs no worker.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from helpers.catalogue import Entry
from helpers.errors import DatakollenError
from helpers.messages import both
from helpers.results import Candidate, Failure
from helpers.running.opening import Opened

Report = Callable[[str, Candidate], None]


def compute(entry: Entry, folder: Path) -> Candidate:
    """All stages of one candidate; a stage that does not come through is named, the ones after it are left out."""
    opened = Opened(entry.file(folder), entry=entry)
    stage = "reading"
    try:
        _ = opened.snapshot
        for stage in ("screening", "profile", "findings", "rows_to_fix", "gate", "scorecard"):
            getattr(opened, stage)
        return opened.candidate()
    except DatakollenError as error:
        failure = Failure(stage, {lang: error.text(lang) for lang in ("sv", "en")}, error.exit_code)
    except Exception as error:  # a defect of ours: named by its class only, its text may hold a raw cell
        failure = Failure(stage, both("running.broke", stage=stage, kind=type(error).__name__), 4)
    return Candidate(entry=entry, failures=[failure])


def _lost(entry: Entry, error: Exception, seconds: int) -> Candidate:
    """The candidate whose worker gave no answer: it took too long, died, or could not be started."""
    keys = {TimeoutError: "timeout", BrokenProcessPool: "died"}
    key = next((key for kind, key in keys.items() if isinstance(error, kind)), "not_started")
    said = both(f"running.{key}", seconds=seconds, kind=type(error).__name__)
    return Candidate(entry=entry, failures=[Failure("running", said, 4)])


def compute_all(entries: list[Entry], folder: Path, *, jobs: int, timeout_s: int, report: Report) -> list[Candidate]:
    """Candidates in the order of ``entries``. ``report`` is called as each is done."""
    waiting: queue.Queue[Entry] = queue.Queue()
    done: dict[str, Candidate] = {}
    for entry in entries:
        file = entry.file(folder)
        if file is None or (file.is_file() and Opened(file, entry=entry).checked):
            done[entry.id] = compute(entry, folder)
            report(entry.id, done[entry.id])
        else:
            waiting.put(entry)

    def serve() -> None:
        pool: ProcessPoolExecutor | None = None
        while True:
            try:
                entry = waiting.get_nowait()
            except queue.Empty:
                break
            try:
                pool = pool or ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
                done[entry.id] = pool.submit(compute, entry, folder).result(timeout_s)
            except Exception as error:  # whatever a machine short of memory or processes says: the others go on
                done[entry.id] = _lost(entry, error, timeout_s)
                if pool:
                    for process in (pool._processes or {}).values():
                        process.kill()
                    pool.shutdown(wait=False, cancel_futures=True)
                pool = None
            report(entry.id, done[entry.id])
        if pool:
            pool.shutdown()

    threads = [threading.Thread(target=serve) for _ in range(min(jobs, waiting.qsize()))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [done[entry.id] for entry in entries]
