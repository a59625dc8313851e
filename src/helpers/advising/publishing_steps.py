"""What a dataset still lacks before it is published: steps in an order that harms nobody, each with
who does it, how long it takes and why.

First it is stopped, then masked or mended, then the law, the decision, the address, the metadata
and the publication; no step is open before those that it needs. Digg's guidance cut down to this
dataset: a step stands here only where something said of the candidate calls for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.advising import step_hours
from helpers.advising.results import Candidate, PublishingStep
from helpers.checking import rows_to_fix
from helpers.declared import agencies, organisations, specifications
from helpers.declared.roles import roles
from helpers.metadata.completeness import given
from helpers.reading import formats
from helpers.scoring import effort
from helpers.words import escaping
from helpers.words.messages import LANGUAGES, listed, text

SHOWN = 4  # columns or questions named in a step
Need = tuple[str, tuple[str, ...], dict[str, Any]]
DESCRIBED = ("description", "keywords", "theme", "contact")
MENDING = ("file", "personal", "personal_outside", "groups", "critical", "critical_file", "columns")
MADE = ("file", "personal", "personal_outside", "groups", "format")  # what the public is to fetch
# what is to be done before a step is open, as far as it remains
AFTER: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(MENDING[1:], ("stop",)),
    "questions": ("owner",),
    "decision": (*MENDING, "organisation", "owner", "questions"),
    "licence": ("owner",),
    "routine": ("owner",),
    "address": ("decision", *MADE),
    "register": ("decision", "address", "licence", "describe", "routine"),
}


def shortened(words: list[str], language: str) -> str:
    """'a, b och c', with how many more there are beyond four; words of a file are escaped."""
    return listed([escaping.shown(word) for word in words], language, SHOWN)


def _lacking(candidate: Candidate) -> tuple[list[str], specifications.Specification | None]:
    """Mandatory fields that the file lacks, and the specification that asks for them; none for a
    timetable or an idea."""
    snapshot, type = candidate.snapshot, candidate.entry.type
    if snapshot is None or snapshot.format == "gtfs" or type not in specifications.types():
        return [], None
    whole = specifications.load(type, candidate.variant or candidate.entry.variant)
    placed = snapshot.main.geometry is not None
    names = [column.name for column in snapshot.main.columns]
    held = specifications.held(names, whole, candidate.fields)
    return specifications.mandatory(whole, held, placed=placed)[1], whole


def missing_fields(candidate: Candidate) -> list[str]:
    """Names of the specification's mandatory fields that the file lacks."""
    return _lacking(candidate)[0]


def missing_columns(candidate: Candidate) -> list[str]:
    """Headers of the mandatory columns that the file lacks, as the variant that it follows calls
    them; none for a timetable or an idea."""
    lacking, whole = _lacking(candidate)
    return [whole.field(name).header for name in lacking] if whole else []


def open_questions(candidate: Candidate) -> list[str]:
    """Ids of the legal questions that the dataset raises and nobody has answered."""
    reasons = candidate.gate.reasons if candidate.gate else []
    return [
        reason.question
        for reason in reasons
        if reason.question and reason.code.startswith("unanswered_")
    ]


def _needs(candidate: Candidate) -> Iterator[Need]:
    """PublishingStep id, role ids, and what fills the text; a list of names is put into words by
    language."""
    entry, gate = candidate.entry, candidate.gate
    if gate is not None and gate.verdict == "stopp":
        yield "stop", ("information_owner", "web_editor"), {}
    if entry.is_guessed("organisation"):
        owner = organisations.organisation(entry.organisation)
        yield "organisation", ("information_owner",), {"name": owner.name if owner else "–"}
    if entry.source is None:
        yield "file", ("system_administrator",), {}
    yield from _personal_needs(candidate)
    yield from _fault_needs(candidate)
    if candidate.snapshot is not None and closed_format(candidate):
        yield "format", ("system_administrator",), {}
    if not (entry.owner.role and entry.owner.mailbox):
        yield "owner", ("board",), {}
    yield from _question_needs(candidate)
    if gate is None or gate.decision != "valid":
        yield "decision", ("board", "registrar", "archivist"), {}
    if not entry.published.url:
        yield "address", ("web_editor",), {}
    yield from _metadata_needs(candidate)
    if entry.published.status != "dataportal":
        yield "register", ("web_editor",), {}


def _metadata_needs(candidate: Candidate) -> Iterator[Need]:
    """What describes the file and keeps it current: export, licence, description, routine."""
    entry = candidate.entry
    system = entry.source_system
    told = system.export == "yes" and system.supplier_owns_data == "no"
    if entry.published.status != "dataportal" and not told:
        yield "export", ("system_administrator",), {}
    if not given(entry.licence):
        yield "licence", ("information_owner",), {}
    yield from _description_needs(candidate)
    if not given(entry.update_frequency):
        yield "routine", ("information_owner", "system_administrator"), {}


def _personal_needs(candidate: Candidate) -> Iterator[Need]:
    """What is to be decided of marked personal data: by column, or outside the columns."""
    screening, gate = candidate.screening, candidate.gate
    if screening is None or (gate is not None and gate.decision == "valid"):
        return
    calls = ("stopp", "granska")
    marks = [mark for mark in screening.marks if mark.level in calls]
    columns = list(dict.fromkeys(mark.column for mark in marks if mark.column))
    if columns:
        yield "personal", ("information_owner", "lawyer"), {"columns": columns}
    elif marks:
        yield "personal_outside", ("information_owner",), {}
    elif any(risk.level in calls for risk in screening.risks):
        yield "groups", ("information_owner", "lawyer"), {}


def _question_needs(candidate: Candidate) -> Iterator[Need]:
    """The open legal questions, by their titles; nothing where all are answered."""
    questions = open_questions(candidate)
    if questions:
        titles = {lang: [_lower(title[lang]) for title in _titles(questions)] for lang in LANGUAGES}
        yield (
            "questions",
            ("information_owner", "lawyer"),
            {"count": len(questions), "titles": titles},
        )


def _fault_needs(candidate: Candidate) -> Iterator[Need]:
    """What is wrong: critically, by rows, or by faults where no row is known; columns that are not
    there; then what should be mended, and what could not be tried."""
    who, found = ("information_owner", "system_administrator"), candidate.findings
    critical, warnings = step_hours.critical(found), step_hours.warnings(found)
    if critical:
        rows = rows_to_fix.counted(candidate.rows_to_fix, "critical") or effort.rows(critical)
        if rows:
            yield "critical", who, {"rows": rows}
        else:
            yield "critical_file", who, {"count": len(critical)}
    columns = missing_columns(candidate)
    if columns:
        yield "columns", ("system_administrator",), {"columns": columns}
    if warnings:
        yield "warnings", who, {"count": len({finding.id for finding in warnings})}
    untried = step_hours.untried(found)
    if untried:
        yield "untried", ("system_administrator",), {"count": untried}


def _description_needs(candidate: Candidate) -> Iterator[Need]:
    """What the entry does not say of what describes a dataset, by name."""
    missing = effort.missing_metadata(candidate.entry)
    described = [name for name in DESCRIBED if name in missing]
    if described:
        names = {
            lang: [_lower(text(f"reporting.meta.{name}", lang)) for name in described]
            for lang in LANGUAGES
        }
        yield "describe", ("information_owner", "web_editor"), {"titles": names}


def closed_format(candidate: Candidate) -> bool:
    """True where the file read was of no open format, or its text not UTF-8."""
    snapshot = candidate.snapshot
    if snapshot is None:
        return False
    if snapshot.format not in formats.OPEN:
        return True
    return bool(snapshot.encoding) and not str(snapshot.encoding).lower().replace(
        "_", "-"
    ).startswith(("utf-8", "utf8", "ascii"))


def _titles(ids: list[str]) -> list[dict[str, str]]:
    from helpers.screening import questions  # 0.4 s

    known = {question.id: question.title for question in questions.every()}
    return [known[id] for id in ids]


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def steps(candidate: Candidate) -> list[PublishingStep]:
    """The steps that remain, in order; where a national source has the data, only to link to it."""
    holders = roles(candidate.entry)
    advice = candidate.advice
    needs: list[Need]
    if advice is not None and advice.code == "link":
        needs = [("link", ("web_editor",), {"url": advice.url or "–"})]
    else:
        needs = list(_needs(candidate))
    ids = frozenset(id for id, _, _ in needs)
    hours = step_hours.spans(candidate, ids)
    return [
        PublishingStep(
            id,
            {lang: _said(id, values, lang) for lang in LANGUAGES},
            {lang: _said(f"short.{id}", values, lang) for lang in LANGUAGES},
            {lang: _who(candidate, [holders[role] for role in who], lang) for lang in LANGUAGES},
            {lang: agencies.said(f"publishing.why.{id}", lang) for lang in LANGUAGES},
            [step for step in AFTER.get(id, ()) if step in ids],
            list(hours[id]) if id in hours else [],
        )
        for id, who, values in needs
    ]


def _said(id: str, values: dict[str, Any], language: str) -> str:
    filled = {
        name: value[language] if isinstance(value, dict) else value
        for name, value in values.items()
    }
    filled = {
        name: shortened(value, language) if isinstance(value, list) else value
        for name, value in filled.items()
    }
    return agencies.said(f"publishing.{id}", language, **filled)


def _who(candidate: Candidate, holders: list[Any], language: str) -> str:
    """The roles' usual holders; the declared information owner by the role that the entry names."""
    names = [
        (
            candidate.entry.owner.role
            if role.id == "information_owner" and candidate.entry.owner.role
            else role.usual[language]
        )
        for role in holders
    ]
    listing = ", ".join(escaping.shown(name) for name in dict.fromkeys(names))
    return listing[:1].upper() + listing[1:]
