"""The official memorandum (tjänsteskrivelse): a proposed decision, the duty, the benefit, the cost
of doing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.checking import rows_to_fix
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
        escaping.shown(criterion.message[language])
        for criterion in criteria
        if criterion.group == "value" and criterion.source != "unknown"
    ]
    blocks: list[Block] = [Heading(say("memorandum.benefit", language))]
    invoices = entry.type == "leverantorsfakturor"
    blocks.append(
        Text(
            say("memorandum.benefit_invoices" if invoices else "memorandum.benefit_other", language)
        )
    )
    if judged:
        blocks += [
            Text(say("memorandum.benefit_judged", language)),
            Items([("", judgement) for judgement in judged]),
        ]
    else:
        blocks.append(Text(say("memorandum.benefit_unknown", language)))
    return blocks


def _nothing(candidate: Candidate, language: str) -> Block:
    entry = candidate.entry
    rows = rows_to_fix.counted(candidate.rows_to_fix)
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
    return Items([("", item) for item in items])


def _heading_facts(
    candidate: Candidate, region: Region, board: str, language: str
) -> list[tuple[str, str]]:
    """To whom, from whom and when, with blanks for what only people know."""
    return [
        (say("memorandum.to", language), board),
        (say("memorandum.from", language), organisation(candidate.entry, language)),
        (say("memorandum.date", language), messages.date(made(region), language)),
        (say("memorandum.registry_number", language), ""),
        (say("memorandum.officer", language), ""),
    ]


def _summary(candidate: Candidate, region: Region, language: str) -> str:
    """What is proposed, how many steps remain, and the place where the candidate has one."""
    title, ranked = clipped(candidate.entry.title), candidate.ranked
    summary = say("memorandum.summary", language, title=title, steps=len(candidate.steps))
    if ranked and ranked.rank:
        count = sum(1 for other in region.candidates if other.ranked and other.ranked.rank)
        summary += " " + say("memorandum.summary_place", language, rank=ranked.rank, count=count)
    return summary


def _risk(candidate: Candidate, language: str) -> list[Block]:
    """The advice, the gate's verdict and its first reasons, as far as there are any."""
    advice, gate = candidate.advice, candidate.gate
    blocks: list[Block] = [Heading(say("memorandum.risk", language))]
    if advice:
        blocks.append(Text(advice.message[language], label=f"{advice.short[language]}."))
    if gate:
        blocks.append(Text(messages.text(f"gate.verdict.{gate.verdict}", language)))
        reasons = [
            escaping.shown(reason.message[language])
            for reason in gate.reasons
            if reason.level != "told"
        ][:REASONS]
        blocks += [Items([("", reason) for reason in reasons])] if reasons else []
    return blocks


def _remaining(candidate: Candidate, language: str) -> list[Block]:
    """The steps that remain, in a table; nothing where none does."""
    if not candidate.steps:
        return []
    name = say("memorandum.remains", language)
    head = [say(f"steps.{column}", language) for column in ("number", "step", "who")]
    rows = [
        [str(number), step.text[language], step.who[language]]
        for number, step in enumerate(candidate.steps, 1)
    ]
    return [Heading(name), Table(name, head, rows, [8, 62, 30])]


def _closing(candidate: Candidate, language: str) -> list[Block]:
    """The economy, the sources, what is attached, to whom it is sent, and room to sign."""
    entry, holders = candidate.entry, roles(candidate.entry)
    sources = ["duty", "guidance", "benefit"] + (["licences"] if not entry.licence else [])
    receivers = ("information_owner", "system_administrator", "web_editor", "archivist")
    return [
        Heading(say("memorandum.economy", language)),
        Text(say("memorandum.economy_how", language)),
        Heading(say("sources", language)),
        Items([("", agencies.source(id).cited(language)) for id in sources]),
        Text(say("memorandum.law_status", language), style="soft"),
        Heading(say("memorandum.attached", language)),
        Text(say("memorandum.attached_what", language)),
        Heading(say("memorandum.sent_to", language)),
        Items([("", holders[id].usual[language]) for id in receivers]),
        Table(
            say("memorandum.signed", language),
            [say("memorandum.officer", language), say("memorandum.manager", language)],
            [["", ""]],
            [50, 50],
        ),
    ]


def document(candidate: Candidate, region: Region, language: str) -> Document:
    """To be edited: what only people know is left blank."""
    entry = candidate.entry
    usual = roles(entry)["board"].usual[language]
    board = usual[:1].upper() + usual[1:]
    facts = _heading_facts(candidate, region, board, language)
    blocks: list[Block] = [
        *example(entry.synthetic, language),
        Facts(say("memorandum.kind", language), facts),
        Heading(say("memorandum.decision", language)),
        Text(say("memorandum.board_decides", language, board=board)),
        Items(_decision(candidate, language), numbered=True),
        Heading(say("memorandum.summary_head", language)),
        Text(_summary(candidate, region, language)),
        Heading(say("memorandum.duty", language)),
        Text(say("memorandum.duty_law", language)),
        Text(say("memorandum.duty_inform", language)),
        *_benefit(candidate, language),
        Heading(say("memorandum.nothing", language)),
        _nothing(candidate, language),
        *_risk(candidate, language),
        *_remaining(candidate, language),
        *_closing(candidate, language),
    ]
    return Document(
        say("memorandum.title", language, title=clipped(entry.title)),
        say("memorandum.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=blocks,
    )
