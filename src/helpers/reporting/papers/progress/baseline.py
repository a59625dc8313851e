"""The baseline: over all organisations as counts, and for each organisation a paper of its own.
Organisations are never put beside each other."""

from __future__ import annotations

from helpers.advising.progress.maturity import (
    LESS,
    MORE,
    OWN,
    TRAINING,
    UNKNOWN,
    Baseline,
    Beside,
    Own,
)
from helpers.declared import maturity
from helpers.declared.maturity import ANSWERS, Area
from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.progress.told import Told
from helpers.reporting.papers.words import clipped, example, footer
from helpers.words import messages
from helpers.words.messages import text

BECAUSE = 120  # letters of what an answer rests on


def answer(said: str, language: str) -> str:
    """An answer in words."""
    return text(f"inventory.maturity.{said}", language)


def blocks(told: Told) -> list[Block]:
    """Over all that answered: counts by area, and what backs the answers."""
    found = told.status.baseline
    if found is None:
        return [Heading(told.say("baseline.head_none")), Text(told.say("baseline.none"))]
    heading = told.say("baseline.head", year=str(found.year))
    how = told.say("baseline.how", count=len(found.own), asked=found.asked)
    return [
        Heading(heading),
        Text(how),
        _table(told, heading, found),
        Text(_backed(told, found)),
        Text(told.say("baseline.own_papers"), style="soft"),
    ]


def _table(told: Told, heading: str, found: Baseline) -> Table:
    columns = [answer(said, told.language) for said in ANSWERS if said != UNKNOWN]
    columns.append(told.say("baseline.unanswered"))
    head = [told.say("baseline.area"), *(name[:1].upper() + name[1:] for name in columns)]
    widths = [28.0, 12.0, 12.0, 12.0, 16.0]
    if found.before is not None:
        before = str(found.before)
        head += [told.say(f"baseline.{name}", before=before) for name in ("up", "down")]
        widths = [26, 10, 10, 10, 14, 15, 15]
    rows = []
    for area in maturity.areas():
        counts = [*found.counted(area).values()]
        counts += found.changed(area) if found.before is not None else ()
        numbers = [messages.number(count, told.language) for count in counts]
        rows.append([area.name[told.language], *numbers])
    return Table(heading, head, rows, widths)


def _backed(told: Told, found: Baseline) -> str:
    counted = found.verdicts()
    return told.say("baseline.backed", answers=sum(counted.values()), **counted)


def paper(told: Told, own: Own) -> Document:
    """One organisation's own baseline: each answer, the one of the year before, and what Datakollen
    sees of it."""
    language = told.language
    about = [told.say("baseline.own_how")]
    if own.before is None:
        about.append(told.say("baseline.own_first"))
    return Document(
        told.organisation(own.organisation),
        told.say("baseline.kind", year=str(own.year)),
        language,
        footer(told.status.region, language),
        told.status.region.finished[:10],
        compact=True,
        blocks=[
            *example(own.synthetic, language),
            Text(told.join(about)),
            *_contradictions(told, own),
            *(block for area, some in own.areas for block in _area(told, own, area, some)),
            *_sources(told, own),
        ],
    )


def _contradictions(told: Told, own: Own) -> list[Block]:
    """Where the answer and what is seen do not say the same, first of all."""
    differ = [one for one in own.every if one.verdict in (MORE, LESS)]
    heading = Heading(told.say("baseline.differ"))
    if not differ:
        return [heading, Text(told.say("baseline.differ_none"))]
    items = [
        (
            one.question.ask[told.language],
            told.say(
                f"baseline.differs.{one.verdict}",
                answer=answer(one.said, told.language),
                sees=sees(told, one),
            ),
        )
        for one in differ
    ]
    return [heading, Items(items)]


def sees(told: Told, one: Beside) -> str:
    """What Datakollen counts of the question, in a sentence; that it sees nothing, else."""
    if one.question.evidence == "none":
        return told.say("baseline.sees.none")
    if not one.of:
        written = one.question.evidence == TRAINING
        return told.say("baseline.sees.none" if written else "baseline.sees_nothing")
    return told.say(f"baseline.sees.{one.question.evidence}", seen=one.seen, of=one.of)


def _area(told: Told, own: Own, area: Area, some: tuple[Beside, ...]) -> list[Block]:
    name = area.name[told.language]
    head = [told.say("baseline.question"), str(own.year)]
    widths = [34.0, 10.0]
    if own.before is not None:
        head.append(str(own.before))
        widths.append(10)
    head += [told.say("baseline.because"), told.say("baseline.seen")]
    widths += [22, 34 - (10 if own.before is not None else 0)]
    return [Heading(name), Table(name, head, [_row(told, own, one) for one in some], widths)]


def _row(told: Told, own: Own, one: Beside) -> list[str]:
    """A question; an answer that nobody has given is a blank."""
    said = answer(one.said, told.language) if one.answer else ""
    row = [one.question.ask[told.language], said]
    if own.before is not None:
        row.append(answer(one.before.answer, told.language) if one.before else "–")
    because = one.answer.because if one.answer else None
    backing = told.say(f"baseline.verdict.{one.verdict}") if one.said != UNKNOWN else ""
    own_word = one.verdict == OWN and one.question.evidence in ("none", TRAINING)
    seen = sees(told, one) if own_word else told.join([sees(told, one), backing])
    return [*row, clipped(because, BECAUSE) if because else "", seen]


def _sources(told: Told, own: Own) -> list[Block]:
    """What each area follows, with how well that is known."""
    items = [
        (f"{area.name[told.language]}:", f"{area.source} [{area.sign}]") for area, _ in own.areas
    ]
    heading = Heading(told.say("baseline.sources"))
    return [heading, Items(items), Text(told.say("baseline.signs"), style="soft")]
