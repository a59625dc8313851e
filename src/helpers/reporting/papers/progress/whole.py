"""The status report as one paper: the period, the first half page, the tables, what nobody has
entered, and how it was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from helpers.advising.progress.status import Status
from helpers.reporting.papers.document import Block, Document, Heading, Text
from helpers.reporting.papers.progress import asked, baseline, opening, tables
from helpers.reporting.papers.progress.told import Told
from helpers.reporting.papers.words import example, footer
from helpers.words import messages


def _period(told: Told) -> Text:
    about = told.status.period
    said = [told.say("period", start=about.start, end=about.end, today=about.today)]
    if about.end > about.today:
        said.append(told.say("not_over", today=about.today))
    return Text(told.join(said), style="soft")


def _synthetic(told: Told) -> list[Block]:
    """The note that all is invented, where it is."""
    status = told.status
    if status.region.synthetic:
        return example(True, told.language)
    if status.written and status.written.synthetic:
        return [Text(told.say("synthetic_activities"), style="note")]
    return []


def _made(told: Told) -> list[Block]:
    """Which runs the report rests on, and what of history is damaged."""
    status = told.status
    past, said = status.past, []
    if past.runs and past.last:
        said.append(told.say("made.runs", count=past.runs, date=status.first_run))
        if past.before:
            last, before = (dt.date.fromisoformat(one.day) for one in (past.last, past.before))
            said.append(told.say("made.compared", last=last, before=before))
        else:
            said.append(told.say("made.not_compared"))
    if status.damaged:
        said.append(told.say("made.damaged", count=len(status.damaged)))
    said += [told.say("made.today", today=status.period.today), told.say("made.sources")]
    return [Heading(told.say("made.head")), Text(told.join(said), style="soft")]


def papers(status: Status, language: str) -> dict[str, Document]:
    """Name of the file, without its suffix -> paper: the report, and the baseline of each
    organisation that has answered."""
    told = Told(status, language)
    own = status.baseline.own if status.baseline else ()
    return {
        names(language)[0]: document(status, language),
        **dict(
            zip(
                names(language, [one.organisation for one in own])[1:],
                [baseline.paper(told, one) for one in own],
                strict=True,
            )
        ),
    }


def names(language: str, answered: Iterable[str] = ()) -> list[str]:
    """What the files are called, without suffix; ``answered``: ids of organisations."""
    stem = messages.text("progress.baseline.file", language)
    return [messages.text("papers.file.progress", language), *(f"{stem}-{id}" for id in answered)]


def document(status: Status, language: str) -> Document:
    """The report."""
    told = Told(status, language)
    return Document(
        told.say("title", end=status.period.end),
        told.say("kind"),
        language,
        footer(status.region, language),
        status.region.finished[:10],
        compact=True,
        blocks=[
            _period(told),
            *_synthetic(told),
            *opening.blocks(told),
            *tables.goals(told),
            *tables.activities(told),
            *tables.ways(told),
            *tables.findings(told),
            *tables.obstacles(told),
            *tables.following(told),
            *baseline.blocks(told),
            *asked.blocks(told),
            *_made(told),
        ],
    )
