"""Between organisations as a paper: a table for each kind of dataset, and what could be done
together, once."""

from __future__ import annotations

import datetime as dt

from helpers.advising import between
from helpers.advising.publishing_steps import shortened
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import say

NEEDS = 5  # steps named of each


def _needs(standing: between.Standing, language: str) -> str:
    needs = [need[language] for need in standing.needs]
    if not needs:
        return say(f"between.needs_nothing.{standing.state}", language)
    shown = ", ".join(needs[:NEEDS]) + (
        f" {say('between.more', language, count=len(needs) - NEEDS)}" if len(needs) > NEEDS else ""
    )
    return f"{shown[:1].upper()}{shown[1:]}."


def _items(tasks: list[between.Together], organisation_count: int, language: str) -> Items:
    items = []
    for task in tasks:
        names = [label[language] for label in task.labels]
        everyone = (
            say("between.all", language)
            if len(names) == organisation_count
            else shortened(names, language)
        )
        items.append((task.message[language], f"({everyone})"))
    return Items(items)


def _group(group: between.Group, language: str) -> list[Block]:
    head = [say(f"between.{name}", language) for name in ("organisation", "state", "needs")]
    rows = [
        [
            standing.label[language],
            say(f"between.states.{standing.state}", language),
            _needs(standing, language),
        ]
        for standing in group.standings
    ]
    title = group.title[language]
    blocks: list[Block] = [Heading(title), Table(title, head, rows, [28, 20, 52])]
    if group.together:
        organisation_count = len({standing.organisation for standing in group.standings})
        blocks += [
            Text(say("between.together", language)),
            _items(group.together, organisation_count, language),
        ]
    return blocks


def document(
    candidates: list[between.Plain],
    finished: str,
    language: str,
    *,
    named: bool = False,
    ours: str | None = None,
) -> Document:
    """The paper from plain results. Where no two organisations have the same kind it says so."""
    compared = between.compare(candidates, named=named, ours=ours)
    blocks: list[Block] = []
    if candidates and all(candidate["synthetic"] for candidate in candidates):
        blocks.append(Text(say("between.example", language), style="note"))
    blocks.append(Text(say("between.how", language)))
    key = "named" if named else "names_ours" if ours else "names"
    blocks.append(Text(say(f"between.{key}", language), style="note" if named else "soft"))
    if compared.together:
        organisation_count = len(
            {standing.organisation for group in compared.groups for standing in group.standings}
        )
        blocks += [
            Heading(say("between.together_all", language)),
            _items(compared.together, organisation_count, language),
        ]
    for group in compared.groups:
        blocks += _group(group, language)
    if not compared.groups:
        blocks.append(Text(say("between.none", language)))
    if compared.alone:
        titles = ", ".join(title[language] for title in compared.alone)
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
