"""All candidates of a catalogue: computed, scored against each other, ranked, in the order of the ranking."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from helpers import catalogue, elsewhere, paths, publishing, ranking, reasons, unknowns, what_if
from helpers.catalogue import Entry
from helpers.errors import ConfigurationError
from helpers.messages import both
from helpers.results import Candidate, Region
from helpers.running import workers

TIMEOUT_S = 900


def chosen(folder: Path, ids: list[str]) -> list[Entry]:
    """The catalogue's entries, or those named; ``ConfigurationError`` for an empty catalogue or an unknown id."""
    entries = catalogue.load(folder)
    if not entries:
        raise ConfigurationError("running.empty_catalogue", {"folder": folder.name})
    known = {entry.id: entry for entry in entries}
    unknown = [name for name in ids if name not in known]
    if unknown:
        raise ConfigurationError("running.no_candidate", {"id": ", ".join(unknown), "known": ", ".join(sorted(known))})
    return [known[name] for name in ids] if ids else entries


def advised(candidate: Candidate) -> Candidate:
    """With what stands beside the ranking: whether it is elsewhere already, what to find out, and what remains."""
    found = replace(
        candidate, advice=elsewhere.advice(candidate.entry), to_find_out=unknowns.to_find_out(candidate.entry)
    )
    return found if found.failures else replace(found, steps=publishing.steps(found))


def ranked(candidates: list[Candidate]) -> list[Candidate]:
    """Each with its place and what would move it up; first the ranked, then the stopped, then what failed."""
    cards = [candidate.scorecard for candidate in candidates if candidate.scorecard is not None]
    findings = {candidate.entry.id: candidate.findings for candidate in candidates}
    entries = {candidate.entry.id: candidate.entry for candidate in candidates}
    moves = what_if.what_if(cards, findings, entries)
    places = {place.candidate: place for place in ranking.rank(cards)}
    placed = [
        replace(candidate, ranked=replace(place, what_if=moves.get(place.candidate, [])))
        if (place := places.get(candidate.entry.id))
        else candidate
        for candidate in candidates
    ]

    def order(candidate: Candidate) -> tuple[bool, bool, int, str]:
        place = candidate.ranked.rank if candidate.ranked else None
        return candidate.ranked is None, place is None, place or 0, candidate.entry.id

    return sorted(placed, key=order)


def _why(placed: list[Candidate]) -> list[dict[str, str]]:
    """Why the first with a file stands first; nothing where there is none."""
    cards = [
        (one, one.scorecard) for one in placed if one.ranked and one.ranked.rank and one.entry.source and one.scorecard
    ]
    if not cards:
        return []
    first, card = cards[0]
    return reasons.why(card, cards[1][1] if len(cards) > 1 else None, len({one.row for one in first.rows_to_fix}))


def compute(
    folder: Path | None = None,
    ids: list[str] | None = None,
    *,
    jobs: int = 1,
    report: workers.Report = lambda _id, _candidate: None,
) -> Region:
    """The whole region. The title is the catalogue folder's, if it has a ``region.yaml`` with ``title: {sv, en}``."""
    folder = folder or paths.catalogue()
    candidates = workers.compute_all(chosen(folder, ids or []), folder, jobs=jobs, timeout_s=TIMEOUT_S, report=report)
    finished = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    synthetic = all(candidate.entry.synthetic for candidate in candidates if candidate.entry.source)
    placed = ranked([advised(candidate) for candidate in candidates])
    return Region(both("running.title"), placed, finished, synthetic=synthetic, why=_why(placed))


def open_region(candidates: str = "", catalogue_folder: str | Path | None = None) -> Region:
    """The region for a notebook, or the ``candidates`` of it (ids with commas between): from what is kept, else computed."""
    ids = [one for one in candidates.split(",") if one]
    return compute(Path(catalogue_folder) if catalogue_folder else None, ids)
