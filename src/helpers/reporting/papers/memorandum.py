"""The official memorandum (tjänsteskrivelse): a proposed decision, the duty, the benefit, the cost
of doing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.declared import agencies
from helpers.declared.roles import roles
from helpers.reporting.papers.document import Block, Document, Facts, Heading, Items, Table, Text
from helpers.reporting.papers.words import clipped, example, footer, made, organisation, say
from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, Region

REASONS = 4  # of the gate


def _decision(candidate: Candidate, language: str) -> list[tuple[str, str]]:
    entry = candidate.entry
    licence = (
        escaping.shown(entry.licence)
        if entry.licence
        else say("memorandum.licence_blank", language)
    )
    points = [
        say("memorandum.decide_publish", language, title=clipped(entry.title), licence=licence)
    ]
    if entry.owner.role:
        points.append(
            say("memorandum.decide_owner", language, role=escaping.shown(entry.owner.role))
        )
    else:
        usual = roles(entry)["information_owner"].usual[language]
        points.append(say("memorandum.decide_appoint", language, role=usual))
    points.append(
        say("memorandum.decide_steps" if candidate.steps else "memorandum.decide_keep", language)
    )
    if entry.published.status == "dataportal":
        points[-1] = points[-1].rsplit(",", 1)[0] + "."
    else:
        points.append(say("memorandum.decide_register", language))
    return [("", point) for point in points]


def _benefit(candidate: Candidate, language: str) -> list[Block]:
    entry = candidate.entry
    criteria = candidate.scorecard.criteria if candidate.scorecard else []
    judged = [
        escaping.shown(one.message[language])
        for one in criteria
        if one.group == "value" and one.source != "unknown"
    ]
    blocks: list[Block] = [Heading(say("memorandum.benefit", language))]
    own = entry.type == "leverantorsfakturor"
    blocks.append(
        Text(say("memorandum.benefit_invoices" if own else "memorandum.benefit_other", language))
    )
    if judged:
        blocks += [
            Text(say("memorandum.benefit_judged", language)),
            Items([("", one) for one in judged]),
        ]
    else:
        blocks.append(Text(say("memorandum.benefit_unknown", language)))
    return blocks


def _nothing(candidate: Candidate, language: str) -> Block:
    entry = candidate.entry
    rows = len({one.row for one in candidate.rows_to_fix})
    requests = entry.value.requests_last_year
    items = [
        (
            say("memorandum.nothing_requests", language)
            if requests is None
            else say("memorandum.nothing_requests_known", language, count=requests)
        )
    ]
    if rows:
        items.append(say("memorandum.nothing_rows", language, count=rows))
    if entry.published.status == "own_website":
        items.append(say("memorandum.nothing_duty", language))
    items.append(say("memorandum.nothing_sum", language))
    return Items([("", one) for one in items])


def memorandum(candidate: Candidate, region: Region, language: str) -> Document:
    """To be edited: what only people know is left blank."""
    entry, gate, place = candidate.entry, candidate.gate, candidate.ranked
    holders = roles(entry)
    board = holders["board"].usual[language]
    title = say("memorandum.title", language, title=clipped(entry.title))
    facts = [
        (say("memorandum.to", language), board[:1].upper() + board[1:]),
        (say("memorandum.from", language), organisation(entry, language)),
        (say("memorandum.date", language), messages.date(made(region), language)),
        (say("memorandum.registry_number", language), ""),
        (say("memorandum.officer", language), ""),
    ]
    summary = say(
        "memorandum.summary", language, title=clipped(entry.title), steps=len(candidate.steps)
    )
    if place and place.rank:
        count = sum(1 for one in region.candidates if one.ranked and one.ranked.rank)
        summary += " " + say("memorandum.summary_place", language, rank=place.rank, count=count)
    blocks: list[Block] = [
        *example(entry.synthetic, language),
        Facts(say("memorandum.kind", language), facts),
        Heading(say("memorandum.decision", language)),
        Text(say("memorandum.board_decides", language, board=board[:1].upper() + board[1:])),
        Items(_decision(candidate, language), numbered=True),
        Heading(say("memorandum.summary_head", language)),
        Text(summary),
        Heading(say("memorandum.duty", language)),
        Text(say("memorandum.duty_law", language)),
        Text(say("memorandum.duty_inform", language)),
        *_benefit(candidate, language),
        Heading(say("memorandum.nothing", language)),
        _nothing(candidate, language),
        Heading(say("memorandum.risk", language)),
    ]
    if candidate.advice:
        blocks.append(
            Text(candidate.advice.message[language], label=f"{candidate.advice.short[language]}.")
        )
    if gate:
        blocks.append(Text(messages.text(f"gate.verdict.{gate.verdict}", language)))
        reasons = [
            escaping.shown(one.message[language]) for one in gate.reasons if one.level != "told"
        ][:REASONS]
        blocks += [Items([("", one) for one in reasons])] if reasons else []
    if candidate.steps:
        name = say("memorandum.remains", language)
        head = [say(f"steps.{column}", language) for column in ("number", "step", "who")]
        rows = [
            [str(i), one.text[language], one.who[language]]
            for i, one in enumerate(candidate.steps, 1)
        ]
        blocks += [Heading(name), Table(name, head, rows, [8, 62, 30])]
    sources = ["duty", "guidance", "benefit"] + (["licences"] if not entry.licence else [])
    blocks += [
        Heading(say("memorandum.economy", language)),
        Text(say("memorandum.economy_how", language)),
        Heading(say("sources", language)),
        Items([("", agencies.source(id).cited(language)) for id in sources]),
        Text(say("memorandum.law_status", language), style="soft"),
        Heading(say("memorandum.attached", language)),
        Text(say("memorandum.attached_what", language)),
        Heading(say("memorandum.sent_to", language)),
        Items(
            [
                ("", holders[id].usual[language])
                for id in ("information_owner", "system_administrator", "web_editor", "archivist")
            ]
        ),
        Table(
            say("memorandum.signed", language),
            [say("memorandum.officer", language), say("memorandum.manager", language)],
            [["", ""]],
            [50, 50],
        ),
    ]
    return Document(
        title,
        say("memorandum.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=blocks,
    )
