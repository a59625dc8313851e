"""All candidates of a catalogue: computed, scored against each other, ranked, in the order of the
ranking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from helpers.advising import elsewhere, high_value, leading, publishing_steps, unknowns
from helpers.advising.answers import availability
from helpers.advising.results import Candidate, Region
from helpers.checking import outcome, rows_to_fix
from helpers.declared import catalogue
from helpers.declared.catalogue import Entry
from helpers.running import own_types, sharing, workers
from helpers.running.journal import Journal
from helpers.running.store import Store
from helpers.scoring import ranking, reasons, robustness, scoring, weights, what_if
from helpers.scoring.robustness import Robustness
from helpers.scoring.weights import Weights
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import ours
from helpers.words.messages import LANGUAGES, both, text

Instead = Callable[[Candidate], Candidate]


def chosen(folder: Path, ids: list[str]) -> list[Entry]:
    """The catalogue's entries, or those named; ``ConfigurationError`` for an empty catalogue or an
    unknown id."""
    entries = catalogue.load(folder)
    if not entries:
        raise ConfigurationError("running.empty_catalogue", {"folder": folder.name})
    known = {entry.id: entry for entry in entries}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise ConfigurationError(
            "running.no_candidate", {"id": ", ".join(unknown), "known": ", ".join(sorted(known))}
        )
    return [known[name] for name in ids] if ids else entries


def advised(candidate: Candidate) -> Candidate:
    """With what stands beside the ranking: whether it is elsewhere already, whether EU's act may
    reach it, what to find out, and what remains."""
    result = replace(
        candidate,
        advice=elsewhere.advice(candidate.entry),
        high_value=high_value.concern(candidate.entry),
        to_find_out=unknowns.to_find_out(candidate.entry),
    )
    return result if result.failures else replace(result, steps=publishing_steps.steps(result))


def placed(
    candidates: list[Candidate], own: Weights | None = None
) -> tuple[list[Candidate], Robustness]:
    """Each weighed by these weights, with its place, how sure it is and what would move it up; and
    the trial itself.

    First the ranked, then those without a place yet, then the stopped, then what failed. From
    findings that are kept: nothing is read or checked.
    """
    own = own or weights.common()
    weighed = [
        replace(candidate, scorecard=scoring.weighed(candidate.scorecard, own.values))
        if candidate.scorecard
        else candidate
        for candidate in candidates
    ]
    cards = [candidate.scorecard for candidate in weighed if candidate.scorecard is not None]
    cases = {
        candidate.entry.id: what_if.Case(
            candidate.entry, candidate.gate, candidate.findings, candidate.conformity
        )
        for candidate in weighed
    }
    moves = what_if.what_if(cards, cases, own)
    tried = robustness.robustness(cards, own)
    places = {
        place.candidate: replace(
            place,
            what_if=moves.get(place.candidate, []),
            acceptability=tried.acceptability.get(place.candidate, []),
            robust=tried.said.get(place.candidate, {}),
        )
        for place in ranking.rank(cards)
    }
    ranked = [replace(candidate, ranked=places.get(candidate.entry.id)) for candidate in weighed]
    order = {name: number for number, name in enumerate(places)}
    return sorted(
        ranked, key=lambda one: (order.get(one.entry.id, len(order)), one.entry.id)
    ), tried


def reweighed(region: Region, own: Weights) -> Region:
    """The same region under other weights."""
    candidates, tried = placed(region.candidates, own)
    return replace(
        region, candidates=candidates, weights=own, robustness=tried, why=_why(candidates)
    )


def _why(candidates: list[Candidate]) -> list[dict[str, str]]:
    """Why the first with a file stands first; where none has a place why the first idea stands
    first among ideas; nothing where there is none either."""
    ideas = [
        candidate
        for candidate in candidates
        if candidate.entry.source is None and candidate.scorecard
    ]
    cards = leading.ranked(candidates) or ideas
    if not cards:
        return []
    first, second = cards[0], cards[1] if len(cards) > 1 else None
    assert first.scorecard is not None
    remains = {language: _remains(first, language) for language in LANGUAGES}
    return reasons.why(first.scorecard, second.scorecard if second else None, remains)


def _remains(first: Candidate, language: str) -> str:
    """What the rules found, and how many rows are to be corrected; of an idea, that there is no
    file."""
    if first.entry.source is None:
        return text("reasons.idea", language)
    rows = rows_to_fix.counted(first.rows_to_fix)
    said = outcome.sentence(first.findings, language)
    return f"{said} {text('reasons.rows', language, count=rows)}" if rows else said


def compute(
    folder: Path | None = None,
    ids: list[str] | None = None,
    *,
    jobs: int = 1,
    own: Weights | None = None,
    report: workers.Report = lambda _id, _candidate: None,
    store: Store | None = None,
    journal: Journal | None = None,
    today: dt.date | None = None,
    instead: Instead = lambda candidate: candidate,
    anew: bool = False,
) -> Region:
    """The whole region, by ``own`` weights, else the catalogue's, else the project's.

    ``ConfigurationError`` where catalogue or weights are not right, before anything is read. What
    is read stays on disk until ``store`` lets go of it. ``today``: another day than this one;
    ``instead`` may give an earlier result for a candidate that failed. ``anew``: what is kept is
    forgotten first.
    """
    ours.look_again()
    folder = folder or paths.catalogue()
    own_types.beside(folder)
    own = own or weights.weights_of(folder)
    store = store or Store()
    candidates = workers.compute_all(
        chosen(folder, ids or []),
        folder,
        store,
        jobs=jobs,
        report=report,
        journal=journal,
        today=today,
        anew=anew,
    )
    candidates = availability.of_all([instead(candidate) for candidate in candidates])
    finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    synthetic = all(candidate.entry.synthetic for candidate in candidates if candidate.entry.source)
    return reweighed(
        Region(
            both("running.title"),
            [advised(candidate) for candidate in candidates],
            finished,
            synthetic=synthetic,
            across=sharing.across(candidates, store, anew=anew),
            folder=folder,
        ),
        own,
    )


def as_reported(store: Store, folder: Path) -> Instead:
    """What stands for a candidate that fails: what the last run over the catalogue would put there,
    the result of the report that stands."""

    def instead(candidate: Candidate) -> Candidate:
        if candidate.gate is not None:
            return candidate
        from helpers.running.nights import standing  # pages: 1 s, and only where one failed

        report = standing.last(store, folder)
        return report.instead(candidate) if report else candidate

    return instead


def open_region(candidates: str = "", catalogue_folder: str | Path | None = None) -> Region:
    """The region for a notebook, or the ``candidates`` of it (ids with commas between): from what
    is kept, else computed. One that fails keeps its place from the report that stands."""
    ids = [name.strip() for name in candidates.split(",") if name.strip()]
    folder, store = Path(catalogue_folder or paths.catalogue()), Store()
    return compute(folder, ids, store=store, instead=as_reported(store, folder))
