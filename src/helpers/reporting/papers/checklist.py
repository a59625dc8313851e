"""The checklist to publication: what this dataset lacks, in order, with who does it, and the legal
questions that it raises. There is one for each candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.declared import agencies, organisations
from helpers.metadata import completeness
from helpers.reporting import lacking
from helpers.reporting.papers import legal
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import example, footer, organisation, say, titled
from helpers.screening import questions

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, PublishingStep, Region
    from helpers.declared.catalogue import Entry

BOX = "☐"
# steps that the catalogue entry can have settled
DECLARED = ("owner", "licence", "describe", "routine", "decision")


def document(candidate: Candidate, region: Region, language: str) -> Document:
    """The paper. Where no step remains it says so."""
    entry, steps = candidate.entry, candidate.steps
    blocks: list[Block] = [
        *example(entry.synthetic, language),
        Text(f"{organisation(entry, language)}.", style="lead"),
    ]
    if candidate.advice:
        blocks.append(
            Text(candidate.advice.message[language], label=f"{candidate.advice.short[language]}.")
        )
    if candidate.high_value:
        concern = candidate.high_value
        blocks.append(Text(concern.message[language], label=f"{concern.short[language]}."))
    blocks += _listed(steps, language) if steps else [Text(say("steps.none", language))]
    remains = {step.id for step in steps}
    settled = [say(f"steps.settled.{id}", language) for id in DECLARED if id not in remains]
    if settled and "link" not in remains:
        blocks.append(Text(", ".join(settled) + ".", label=say("steps.settled_head", language)))
    if candidate.gate is not None and "link" not in remains:
        asked = [question for question in questions.every() if question.id in candidate.asked]
        blocks += legal.blocks(entry, candidate.gate, asked, language)
    if "link" not in remains and entry.source is not None:
        blocks += _package(entry, language)
    source = agencies.source("guidance").cited(language)
    blocks += [Heading(say("sources", language)), Items([("", source)])]
    return Document(
        titled(candidate, language),
        say("steps.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=blocks,
    )


def _package(entry: Entry, language: str) -> list[Block]:
    """The command that writes all that is to be put out, and what it will ask for."""
    owner = organisations.organisation(entry.organisation)
    asked = lacking.lines(entry, completeness.lacking(entry, owner), language)
    blocks: list[Block] = [
        Heading(say("steps.package", language)),
        Text(say("steps.package_how", language, id=entry.id)),
    ]
    if asked:
        blocks.append(Text(say("steps.package_asks", language)))
        blocks.append(Items([("", one) for one in asked]))
    return blocks


def _listed(steps: list[PublishingStep], language: str) -> list[Block]:
    """The steps as a table with a box to tick for each."""
    head = [say(f"steps.{name}", language) for name in ("number", "step", "who", "done")]
    rows = [
        [f"{BOX} {number}", step.text[language], step.who[language], ""]
        for number, step in enumerate(steps, 1)
    ]
    return [
        Text(say("steps.how", language)),
        Table(say("steps.kind", language), head, rows, [9, 50, 25, 16]),
    ]
