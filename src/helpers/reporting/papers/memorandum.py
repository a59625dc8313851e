"""The official memorandum (tjänsteskrivelse): a proposed decision, the duty, the benefit, the cost
of doing nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.advising import publishing_steps
from helpers.checking import rows_to_fix
from helpers.declared import agencies, organisations
from helpers.declared.roles import roles
from helpers.reporting.papers.document import Block, Document, Facts, Heading, Items, Table, Text
from helpers.reporting.papers.words import example, footer, made, organisation, say, titled
from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.advising.results import Candidate, PublishingStep, Region

REASONS = 4  # of the gate
EVIDENCED = "leverantorsfakturor"  # the type whose benefit a source tells of
DECIDED = ("decision", "owner", "licence", "address", "register")  # by the paper itself


def _decision(candidate: Candidate, language: str) -> list[tuple[str, str]]:
    entry = candidate.entry
    licence = (
        escaping.shown(entry.licence)
        if entry.licence
        else say("memorandum.licence_blank", language)
    )
    _, after = _parted(candidate)
    key = "decide_publish_after" if after else "decide_publish"
    title = titled(candidate, language)
    points = [say(f"memorandum.{key}", language, title=title, licence=licence)]
    if entry.owner.role:
        points.append(
            say("memorandum.decide_owner", language, role=escaping.shown(entry.owner.role))
        )
    else:
        usual = roles(entry)["information_owner"].usual[language]
        points.append(say("memorandum.decide_appoint", language, role=usual))
    points.append(say("memorandum.decide_steps" if after else "memorandum.decide_keep", language))
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
    if entry.type == EVIDENCED:
        blocks.append(Text(say("memorandum.benefit_invoices", language)))
    if judged:
        blocks += [
            Text(say("memorandum.benefit_judged", language)),
            Items([("", judgement) for judgement in judged]),
        ]
        if entry.type != EVIDENCED:
            blocks.append(Text(say("memorandum.benefit_unmeasured", language)))
    else:
        blocks.append(Text(say("memorandum.benefit_unknown", language)))
    return blocks


def _nothing(candidate: Candidate, language: str) -> Block:
    entry = candidate.entry
    rows = rows_to_fix.counted(candidate.rows_to_fix)
    requests = entry.value.requests_last_year
    items = []
    if requests is not None:
        items.append(say("memorandum.nothing_requests_known", language, count=requests))
    elif entry.published.status in ("no", "unknown"):
        items.append(say("memorandum.nothing_requests", language))
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
        (say("memorandum.from", language), _sender(candidate, language)),
        (say("memorandum.date", language), messages.date(made(region), language)),
        (say("memorandum.registry_number", language), ""),
        (say("memorandum.officer", language), ""),
    ]


def _sender(candidate: Candidate, language: str) -> str:
    """Whose the data are; a blank where nobody has said so."""
    known = organisations.organisation(candidate.entry.organisation)
    return organisation(candidate.entry, language) if known else ""


def _summary(candidate: Candidate, region: Region, language: str) -> str:
    """What is proposed, how many steps remain, and the place where the candidate has one."""
    title, ranked = titled(candidate, language), candidate.ranked
    summary = say("memorandum.summary", language, title=title)
    before, after = _parted(candidate)
    if before:
        summary += " " + say("memorandum.summary_before", language, count=len(before))
    if after:
        summary += " " + say("memorandum.summary_after", language, count=len(after))
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
        review = say("memorandum.review", language)
        said = messages.text(f"gate.verdict.{gate.verdict}", language)
        blocks.append(Text(review if gate.verdict == "granska" else said))
        reasons = [
            escaping.shown(reason.message[language])
            for reason in gate.reasons
            if reason.level != "told"
        ][:REASONS]
        blocks += [Items([("", reason) for reason in reasons])] if reasons else []
    return blocks


def _parted(candidate: Candidate) -> tuple[list[PublishingStep], list[PublishingStep]]:
    """The steps to take before the decision, and those between it and the publication. What the
    decision itself settles is neither: who owns the data, the licence, the registration."""
    needed = publishing_steps.AFTER["decision"]
    lacks_mailbox = {"owner"} if candidate.entry.owner.role else set()
    settled = set(DECIDED) - lacks_mailbox
    steps = [step for step in candidate.steps if step.id not in settled]
    before = [step for step in steps if step.id in needed]
    return before, [step for step in steps if step not in before]


def _remaining(candidate: Candidate, language: str) -> list[Block]:
    """What remains before the decision and before the publication, each in a table; nothing where
    nothing does."""
    head = [say(f"steps.{column}", language) for column in ("number", "step", "who")]
    blocks: list[Block] = []
    for key, steps in zip(("before", "after"), _parted(candidate), strict=True):
        name = say(f"memorandum.{key}", language)
        rows = [
            [str(number), step.text[language], step.who[language]]
            for number, step in enumerate(steps, 1)
        ]
        if rows:
            blocks += [Heading(name), Table(name, head, rows, [8, 62, 30])]
    return blocks


def _closing(candidate: Candidate, language: str) -> list[Block]:
    """The economy, the sources, what is attached, to whom it is sent, and room to sign."""
    entry, holders = candidate.entry, roles(candidate.entry)
    sources = ["duty", "guidance"]
    sources += ["benefit"] * (entry.type == EVIDENCED) + ["licences"] * (not entry.licence)
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
        say("memorandum.title", language, title=titled(candidate, language)),
        say("memorandum.kind", language),
        language,
        footer(region, language),
        region.finished[:10],
        blocks=blocks,
    )
