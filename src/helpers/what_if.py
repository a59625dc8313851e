"""What if: the repairs that move a candidate up, recomputed by repairing the findings and scoring anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from helpers import scoring
from helpers.catalogue import Entry
from helpers.checking.findings import Finding
from helpers.messages import both
from helpers.ranking import place
from helpers.scorecards import Scorecard, WhatIf
from helpers.screening.marks import Gate

MAX_REPAIRS = 6


def _repaired(findings: list[Finding], ids: set[str]) -> list[Finding]:
    return [
        replace(one, outcome="passed", failed=0, rows=[], rows_total=0) if one.id in ids else one for one in findings
    ]


def _card(card: Scorecard, entry: Entry, findings: list[Finding]) -> Scorecard:
    conform = next((one for one in card.criteria if one.id == "conformity"), None)
    share = None if conform is None or conform.source == "unknown" else conform.low / 5
    return scoring.score(entry, Gate(card.verdict, card.verdict), findings, conformity=share)


def _of_one(card: Scorecard, cards: list[Scorecard], findings: list[Finding], entry: Entry) -> list[WhatIf]:
    before = place(cards, card.candidate)
    others = [one for one in cards if one.candidate != card.candidate]
    if card.verdict == "stopp":
        return [WhatIf([], both("what_if.decision"), 0, None, None, decision=True)]
    votes = [one for one in findings if one.outcome == "failed" and one.severity != "info" and not one.special]
    done: set[str] = set()
    current = card
    moves: list[WhatIf] = []
    while votes and len(done) < MAX_REPAIRS:
        tried = [(_card(card, entry, _repaired(findings, done | {one.id})), one) for one in votes]
        best, rule = max(tried, key=lambda pair: (round(pair[0].middle, 6), -pair[1].failed, pair[1].id))
        if best.middle <= current.middle + 1e-6:
            break
        done.add(rule.id)
        votes.remove(rule)
        current = best
        after = place([*others, best], card.candidate)
        if after is not None and before is not None and after < before:
            rows = {row for one in findings if one.id in done for row in one.rows}
            unlisted = sum(one.rows_total - len(one.rows) for one in findings if one.id in done)
            count = len(rows) + unlisted
            columns = sorted({one.column for one in findings if one.id in done and one.column})
            key = "rows" if count else "columns"
            values = {"rows": count, "columns": ", ".join(columns) or "–", "before": before, "after": after}
            moves.append(WhatIf(sorted(done), both(f"what_if.{key}", **values), count, before, after))
            before_next = after
            if before_next == 1:
                break
    kept: list[WhatIf] = []
    for move in moves:  # only steps that reach a better place than the one before
        if not kept or (move.rank_after or 0) < (kept[-1].rank_after or 0):
            kept.append(move)
    return list(reversed(kept))[:3]


def what_if(
    cards: list[Scorecard], findings: Mapping[str, list[Finding]], entries: Mapping[str, Entry]
) -> dict[str, list[WhatIf]]:
    """For each candidate at most three sets of repairs, the one that reaches the best place first."""
    return {card.candidate: _of_one(card, cards, findings[card.candidate], entries[card.candidate]) for card in cards}
