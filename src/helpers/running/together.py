"""Several pieces of work at once, in threads: when a run is told to stop, what they started is
ended and what waits is left.

A piece of work waits for a child process (a worker, a kernel): once that is gone it ends by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TypeVar

import psutil

PAUSE_S = 0.1
PATIENCE_S = 4.0  # for the threads of work whose children are gone
Item = TypeVar("Item")
Done = TypeVar("Done")


def _children() -> set[psutil.Process]:
    with suppress(psutil.Error):
        return set(psutil.Process().children(recursive=True))
    return set()


def _end(done: Iterable[Future[Done]], before: set[psutil.Process]) -> None:
    """End what was started since ``before`` until all work is done: work that lost one child may
    start the next."""
    last = time.monotonic() + PATIENCE_S
    waiting = {one for one in done if not one.cancelled()}
    while waiting and time.monotonic() < last:
        for child in _children() - before:
            with suppress(psutil.Error):
                child.kill()
        waiting = wait(waiting, timeout=PAUSE_S).not_done


def each(
    work: Callable[[Item], Done],
    items: Iterable[Item],
    jobs: int,
    tell: Callable[[Item, Done], None] = lambda _item, _done: None,
) -> list[Done]:
    """What ``work`` returns for each item, in their order, ``jobs`` at a time. ``tell`` is called
    as each is done; once all is told to stop no more: what was ended then has not failed.

    Raises what the first failing one raised. Interrupted (or failed), the processes that were
    started meanwhile are ended before that is raised.
    """
    before, stopping = _children(), threading.Event()

    def one(item: Item) -> Done:
        done = work(item)
        if not stopping.is_set():
            tell(item, done)
        return done

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        asked = [pool.submit(one, item) for item in items]
        try:
            return [one.result() for one in asked]
        except BaseException:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
            _end(asked, before)
            raise
