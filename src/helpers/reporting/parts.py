"""A report is made of parts: the notebooks, the page and the papers of a candidate, and what is
about all of them. A part is a few files of one folder.

It shows nothing but what it rests on, as told here, and is written by our code alone: so whoever
keeps parts may take one again while both are as they were. What tells of the run itself (the pages
of ``site``) is no part; the map on the decision page is one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.advising import leading
from helpers.reporting.results import candidate_json, results_json
from helpers.words.files import ours

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

# of another candidate, and of the region, what the pages and papers of one may show
SHOWN_OF_OTHERS = ("entry", "ranked")
SHOWN_OF_REGION = ("title", "synthetic", "weights", "across", "candidates", "finished")


class Parts:
    """Makes each part."""

    def made(self, kind: str, rests_on: Any, folder: Path, make: Callable[[], object]) -> bool:
        """The files of a part in ``folder``, which ``make`` writes there; False where they were
        taken, not made. ``rests_on``: see ``whole`` and the others here; None: nobody can tell."""
        make()
        return True


def alone(candidate: Candidate) -> list[Any] | None:
    """What a notebook about the candidate rests on: the file, its entry, what lies beside it, and
    what was before. None where it was not examined to its end."""
    if not candidate.known or candidate.failures:
        return None
    entry = candidate.entry.model_dump_json()
    changed = [candidate.changes.to_json(), candidate.drift.to_json()]
    return [candidate.known, candidate.beside, entry, *changed, candidate.answers]


def whole(candidate: Candidate) -> list[Any] | None:
    """All that is said of the candidate, its place too. Of an idea its entry tells the rest."""
    if candidate.failures or (candidate.entry.source and not candidate.known):
        return None
    ranked = asdict(candidate.ranked) if candidate.ranked else None
    entry = candidate.entry.model_dump_json()
    return [candidate.known, entry, ranked, candidate_json(candidate)]


def among(candidate: Candidate, region: Region) -> list[Any] | None:
    """What the page and the papers of the candidate rest on: all that is said of it, and of the
    others what ``SHOWN_OF_REGION`` and ``SHOWN_OF_OTHERS`` name."""
    said = whole(candidate)
    return said and [
        *said,
        region.title,
        region.synthetic,
        region.weights.to_json() if region.weights else None,
        region.across.to_json() if region.across else None,
        [
            (one.entry.id, str(one.entry.title), bool(one.ranked and one.ranked.rank))
            for one in region.candidates
        ],
    ]


def where(region: Region) -> list[Any]:
    """What the region's map rests on: how many candidates each organisation has, and whose the
    first is."""
    owners = [one.entry.organisation for one in region.candidates]
    first = next(iter(leading.ranked(region.candidates)), None)
    counts = {owner: owners.count(owner) for owner in owners}
    return [counts, first.entry.organisation if first else ""]


def together(region: Region) -> list[Any] | None:
    """What is said of all candidates. None where one was not examined to its end."""
    each = []
    for candidate in region.candidates:  # one at a time: all of them are large
        said = whole(candidate)
        if said is None:
            return None
        each.append(ours.digest(plain(said)))
    return [each, {**results_json(replace(region, candidates=[])), "finished": None}]


def plain(rests_on: list[Any]) -> str:
    """As one text: the same for the same."""
    return json.dumps(rests_on, sort_keys=True, default=str)
