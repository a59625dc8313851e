"""The main job: compute the region, run its notebooks, write the report aside, and move it into
place when complete."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import platform
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers import __version__, reporting
from helpers.advising import nights
from helpers.advising.nights import Night
from helpers.advising.results import Candidate, Region
from helpers.running import made_of, region
from helpers.running.journal import Journal, Say
from helpers.running.keeping import KeptParts
from helpers.running.nights import earlier, health, history, notices, standing
from helpers.running.nights.health import RunHealth
from helpers.running.nights.history import History
from helpers.running.nights.standing import Standing, remembered
from helpers.running.report_notebooks import Executing, run_notebooks
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import outputs, reports, writing
from helpers.words.files.replacing import Replacement

PACKAGES = ("duckdb", "great-expectations", "pandas", "papermill", "pyarrow")


@dataclass(frozen=True)
class RunOptions:
    """What a run is asked for. ``fail_on``: see ``exit_code``; ``daily``: at which time (HH:MM)
    runs are expected; ``notify``: False where a notice is only to be shown; ``anew``: nothing that
    is kept is taken."""

    ids: list[str]
    catalogue: Path
    output: Path
    language: str
    jobs: int
    with_notebooks: bool = True
    overwrite: bool = False
    fail_on: str | None = None
    daily: str | None = None
    notify: bool = True
    anew: bool = False


def exit_code(results: Region, fail_on: str | None) -> int:
    """0 done; 1 a critical finding and ``fail_on`` critical; 3 an input not read; 4 something not
    computed."""
    codes = {failure["exit_code"] for failure in results.failures}
    if codes:
        return 4 if 4 in codes else 3
    critical = any(
        finding.severity == "critical" and finding.outcome == "failed"
        for candidate in results.candidates
        for finding in candidate.findings
    )
    return 1 if fail_on == "critical" and critical else 0


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


def _about(results: Region, started: str, asked: RunOptions, store: Store) -> dict[str, Any]:
    """What ``run.json`` says of a run but for its seconds and files."""
    today = dt.date.today().isoformat()
    return {
        "schema": reports.SCHEMA,
        "version": __version__,
        "started": started,
        "finished": results.finished,
        "language": asked.language,
        "candidates": asked.ids or "all",
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "checksums": {
            candidate.entry.id: candidate.snapshot.checksum
            for candidate in results.candidates
            if candidate.snapshot
        },
        "today": today,
        "made_of": made_of.made_of(results, store, asked.catalogue, today),
        "came_out": made_of.came_out(results),
    }


def _place(output: Path, catalogue: Path, overwrite: bool) -> Replacement:
    """The report's place; ``ConfigurationError`` where it is none, or holds what we did not
    write."""
    reports.refuse_place(output, catalogue)
    place = Replacement(output, mine=reports.ours)
    with place.alone():
        reports.refuse_content(output, overwrite=overwrite)
    return place


def _computed(
    asked: RunOptions, stood: Standing, store: Store, say: Say, journal: Journal
) -> Region:
    """The region, each candidate told as it is done; kept results that were damaged are counted
    and told."""

    def report(name: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": name})

    results = region.compute(
        asked.catalogue,
        asked.ids,
        jobs=asked.jobs,
        report=report,
        store=store,
        journal=journal,
        instead=stood.instead,
        anew=asked.anew,
    )
    if not store.damaged:
        return results
    say("damaged", {"count": len(store.damaged)})
    return replace(results, run=results.run | {"damaged": len(store.damaged)})


def _note(
    results: Region, aside: Path, seconds: dict[str, float], journal: Journal, parts: KeptParts
) -> None:
    """Write ``run.json``: what is said of the run, what it cost, how much of it was made and how
    much taken as it was, and the checksums of its files."""
    noted = {
        "failures": results.failures,
        "seconds": seconds,
        "costs": journal.costs,
        "made": parts.wrote,
        "taken": parts.took,
    }
    about = results.run | noted | {"files": reports.checksums(aside)}
    writing.write_text(aside / reports.SAID, json.dumps(about, ensure_ascii=False, indent=1))


@contextmanager
def _tables(keep: bool) -> Iterator[Store]:
    """A store for one run, whose tables are gone afterwards unless they are to be kept."""
    store = Store()
    store.lease.forget_kept()
    try:
        yield store
    finally:
        if keep:
            store.keep_tables()
        store.forget_tables()
        store.forget_unused()


def _built(
    asked: RunOptions,
    stood: Standing,
    parts: KeptParts,
    store: Store,
    aside: Path,
    started: str,
    say: Say,
) -> tuple[Region, Night, History]:
    """The whole report in ``aside``, and the run as history will have it."""
    journal, start = Journal(say), time.monotonic()
    seconds: dict[str, float] = {}
    results = _computed(asked, stood, store, say, journal)
    seconds["stages"] = round(time.monotonic() - start, 2)
    if asked.with_notebooks:
        with store.work() as work:
            runs = earlier.runs(store, asked.catalogue)
            how = Executing(asked.catalogue, aside, work, asked.language, journal, say, parts, runs)
            results = run_notebooks(results, asked.jobs, how)
    seconds["notebooks"] = round(time.monotonic() - start - seconds["stages"], 2)
    results = replace(results, finished=_now())
    results = reporting.write_candidates(results, aside, asked.language, parts)
    about = _about(results, started, asked, store)
    results = replace(results, run=results.run | about)
    past = history.opened(store, asked.output, stood.run)
    if past.damaged:
        say("history_damaged", {"count": len(past.damaged), "files": ", ".join(past.damaged)})
    code = exit_code(results, asked.fail_on)
    night = nights.night(results, secrets.token_hex(8), started, code, past.last)
    reporting.write_region(results, aside, asked.language, [*past.nights, night], parts)
    for candidate in results.candidates:
        if candidate.kept_from:
            stood.carry(candidate, aside, asked.language)
    seconds["total"] = round(time.monotonic() - start, 2)
    kept = {"night": history.noted(night), "standing": remembered(results.candidates)}
    _note(replace(results, run=results.run | kept), aside, seconds, journal, parts)
    return results, night, past


def _afterwards(
    asked: RunOptions, night: Night, past: History, told: RunHealth, results: Region, say: Say
) -> None:
    """Once the report is in its place: history, notices, health. None of them takes it away."""
    before = past.last
    try:
        past.add(night)
    except ConfigurationError:  # the report itself says it; the next run writes it down
        say("history_not_written", {})
    notice = notices.notice(before, night, asked.language)
    outbox = notices.Outbox(past.folder)
    if not asked.notify:
        say("notice_shown" if notice else "notice_none", {"text": notice or ""})
    else:
        try:
            if not outbox.send(notice, asked.language):
                say("notice_not_sent", {"count": len(outbox.waiting)})
        except ConfigurationError:
            say("notice_not_kept", {})
    told.done(
        night.exit_code,
        candidates=len(results.candidates),
        failed=night.failed,
        failures=len(results.failures),
        not_sent=len(outbox.waiting),
    )
    if not told.written:
        say("health_not_written", {"file": health.file_of(asked.output).name})


def run(
    ids: list[str],
    *,
    catalogue: Path,
    output: Path,
    language: str,
    jobs: int,
    keep_snapshots: bool = False,
    say: Say = lambda _key, _values: None,
    **more: Any,
) -> Region:
    """The report at ``output``, in place of an earlier one; what we did not write there goes only
    with ``overwrite``. ``more``: the rest of ``RunOptions``.

    ``ConfigurationError`` for a wrong catalogue or output, ``Busy`` where another run writes there;
    a candidate's failure does not raise.
    """
    output, started = outputs.settled(output), _now()
    asked = RunOptions(ids, catalogue, output, language, jobs, **more)
    place = _place(output, catalogue, asked.overwrite)
    with (
        place.owned(started),
        health.watched(place.output, started, asked.daily) as told,
        _tables(keep_snapshots) as store,
    ):
        parts = KeptParts(store, place.output, asked.language, anew=asked.anew)
        before = Standing(place.output)
        if before.run:
            standing.note(store, catalogue, place.output)
        with place.aside() as aside:
            built = _built(asked, before, parts, store, aside, started, say)
            place.put(aside, lambda: reports.refuse_content(output, overwrite=asked.overwrite))
        standing.note(store, catalogue, place.output)
        results, night, past = built
        if not results.failures:  # what failed tonight may be as it was tomorrow
            parts.done()
        _afterwards(asked, night, past, told, results, say)
    return results


def default_output() -> Path:
    """The folder of the report where none is named."""
    return paths.reports()
