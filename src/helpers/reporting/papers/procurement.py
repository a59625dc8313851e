"""For the procurement officer: demands that always stand, and those that this dataset's lock-in
gives. A basis to review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import procurement
from helpers.declared import agencies
from helpers.reporting.papers.document import Block, Document, Facts, Heading, Items, Table, Text
from helpers.reporting.papers.words import example, footer, organisation, say, titled
from helpers.words import escaping

if TYPE_CHECKING:
    from helpers.advising.procurement import Demand, Evidence
    from helpers.advising.results import Candidate, Region


def _because(demand: Demand, evidence: list[Evidence], type: str, language: str) -> str:
    """Why, what shows it beyond what the entry answers, and whose demand it is."""
    shown = [one.said(type)[language] for one in evidence if one.kind != "answer"]
    return " ".join([demand.because[language], *shown, demand.cited(language)])


def _table(
    name: str, demands: list[tuple[Demand, list[Evidence]]], type: str, language: str
) -> Table:
    head = [
        say(f"procurement.{column}", language) for column in ("area", "demand", "because", "review")
    ]
    rows = [
        [
            demand.title[language],
            demand.demand[language],
            _because(demand, evidence, type, language),
            "",
        ]
        for demand, evidence in demands
    ]
    return Table(name, head, rows, [16, 36, 32, 16], row_heads=True)


def document(candidate: Candidate, region: Region, language: str) -> Document:
    """The paper: the demands that the lock-in gives first, where there are any."""
    entry, system = candidate.entry, candidate.entry.source_system
    locked = procurement.demands(candidate)
    standing: list[tuple[Demand, list[Evidence]]] = [(one, []) for one in procurement.standing()]
    answers = {
        name: say(f"answer.{getattr(system, name)}", language)
        for name in ("export", "supplier_owns_data")
    }
    facts = [
        (say("procurement.system", language), escaping.shown(system.name or "")),
        (say("procurement.supplier", language), escaping.shown(system.supplier or "")),
    ]
    facts += [(say(f"procurement.{name}", language), answer) for name, answer in answers.items()]
    blocks: list[Block] = [
        *example(entry.synthetic, language),
        Text(f"{organisation(entry, language)}.", style="lead"),
        Text(say("procurement.basis", language), style="note"),
        Facts(say("procurement.system", language), facts),
    ]
    if locked:
        name = say("procurement.locked", language)
        blocks += [
            Heading(name),
            Text(say("procurement.locked_how", language)),
            _table(name, locked, entry.type, language),
        ]
    name = say("procurement.standing", language)
    blocks += [
        Heading(name),
        _table(name, standing, entry.type, language),
        Heading(say("sources", language)),
        Items([("", agencies.source("procurement").cited(language))]),
    ]
    return Document(
        titled(candidate, language),
        say("procurement.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=blocks,
    )
