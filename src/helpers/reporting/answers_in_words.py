"""An answer in words: its sentences, how sure it is, or why there is none; each figure from the
answer itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from helpers.advising.answers.answer import KRONOR, MBIT, SHARE, Answer, Mark, Said
from helpers.declared import specifications
from helpers.reporting.pictures_in_words import when
from helpers.words import messages
from helpers.words.escaping import shown
from helpers.words.messages import number, percent, text
from helpers.words.suppression import SUPPRESSED


def question(answer: Answer, language: str) -> str:
    """What was asked."""
    return text(f"answers.{answer.question}.question", language)


def sentences(said: list[Said], type: str, language: str) -> list[str]:
    """Each sentence; fields of the specification of ``type`` by their titles."""
    return [_sentence(one, type, language) for one in said]


def _sentence(said: Said, type: str, language: str) -> str:
    told = {name: _told(name, value, type, language) for name, value in said.told.items()}
    return text(f"answers.{said.code}", language, **told)


def _told(name: str, value: Any, type: str, language: str) -> Any:
    """A figure of a sentence, by what the first word of its name says it is; counts as they are."""
    match name.partition("_")[0]:
        case "kronor" | "journeys":
            return number(round(value), language)
        case "share":
            return share(value, language)
        case "km" | "mbit":
            return number(round(value, 1), language)
        case "date":
            return period(value, language)
        case "day":
            return messages.date(dt.date.fromisoformat(value), language)
        case "field":
            return specifications.load(type).field(value).title[language]
        case "label":
            return text(f"answers.label.{value}", language)
        case "message":
            return value[language]
        case "name" | "text" | "column":
            return shown(value)
        case _:
            return value


def share(value: float, language: str) -> str:
    """A share with one decimal where it is below a tenth."""
    return percent(value, language, 1 if 0 < value < 0.1 else 0)


def period(label: str, language: str) -> str:
    """A month or a year: '2024-01' -> 'januari 2024'."""
    return when(f"{label}-01", "month", language) if len(label) > 4 else label


def label(mark: Mark, language: str) -> str:
    """What a mark is of."""
    if mark.code:
        return text(f"answers.label.{mark.code}", language, n=mark.n)
    month = len(mark.label) == 7 and mark.label[4] == "-" and mark.label[:4].isdigit()
    return period(mark.label, language) if month else str(shown(mark.label))


def figure(mark: Mark, unit: str, language: str) -> str:
    """A mark's value in its unit, ``..`` where it is hidden."""
    if mark.value is None:
        return SUPPRESSED
    if unit == SHARE:
        return share(mark.value, language)
    if unit == MBIT:
        return number(round(mark.value, 1), language)
    return number(round(mark.value), language)


def notes(answers: list[Answer], type: str, language: str) -> list[str]:
    """What holds for all the answers."""
    said = [text("answers.file", language)]
    if any(answer.unit == KRONOR and answer.marks for answer in answers):
        said.append(text("answers.kronor", language))
    if type == "bredband":
        said.append(text("answers.measured", language))
    return said
