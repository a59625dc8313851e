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
        for candidate in candidates:
            kept = store.kept(str(candidate.facts))
            plain = kept.result if kept else {}
            noted.update(kept.noted if kept else {})
            facts.append(
                comparing.Facts(
                    candidate.entry.id,
                    candidate.entry.organisation,
                    candidate.entry.type,
                    subtypes.subtype_of(candidate.entry),
                    plain,
                )
            )
        return Kept(comparing.compare(facts).to_json(), dict(noted))


def across(candidates: list[Candidate], store: Store, *, anew: bool = False) -> Across:
    """What the candidates share. One without facts (an idea, one that failed) is left out.
    ``anew``: compared even where that is kept."""
    with_facts = [
        candidate
        for candidate in sorted(candidates, key=lambda candidate: candidate.entry.id)
        if candidate.facts
    ]
    known = [
        f"{candidate.entry.id} {candidate.entry.organisation} {candidate.entry.type}"
        f" {subtypes.subtype_of(candidate.entry)} {candidate.facts}"
        for candidate in with_facts
    ]
    code = closure.key(comparing.__name__, ours.generation())
    key = ours.digest("across", code, *known)
    kept = None if anew else store.kept(key)
    if kept is None:
        compared = _compared(with_facts, store)
        kept = store.keep(key, "across", compared.result, compared.noted)
    return Across.from_json(kept.result)
