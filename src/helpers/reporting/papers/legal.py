"""The open legal questions for the information owner and the lawyer: only those that this dataset
raises, with room to answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from helpers.reporting.papers.document import Block, Document, Heading, Items, Table, Text
from helpers.reporting.papers.words import clipped, example, organisation, say
from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.screening.marks import Gate
    from helpers.screening.questions import Question


def _told(key: str, language: str, **values: Any) -> str:
    return messages.text(f"checklist.{key}", language, **values)


def _answered(question: Question, entry: Entry, language: str) -> str:
    """The declared answer with who gave it and when, or nothing."""
    answer, by = question.answer(entry), getattr(entry.legal, question.id)
    if answer == "unknown":
        return ""
    return ", ".join(
        [
            _told(f"answer.{answer}", language),
            *(escaping.shown(one) for one in (by.by, by.when) if one),
        ]
    )


def _because(question: Question, gate: Gate, language: str) -> list[str]:
    return [
        escaping.shown(one.message[language])
        for one in gate.reasons
        if one.question == question.id and one.code.startswith("found_")
    ]


def _question(
    number: int, question: Question, entry: Entry, gate: Gate, language: str
) -> list[Block]:
    title = question.title[language]
    because = _because(question, gate, language)
    head = [_told(name, language) for name in ("to_answer", "by", "when")]
    row = [_answered(question, entry, language) or _told("boxes", language), "", ""]
    blocks: list[Block] = [Heading(f"{number}. {title}"), Text("", label=question.ask[language])]
    if because:
        blocks += [Text(f"{_told('because', language)}:"), Items([("", one) for one in because])]
    for name, said in (("who", question.who), ("law", question.law), ("help", question.help)):
        blocks.append(Text(said[language], label=f"{_told(name, language)}:"))
    return [*blocks, Table(f"{head[0]}: {title}", head, [row], [30, 42, 28])]


def _list(key: str, lines: list[str], language: str) -> list[Block]:
    return [Heading(_told(key, language)), Items([("", one) for one in lines])] if lines else []


def questions(
    entry: Entry, gate: Gate, asked: list[Question], language: str, *, on: dt.date
) -> Document:
    """The questions in the order of the gate: those to answer first, then those answered with a no
    that nothing contradicts."""
    settled = [
        one for one in asked if one.answer(entry) == "no" and not _because(one, gate, language)
    ]
    open_ = [one for one in asked if one not in settled]
    other = [
        escaping.shown(one.message[language])
        for one in gate.reasons
        if one.question is None and one.code.startswith("found_") and one.level != "told"
    ]
    about = _told(
        "about",
        language,
        organisation=organisation(entry, language),
        date=messages.date(on, language),
    )
    blocks: list[Block] = [
        *example(entry.synthetic, language),
        Text(about, style="soft"),
        Text(messages.text(f"gate.verdict.{gate.verdict}", language), style="lead"),
        Text(_told("how", language)),
    ]
    for number, question in enumerate(open_, 1):
        blocks += _question(number, question, entry, gate, language)
    if not open_:
        blocks.append(Text(_told("none", language)))
    said = [f"{one.title[language]}: {_answered(one, entry, language)}" for one in settled]
    head = [_told(name, language) for name in ("role", "when", "registry_number")]
    blocks += [
        *_list("answered", said, language),
        *_list("other", other, language),
        Heading(_told("decision", language)),
        Text(_told("decision_how", language)),
        Table(_told("decision", language), head, [["", "", ""]], [40, 25, 35]),
        Text(_told("informs", language), style="soft"),
    ]
    return Document(
        clipped(entry.title),
        _told("heading", language),
        language,
        say("footer", language, date=on),
        on.isoformat(),
        blocks=blocks,
    )
