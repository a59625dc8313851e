"""The main job: compute the region, run its notebooks, write the report aside, and move it into
place when complete."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import json
import platform
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers import __version__, reporting
from helpers.advising.results import Candidate, Failure, Region
from helpers.reporting import contracts
from helpers.running import notebooks, region
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.errors import ComputationFailed, DatakollenError
from helpers.words.files import outputs, reports, writing
from helpers.words.files.replacing import Replacement
from helpers.words.messages import LANGUAGES

ALL = "04_publish_first"
PACKAGES = ("duckdb", "great-expectations", "pandas", "papermill", "pyarrow")

Say = Callable[[str, dict[str, Any]], None]


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


def _notebook(
    name: str, parameters: dict[str, Any], folder: Path, work: Path, language: str, about: str = ""
) -> Failure | None:
    try:
        executed = notebooks.execute(name, parameters, folder / f"{name}.ipynb", work)
        reporting.notebook_page(executed, folder / f"{name}.html", language, about=about)
    except DatakollenError as error:
        return Failure(name, {lang: error.text(lang) for lang in LANGUAGES}, error.exit_code)
    except Exception as error:  # a template that breaks must not take the report with it
        failed = ComputationFailed(
            "running.notebook", {"notebook": name, "kind": type(error).__name__}
        )
        return Failure(name, {lang: failed.text(lang) for lang in LANGUAGES}, 4)
    return None


def _of_candidate(
    candidate: Candidate, common: dict[str, Any], aside: Path, work: Path, language: str, say: Say
) -> Candidate:
    """The candidate with its notebooks run into its folder, and what failed of them."""
    if candidate.snapshot is None:
        return candidate
    entry = candidate.entry
    folder = aside / "candidates" / entry.id
    applicable = contracts.for_candidate(
        entry.type, positions=candidate.snapshot.main.geometry is not None
    )
    outcomes = [
        _notebook(name, {"candidate": entry.id} | common, folder, work, language, str(entry.title))
        for name in applicable
    ]
    say("notebooks", {"id": entry.id})
    failures = [failure for failure in outcomes if failure]
    return replace(candidate, failures=[*candidate.failures, *failures])


def run_notebooks(
    results: Region,
    catalogue: Path,
    aside: Path,
    work: Path,
    language: str,
    jobs: int,
    say: Say,
) -> Region:
    """Every notebook that can be run: those that apply to each candidate that was read, one for the
    whole region. ``work``: where they lie meanwhile."""
    common = {"catalogue": str(catalogue), "language": language}

    def of_one(candidate: Candidate) -> Candidate:
        return _of_candidate(candidate, common, aside, work, language, say)

    with ThreadPoolExecutor(jobs) as pool:
        candidates = list(pool.map(of_one, results.candidates))
    ids = ",".join(sorted(candidate.entry.id for candidate in candidates))
    failures = []
    if contracts.there(ALL):
        failed = _notebook(ALL, {"candidates": ids} | common, aside, work, language)
        if failed:
            failures.append(
                {"stage": failed.stage, "message": failed.message, "exit_code": failed.exit_code}
            )
    return replace(results, candidates=candidates, run=results.run | {"failures": failures})


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


def _computed(catalogue: Path, ids: list[str], jobs: int, store: Store, say: Say) -> Region:
    """The region, each candidate told as it is done; kept results that were damaged are counted
    and told."""

    def report(name: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": name})

    results = region.compute(catalogue, ids, jobs=jobs, report=report, store=store)
    if not store.damaged:
        return results
    say("damaged", {"count": len(store.damaged)})
    return replace(results, run=results.run | {"damaged": len(store.damaged)})


def _note(results: Region, aside: Path, seconds: dict[str, float]) -> None:
    """Write ``run.json``: what is said of the run, its seconds, and the checksums of its files."""
    noted = {"failures": results.failures, "seconds": seconds}
    about = results.run | noted | {"files": reports.checksums(aside)}
    writing.write_text(aside / reports.SAID, json.dumps(about, ensure_ascii=False, indent=1))


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

    ``ConfigurationError`` for a wrong catalogue or output; a candidate's failure does not raise.
    """
    output = outputs.settled(output)
    place = _place(output, catalogue, overwrite)
    started = _now()
    start = time.monotonic()
    store = Store()
    store.lease.forget_kept()
    seconds: dict[str, float] = {}
    try:
        results = _computed(catalogue, ids, jobs, store, say)
        seconds["stages"] = round(time.monotonic() - start, 2)
        with place.aside() as aside:
            if with_notebooks:
                with store.work() as work:
                    results = run_notebooks(results, catalogue, aside, work, language, jobs, say)
            seconds["notebooks"] = round(time.monotonic() - start - seconds["stages"], 2)
            results = replace(results, finished=_now())
            results = replace(results, run=results.run | _about(results, started, ids, language))
            reporting.write(results, aside, language)
            seconds["total"] = round(time.monotonic() - start, 2)
            _note(results, aside, seconds)
            place.put(aside, lambda: reports.refuse_content(output, overwrite=overwrite))
    finally:
        if keep_snapshots:
            store.keep_tables()
        store.forget_tables()
    return results


def default_output() -> Path:
    """The folder of the report where none is named."""
    return paths.reports()
