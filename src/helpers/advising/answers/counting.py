"""Counts and sums by name or by time: what most questions come down to."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from typing import Any

from helpers.advising.answers.answer import Mark, Said, hide, protected
from helpers.advising.answers.asking import Asked

MOST = 10  # names that are shown; the others are told together
Z = 1.959964  # of 95 %
MONTHS, YEARS = 60, 120  # marks along an axis
FEW = 5  # rows that are thought to lack where a month is said to be cut off [our own bound]
FEWEST = 20  # rows that say anything of how often there is one [our own bound]
EARLY, LATE = 7, 22  # a month that rows begin after, or end before, may be cut off [our own bound]
NOTHING = ("0", "nej", "no", "false", "n", "ingen", "inga", "inget", "saknas", "none")


@dataclass(frozen=True)
class Counted:
    """``marks``: the greatest names, and what the others have together; ``total`` of all of them,
    ``different`` names there are."""

    marks: list[Mark]
    total: float
    different: int

    @property
    def first(self) -> Mark | None:
        """The greatest name that is shown; None where none is."""
        shown = [mark for mark in self.marks if mark.value is not None and not mark.code]
        return shown[0] if shown else None

    @property
    def tied(self) -> bool:
        """Others have as many as the first."""
        return tied([mark for mark in self.marks if not mark.code])


def by_name(
    asked: Asked, name: str, value: str = "count(*)", where: str = "true", most: int = MOST
) -> Counted:
    """``value`` (SQL) by ``name`` (SQL of a text) of the rows ``where``; names that differ in case
    alone are one. Fewer rows than may be shown are hidden."""
    named = f"""
        with named as (
            select min({name}) as label, {value} as value, count(*) as rows
            from asked
            where {name} is not null and {where}
            group by lower({name}))"""
    total, rows, different = asked.one(
        f"{named} select coalesce(sum(value), 0), coalesce(sum(rows), 0), count(*) from named"
    )
    found = asked.rows(
        f"{named} select label, value, rows from named where value is not null"
        f" order by value desc, label limit {most}"
    )
    marks = [Mark(str(label), float(amount), int(n)) for label, amount, n in found]
    if different > len(marks):
        rest = float(total) - sum(mark.value or 0 for mark in marks)
        left = int(rows) - sum(mark.rows or 0 for mark in marks)
        marks.append(Mark("", rest, left, "others", int(different) - len(marks)))
    return Counted(protected(marks, asked.people), float(total), int(different))


def by_time(
    asked: Asked, date: str, value: str = "count(*)", where: str = "true"
) -> tuple[list[Mark], str]:
    """``value`` (SQL) by month, or by year where there are more than sixty months; and which it is.
    Months without a row are 0."""
    given = f"{date} is not null and {where}"
    first, last = asked.one(f"select min({date})::date, max({date})::date from asked where {given}")
    if first is None:
        return [], "month"
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    unit, form = ("month", "%Y-%m") if months <= MONTHS else ("year", "%Y")
    found = {
        label: Mark(str(label), float(amount or 0), int(n))
        for label, amount, n in asked.rows(
            f"select strftime({date}, '{form}') as label, {value}, count(*) from asked"
            f" where {given} group by label order by label desc limit {YEARS}"
        )
    }
    every = _between(first, months) if unit == "month" else sorted(found)
    marks = [found.get(label, Mark(label, 0.0, 0)) for label in every]
    return protected(marks, asked.people), unit


def _between(first: dt.date, months: int) -> list[str]:
    at = first.year * 12 + first.month - 1
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(at, at + months)]


def greatest(marks: list[Mark]) -> Mark | None:
    """The mark of the greatest value, the first of several; None where none is shown."""
    shown = [mark for mark in marks if mark.value is not None]
    return max(shown, key=lambda mark: mark.value or 0, default=None)


def tied(marks: list[Mark]) -> bool:
    """Several marks have the greatest value."""
    top = greatest(marks)
    return sum(mark.value == top.value for mark in marks) > 1 if top else False


def nothing() -> str:
    """SQL: texts that say that there is none, with commas between."""
    return ", ".join(f"'{word}'" for word in NOTHING)


def whole_months(first: dt.date, last: dt.date) -> tuple[int, int]:
    """The first and the last month (counted from year 0) that days from ``first`` to ``last`` cover
    as good as whole.

    >>> [divmod(one, 12) for one in whole_months(dt.date(2025, 1, 12), dt.date(2025, 6, 30))]
    [(2025, 1), (2025, 5)]
    """
    begin = first.year * 12 + first.month - 1 + (first.day > EARLY)
    return begin, last.year * 12 + last.month - 1 - (last.day < LATE)


def cut_off(asked: Asked, date: str, unit: str, where: str = "true") -> list[Said]:
    """That the first or the last month (or year) is not covered whole by the rows' days."""
    first, last, rows = asked.one(
        f'select min("{date}")::date, max("{date}")::date, count(*) from asked'
        f' where "{date}" is not null and {where}'
    )
    if first is None:
        return []
    begin, end = whole_months(first, last)
    # where rows are days apart anyhow, an empty week says nothing
    daily = rows / max((last - first).days, 1)
    begun = (first.day if unit == "month" else first.timetuple().tm_yday) - 1
    ended = (31 - last.day) if unit == "month" else 365 - last.timetuple().tm_yday
    if rows < FEWEST or max(begun, ended) * daily < FEW:
        return []
    if unit == "year":
        cut = begin % 12 > 0 or end % 12 < 11
    else:
        cut = begin > first.year * 12 + first.month - 1 or end < last.year * 12 + last.month - 1
    days = {"day_first": first.isoformat(), "day_last": last.isoformat()}
    return [Said(f"doubt.cut_{unit}", days)] if cut else []


def wilson(count: int, of: int) -> tuple[float, float]:
    """The interval of 95 % of a share (Wilson, JASA 22, 1927).

    >>> [round(end, 4) for end in wilson(20, 100)]
    [0.1334, 0.2888]
    """
    share, spread = count / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / of / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


def shares_by(asked: Asked, name: str, has: str, where: str, k: int) -> list[Mark]:
    """The share of the rows (``where``) that have something (SQL), by ``name`` (SQL of a text, ''
    for unknown), with intervals; hidden where fewer than ``k`` have it or have it not, and where
    subtraction would tell it. None of them where there are too many names."""
    import numpy as np  # 0.2 s

    from helpers.words.suppression import MAX_SIDE, in_table  # numpy: 0.2 s

    found = asked.rows(f"""
        select {name} as name, count(*) filter (where {has}), count(*)
        from asked where {where} group by name order by count(*) desc, name""")
    if not found or len(found) > MAX_SIDE:
        return []
    cells = np.array([[some, rows - some] for _, some, rows in found], dtype=np.int64)
    gone: Any = in_table(cells, k)[: len(found)].any(axis=1)
    marks = []
    for (label, some, rows), hidden in zip(found, gone, strict=True):
        ends = wilson(some, rows)
        mark = Mark(label, some / rows, int(rows), "" if label else "unknown", 0, *ends)
        marks.append(hide(mark) if hidden else mark)
    return sorted(marks, key=lambda mark: (mark.value is None, -(mark.value or 0), mark.label))
