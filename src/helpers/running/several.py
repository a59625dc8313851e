"""Which types, or kinds of one, several organisations' candidates have that can be merged: what the
notebook of them is run for."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.advising.results import Candidate
from helpers.declared import mapping, specifications
from helpers.running import merging

# A night's notebook holds the merged table whole; larger ones are looked at in JupyterLab.
MOST_ROWS = 200_000


def _fits(candidate: Candidate) -> bool:
    """True where the candidate can be part of a merge."""
    return (
        candidate.snapshot is not None
        and candidate.snapshot.format != merging.FEED
        and candidate.entry.type in specifications.types()
        and not candidate.failures
        and not merging.stops(candidate.gate)
    )


def of_several(candidates: Sequence[Candidate]) -> dict[str, list[Candidate]]:
    """Name of a type, or of a kind where a type has several -> its candidates, of those that at
    least two organisations have, in order of name."""
    by_type: dict[str, list[Candidate]] = {}
    for candidate in filter(_fits, candidates):
        by_type.setdefault(candidate.entry.type, []).append(candidate)
    found: dict[str, list[Candidate]] = {}
    for type, some in by_type.items():
        kinds = {one.variant for one in some}
        if mapping.newest(type) or len(kinds) == 1:
            found[type] = some
        else:
            found |= {kind: [one for one in some if one.variant == kind] for kind in kinds if kind}
    return {
        name: sorted(some, key=lambda one: one.entry.id)
        for name, some in sorted(found.items())
        if len({one.entry.organisation for one in some}) > 1 and _rows(some) <= MOST_ROWS
    }


def _rows(candidates: Sequence[Candidate]) -> int:
    return sum(one.snapshot.main.rows for one in candidates if one.snapshot)
