"""The main job: compute the region, run its notebooks, write the report aside, and move it into
place when complete."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers import __version__, reporting
from helpers.advising.results import Candidate, Region
from helpers.running import region
from helpers.running.journal import Journal, Say
from helpers.running.report_notebooks import Executing, run_notebooks
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.files import outputs, reports, writing
from helpers.words.files.replacing import Replacement

PACKAGES = ("duckdb", "great-expectations", "pandas", "papermill", "pyarrow")


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


def _about(results: Region, started: str, ids: list[str], language: str) -> dict[str, Any]:
    """What ``run.json`` says of a run but for its seconds and files."""
    return {
        "schema": reports.SCHEMA,
        "version": __version__,
        "started": started,
        "finished": results.finished,
        "language": language,
        "candidates": ids or "all",
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "checksums": {
            candidate.entry.id: candidate.snapshot.checksum
            for candidate in results.candidates
            if candidate.snapshot
        },
        "today": dt.date.today().isoformat(),
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
    catalogue: Path, ids: list[str], jobs: int, store: Store, say: Say, journal: Journal
) -> Region:
    """The region, each candidate told as it is done; kept results that were damaged are counted
    and told."""

    def report(name: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": name})

    results = region.compute(catalogue, ids, jobs=jobs, report=report, store=store, journal=journal)
    if not store.damaged:
        return results
    say("damaged", {"count": len(store.damaged)})
    return replace(results, run=results.run | {"damaged": len(store.damaged)})


def _note(results: Region, aside: Path, seconds: dict[str, float], journal: Journal) -> None:
    """Write ``run.json``: what is said of the run, what it cost, and the checksums of its files."""
    noted = {"failures": results.failures, "seconds": seconds, "costs": journal.costs}
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


def run(
    ids: list[str],
    *,
    catalogue: Path,
    output: Path,
    language: str,
    jobs: int,
    keep_snapshots: bool = False,
    with_notebooks: bool = True,
    overwrite: bool = False,
    say: Say = lambda _key, _values: None,
) -> Region:
    """The report at ``output``, in place of an earlier one; what we did not write there goes only
    with ``overwrite``.

    ``ConfigurationError`` for a wrong catalogue or output, ``Busy`` where another run writes there;
    a candidate's failure does not raise.
    """
    output, started = outputs.settled(output), _now()
    place = _place(output, catalogue, overwrite)
    with place.owned(started), _tables(keep_snapshots) as store:
        journal, start = Journal(), time.monotonic()
        seconds: dict[str, float] = {}
        results = _computed(catalogue, ids, jobs, store, say, journal)
        seconds["stages"] = round(time.monotonic() - start, 2)
        with place.aside() as aside:
            if with_notebooks:
                with store.work() as work:
                    how = Executing(catalogue, aside, work, language, journal, say)
                    results = run_notebooks(results, jobs, how)
            seconds["notebooks"] = round(time.monotonic() - start - seconds["stages"], 2)
            results = replace(results, finished=_now())
            results = replace(results, run=results.run | _about(results, started, ids, language))
            reporting.write(results, aside, language)
            seconds["total"] = round(time.monotonic() - start, 2)
            _note(results, aside, seconds, journal)
            place.put(aside, lambda: reports.refuse_content(output, overwrite=overwrite))
    return results


def default_output() -> Path:
    """The folder of the report where none is named."""
    return paths.reports()
