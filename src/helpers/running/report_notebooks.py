"""The notebooks of a report: those that apply to each candidate that was read, two for the
region."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from helpers import reporting
from helpers.advising.nights import Night
from helpers.advising.over_runs import over_runs
from helpers.advising.results import Candidate, Failure, Region
from helpers.declared import specifications
from helpers.declared.catalogue import Entry
from helpers.filling_in.merging import decisions
from helpers.reporting import contracts, parts, titles
from helpers.reporting.parts import Parts
from helpers.running import bounds, notebooks, together
from helpers.running.journal import REGION, Journal, Say
from helpers.running.kernels.warm import Warm
from helpers.running.several import of_several
from helpers.running.watched import Watch
from helpers.words import guarding
from helpers.words.errors import ComputationFailed, DatakollenError
from helpers.words.files import ours
from helpers.words.messages import LANGUAGES

OF_REGION = ("04_publish_first", "05_webinar")
OF_SEVERAL = "07_together"


@dataclass(frozen=True)
class Executing:
    """Where a run's notebooks go and how it tells of them.

    ``aside``: the report that is being built; ``work``: a private folder, where a notebook lies
    until it is whole. ``past``: the runs until now, as notebooks find them.
    ``kernels``: what its kernels are forked from.
    """

    catalogue: Path
    aside: Path
    work: Path
    language: str
    journal: Journal
    say: Say
    parts: Parts
    past: Sequence[Night] = ()
    kernels: Warm | None = None

    def one(
        self,
        name: str,
        own: dict[str, Any],
        folder: Path,
        rests_on: Any,
        entry: Entry | None,
        *,
        synthetic: bool,
        of_type: str = "",
    ) -> Failure | None:
        """Execute a notebook into ``folder``, with its page, or take both where what it
        ``rests_on`` is as it was; why that failed, if it did. ``synthetic``: its data are made
        up; ``of_type``: the type that it is about, where it is about one."""
        parameters = own | {"catalogue": str(self.catalogue), "language": self.language}

        def make() -> None:
            watch = Watch(bounds.bounds())
            step = f"{name} {folder.name}" if of_type else name
            with self.journal.measured(entry.id if entry else REGION, step, watch):
                executed = notebooks.execute(
                    name, parameters, folder / f"{name}.ipynb", self.work, watch, self.kernels
                )
            about = str(entry.title) if entry else self._type(of_type)
            reporting.notebook_page(
                executed,
                folder / f"{name}.html",
                self.language,
                about=about,
                synthetic=synthetic,
                back=(f"../../{titles.type_page(of_type)}", about) if of_type else None,
            )

        try:
            self.parts.made(f"notebook {name}", rests_on and [parameters, rests_on], folder, make)
        except DatakollenError as error:
            return Failure(name, {lang: error.text(lang) for lang in LANGUAGES}, error.exit_code)
        except Exception as error:  # a template that breaks must not take the report with it
            kind = guarding.placed(error)
            failed = ComputationFailed("running.notebook", {"notebook": name, "kind": kind})
            return Failure(name, {lang: failed.text(lang) for lang in LANGUAGES}, 4)
        return None

    def _type(self, name: str) -> str:
        return specifications.title_of(name, self.language) if name else ""

    def of_several(self, name: str, some: Sequence[Candidate]) -> Failure | None:
        """The notebook of one type, or kind, that several organisations have; why it failed, if it
        did."""
        each = [parts.alone(one) for one in some]
        decided = self.catalogue / decisions.FILE
        rests_on = None if None in each else [each, ours.state(str(decided))]
        return self.one(
            OF_SEVERAL,
            {"dataset_type": name},
            self.aside / titles.together_folder(name),
            rests_on,
            None,
            synthetic=all(one.entry.synthetic for one in some),
            of_type=some[0].entry.type,
        )

    def of_candidate(self, candidate: Candidate) -> Candidate:
        """The candidate with its notebooks run into its folder, and what failed of them."""
        if candidate.snapshot is None:
            return candidate
        entry = candidate.entry
        folder = self.aside / "candidates" / entry.id
        applicable = contracts.for_candidate(
            entry.type,
            positions=candidate.snapshot.main.geometry is not None,
            variant=candidate.variant,
        )
        own, rests_on = {"candidate": entry.id}, self._rests_on(candidate)
        outcomes = [
            self.one(name, own, folder, rests_on, entry, synthetic=entry.synthetic)
            for name in applicable
        ]
        failures = [failure for failure in outcomes if failure]
        return replace(candidate, failures=[*candidate.failures, *failures])

    def _rests_on(self, candidate: Candidate) -> list[Any] | None:
        """What a notebook of the candidate shows: of earlier runs only counts that were other."""
        alone = parts.alone(candidate)
        if alone is None or candidate.snapshot is None:
            return None
        main = candidate.snapshot.main.name
        return [*alone, asdict(over_runs(candidate.entry.id, self.past, candidate.findings, main))]


def run_notebooks(results: Region, jobs: int, how: Executing) -> Region:
    """The region with every notebook that can be run, ``jobs`` candidates at a time.
    ``ConfigurationError`` for a setting of kernels that is none."""
    with closing(Warm()) as kernels:
        return _run(results, jobs, replace(how, kernels=kernels))


def _run(results: Region, jobs: int, how: Executing) -> Region:
    ids = [one.entry.id for one in results.candidates if one.snapshot]
    if ids:
        how.say("executes", {"count": len(ids), "ids": ids})

    def tell(before: Candidate, _: Candidate) -> None:
        if before.snapshot is not None:
            how.say("notebooks", {"id": before.entry.id})

    candidates = together.each(how.of_candidate, results.candidates, jobs, tell)
    every = ",".join(sorted(candidate.entry.id for candidate in candidates))
    own, rests_on = {"candidates": every}, parts.together(results)
    outcomes = [
        how.one(name, own, how.aside, rests_on, None, synthetic=results.synthetic)
        for name in OF_REGION
        if contracts.there(name)
    ]
    if contracts.there(OF_SEVERAL):
        several = of_several(results.candidates).items()
        outcomes += together.each(lambda one: how.of_several(*one), several, jobs)
    failures = [
        {"stage": failed.stage, "message": failed.message, "exit_code": failed.exit_code}
        for failed in outcomes
        if failed
    ]
    return replace(results, candidates=candidates, run=results.run | {"failures": failures})
