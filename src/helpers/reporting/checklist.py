"""The open legal questions as a checklist for the information owner and the lawyer: only those this dataset raises.

As HTML to print, or as a Word file to fill in: ``.docx`` after the file's name decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from helpers import catalogue, escaping
from helpers.messages import date, text
from helpers.screening.marks import Gate
from helpers.screening.questions import Question

if TYPE_CHECKING:
    from helpers.catalogue import Entry


@dataclass(frozen=True)
class Item:
    """One question with what in the data raises it, and the declared answer."""

    title: str
    ask: str
    law: str
    who: str
    help: str
    because: list[str] = field(default_factory=list)
    answered: str = ""


@dataclass(frozen=True)
class Checklist:
    """All that the paper says, in one language."""

    title: str
    about: str
    verdict: str
    items: list[Item]
    answered: list[Item]
    other: list[str]  # what stops or is to be reviewed and raises no question


def checklist(entry: Entry, gate: Gate, asked: list[Question], language: str) -> Checklist:
    """The questions in the order of the gate, open ones apart from answered ones."""
    open_: list[Item] = []
    answered: list[Item] = []
    for question in asked:
        because = [escaping.shown(one.message[language]) for one in gate.reasons
                   if one.question == question.id and one.code.startswith("found_")]  # fmt: skip
        answer = question.answer(entry)
        by = getattr(entry.legal, question.id)
        said = ""
        if answer != "unknown":
            said = text(f"checklist.answer.{answer}", language)
            said += "".join(f", {one}" for one in (by.by, by.when) if one)
        item = Item(question.title[language], question.ask[language], question.law[language], question.who[language],
                    question.help[language], because, said)  # fmt: skip
        (answered if answer == "no" and not because else open_).append(item)
    other = [escaping.shown(one.message[language]) for one in gate.reasons if one.question is None and one.code.startswith("found_")
             and one.level != "told"]  # fmt: skip
    owner = catalogue.organisation(entry.organisation)
    about = text("checklist.about", language, organisation=owner.name if owner else text("reporting.unknown_organisation", language),
                 date=date(dt.date.today(), language))  # fmt: skip
    return Checklist(entry.title, about, text(f"gate.verdict.{gate.verdict}", language), open_, answered, other)


def write_html(found: Checklist, file: Path, language: str) -> None:
    from helpers.reporting.pages import environment

    template = environment(language).get_template("checklist.html")
    file.write_text(template.render(c=found, region=None, finished=dt.date.today()), "utf-8")


def write_docx(found: Checklist, file: Path, language: str) -> None:
    """A Word file with a table to fill in for each question."""
    import docx
    from docx.shared import Pt

    def say(key: str) -> str:
        return text(f"checklist.{key}", language)

    paper = docx.Document()
    paper.core_properties.title = f"{say('heading')}: {found.title}"
    paper.core_properties.language = {"sv": "sv-SE", "en": "en-GB"}[language]
    paper.core_properties.author = "Datakollen"
    paper.styles["Normal"].font.size = Pt(11)
    paper.add_heading(say("heading"), 0)
    paper.add_paragraph(f"{found.title}\n{found.about}")
    paper.add_paragraph(found.verdict).runs[0].bold = True
    paper.add_paragraph(say("how"))
    for number, item in enumerate(found.items, 1):
        paper.add_heading(f"{number}. {item.title}", 1)
        paper.add_paragraph(item.ask).runs[0].bold = True
        for one in item.because:
            paper.add_paragraph(one, style="List Bullet")
        for key, value in (("who", item.who), ("law", item.law), ("help", item.help)):
            paragraph = paper.add_paragraph()
            paragraph.add_run(f"{say(key)}: ").bold = True
            paragraph.add_run(value)
        table = paper.add_table(rows=2, cols=3)
        table.style = "Table Grid"
        for cell, key in zip(table.rows[0].cells, ("to_answer", "by", "when"), strict=True):
            cell.text = say(key)
        table.rows[1].cells[0].text = item.answered or say("boxes")
    if not found.items:
        paper.add_paragraph(say("none"))
    for heading, lines in (
        ("answered", [f"{one.title}: {one.answered}" for one in found.answered]),
        ("other", found.other),
    ):
        if lines:
            paper.add_heading(say(heading), 1)
            for line in lines:
                paper.add_paragraph(line, style="List Bullet")
    paper.add_heading(say("decision"), 1)
    paper.add_paragraph(say("decision_how"))
    table = paper.add_table(rows=2, cols=3)
    table.style = "Table Grid"
    for cell, key in zip(table.rows[0].cells, ("role", "when", "registry_number"), strict=True):
        cell.text = say(key)
    paper.add_paragraph(say("informs"))
    paper.save(str(file))
