"""What a description still lacks, and who knows it: asked for, never invented."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.declared import publication
from helpers.declared.organisations import UNKNOWN, Organisation, mailbox_in
from helpers.metadata import vocabularies
from helpers.words.source_text import SourceText

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

# what the data portal needs beside title, publisher and licence to find and understand a dataset
# (DCAT-AP-SE)
METADATA = ("description", "keywords", "theme", "contact", "update_frequency")
# what lacks -> the roles that know it, of data/reference/roles.yaml
KNOWN_BY = {
    "organisation": ("information_owner",),
    "organisation_number": ("registrar",),
    "base": ("web_editor",),
    "address": ("web_editor",),
    "description": ("information_owner",),
    "keywords": ("information_owner",),
    "theme": ("information_owner",),
    "contact": ("information_owner",),
    "licence": ("information_owner",),
    "update_frequency": ("information_owner", "system_administrator"),
    "spatial": ("web_editor",),
}


@dataclass(frozen=True)
class Lack:
    """One thing that lacks. ``field``: a key of ``KNOWN_BY``; ``roles``: who knows it. ``wrong``:
    something stands there that the harvest does not understand."""

    field: str
    roles: tuple[str, ...]
    wrong: bool = False


def given(value: object) -> bool:
    """True where a catalogue field says something: not None, not empty, not ``unknown``."""
    plain = value.raw if isinstance(value, SourceText) else value
    return plain is not None and plain != "unknown" and plain != "" and plain != [] and plain != ()


def mailbox(entry: Entry, organisation: Organisation | None) -> str | None:
    """The mailbox that answers for the dataset: the entry's, else the organisation's. One that
    looks like a person's own is none."""
    own = mailbox_in(str(entry.contact)) if entry.contact else None
    theirs = organisation.publishing.contact if organisation else None
    return own or (theirs.email if theirs else None)


def missing(entry: Entry, organisation: Organisation | None = None) -> list[str]:
    """Names of the catalogue fields that the data portal needs and that say nothing, in the order
    of ``METADATA``. The organisation's mailbox is enough of a contact."""
    has_contact = organisation is not None and organisation.publishing.contact is not None
    return [
        name
        for name in METADATA
        if not given(getattr(entry, name, None)) and not (name == "contact" and has_contact)
    ]


def _of_organisation(entry: Entry, organisation: Organisation | None) -> list[str]:
    if organisation is None or organisation.id == UNKNOWN:
        return ["organisation"]
    own = organisation.publishing
    return [
        *(["organisation_number"] if not organisation.organisationsnummer else []),
        *(["base"] if not own.base else []),
        *(["address"] if not (own.files or given(entry.published.url)) else []),
    ]


def _understood(entry: Entry, organisation: Organisation | None) -> dict[str, bool]:
    """Of each field whose words the harvest must know: whether it would."""

    def plain(value: SourceText | None) -> str:
        return str(value) if value else ""

    return {
        "theme": bool(vocabularies.themes(plain(entry.theme))),
        "contact": mailbox(entry, organisation) is not None,
        "licence": vocabularies.licence(plain(entry.licence)) is not None,
        "update_frequency": vocabularies.frequency(plain(entry.update_frequency)) is not None,
    }


def lacking(entry: Entry, organisation: Organisation | None) -> list[Lack]:
    """All that a package of the dataset must ask for, in the order of ``KNOWN_BY``."""
    lost, wrong = set(_of_organisation(entry, organisation)), set[str]()
    lost |= {name for name in ("description", "keywords") if not given(getattr(entry, name))}
    for name, understood in _understood(entry, organisation).items():
        if not understood:
            lost.add(name)
            wrong |= {name} if given(getattr(entry, name)) else set()
    area = publication.area_of(organisation) if organisation else None
    if "organisation" not in lost and not (given(entry.spatial) or area):
        lost.add("spatial")
    return [Lack(name, KNOWN_BY[name], name in wrong) for name in KNOWN_BY if name in lost]
