"""Names and addresses of agencies, portals and their pages: data/reference/agencies.yaml, the one
place that has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.words import messages
from helpers.words.files import strict_yaml
from helpers.words.files.ours import File, remembered

REFERENCE = File("data/reference/agencies.yaml")


@dataclass(frozen=True)
class Agency:
    """An agency or a portal. ``status``: verified | memory; ``note``: what may have changed, or
    empty."""

    id: str
    name: dict[str, str]
    full: dict[str, str]
    url: str
    status: str
    note: dict[str, str] | None = None


@dataclass(frozen=True)
class Source:
    """A page that a paper leans on."""

    id: str
    agency: str
    title: dict[str, str]
    url: str
    status: str

    def cited(self, language: str) -> str:
        """'Digg: Lämna metadata ... https://... [läst 2026-11]': the source as a paper names it."""
        known = messages.text(f"papers.status.{self.status}", language)
        return (
            f"{agencies()[self.agency].full[language]}: {self.title[language]}. {self.url}"
            f" ({known})"
        )


@remembered
def _file() -> tuple[dict[str, Agency], dict[str, Source]]:
    return strict_yaml.built(
        REFERENCE.path,
        lambda plain: (
            {node["id"]: Agency(**node) for node in plain["agencies"]},
            {node["id"]: Source(**node) for node in plain["sources"]},
        ),
    )


def agencies() -> dict[str, Agency]:
    """Id -> agency or portal."""
    return _file()[0]


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
