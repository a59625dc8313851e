"""How many rows each rule has failed on from run to run: only runs after which a count was another,
so that a night in which nothing changed shows nothing new.

A rule that meant something else then (another version) has no count that can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers.advising import nights
from helpers.advising.nights import FAILED, Night, Rule
from helpers.checking.findings import Finding

SHOWN = 12  # runs


@dataclass(frozen=True)
class OverRuns:
    """``days``: when (ISO) the counts became so; "" for the first, which may be older than what is
    kept, and for the last, which is now. ``rules``: key (rule, table, column) -> a count for each,
    None where there is none to compare."""

    days: tuple[str, ...] = ()
    rules: tuple[tuple[str, tuple[int | None, ...]], ...] = ()


def steps(id: str, past: Sequence[Night]) -> list[tuple[str, dict[str, Rule]]]:
    """The candidate's rules after each run that found other counts than the one before, with its
    day."""
    found: list[tuple[str, dict[str, Rule]]] = []
    for night in past:
        state = night.states.get(id) if id in night.seen else None
        if state is None or state.status == FAILED or not state.rules:
            continue
        if not found or _counts(found[-1][1]) != _counts(state.rules):
            found.append((night.day if found else "", state.rules))
    return found


def _counts(rules: dict[str, Rule]) -> dict[str, tuple[int, int]]:
    return {key: (rule.failed, rule.version) for key, rule in rules.items() if rule.failed}


def over_runs(id: str, past: Sequence[Night], findings: Iterable[Finding], main: str) -> OverRuns:
    """The counts until now, of the rules whose count has changed; nothing where none has.
    ``main``: the name of the main table."""
    now = nights.rules(findings, main)
    before = steps(id, past)
    if before and _counts(before[-1][1]) == _counts(now):
        before = before[:-1]
    before = before[1 - SHOWN :]
    if not before:
        return OverRuns()
    changed = []
    for key, rule in now.items():
        counts = [_count(rules.get(key), rule) for _, rules in before]
        if any(count is not None and count != rule.failed for count in counts):
            changed.append((key, (*counts, rule.failed)))
    return OverRuns(("", *(day for day, _ in before[1:]), ""), tuple(changed))


def _count(then: Rule | None, now: Rule) -> int | None:
    return then.failed if then and then.version == now.version else None
