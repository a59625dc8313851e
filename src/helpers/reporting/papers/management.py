"""For the management, one A4: first, second and third, why, what it takes, what is stopped and why
that is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import publishing
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import clipped, example, footer, organisation, say, sentence
from helpers.scoring import criteria
from helpers.words import messages

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

FIRST = 3
STOPPED = 3  # named; the others are counted
NAMED = 2  # criteria that speak for a dataset
TASKS = 4  # steps named for each dataset


def first_ones(region: Region) -> list[Candidate]:
    """The first three in the ranking that have a file and are not published by a national source
    already."""
    ranked = [
        one for one in region.candidates if one.ranked and one.ranked.rank and one.entry.source
    ]
    return [one for one in ranked if not (one.advice and one.advice.code == "link")][:FIRST]


def takes(candidate: Candidate, language: str, most: int = TASKS) -> str:
    """What remains before publication, in short: the first steps, and how many more."""
    steps = [one.short[language] for one in candidate.steps]
    more = len(steps) - most
    said = ", ".join(steps[:most]) + (
        f" {messages.text('publishing.more', language, count=more)}" if more > 0 else ""
    )
    return (
        said[:1].upper() + said[1:] + "." if said else say("management.nothing_remains", language)
    )


def _hinder(candidate: Candidate, language: str) -> str:
    return (
        messages.text(f"reporting.verdict.{candidate.gate.verdict}", language)
        if candidate.gate
        else ""
    )


def _speaks(candidate: Candidate, language: str) -> str:
    """The names of the criteria that give most points for certain."""
    card = candidate.scorecard
    if card is None:
        return ""
    strong = sorted(card.criteria, key=lambda one: (-one.weight * one.low, one.id))[:NAMED]
    model = criteria.load().groups
    names = [
        model[one.group][one.id.removeprefix(f"{one.group}_")].name[language] for one in strong
    ]
    said = publishing.listed(
        [names[0], *(name[:1].lower() + name[1:] for name in names[1:])], language
    )
    return f"{said}."


def _row(one: Candidate, language: str) -> list[str]:
    place = str(one.ranked.rank if one.ranked else "")
    title = f"{sentence(one.entry.title, 60)} {sentence(organisation(one.entry, language), 40)}"
    return [
        place,
        title,
        _speaks(one, language),
        clipped(takes(one, language), 160),
        _hinder(one, language),
    ]


def _stopped(region: Region, language: str) -> list[Block]:
    stopped = [one for one in region.candidates if one.gate and one.gate.verdict == "stopp"]
    blocks: list[Block] = [Heading(say("management.stopped", language))]
    if not stopped:
        return [*blocks, Text(say("management.nothing_stopped", language))]
    items = []
    for one in stopped[:STOPPED]:
        reason = (
            next((reason for reason in one.gate.reasons if reason.level == "stopp"), None)
            if one.gate
            else None
        )
        items.append(
            (
                sentence(one.entry.title, 60),
                clipped(reason.message[language], 140) if reason else "",
            )
        )
    blocks.append(Items(items))
    if len(stopped) > STOPPED:
        blocks.append(Text(say("management.more_stopped", language, count=len(stopped) - STOPPED)))
    return [*blocks, Text(say("management.stopped_is_right", language))]


def _asked(first: list[Candidate], region: Region, language: str) -> Block:
    asked = [("", say("management.ask_order", language, title=clipped(first[0].entry.title, 60)))]
    for step, key in (("owner", "ask_owner"), ("questions", "ask_lawyer")):
        titles = [
            clipped(one.entry.title, 50)
            for one in first
            if any(left.id == step for left in one.steps)
        ]
        if titles:
            asked.append(
                ("", sentence(say(f"management.{key}", language, titles="; ".join(titles)), 300))
            )
    if any(one.gate and one.gate.verdict == "stopp" for one in region.candidates):
        asked.append(("", say("management.ask_stopped", language)))
    return Items(asked, numbered=True)


def _elsewhere(region: Region, first: list[Candidate], language: str) -> list[Block]:
    linked = [one for one in region.candidates if one.advice and one.advice.code == "link"]
    similar = [one for one in first if one.advice and one.advice.code != "link"]
    if not linked and not similar:
        return []
    items = [
        (sentence(one.entry.title, 60), clipped(one.advice.message[language], 270))
        for one in [*similar, *linked][:2]
        if one.advice
    ]
    return [Heading(say("management.elsewhere", language)), Items(items)]


def management(region: Region, language: str) -> Document:
    """The paper. Where nothing with a file is ranked it says so, and what comes first then."""
    first = first_ones(region)
    blocks: list[Block] = example(region.synthetic, language)
    if first:
        lead = first[0]
        title = say(
            (
                "management.title"
                if lead.gate and lead.gate.verdict == "fri"
                else "management.title_review"
            ),
            language,
        )
        blocks.append(
            Text(
                f"{sentence(lead.entry.title)} {sentence(organisation(lead.entry, language), 50)}",
                style="lead",
            )
        )
        if lead is region.candidates[0]:
            blocks.append(Items([("", clipped(one[language], 180)) for one in region.why]))
        head = [
            say(f"management.{name}", language)
            for name in ("place", "dataset", "speaks", "takes", "hinder")
        ]
        rows = [_row(one, language) for one in first]
        blocks.append(Heading(say("management.three", language)))
        blocks.append(Table(say("management.three", language), head, rows, [9, 25, 22, 28, 16]))
        sure = lead.ranked.robust.get(language, "") if lead.ranked else ""
        whose = region.weights.whose[language] if region.weights else ""
        if sure or whose:
            blocks.append(Text(clipped(f"{sure} {whose}".strip(), 260), style="soft"))
    else:
        title = say("management.title_none", language)
        blocks.append(Text(say("management.none", language), style="lead"))
    blocks += _stopped(region, language)
    blocks += _elsewhere(region, first, language)
    if first:
        blocks += [Heading(say("management.ask", language)), _asked(first, region, language)]
    blocks.append(Text(say("management.method", language), style="soft"))
    return Document(
        title,
        say("management.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        compact=True,
        blocks=blocks,
    )
