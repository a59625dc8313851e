"""Between organisations as a paper: a table for each kind of dataset, and what could be done
together, once."""

from __future__ import annotations

import datetime as dt

from helpers.advising import between
from helpers.advising.publishing import listed
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import say

NEEDS = 5  # steps named of each


def _needs(one: between.Standing, language: str) -> str:
    said = [need[language] for need in one.needs]
    if not said:
        return say(f"between.needs_nothing.{one.state}", language)
    shown = ", ".join(said[:NEEDS]) + (
        f" {say('between.more', language, count=len(said) - NEEDS)}" if len(said) > NEEDS else ""
    )
    return f"{shown[:1].upper()}{shown[1:]}."


def _items(found: list[between.Together], whom: int, language: str) -> Items:
    items = []
    for one in found:
        names = [label[language] for label in one.labels]
        everyone = say("between.all", language) if len(names) == whom else listed(names, language)
        items.append((one.message[language], f"({everyone})"))
    return Items(items)


def _group(group: between.Group, language: str) -> list[Block]:
    head = [say(f"between.{name}", language) for name in ("organisation", "state", "needs")]
    rows = [
        [one.label[language], say(f"between.states.{one.state}", language), _needs(one, language)]
        for one in group.standings
    ]
    title = group.title[language]
    blocks: list[Block] = [Heading(title), Table(title, head, rows, [28, 20, 52])]
    if group.together:
        whom = len({one.organisation for one in group.standings})
        blocks += [Text(say("between.together", language)), _items(group.together, whom, language)]
    return blocks


def document(
    candidates: list[between.Plain], finished: str, language: str, *, named: bool = False
) -> Document:
    """The paper from plain results. Where no two organisations have the same kind it says so."""
    found = between.compare(candidates, named=named)
    blocks: list[Block] = []
    if candidates and all(one["synthetic"] for one in candidates):
        blocks.append(Text(say("between.example", language), style="note"))
    blocks.append(Text(say("between.how", language)))
    blocks.append(
        Text(
            say("between.named" if named else "between.names", language),
            style="note" if named else "soft",
        )
    )
    if found.together:
        whom = len({one.organisation for group in found.groups for one in group.standings})
        blocks += [
            Heading(say("between.together_all", language)),
            _items(found.together, whom, language),
        ]
    for group in found.groups:
        blocks += _group(group, language)
    if not found.groups:
        blocks.append(Text(say("between.none", language)))
    if found.alone:
        titles = ", ".join(one[language] for one in found.alone)
        blocks += [Heading(say("between.alone", language)), Text(f"{titles}.")]
    date = dt.datetime.fromisoformat(finished).date()
    return Document(
        say("between.title", language),
        say("between.kind", language),
        language,
        say("footer", language, date=date),
        finished[:10],
        blocks=blocks,
    )
