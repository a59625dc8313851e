"""For the management, one A4: first, second and third, why, what it takes, what is stopped and why
that is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import leading, publishing_steps
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import (
    clipped,
    example,
    footer,
    named_by_file,
    organisation,
    say,
    sentence,
    titled,
)
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
    return leading.ranked(region.candidates)[:FIRST]


def takes(candidate: Candidate, language: str, most: int = TASKS) -> str:
    """What remains before publication, in short: the first steps, and how many more."""
    steps = [step.short[language] for step in candidate.steps]
    more = len(steps) - most
    listed = ", ".join(steps[:most]) + (
        f" {messages.text('listing.more', language, count=more)}" if more > 0 else ""
    )
    return (
        listed[:1].upper() + listed[1:] + "."
        if listed
        else say("management.nothing_remains", language)
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
    strong = sorted(
        card.criteria, key=lambda criterion: (-criterion.weight * criterion.low, criterion.id)
    )[:NAMED]
    model = criteria.load().groups
    names = [
        model[criterion.group][criterion.id.removeprefix(f"{criterion.group}_")].name[language]
        for criterion in strong
    ]
    listed = publishing_steps.shortened(
        [names[0], *(name[:1].lower() + name[1:] for name in names[1:])], language
    )
    return f"{listed}."


def _row(candidate: Candidate, language: str) -> list[str]:
    place = str(candidate.ranked.rank if candidate.ranked else "")
    title = sentence(titled(candidate, language, 60), 70)
    owner = sentence(organisation(candidate.entry, language), 40)
    return [
        place,
        f"{title} {owner}",
        _speaks(candidate, language),
        clipped(takes(candidate, language), 160),
        _hinder(candidate, language),
    ]


def _stopped(region: Region, language: str) -> list[Block]:
    stopped = [
        candidate
        for candidate in region.candidates
        if candidate.gate and candidate.gate.verdict == "stopp"
    ]
    blocks: list[Block] = [Heading(say("management.stopped", language))]
    if not stopped:
        return [*blocks, Text(say("management.nothing_stopped", language))]
    items = []
    for candidate in stopped[:STOPPED]:
        reasons = candidate.gate.reasons if candidate.gate else []
        stops = [reason.message[language] for reason in reasons if reason.level == "stopp"]
        why = clipped(stops[0], 140) if stops else ""
        items.append((sentence(titled(candidate, language, 60), 70), why))
    blocks.append(Items(items))
    if len(stopped) > STOPPED:
        blocks.append(Text(say("management.more_stopped", language, count=len(stopped) - STOPPED)))
    return [*blocks, Text(say("management.stopped_is_right", language))]


def _asked(first: list[Candidate], region: Region, language: str) -> Block:
    asked = []
    if not named_by_file(first[0].entry):
        title = clipped(first[0].entry.title, 60)
        asked.append(("", say("management.ask_order", language, title=title)))
    for step_id, key in (("owner", "ask_owner"), ("questions", "ask_lawyer")):
        titles = [
            titled(candidate, language, 50)
            for candidate in first
            if any(step.id == step_id for step in candidate.steps)
        ]
        if titles:
            asked.append(
                ("", sentence(say(f"management.{key}", language, titles="; ".join(titles)), 300))
            )
    unnamed = [clipped(one.entry.title, 50) for one in first if named_by_file(one.entry)]
    if unnamed:
        said = say("management.ask_names", language, titles="; ".join(unnamed))
        asked.insert(0, ("", sentence(said, 300)))
    if any(candidate.gate and candidate.gate.verdict == "stopp" for candidate in region.candidates):
        asked.append(("", say("management.ask_stopped", language)))
    return Items(asked, numbered=True)


def _elsewhere(region: Region, first: list[Candidate], language: str) -> list[Block]:
    linked = [
        candidate
        for candidate in region.candidates
        if candidate.advice and candidate.advice.code == "link"
    ]
    similar = [
        candidate for candidate in first if candidate.advice and candidate.advice.code != "link"
    ]
    if not linked and not similar:
        return []
    items = [
        (
            sentence(titled(candidate, language, 60), 70),
            clipped(candidate.advice.message[language], 270),
        )
        for candidate in [*similar, *linked][:2]
        if candidate.advice
    ]
    return [Heading(say("management.elsewhere", language)), Items(items)]


def _lead(first: list[Candidate], region: Region, language: str) -> list[Block]:
    """What comes first and why, the first three in a table, and how sure the order is."""
    lead = first[0]
    owner = sentence(organisation(lead.entry, language), 50)
    name = f"{sentence(titled(lead, language), 100)} {owner}"
    blocks: list[Block] = [Text(name, style="lead")]
    if lead is region.candidates[0]:
        blocks.append(Items([("", clipped(reason[language], 180)) for reason in region.why]))
    columns = ("place", "dataset", "speaks", "takes", "hinder")
    head = [say(f"management.{column}", language) for column in columns]
    rows = [_row(candidate, language) for candidate in first]
    heading = say("management.three", language)
    blocks += [Heading(heading), Table(heading, head, rows, [9, 25, 22, 28, 16])]
    sure = lead.ranked.robust.get(language, "") if lead.ranked else ""
    whose = region.weights.whose[language] if region.weights else ""
    if sure or whose:
        blocks.append(Text(clipped(f"{sure} {whose}".strip(), 260), style="soft"))
    return blocks


def _title(first: list[Candidate], language: str) -> str:
    """What is said over the first everywhere, or that there is nothing to publish yet."""
    if not first:
        return say("management.title_none", language)
    return messages.text(leading.heading(first[0]), language)


def document(region: Region, language: str) -> Document:
    """The paper. Where nothing with a file is ranked it says so, and what comes first then."""
    first = first_ones(region)
    blocks: list[Block] = example(region.synthetic, language)
    if first:
        blocks += _lead(first, region, language)
    else:
        blocks.append(Text(say("management.none", language), style="lead"))
    blocks += _stopped(region, language)
    blocks += _elsewhere(region, first, language)
    if first:
        blocks += [Heading(say("management.ask", language)), _asked(first, region, language)]
    blocks.append(Text(say("management.method", language), style="soft"))
    return Document(
        _title(first, language),
        say("management.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        compact=True,
        blocks=blocks,
    )
