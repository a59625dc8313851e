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
from helpers.running import notebooks, region
from helpers.running.store import Store
from helpers.words import paths
from helpers.words.errors import ComputationFailed, DatakollenError
from helpers.words.files import outputs, writing
from helpers.words.files import report as reports
from helpers.words.files.replacing import Replacement

ALL = "04_publish_first"
PACKAGES = ("duckdb", "great-expectations", "pandas", "papermill", "pyarrow")

Say = Callable[[str, dict[str, Any]], None]


def exit_code(found: Region, fail_on: str | None) -> int:
    """0 done; 1 a critical finding and ``fail_on`` critical; 3 an input not read; 4 something not
    computed."""
    codes = {failure.exit_code for candidate in found.candidates for failure in candidate.failures}
    codes |= {int(failure["exit_code"]) for failure in found.run.get("failures", [])}
    if codes:
        return 4 if 4 in codes else 3
    critical = any(
        finding.severity == "critical" and finding.outcome == "failed"
        for candidate in found.candidates
        for finding in candidate.findings
    )
    return 1 if fail_on == "critical" and critical else 0


def _notebook(
    name: str, parameters: dict[str, Any], folder: Path, language: str, about: str = ""
) -> Failure | None:
    try:
        executed = notebooks.execute(name, parameters, folder / f"{name}.ipynb")
        reporting.notebook_page(executed, folder / f"{name}.html", language, about=about)
    except DatakollenError as error:
        return Failure(name, {lang: error.text(lang) for lang in ("sv", "en")}, error.exit_code)
    except Exception as error:  # a template that breaks must not take the report with it
        failed = ComputationFailed(
            "running.notebook", {"notebook": name, "kind": type(error).__name__}
        )
        return Failure(name, {lang: failed.text(lang) for lang in ("sv", "en")}, 4)
    return None


def run_notebooks(
    found: Region, catalogue: Path, aside: Path, language: str, jobs: int, say: Say
) -> Region:
    """Every notebook that can be run: those that apply to each candidate that was read, one for the
    whole region."""
    common = {"catalogue": str(catalogue), "language": language}

    def of_one(candidate: Candidate) -> Candidate:
        if candidate.snapshot is None:
            return candidate
        folder = aside / "candidates" / candidate.entry.id
        there = notebooks.for_candidate(
            candidate.entry.type, positions=candidate.snapshot.main.geometry is not None
        )
        failed = [
            _notebook(
                name,
                {"candidate": candidate.entry.id} | common,
                folder,
                language,
                candidate.entry.title,
            )
            for name in there
        ]
        say("notebooks", {"id": candidate.entry.id})
        return replace(candidate, failures=[*candidate.failures, *(one for one in failed if one)])

    with ThreadPoolExecutor(jobs) as pool:
        candidates = list(pool.map(of_one, found.candidates))
    ids = ",".join(sorted(one.entry.id for one in candidates))
    failed = (
        _notebook(ALL, {"candidates": ids} | common, aside, language)
        if notebooks.there(ALL)
        else None
    )
    said = (
        [{"stage": failed.stage, "message": failed.message, "exit_code": failed.exit_code}]
        if failed
        else []
    )
    return replace(found, candidates=candidates, run=found.run | {"failures": said})


def _about(found: Region, ids: list[str], language: str) -> dict[str, Any]:
    """What ``run.json`` says of a run but for its seconds and files."""
    return {
        "schema": reports.SCHEMA,
        "version": __version__,
        "finished": found.finished,
        "language": language,
        "candidates": ids or "all",
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "checksums": {
            one.entry.id: one.snapshot.checksum for one in found.candidates if one.snapshot
        },
        "today": dt.date.today().isoformat(),
    }


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
    reports.refuse_place(output, catalogue)
    place = Replacement(output, mine=reports.ours)
    with place.alone():
        reports.refuse_content(output, overwrite=overwrite)
    start = time.monotonic()
    store = Store()
    store.lease.forget_kept()
    seconds: dict[str, float] = {}

    def report(name: str, candidate: Candidate) -> None:
        say("failed" if candidate.failures else "computed", {"id": name})

    try:
        found = region.compute(catalogue, ids, jobs=jobs, report=report, store=store)
        if store.damaged:
            say("damaged", {"count": len(store.damaged)})
            found = replace(found, run=found.run | {"damaged": len(store.damaged)})
        seconds["stages"] = round(time.monotonic() - start, 2)
        with place.aside() as aside:
            if with_notebooks:
                found = run_notebooks(found, catalogue, aside, language, jobs, say)
            seconds["notebooks"] = round(time.monotonic() - start - seconds["stages"], 2)
            found = replace(found, run=found.run | _about(found, ids, language))
            reporting.write(found, aside, language)
            seconds["total"] = round(time.monotonic() - start, 2)
            said = found.run | {"seconds": seconds, "files": reports.checksums(aside)}
            writing.write_text(aside / reports.SAID, json.dumps(said, ensure_ascii=False, indent=1))
            place.put(aside, lambda: reports.refuse_content(output, overwrite=overwrite))
    finally:
        if keep_snapshots:
            store.keep_tables()
        store.forget_tables()
    return found


def default_output() -> Path:
    return paths.reports()
