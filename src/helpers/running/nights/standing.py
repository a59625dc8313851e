"""The report that stands at an output: a candidate that fails in this run keeps its page and its
place from there, marked with its date.

Only what stands there as we wrote it is taken over. The store keeps to which output the last run
over a catalogue went, so that whoever looks at the region by another way is told the same.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from helpers.advising.results import Candidate
from helpers.checking.findings import Finding
from helpers.reporting import paper_files
from helpers.reporting.kept_pages import marked
from helpers.running.store import Store
from helpers.scoring.scorecards import Scorecard
from helpers.screening.marks import Gate
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours, reports, writing

GATES, CARDS = TypeAdapter(Gate), TypeAdapter(Scorecard)
FINDINGS = TypeAdapter(list[Finding])
RESULTS = "results.json"


def _candidates(folder: Path, about: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the report's results say, by id; nothing where they are not as we wrote them."""
    if not reports.whole(folder, RESULTS, about):
        return {}
    with suppress(OSError, ValueError, KeyError, TypeError):
        plain = json.loads((folder / RESULTS).read_text("utf-8"))
        return {one["id"]: one for one in plain["candidates"]}
    return {}


class Standing:
    """The report at ``folder``. ``run``: its ``run.json``; None where no report of ours stands
    there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.run = folder, reports.said(folder)
        self._said = _candidates(folder, self.run) if self.run else {}

    def instead(self, candidate: Candidate) -> Candidate:
        """The candidate; where it failed, with what the report that stands here says of it."""
        said, run = self._said.get(candidate.entry.id), self.run
        if candidate.gate is not None or not said or not run or not candidate.entry.source:
            return candidate
        with suppress(ValueError, TypeError, KeyError):
            if not said["gate"] or not said["scorecard"]:
                return candidate
            questions = said["gate"].pop("questions", [])
            findings = [
                {name: value for name, value in one.items() if name != "share"}
                for one in said["findings"]
            ]
            kept = (run.get("standing") or {}).get(candidate.entry.id, {})
            return replace(
                candidate,
                kept_from=said.get("kept_from") or str(run["finished"]),
                gate=GATES.validate_python(said["gate"]),
                scorecard=CARDS.validate_python(said["scorecard"]),
                findings=FINDINGS.validate_python(findings),
                answers=said.get("answers", []),
                asked=[question["id"] for question in questions],
                conformity=kept.get("conformity"),
                variant=kept.get("variant"),
            )
        return candidate

    def carry(self, candidate: Candidate, aside: Path, language: str) -> None:
        """Its page, maps, notebooks and papers as they stand here, in the report that is built
        ``aside``; where the page is not whole or of another language, what was written there
        stays."""
        place = f"candidates/{candidate.entry.id}"
        run = self.run or {}
        page = f"{place}/index.html"
        if run.get("language") != language or not reports.whole(self.folder, page, run):
            return
        names = [name for name in run["files"] if self._of(name, candidate.entry.id)]
        for folder in (place, f"{paper_files.FOLDER}/{candidate.entry.id}"):
            shutil.rmtree(aside / folder, ignore_errors=True)
        for name in names:
            if reports.whole(self.folder, name, run):
                with writing.refusals_told(aside / name):
                    (aside / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(self.folder / name, aside / name)
        text = (aside / page).read_text("utf-8")
        writing.write_text(aside / page, marked(text, candidate, language))

    @staticmethod
    def _of(name: str, id: str) -> bool:
        return name.startswith((f"candidates/{id}/", f"{paper_files.FOLDER}/{id}/"))


def _name(catalogue: Path) -> str:
    return f"report.{ours.digest(str(catalogue.resolve()))}"


def note(store: Store, catalogue: Path, output: Path) -> None:
    """The report over this catalogue stands at ``output``."""
    with suppress(ConfigurationError):  # the report itself is none the worse
        store.remember(_name(catalogue), {"output": str(output)})


def output(store: Store, catalogue: Path) -> Path | None:
    """Where the report of the last run over this catalogue was written; None where none is
    known."""
    with suppress(ValueError, TypeError, KeyError):
        return Path((store.remembered(_name(catalogue)) or {})["output"])
    return None


def last(store: Store, catalogue: Path) -> Standing | None:
    """The report of the last run over this catalogue; None where there is none."""
    folder = output(store, catalogue)
    with suppress(ValueError, TypeError, KeyError):
        found = Standing(folder) if folder else None
        return found if found and found.run else None
    return None


def remembered(candidates: list[Candidate]) -> dict[str, dict[str, Any]]:
    """What ``run.json`` keeps of each for a night that fails, beside what results say."""
    return {
        candidate.entry.id: {"conformity": candidate.conformity, "variant": candidate.variant}
        for candidate in candidates
        if candidate.gate is not None and candidate.entry.source
    }
