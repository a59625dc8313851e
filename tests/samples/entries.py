"""What the entries of the sample region have in common, and how its files are declared."""

from __future__ import annotations

from typing import Any

NOTE = (
    "Syntetiska exempeldata: påhittade uppgifter, inga verkliga leverantörer, verk eller platser."
)
PEOPLE = ("testa", "prova", "fiktiv", "exempel", "mall")  # made-up service addresses
FORM = {"csv": {"format": "csv", "encoding": "utf-8", "delimiter": ";"}}
ANSWERED = {
    key: {"answer": "no", "by": "informationsägaren", "when": "2026-10-01"}
    for key in (
        "personal_data",
        "secrecy",
        "copyright",
        "security",
        "protected_identity",
        "agreement",
    )
}


def judged(
    internal: int, business: int, citizens: int, demand: int, transparency: int
) -> dict[str, Any]:
    because = "Bedömt i den påhittade exempelregionens arbetsgrupp."
    levels = {
        "internal": internal,
        "business": business,
        "citizens": citizens,
        "demand": demand,
        "transparency": transparency,
    }
    return {name: {"level": level, "because": because} for name, level in levels.items()}


def entry_of(
    id: str, title: str, type: str, organisation: str, file: str | None, **more: Any
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": id,
        "title": title,
        "type": type,
        "organisation": organisation,
        "stage": "inventoried" if file else "idea",
        "synthetic": True,
    }
    if file:
        entry["source"] = {"path": f"../samples/{file}"}
    return entry | more


def documented(theme: str, frequency: str = "ANNUAL") -> dict[str, Any]:
    return {
        "description": NOTE,
        "keywords": ["exempel", "syntetiskt"],
        "contact": "oppnadata@exempel.example",
        "theme": theme,
        "update_frequency": frequency,
        "licence": "CC0-1.0",
        "owner": {"role": "Förvaltningschef", "mailbox": "oppnadata@exempel.example"},
    }
