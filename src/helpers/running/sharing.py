"""Compare the candidates with each other by their facts: from the store, without a table."""

from __future__ import annotations

from helpers.advising.across import comparing
from helpers.advising.across.comparing import Across
from helpers.advising.results import Candidate
from helpers.declared import subtypes
from helpers.running import closure
from helpers.running.store import Kept, Store
from helpers.words.files import ours


def _compared(candidates: list[Candidate], store: Store) -> Kept:
    facts = []
    with ours.noting() as noted:
        for one in candidates:
            kept = store.kept(str(one.facts))
            plain = kept.result if kept else {}
            noted.update(kept.noted if kept else {})
            facts.append(
                comparing.Facts(
                    one.entry.id,
                    one.entry.organisation,
                    one.entry.type,
                    subtypes.of(one.entry),
                    plain,
                )
            )
        return Kept(comparing.compare(facts).to_json(), dict(noted))


def across(candidates: list[Candidate], store: Store) -> Across:
    """What the candidates share. One without facts (an idea, one that failed) is left out."""
    some = [one for one in sorted(candidates, key=lambda one: one.entry.id) if one.facts]
    known = [
        f"{one.entry.id} {one.entry.organisation} {one.entry.type} {subtypes.of(one.entry)}"
        f" {one.facts}"
        for one in some
    ]
    code = closure.key(comparing.__name__, ours.generation())
    key = ours.digest("across", code, *known)
    found = store.kept(key)
    if found is None:
        made = _compared(some, store)
        found = store.keep(key, "across", made.result, made.noted)
    return Across.from_json(found.result)
