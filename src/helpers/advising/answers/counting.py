"""Counts and sums by name or by time: what most questions come down to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from helpers.advising.answers.answer import Mark, protected
from helpers.advising.answers.asking import Asked

MOST = 10  # names that are shown; the others are told together
MONTHS, YEARS = 60, 120  # marks along an axis


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
