"""Between organisations as a paper: a table for each kind of dataset, who can help whom, what could
be done together, once, the demands on shared systems, and which results it all rests on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from helpers.advising import between, joint_demands
from helpers.advising.handed_over import Gathered, HandedOver
from helpers.advising.joint_demands import Case
from helpers.advising.naming import alphabet
from helpers.advising.publishing_steps import shortened
from helpers.reporting.papers import joint
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import say
from helpers.words.messages import listed

NEEDS = 5  # steps named of each


@dataclass(frozen=True)
class Asked:
    """Whom the paper names: all, where ``named``; else those that have agreed, and ``ours``."""

    named: bool = False
    ours: str | None = None


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


def _help(help: between.Help, language: str) -> tuple[str, str]:
    by, to = (
        listed([label[language] for label in labels], language) for labels in (help.by, help.to)
    )
    key = f"between.help.{help.has}{'_system' if help.system else ''}"
    system = help.system[language] if help.system else ""
    return "", say(key, language, by=by, to=to, system=system)


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
    blocks: list[Block] = [
        Heading(title),
        Table(title, head, rows, [28, 20, 52], row_heads=True),
    ]
    if group.help:
        blocks += [
            Text(say("between.helping", language)),
            Items([_help(help, language) for help in group.help]),
        ]
    if group.together:
        organisation_count = len({standing.organisation for standing in group.standings})
        blocks += [
            Text(say("between.together", language)),
            _items(group.together, organisation_count, language),
        ]
    return blocks


def _begin(
    candidates: list[between.Plain], compared: between.Compared, asked: Asked, language: str
) -> list[Block]:
    """What the page is, whom it names, and what all could do together."""
    blocks: list[Block] = []
    if candidates and all(candidate["synthetic"] for candidate in candidates):
        blocks.append(Text(say("between.example", language), style="note"))
    blocks.append(Text(say("between.how", language)))
    key = "named" if asked.named else "names_ours" if asked.ours else "names"
    style = "note" if asked.named else "soft"
    blocks.append(Text(say(f"between.{key}", language), style=style))
    if compared.names.hidden:
        blocks.append(Text(say("between.maker_knows", language), style="soft"))
    if compared.together:
        organisation_count = len(
            {standing.organisation for group in compared.groups for standing in group.standings}
        )
        blocks += [
            Heading(say("between.together_all", language)),
            _items(compared.together, organisation_count, language),
        ]
    return blocks


def _demands(
    candidates: list[between.Plain], compared: between.Compared, language: str
) -> list[Block]:
    """The demands on the systems, of all datasets."""
    known = compared.names
    cases = [
        Case(
            candidate["organisation"]["id"],
            known.labels[candidate["organisation"]["id"]],
            between.title_of(candidate["type"], candidate["subtype"]),
            candidate["type"],
            candidate["system"],
            candidate.get("supplier"),
            candidate.get("demands"),
        )
        for candidate in candidates
    ]
    blocks = joint.section(joint_demands.joint(cases), language, called=known.system)
    if not blocks:
        return []
    return [
        Heading(say("between.demands", language)),
        Text(say("joint.how", language)),
        Text(say("procurement.basis", language), style="note"),
        *blocks,
    ]


def _when(file: HandedOver) -> str:
    """With its distance from UTC: '2026-11-30 14:10 +01:00'."""
    said = file.finished.isoformat(" ", timespec="minutes")
    return f"{said[:16]} {said[16:]}".strip()


def _labels(file: HandedOver, compared: between.Compared, language: str) -> str:
    """Whose results a file holds; of nobody's, by the id that they have for this file."""
    ids = {f"{id} {nobody}".strip() for id, nobody in file.owners()}
    labels = {compared.names.labels[id][language] for id in ids if id in compared.names.labels}
    return ", ".join(sorted(labels, key=alphabet)) or say("between.no_datasets", language)


def _overlaps(gathered: Gathered, compared: between.Compared, language: str) -> list[Block]:
    """Which files count where an organisation stands in several."""
    items = [
        (
            "",
            say(
                "between.replaced" if one.gone == 0 else "between.replaced_gone",
                language,
                name=compared.names.labels[one.organisation][language],
                later=one.later.short,
                earlier=one.earlier.short,
                count=one.gone,
            ),
        )
        for one in gathered.replaced
    ]
    items += [("", say("between.twice", language, file=one.short)) for one in gathered.twice]
    return [Items(items)] if items else []


def _rests_on(gathered: Gathered, compared: between.Compared, language: str) -> list[Block]:
    """Each file: whose, of when, made by which version, and its checksum."""
    columns = ("organisation", "made", "version", "schema", "checksum", "datasets")
    rows = [
        [
            _labels(file, compared, language),
            _when(file),
            file.version or say("between.unknown_version", language),
            file.schema.removeprefix("datakollen/"),
            file.short,
            str(len(file.candidates)),
        ]
        for file in gathered.files
    ]
    rows.sort(key=lambda row: (alphabet(row[0]), row[1], row[4]))
    title = say("between.rests_on", language)
    head = [say(f"between.{column}", language) for column in columns]
    return [
        Heading(title),
        Text(say("between.same_file", language)),
        Table(title, head, rows, [21, 19, 10, 12, 20, 18], row_heads=True),
        *_overlaps(gathered, compared, language),
        Text(say("between.checksum_how", language), style="soft"),
    ]


def _salt(candidates: list[between.Plain]) -> str:
    """What the letters of hidden names follow: what the results say, which others do not have."""
    said = sorted(json.dumps(candidate, sort_keys=True, default=str) for candidate in candidates)
    return hashlib.sha256("\n".join(said).encode("utf-8", "replace")).hexdigest()


def document(
    candidates: list[between.Plain],
    finished: str,
    language: str,
    *,
    asked: Asked = Asked(),
    gathered: Gathered | None = None,
) -> Document:
    """The paper from plain results. Where no two organisations have the same kind it says so.
    ``gathered``: the files that the candidates come from; None where they were made just now."""
    salt = gathered.salt if gathered else _salt(candidates)
    compared = between.compare(candidates, named=asked.named, ours=asked.ours, salt=salt)
    blocks = _begin(candidates, compared, asked, language)
    for group in compared.groups:
        blocks += _group(group, language)
    if not compared.groups:
        blocks.append(Text(say("between.none", language)))
    if compared.alone:
        titles = ", ".join(title[language] for title in compared.alone)
        blocks += [Heading(say("between.alone", language)), Text(f"{titles}.")]
    blocks += _demands(candidates, compared, language)
    if gathered:
        blocks += _rests_on(gathered, compared, language)
    date = dt.datetime.fromisoformat(finished).date()
    return Document(
        say("between.title", language),
        say("between.kind", language),
        language,
        say("footer", language, date=date),
        finished[:10],
        blocks=blocks,
    )
