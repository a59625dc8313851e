"""Keep what each candidate is compared with the others by, and compare them: from the store, without a table.

The facts are made in the worker that read the table. What is kept is keyed by the installation's secret, as deliveries are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import messages, subtypes
from helpers.across import comparing, facts
from helpers.across.comparing import Across
from helpers.checking import deliveries
from helpers.results import Candidate
from helpers.running.store import Store, code_digest, digest, folder_digest

if TYPE_CHECKING:
    from helpers.running.opening import Opened


def key(opened: Opened) -> str | None:
    """Where the store keeps this candidate's facts; None for an idea and for a type that is not compared."""
    if opened.file is None or opened.entry.type not in facts.SUPPLIERS | facts.OBJECTS:
        return None
    secret = deliveries.secret_of(opened.store.private("deliveries"))
    return digest("facts", opened.screen_key, digest(secret), code_digest("across"))


def kept(opened: Opened) -> bool:
    """True where the facts are there already, or none are wanted."""
    name = key(opened)
    return name is None or opened.store.kept(name) is not None


def keep(opened: Opened) -> str | None:
    """Make the facts where they are not there; returns their key."""
    name = key(opened)

    def compute() -> dict[str, Any]:
        assert opened.screening is not None
        secret = deliveries.secret_of(opened.store.folder / "deliveries")
        return facts.facts(opened.tables, opened.fields, opened.screening, opened.entry.type, secret)

    if name:
        opened.store.stage(name, compute)
    return name


def across(candidates: list[Candidate], store: Store) -> Across:
    """What the candidates share. One without facts (an idea, one that failed) is left out."""
    some = [one for one in sorted(candidates, key=lambda one: one.entry.id) if one.facts]
    known = [
        f"{one.entry.id} {one.entry.organisation} {one.entry.type} {subtypes.of(one.entry)} {one.facts}" for one in some
    ]
    texts = folder_digest(Path(messages.__file__).parent, ("*/across.yaml",))

    def compared() -> dict[str, Any]:
        return comparing.compare(
            comparing.Facts(one.entry.id, one.entry.organisation, one.entry.type, subtypes.of(one.entry),
                            store.kept(str(one.facts)) or {})
            for one in some
        ).to_json()  # fmt: skip

    return Across.from_json(store.stage(digest("across", *known, texts, code_digest("across", "subtypes")), compared))
