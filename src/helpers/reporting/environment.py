"""What templates may use: the texts of one language, and the few functions that look something
up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from helpers.advising import leading
from helpers.advising.results import Candidate
from helpers.checking import findings, outcome, rows_to_fix
from helpers.declared import agencies, specifications
from helpers.drawing import palette
from helpers.reporting import (
    delimiters,
    kept_pages,
    masked,
    show_answers,
    show_faults,
    since,
    tables,
    titles,
)
from helpers.scoring import criteria
from helpers.screening import questions
from helpers.words import escaping, messages, templates
from helpers.words.files.ours import remembered
from helpers.words.policy import policy

if TYPE_CHECKING:
    from helpers.checking.rows_to_fix import RowToFix

ROWS = 10  # of one fault, that a page shows
MOST_ROWS = 400  # of all faults together: a page stays small
# the pages that every page leads to, in this order
SITE = (
    ("decision", "index.html"),
    ("order", "order.html"),
    ("types", "types.html"),
    ("method", "method.html"),
    ("history", "history.html"),
)
# what a page says of itself, where it says nothing else: the way to the report's folder, which of
# the pages it is, whether there is a history, whether its data are made up, and its maps
OF_EVERY_PAGE: dict[str, Any] = {
    "site_pages": SITE,
    "root": "",
    "here": "",
    "with_history": True,
    "synthetic": False,
    "maps": (),
}
OURS = ChoiceLoader(
    [PackageLoader("helpers.reporting"), PackageLoader("helpers.drawing", "assets")]
)


def _by_values(candidate: Candidate) -> str:
    """The columns whose values alone tell what they are; "" where headers do."""
    names = (
        [column.name for column in candidate.snapshot.main.columns] if candidate.snapshot else []
    )
    known = [name for name in names if name in candidate.fields.values()]
    return ", ".join(map(escaping.shown, known)) if specifications.nameless(names) else ""


def _frequency(value: str | None, language: str) -> str:
    """How often data are updated, in words where it is one of the EU's codes; "" where nobody
    said."""
    said = escaping.shown(value) if value else ""
    known = messages.part(language, "inventory").get(f"inventory.frequency.{said}")
    return known or said


def _specification_of(candidate: Candidate) -> specifications.Specification | None:
    known = candidate.entry.type in specifications.types()
    return (
        specifications.load(candidate.entry.type, candidate.variant or candidate.entry.variant)
        if known
        else None
    )


def _field_of(candidate: Candidate, column: str) -> str:
    known = next((name for name, source in candidate.fields.items() if source == column), None)
    whole = None if known else _specification_of(candidate)
    if whole is None or candidate.snapshot is None:
        return known or "–"
    wide = specifications.spread([one.name for one in candidate.snapshot.main.columns], whole)
    value = wide.columns.get(column) if wide else None
    return f"{wide.value}: {value}" if wide and value else "–"


def _failing_rows(candidate: Candidate) -> dict[int, list[RowToFix]]:
    """The first rows of each fault by its place among those told, with shapes for values that are
    marked: the gravest first, and no more than a page has room for."""
    lines = rows_to_fix.firsts(candidate.rows_to_fix, ROWS)[:MOST_ROWS]
    main = candidate.snapshot.main.name if candidate.snapshot else ""
    faults = enumerate(findings.faults_of(candidate.findings))
    return {number: rows_to_fix.of(fault.cause, lines, main) for number, fault in faults}


def _question_title(id: str, language: str) -> str:
    title = next(question.title[language] for question in questions.every() if question.id == id)
    return title[:1].lower() + title[1:]


def _computed(language: str) -> dict[str, Any]:
    """What the templates ask of what was computed: sentences and numbers, none of a cell."""
    return {
        "owner_name": partial(titles.owner_of, language=language),
        "field_of": _field_of,
        "specification_of": _specification_of,
        "by_values": _by_values,
        "frequency": partial(_frequency, language=language),
        "rows_counted": rows_to_fix.counted,
        "faults_of": findings.faults_of,
        "rows_by_rule": partial(show_faults.on_page, language=language),
        "rules_said": partial(outcome.sentence, language=language),
        "first_says": leading.heading,
        "publishable": leading.ranked,
        "delimiter_name": partial(delimiters.named, language=language),
        "type_name": partial(specifications.title_of, language=language),
        "span": partial(messages.span, language=language),
        "model": criteria.load(),
        "unanswered": [f"unanswered_{question.id}" for question in questions.every()],
        "question_title": partial(_question_title, language=language),
        "since_sentences": partial(since.sentences, language=language),
        "kept_since": partial(kept_pages.sentence, language=language),
        "kept_note": partial(kept_pages.note, language=language),
        "answered": partial(show_answers.on_page, language=language),
        "proposed": partial(masked.sentence, language=language),
        "failing_rows": _failing_rows,
    }


@remembered
def environment(language: str) -> Environment:
    """The templates in one language; each is compiled once."""
    made = templates.environment(OURS)

    def say(key: str, **values: Any) -> str:
        return agencies.said(key, language, **values)

    def told(key: str, **values: Any) -> str:
        return say(f"reporting.{key}", **values)

    def sheet(name: str) -> Markup:
        """A style sheet or a script as it stands, so that a page and its policy mean the same
        text."""
        colours = palette.site() if name == "style.css" else ""
        return Markup(colours + OURS.get_source(made, name)[0])  # noqa: S704 - our own

    made.globals |= {
        "policy": policy,
        "sheet": sheet,
        "t": told,
        "say": say,
        "language": language,
        **OF_EVERY_PAGE,
        "labelled": tables.labelled,
        "type_page": titles.type_page,
        **_computed(language),
    }
    made.tests |= {"to_link": leading.to_link}
    made.filters |= {
        "shown": escaping.shown,
        "zip": zip,
        "site_word": lambda name: say(f"site.{name}"),
        "severity_named": lambda severity: told(f"severity.{severity}"),
        "extract": lambda key, of: of[key],
        "capitalised": lambda text: text[:1].upper() + text[1:],
        "number": partial(messages.number, language=language),
        "percent": partial(messages.percent, language=language),
        "measure": partial(messages.measure, language=language),
    }
    return made
