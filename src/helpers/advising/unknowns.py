"""What nobody has said about a candidate yet: what to find out, and of whom. Asked of ideas first
of all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpers.declared.catalogue import Entry
from helpers.declared.roles import roles
from helpers.metadata.completeness import given
from helpers.words.messages import LANGUAGES, text


@dataclass(frozen=True)
class Question:
    """One thing to find out. ``of``: who usually knows, for the dataset's type."""

    id: str
    ask: dict[str, str]
    of: dict[str, str]


def _judged(entry: Entry) -> bool:
    return all(
        given(getattr(entry.value, name).level) for name in ("internal", "business", "citizens")
    )


# in the order in which an answer is worth most; True where it is known
KNOWN: dict[str, tuple[Callable[[Entry], bool], str]] = {
    "owner": (lambda entry: given(entry.owner.role), "information_owner"),
    "system": (lambda entry: given(entry.source_system.name), "system_administrator"),
    "export": (lambda entry: given(entry.source_system.export), "system_administrator"),
    "personal_data": (
        lambda entry: (
            given(entry.inventory.personal_data) or given(entry.legal.personal_data.answer)
        ),
        "lawyer",
    ),
    "demand": (
        lambda entry: given(entry.value.demand.level) or given(entry.value.requests_last_year),
        "registrar",
    ),
    "supplier": (
        lambda entry: given(entry.source_system.supplier_owns_data),
        "procurement_officer",
    ),
    "published": (lambda entry: given(entry.published.status), "web_editor"),
    "value": (_judged, "information_owner"),
    "effort": (lambda entry: given(entry.effort.level), "system_administrator"),
    "frequency": (lambda entry: given(entry.update_frequency), "information_owner"),
    # of NDV's way of working: nothing is specified before somebody publishes by it
    "publisher": (lambda entry: given(entry.inventory.publisher_exists), "web_editor"),
}


def to_find_out(entry: Entry) -> list[Question]:
    """What is unknown of an idea, in order; nothing for a candidate with a file, whose steps say
    what it lacks."""
    if entry.source is not None:
        return []
    holders = roles(entry)
    return [
        Question(
            id,
            {language: text(f"unknowns.{id}", language) for language in LANGUAGES},
            holders[who].usual,
        )
        for id, (known, who) in KNOWN.items()
        if not known(entry)
    ]
