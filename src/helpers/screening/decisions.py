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
    marked = {f"{mark.address}: {mark.kind} = {mark.level}" for mark in screening.marks}
    return sorted(
        marked
        | {
            f"{risk.table}/{'+'.join(risk.columns)}: {risk.kind} = {risk.level}"
            for risk in screening.risks
        }
    )


def _levels(listed: Iterable[str]) -> dict[str, int]:
    levels: dict[str, int] = {}
    for finding in listed:
        what, _, level = finding.rpartition(" = ")
        levels[what] = max(levels.get(what, -1), LEVELS.index(level) if level in LEVELS else 0)
    return levels


def new_since(decision: Decision, columns: Iterable[str], screening: Screening) -> list[str]:
    """Columns and findings that were not there, or were milder, when the decision was made."""
    known = _levels(decision.findings)
    fresh = [name for name in columns if name not in decision.columns]
    return fresh + [
        what for what, level in _levels(findings(screening)).items() if level > known.get(what, -1)
    ]
