"""A recorded decision to publish rests on the columns and findings of its day; something new there
makes it lapse.

What is gone does not: to remove personal data never closes the gate.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpers.declared.catalogue import Decision
from helpers.screening.marks import VERDICTS, Screening

LEVELS = ("told", *VERDICTS[1:])


def findings(screening: Screening) -> list[str]:
    """What screening found, as the catalogue records it: ``table/column: kind = level``, sorted."""
    found = {f"{one.table}/{one.column}: {one.kind} = {one.level}" for one in screening.marks}
    return sorted(
        found
        | {
            f"{one.table}/{'+'.join(one.columns)}: {one.kind} = {one.level}"
            for one in screening.risks
        }
    )


def _levels(listed: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in listed:
        what, _, level = one.rpartition(" = ")
        found[what] = max(found.get(what, -1), LEVELS.index(level) if level in LEVELS else 0)
    return found


def new_since(decision: Decision, columns: Iterable[str], screening: Screening) -> list[str]:
    """Columns and findings that were not there, or were milder, when the decision was made."""
    known = _levels(decision.findings)
    fresh = [name for name in columns if name not in decision.columns]
    return fresh + [
        what for what, level in _levels(findings(screening)).items() if level > known.get(what, -1)
    ]
