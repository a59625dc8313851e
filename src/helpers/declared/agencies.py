"""Names and addresses of agencies, portals and their pages: data/reference/agencies.yaml, the one
place that has them."""

from __future__ import annotations

from typing import Any

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Known, Listed, Said
from helpers.words import messages
from helpers.words.files.ours import File, remembered

REFERENCE = File("data/reference/agencies.yaml")


class Agency(Declared):
    """An agency or a portal. ``note``: what may have changed, or none."""

    id: Filled
    name: Said
    full: Said
    url: Filled
    status: Known
    note: Said | None = None


class Source(Declared):
    """A page that a paper leans on. ``agency``: the id of whose it is."""

    id: Filled
    agency: Filled
    title: Said
    url: Filled
    status: Known

    def cited(self, language: str) -> str:
        """'Digg: Lämna metadata ... https://... [läst 2026-11]': the source as a paper names it."""
        known = messages.text(f"papers.status.{self.status}", language)
        return (
            f"{agencies()[self.agency].full[language]}: {self.title[language]}. {self.url}"
            f" ({known})"
        )


class Reference(Declared):
    """The whole file."""

    agencies: Listed[Agency]
    sources: Listed[Source]


def _fitting(declared: Reference, fault: files.Tell) -> None:
    """Each id stands once, and each page is of an agency that is there."""
    files.once("agencies")(declared, fault)
    files.once("sources")(declared, fault)
    known = [agency.id for agency in declared.agencies]
    for i, page in enumerate(declared.sources):
        if page.agency not in known:
            fault("among", "sources", i, "agency", known=", ".join(known))


@remembered
def _file() -> tuple[dict[str, Agency], dict[str, Source]]:
    declared = files.read(REFERENCE.path, Reference, _fitting)
    return (
        {agency.id: agency for agency in declared.agencies},
        {page.id: page for page in declared.sources},
    )


def agencies() -> dict[str, Agency]:
    """Id -> agency or portal."""
    return _file()[0]


def sources() -> list[str]:
    """Ids of the pages."""
    return list(_file()[1])


def source(id: str) -> Source:
    """``KeyError`` where the reference file has no such page."""
    return _file()[1][id]


def names(language: str) -> dict[str, str]:
    """Agency id -> its name, to fill ``{digg}`` and the like in a text."""
    return {id: agency.name[language] for id, agency in agencies().items()}


def filled(texts: dict[str, str]) -> dict[str, str]:
    """Texts by language with agency names in the place of ``{digg}`` and the like; other braces
    stay.

    >>> filled({"en": "{digg} recommends CC0"})
    {'en': 'Digg recommends CC0'}
    """
    result = {}
    for language, text in texts.items():
        for id, name in names(language).items():
            text = text.replace(f"{{{id}}}", name)
        result[language] = text
    return result


def said(key: str, language: str, **values: Any) -> str:
    """The text of ``key`` with agency names filled in."""
    return messages.text(key, language, **(names(language) | values))
