"""An answer in words: its sentences, how sure it is, or why there is none; each figure from the
answer itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from helpers.advising.answers.answer import KILOS, KRONOR, MBIT, METRES, SHARE, Answer, Mark, Said
from helpers.declared import specifications
from helpers.reporting.pictures_in_words import when
from helpers.words import messages
from helpers.words.escaping import shown
from helpers.words.messages import listed, number, percent, text
from helpers.words.suppression import SUPPRESSED


def question(answer: Answer, type: str, language: str) -> str:
    """What was asked."""
    about = {name: _told(name, value, type, language) for name, value in answer.about.items()}
    return text(f"answers.{answer.question}.question", language, **about)


def sentences(said: list[Said], type: str, language: str) -> list[str]:
    """Each sentence; fields of the specification of ``type`` by their titles."""
    return [_sentence(one, type, language) for one in said]


def _sentence(said: Said, type: str, language: str) -> str:
    told = {name: _told(name, value, type, language) for name, value in said.told.items()}
    return text(f"answers.{said.code}", language, **told)


def _told(name: str, value: Any, type: str, language: str) -> Any:
    """A figure of a sentence, by what the first word of its name says it is; counts as they are."""
    match name.partition("_")[0]:
        case "field":
            return title_of(value, type, language)
        case "fields":
            return listed([f"”{title_of(one, type, language)}”" for one in value], language)
        case "label":
            return _coded(value, value.partition("_")[2], 0, language)
        case "message":
            return value[language]
        case "name" | "text" | "column":
            return shown(value)
        case kind:
            return FIGURES[kind](value, language) if kind in FIGURES else value


def _coded(code: str, value: str, n: int, language: str) -> str:
    """The text of a code; of one that the specification does not have, the file's value."""
    key = f"answers.label.{code}"
    known = key in messages.part(language, "answers") or not value
    return text(key, language, n=n) if known else str(shown(value))


def _whole(value: float, language: str) -> str:
    return number(round(value), language)


def _one_decimal(value: float, language: str) -> str:
    return number(round(value, 1), language)


def _measured(value: float, language: str) -> str:
    return _one_decimal(value, language) if abs(value) < 100 else _whole(value, language)


def _clock(seconds: int, _language: str) -> str:
    """A time of the service day, which may end after midnight."""
    return f"{seconds // 3600 % 24:02d}.{seconds % 3600 // 60:02d}"


def _day(day: str, language: str) -> str:
    return messages.date(dt.date.fromisoformat(day), language)


def _on_day(day: str, language: str) -> str:
    """'måndagen den 12 januari 2026'."""
    number_of = dt.date.fromisoformat(day).isoweekday()
    weekday = text(f"answers.label.isodow_{number_of}", language)
    return text("answers.on_day", language, weekday=weekday, date=_day(day, language))


def _months(ends: list[int], language: str) -> str:
    """The months of a year from one to another: 'januari–maj'."""
    low, high = (when(f"2000-{month:02d}-01", "month", language).split()[0] for month in ends)
    return low if low == high else text("answers.between", language, low=low, high=high)


def title_of(field: str, type: str, language: str) -> str:
    """What a field of the specification is called."""
    return specifications.load(type).field(field).title[language]


def share(value: float, language: str) -> str:
    """A share with one decimal where it is below a tenth."""
    return percent(value, language, 1 if 0 < value < 0.1 else 0)


def period(label: str, language: str) -> str:
    """A month or a year: '2024-01' -> 'januari 2024'."""
    return when(f"{label}-01", "month", language) if len(label) > 4 else label


def label(mark: Mark, type: str, language: str) -> str:
    """What a mark is of."""
    if mark.code == "field":
        return title_of(mark.label, type, language)
    if mark.code:
        return _coded(mark.code, mark.label, mark.n, language)
    month = len(mark.label) == 7 and mark.label[4] == "-" and mark.label[:4].isdigit()
    return period(mark.label, language) if month else str(shown(mark.label))


def figure(mark: Mark, unit: str, language: str) -> str:
    """A mark's value in its unit, ``..`` where it is hidden."""
    if mark.value is None:
        return SUPPRESSED
    if unit == SHARE:
        return share(mark.value, language)
    if unit == METRES:
        return f"{number(round(mark.value), language)}\u00a0m"
    if unit == MBIT or (unit == KILOS and mark.value < 100):
        return number(round(mark.value, 1), language)
    return number(round(mark.value), language)


def notes(answers: list[Answer], type: str, language: str) -> list[str]:
    """What holds for all the answers."""
    said = [text("answers.file", language)]
    if any(answer.unit == KRONOR and answer.marks for answer in answers):
        said.append(text("answers.kronor", language))
    if any(answer.question.startswith("broadband.") for answer in answers):
        said.append(text("answers.measured", language))
    return said


# the first word of a figure's name -> how it is written
FIGURES: dict[str, Callable[[Any, str], str]] = {
    **dict.fromkeys(("kronor", "journeys", "grams"), _whole),
    **dict.fromkeys(("kg", "total", "middle", "least", "greatest"), _measured),
    **dict.fromkeys(("km", "mbit"), _one_decimal),
    "share": share,
    "date": period,
    "day": _day,
    "on": _on_day,
    "clock": _clock,
    "months": _months,
}
