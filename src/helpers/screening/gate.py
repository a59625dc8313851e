"""The gate: what the content says and what the owner has answered and decided, as one verdict with
reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpers.screening import decisions, questions
from helpers.screening.marks import VERDICTS, Gate, Mark, Reason, Risk, Screening
from helpers.words import messages
from helpers.words.files.ours import Folder

if TYPE_CHECKING:
    from helpers.declared.catalogue import Entry

SENTENCES = (
    Folder("helpers/words/messages/*/gate.yaml"),
    Folder("helpers/words/messages/*/surroundings.yaml"),
    Folder("helpers/words/messages/*/screening.yaml"),
)
SHOWN = 3  # of what is new since a decision
# What programs call the properties of a file, as surroundings.label.<name> has them in words.
LABELS = {
    "creator": "author",
    "author": "author",
    "initialcreator": "author",
    "lastmodifiedby": "last_changed_by",
    "lastauthor": "last_changed_by",
    "printedby": "printed_by",
    "manager": "manager",
    "company": "company",
}
Both = dict[str, str]


def _both(key: str, **values: Any) -> Both:
    """A text in both languages; a value that is itself in both is put in by language."""
    return {
        language: messages.text(
            key,
            language,
            **{
                name: value[language] if isinstance(value, dict) else value
                for name, value in values.items()
            },
        )
        for language in messages.LANGUAGES
    }


def _of_mark(mark: Mark, columns: list[str]) -> Reason:
    kind = messages.both(f"screening.kind.{mark.kind}")
    public = mark.level == "told" and mark.kind != "protected_account"
    key = f"gate.found_{mark.certainty}" if mark.where == "cells" else f"gate.found_{mark.where}"
    if public:
        key = "gate.found_told_possible" if mark.certainty == "possible" else "gate.found_told"
    key = "gate.unread" if mark.kind == "unread" else key
    key = (
        "gate.found_name_possible" if (mark.where, mark.certainty) == ("name", "possible") else key
    )
    chance = mark.kind == "personnummer" and mark.certainty == "possible" and mark.where == "cells"
    key = "gate.found_chance" if chance else key
    key = f"gate.found_together_{mark.certainty}" if mark.parts else key
    beside = f"{mark.table}/{mark.column}"  # as a column of a table beside the main one is called
    message = _both(
        key,
        column=beside if beside in columns else mark.column,
        place=_place(mark),
        columns=" + ".join(mark.parts),
        kind=kind,
        count=mark.count,
    )
    opens = f"screening.opens.{mark.kind}" if mark.where == "cells" else f"gate.{mark.where}_opens"
    opens = "gate.unread_opens" if mark.kind == "unread" else opens
    opens = "gate.told_opens" if public else opens
    aside = mark.where != "cells" and not mark.column
    return Reason(
        f"found_{mark.kind}", mark.level, message, _both(opens), _question(mark.kind), aside
    )


def _place(mark: Mark) -> Both:
    """The place outside the cells in words: what it is, of which sheet or member, under which
    name."""
    if mark.where != "outside":
        return _both("surroundings.place.row")
    place = messages.both(f"surroundings.place.{mark.place}")
    if mark.table:
        place = _both("surroundings.within", place=place, within=mark.table)
    if not mark.label:
        return place
    # what programs call a property, in words; else the name as it stands
    known = LABELS.get(mark.label.rpartition(":")[2].lower().replace("-", ""))
    label = messages.both(f"surroundings.label.{known}") if known else mark.label
    return _both("surroundings.under", place=place, label=label)


def _of_risk(risk: Risk) -> Reason:
    share = {language: messages.percent(risk.share, language, 1) for language in messages.LANGUAGES}
    left = {
        language: messages.percent(risk.left_share, language, 1) for language in messages.LANGUAGES
    }
    values = {
        "columns": ", ".join(risk.columns),
        "k": risk.k,
        "least": risk.least,
        "groups": risk.groups,
        "small": risk.small,
        "rows": risk.rows,
        "share": share,
        "left": left,
        "counted": risk.counted or "",
        "why": _both("gate.counts_word" if risk.word else "gate.counts_field", word=risk.word),
    }
    return Reason(
        f"found_{risk.kind}",
        risk.level,
        _both(f"gate.risk_{risk.kind}", **values, count=risk.rows),
        _both(f"gate.risk_{risk.kind}.opens", **values),
        _question(risk.kind),
    )


def _question(kind: str) -> str | None:
    """The first question that a kind raises."""
    return next(
        (question.id for question in questions.every() if kind in question.raised_by.kinds),
        None,
    )


def _of_question(question: questions.Question, entry: Entry | None) -> Reason | None:
    answer = question.answer(entry)
    if answer == "no":
        return None
    title = {language: name[:1].lower() + name[1:] for language, name in question.title.items()}
    values = {"title": title, "law": question.law, "who": question.who, "help": question.help}
    if answer == "yes":
        return Reason(
            f"declared_{question.id}",
            question.blocks,
            _both("gate.declared", **values),
            _both("gate.declared.opens", **values),
            question.id,
        )
    return Reason(
        f"unanswered_{question.id}",
        "granska",
        _both("gate.unanswered", **values),
        _both("gate.unanswered.opens", **values),
        question.id,
    )


def _decided(
    entry: Entry | None, columns: list[str], screening: Screening
) -> tuple[str, Reason | None]:
    """none | valid | lapsed, and what to say of it."""
    decision = entry.decision if entry is not None else None
    if decision is None or not (decision.role and decision.date and decision.registry_number):
        return "none", None
    fresh = decisions.new_since(decision, columns, screening)
    values = {
        "role": decision.role,
        "date": decision.date,
        "number": decision.registry_number,
        "count": len(fresh),
        "new": "; ".join(fresh[:SHOWN]),
    }
    status = "lapsed" if fresh else "valid"
    level = "granska" if fresh else "told"
    return status, Reason(
        f"decision_{status}",
        level,
        _both(f"gate.decision_{status}", **values),
        _both(f"gate.decision_{status}.opens", **values),
    )


def _legal(
    type: str, columns: list[str], screening: Screening, entry: Entry | None
) -> list[Reason]:
    """What the questions say that the dataset raises or that are answered yes; first, that no entry
    is there."""
    asked = questions.raised(type, columns, screening, entry)
    declared = [
        question
        for question in questions.every()
        if question not in asked and question.answer(entry) == "yes"
    ]
    legal = [
        reason for question in (*asked, *declared) if (reason := _of_question(question, entry))
    ]
    if entry is None:
        legal = [
            Reason("no_entry", "granska", _both("gate.no_entry"), _both("gate.no_entry.opens")),
            *legal,
        ]
    return legal


def _of_entry(entry: Entry | None) -> list[Reason]:
    """That the entry itself names somebody, though it is shown by its shape."""
    fields = entry.personal() if entry is not None else []
    if not fields:
        return []
    message = _both("gate.entry_personal", fields=", ".join(fields))
    return [Reason("entry_personal", "granska", message, _both("gate.entry_personal.opens"))]


def gate(
    screening: Screening, entry: Entry | None, columns: Iterable[str] = (), type: str = "annan"
) -> Gate:
    """The worst of content and declared answers; a question unanswered, or no entry, is at most
    granska.

    ``columns`` and ``type`` are the dataset's: they raise questions. A valid decision settles what
    was to be reviewed in the content, never a stop, and never a question that nobody answered. More
    personal data never give a milder verdict, and declared answers never outweigh what the content
    says.
    """
    names = list(columns)
    status, decided = _decided(entry, names, screening)
    content = [
        *(_of_mark(mark, names) for mark in screening.marks if mark.leads),
        *map(_of_risk, screening.risks),
    ]
    if status == "valid":
        content = [
            replace(reason, level="told") if reason.level == "granska" else reason
            for reason in content
        ]
    legal = _legal(type, names, screening, entry)
    reasons = [*content, *_of_entry(entry), *([decided] if decided else []), *legal]
    levels = [reason.level for reason in reasons if reason.level in VERDICTS]
    verdict = max(["fri", *levels], key=VERDICTS.index)
    order = ("stopp", "granska", "told")
    reasons.sort(key=lambda reason: order.index(reason.level))
    return Gate(screening.content, verdict, reasons, status)
