"""What a picture shows, in words: the sentences that stand under it and are its text alternative,
each figure from the picture itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from babel import dates

from helpers.profiling.pictures import dates as time_lines
from helpers.profiling.pictures.numbers import BENFORD
from helpers.profiling.pictures.picture import Mark, Picture
from helpers.words import messages
from helpers.words.escaping import shown
from helpers.words.messages import listed, number, percent, text
from helpers.words.suppression import SUPPRESSED

EXTREMES = ("least", "greatest")
GAPS = 2  # named
LEAST = 3  # cells: of fewer none is usual
TIED = 3  # marks that share the greatest count, named
ODD = 0.1  # of all numbers: so far from what is expected a first digit is told
NEARLY_ALL, TOGETHER = 0.9, 0.25  # of the empty cells, in so large a part of the file


def figure(value: float | str | None, language: str, of: Picture) -> str:
    """A mark's end or an extreme by locale; years, which are no quantity, are not grouped."""
    if value is None:
        return SUPPRESSED
    if isinstance(value, str):
        return value
    whole = int(value) if float(value).is_integer() and abs(value) < 1e15 else value
    return str(whole) if _are_years(of) else number(whole, language)


def _are_years(picture: Picture) -> bool:
    ends = [end for mark in picture.marks for end in (mark.low, mark.high) if end is not None]
    return all(isinstance(end, (int, float)) and 1000 <= end <= 2200 for end in ends)


def counted(count: int | None, language: str) -> str:
    """A count by locale, ``..`` where it is hidden."""
    return SUPPRESSED if count is None else number(count, language)


def when(mark: Any, unit: str, language: str) -> str:
    """The day, month or year that begins then: '31 januari 2024', 'januari 2024', '2024'."""
    day = dt.date.fromisoformat(str(mark))
    if unit == "day":
        return messages.date(day, language)
    form = "LLLL y" if unit == "month" else "y"
    return str(dates.format_date(day, form, locale=messages.locale(language)))


def kind(picture: Picture, language: str) -> str:
    """``belopp, fördelning``: which column, and what of it."""
    return f"{shown(picture.column)}, {text(f'pictures.kind.{picture.kind}', language)}"


def sentence(picture: Picture, language: str) -> str:
    """All that is said of the picture."""
    said = SAID[picture.kind](picture, language)
    if "least" in picture.told:
        said.append(text("pictures.least", language, k=picture.told["least"]))
    if picture.hidden:
        said.append(text("pictures.hidden", language))
    return " ".join(part for part in said if part)


def _tallest(picture: Picture) -> list[Mark]:
    """The marks of the greatest count; none where so many share it that it says nothing."""
    most = max((mark.count or 0 for mark in picture.marks), default=0)
    tied = [mark for mark in picture.marks if mark.count == most]
    return tied if most >= LEAST and len(tied) <= TIED else []


def _even(picture: Picture) -> int | None:
    """What every mark counts, where all count the same."""
    counts = {mark.count for mark in picture.marks}
    return counts.pop() if len(counts) == 1 and len(picture.marks) > 1 else None


def _usual(picture: Picture, language: str, names: list[str]) -> str:
    """The sentence on the tallest marks, so called; on all of them where they are even."""
    even = _even(picture)
    if even:
        return text(f"pictures.{picture.kind}.even", language, count=number(even, language))
    tallest = _tallest(picture)
    if not tallest:
        return ""
    count = tallest[0].count or 0
    many = "usual" if len(names) == 1 else "tied"
    return text(
        f"pictures.{picture.kind}.{many}",
        language,
        value=listed(names, language),
        count=number(count, language),
        present=number(picture.present, language),
        percent=percent(count / picture.present, language),
    )


def _far(picture: Picture, language: str) -> list[str]:
    return [
        text(
            f"pictures.histogram.{end}",
            language,
            count=number(count, language),
            **{name: figure(getattr(picture, name), language, picture)},
        )
        for end, name in (("below", "least"), ("above", "greatest"))
        if (count := getattr(picture, end))
    ]


def _histogram(picture: Picture, language: str) -> list[str]:
    middle = ""
    if "q25" in picture.told:
        low, high = (
            figure(_rounded(picture.told[name]), language, picture) for name in ("q25", "q75")
        )
        form = "one" if low == high else "middle"
        middle = text(f"pictures.histogram.{form}", language, low=low, high=high)
    spans = [
        text("pictures.histogram.from", language, low=low, high=high)
        for mark in _tallest(picture)
        for low, high in [[figure(end, language, picture) for end in (mark.low, mark.high)]]
    ]
    return [middle, _usual(picture, language, spans), *_far(picture, language)]


def _rounded(value: float) -> float:
    """To as many digits as a reader needs: three behind the point, four in all at least."""
    return round(value, 3) if abs(value) < 1000 else float(round(value))


def _bars(picture: Picture, language: str) -> list[str]:
    names = [shown(figure(mark.low, language, picture)) for mark in _tallest(picture)]
    rest = picture.rest
    others = text("pictures.bars.rest", language, count=number(rest, language)) if rest else ""
    return [_usual(picture, language, names), others]


def _timeline(picture: Picture, language: str) -> list[str]:
    unit, marks = picture.unit, picture.marks
    first, last = (when(mark.low, unit, language) for mark in (marks[0], marks[-1]))
    said = [
        text("pictures.timeline.span", language, first=first, last=last),
        _usual(picture, language, [when(one.low, unit, language) for one in _tallest(picture)]),
    ]
    runs = [
        "–".join(dict.fromkeys(when(end, unit, language) for end in run))
        for run in time_lines.gaps(picture)
    ]
    if runs:
        gaps = listed(runs, language, most=GAPS)
        said.append(text("pictures.timeline.gap", language, gaps=gaps))
    far = (picture.below or 0) + (picture.above or 0)
    if far and picture.least is not None:
        ends = {name: when(getattr(picture, name), "day", language) for name in EXTREMES}
        said.append(
            text("pictures.timeline.outside", language, count=number(far, language), **ends)
        )
    return said


def _lengths(picture: Picture, language: str) -> list[str]:
    names = []
    for mark in _tallest(picture):
        low, high = int(float(mark.low)), int(float(mark.high or 0)) - 1
        names.append("–".join(dict.fromkeys(number(end, language) for end in (low, high))))
    far = (picture.below or 0) + (picture.above or 0)
    said = [_usual(picture, language, names)]
    if not far or picture.least is None:
        return said
    ends = {name: figure(getattr(picture, name), language, picture) for name in EXTREMES}
    return [*said, text("pictures.lengths.far", language, count=number(far, language), **ends)]


def _missing(picture: Picture, language: str) -> list[str]:
    empty = [mark.count or 0 for mark in picture.marks]
    total = sum(empty)
    said = text(
        "pictures.missing.total",
        language,
        count=number(total, language),
        rows=number(total + picture.present, language),
    )
    window = max(1, round(TOGETHER * len(empty)))
    best = max(range(len(empty) - window + 1), key=lambda i: sum(empty[i : i + window]), default=0)
    part = empty[best : best + window]
    if sum(part) < NEARLY_ALL * total:
        return [said, text("pictures.missing.spread", language)]
    there = [best + i for i, count in enumerate(part) if count]
    first, last = picture.marks[there[0]].low, picture.marks[there[-1]].high
    rows = {"first": number(int(first), language), "last": number(int(last or 0) - 1, language)}
    return [said, text("pictures.missing.together", language, **rows)]


def _shares(picture: Picture) -> dict[int, float]:
    return {int(mark.low): (mark.count or 0) / max(picture.present, 1) for mark in picture.marks}


def _first_digit(picture: Picture, language: str) -> list[str]:
    shares = _shares(picture)
    said = text("pictures.first_digit.said", language, percent=percent(shares[1], language))
    odd = max(shares, key=lambda digit: abs(shares[digit] - BENFORD[digit - 1]))
    if abs(shares[odd] - BENFORD[odd - 1]) < ODD:
        return [said]
    told: dict[str, Any] = {
        "digit": odd,
        "percent": percent(shares[odd], language),
        "expected": percent(BENFORD[odd - 1], language),
    }
    return [said, text("pictures.first_digit.odd", language, **told)]


def _last_digit(picture: Picture, language: str) -> list[str]:
    shares = _shares(picture)
    told = {"zero": percent(shares[0], language), "five": percent(shares[5], language)}
    return [text("pictures.last_digit.said", language, **told)]


SAID = {
    "histogram": _histogram,
    "bars": _bars,
    "timeline": _timeline,
    "lengths": _lengths,
    "missing": _missing,
    "first_digit": _first_digit,
    "last_digit": _last_digit,
}
