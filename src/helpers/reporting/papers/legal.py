"""The open legal questions for the information owner and the lawyer, a part of the checklist: only
those that this dataset raises, with room to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from helpers.reporting.papers.document import Block, Heading, Items, Table, Text
from helpers.words import escaping, messages

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry
    from helpers.screening.marks import Gate
    from helpers.screening.questions import Question


def _told(key: str, language: str, **values: Any) -> str:
    return messages.text(f"checklist.{key}", language, **values)


def _answered(question: Question, entry: Entry, language: str) -> str:
    """The declared answer with who gave it and when, or nothing."""
    answer, declared = question.answer(entry), getattr(entry.legal, question.id)
    if answer == "unknown":
        return ""
    return ", ".join(
        [
            _told(f"answer.{answer}", language),
            *(escaping.shown(part) for part in (declared.by, declared.when) if part),
        ]
    )


def _because(question: Question, gate: Gate, language: str) -> list[str]:
    return [
        escaping.shown(reason.message[language])
        for reason in gate.reasons
        if reason.question == question.id and reason.code.startswith("found_")
    ]


def _question(
    number: int, question: Question, entry: Entry, gate: Gate, language: str
) -> list[Block]:
    title = question.title[language]
    because = _because(question, gate, language)
    head = [_told(name, language) for name in ("to_answer", "by", "when")]
    row = [_answered(question, entry, language) or _told("boxes", language), "", ""]
    blocks: list[Block] = [
        Heading(f"{number}. {title}", level=3),
        Text("", label=question.ask[language]),
    ]
    if because:
        blocks += [
            Text(f"{_told('because', language)}:"),
            Items([("", sentence) for sentence in because]),
        ]
    for name, wording in (("who", question.who), ("law", question.law), ("help", question.help)):
        blocks.append(Text(wording[language], label=f"{_told(name, language)}:"))
    return [*blocks, Table(f"{head[0]}: {title}", head, [row], [30, 42, 28])]


def _list(key: str, lines: list[str], language: str) -> list[Block]:
    return [Heading(_told(key, language)), Items([("", line) for line in lines])] if lines else []


def _settled(entry: Entry, gate: Gate, asked: list[Question], language: str) -> list[Question]:
    """The questions answered with a no that nothing contradicts."""
    return [
        question
        for question in asked
        if question.answer(entry) == "no" and not _because(question, gate, language)
    ]


def _other_reasons(gate: Gate, language: str) -> list[str]:
    """What was found that belongs to no question, in words."""
    return [
        escaping.shown(reason.message[language])
        for reason in gate.reasons
        if reason.question is None and reason.code.startswith("found_") and reason.level != "told"
    ]


def _to_decide(language: str) -> list[Block]:
    """Room for the decision, and whom it is told to."""
    name = _told("decision", language)
    head = [_told(column, language) for column in ("role", "when", "registry_number")]
    return [
        Heading(name),
        Text(_told("decision_how", language)),
        Table(name, head, [["", "", ""]], [40, 25, 35]),
        Text(_told("informs", language), style="soft"),
    ]


def blocks(entry: Entry, gate: Gate, asked: list[Question], language: str) -> list[Block]:
    """The questions in the order of the gate: those to answer first, then those answered with a no
    that nothing contradicts; then room for the decision."""
    settled = _settled(entry, gate, asked, language)
    unsettled = [question for question in asked if question not in settled]
    made: list[Block] = [
        Heading(_told("heading", language)),
        Text(messages.text(f"gate.verdict.{gate.verdict}", language), style="lead"),
    ]
    if unsettled:
        made.append(Text(_told("how", language)))
    for number, question in enumerate(unsettled, 1):
        made += _question(number, question, entry, gate, language)
    if not unsettled:
        made.append(Text(_told("none", language)))
    answered = [
        f"{question.title[language]}: {_answered(question, entry, language)}"
        for question in settled
    ]
    return [
        *made,
        *_list("answered", answered, language),
        *_list("other", _other_reasons(gate, language), language),
        *_to_decide(language),
    ]
