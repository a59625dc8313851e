"""What a package of a dataset lacks, in words: a line for each who knows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from helpers.declared.roles import roles
from helpers.metadata.completeness import KNOWN_BY, Lack
from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry


def who_knows(entry: Entry, field: str, language: str) -> str:
    """Who usually knows what lacks, as people say it: the entry's own role where it names one."""
    holders = roles(entry)
    names = [
        str(entry.owner.role)
        if role == "information_owner" and entry.owner.role
        else holders[role].usual[language]
        for role in KNOWN_BY[field]
    ]
    return messages.listed([escaping.shown(name) for name in dict.fromkeys(names)], language)


def lines(
    entry: Entry, lacking: Iterable[Lack], language: str, but: Collection[str] = ()
) -> list[str]:
    """What is to be asked, by whom it is asked of. ``but``: fields that are told elsewhere."""
    asked: dict[str, list[str]] = {}
    for lack in lacking:
        if lack.field not in but:
            key = f"package.lack.{lack.field}{'.wrong' if lack.wrong else ''}"
            who = who_knows(entry, lack.field, language)
            asked.setdefault(who, []).append(messages.text(key, language).rstrip("."))
    return [
        messages.text("package.asks", language, who=who, what="; ".join(several))
        for who, several in asked.items()
    ]
