"""The gate: what the content says and what the owner has answered, as one verdict with reasons and what opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers import messages
from helpers.screening.marks import VERDICTS, Gate, Reason, Screening

if TYPE_CHECKING:
    from helpers.catalogue import Entry

# What a declared "yes" leads to; a question that must be answered "no" before the gate can be open.
_YES = {
    "personal_data": "granska",
    "secrecy": "stopp",
    "security": "stopp",
    "protected_identity": "stopp",
    "copyright": "granska",
    "agreement": "granska",
}


def _reason(code: str, level: str, **values: object) -> Reason:
    return Reason(code, level, messages.both(f"gate.{code}", **values), messages.both(f"gate.{code}.opens", **values))


def _answer(entry: Entry, question: str) -> str:
    found = getattr(entry.legal, question, None) if entry.legal is not None else None
    return str(getattr(found, "answer", found) or "unknown")


def gate(screening: Screening, entry: Entry | None) -> Gate:
    """The worst of content and declared answers; an unanswered question, or no entry, is at most granska.

    More personal data never gives a milder verdict. Declared answers never outweigh what the content says.
    """
    reasons = [
        _reason(f"found_{mark.kind}", mark.level, column=mark.column, count=mark.count)
        for mark in screening.marks
        if mark.level != "told"
    ]
    if entry is None:
        reasons.append(_reason("no_entry", "granska"))
    else:
        for question, level in _YES.items():
            answer = _answer(entry, question)
            if answer == "yes":
                reasons.append(_reason(f"declared_{question}", level))
            elif answer != "no":
                reasons.append(_reason(f"unanswered_{question}", "granska"))
    verdict = max([screening.content, *(reason.level for reason in reasons)], key=VERDICTS.index)
    reasons.sort(key=lambda reason: -VERDICTS.index(reason.level))
    return Gate(screening.content, verdict, reasons)
