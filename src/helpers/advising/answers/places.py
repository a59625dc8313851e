"""What a register of places answers: which kinds there are, how far it is to the nearest, what is
told of accessibility and how fresh it is."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers import art, positions
from helpers.advising.answers.answer import AXIS, LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import DATES, Asked
from helpers.advising.answers.counting import by_name, by_time

KINDS = ("type", "school_form", "water_type")
WHEELCHAIR = ("wheelchair", "accessibility")


def kinds(asked: Asked) -> Answer:
    """Which kinds are there?"""
    field = next((kind for kind in KINDS if asked.has(kind)), KINDS[0])
    return art.named(asked, "places.kinds", field)


def nearest(asked: Asked) -> Answer:
    """How far is it to the nearest?"""
    return positions.nearest(asked, "places.nearest")


def where(asked: Asked) -> Answer:
    """How many can be found on a map?"""
    return positions.found(asked, "places.positions")


def accessibility(asked: Asked) -> Answer:
    """Can one get there in a wheelchair? What is not told is unknown, never no."""
    question = "places.accessibility"
    field = next((one for one in WHEELCHAIR if asked.has(one)), None)
    if field is None:
        return asked.refused(question, {WHEELCHAIR[0]: ()}) or Answer(question)
    rows, told = asked.one(f'select count(*), count("{field}") from asked')
    if not told:
        figures = {"field": field, "count": int(rows), "rows": int(rows)}
        return Answer(question, why=[Said("why.missing", figures), Said("needs.missing", figures)])
    column = asked.column(field)
    yes_no = column is not None and column.type == "boolean"
    value = f"case when \"{field}\" then 'ja' else 'nej' end" if yes_no else f'"{field}"::varchar'
    named = by_name(asked, value, where=f'"{field}" is not null').marks
    if field == "accessibility":  # words, each its own
        named = [Mark("", float(told), int(told), "told")]
    left = int(rows) - int(told)
    marks = protected([*named, Mark("", float(left), left, "unknown")], asked.people)
    said = []
    if all(mark.value is not None for mark in marks):
        code = "all" if not left else "said"
        said = [Said(f"{question}.{code}", {"count": int(told), "rows": int(rows), "left": left})]
    return Answer(question, said, marks, LIST, ROWS)


def updated(asked: Asked) -> Answer:
    """How fresh is what is told?"""
    question = "places.updated"
    refused = asked.refused(question, {"updated": DATES})
    if refused:
        return refused
    marks, _ = by_time(asked, "updated")
    said = []
    if not any(mark.value is None for mark in marks):
        first, middle, last = asked.one(
            "select min(updated)::date, quantile_disc(updated, 0.5)::date, max(updated)::date"
            " from asked"
        )
        told: dict[str, Any] = {"day_first": first.isoformat(), "day_last": last.isoformat()}
        said = [Said(f"{question}.said", told | {"day_half": middle.isoformat()})]
        if first == last:
            said = [Said(f"{question}.same", {"day_first": first.isoformat()})]
    return Answer(question, said, marks, AXIS, ROWS, asked.doubts("updated"))
