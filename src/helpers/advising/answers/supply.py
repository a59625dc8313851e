"""What a table of departures by stop answers: where there is most traffic, how many stops have
little, and what is left at weekends."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import DEPARTURES, LIST, ROWS, Answer, Mark, Said
from helpers.advising.answers.asking import ANY, NUMBERS, Asked
from helpers.advising.answers.counting import by_name

BANDS = (1, 10, 25, 50, 100)  # departures, where one ends and the next begins
DAYS = ("departures_weekday", "departures_saturday", "departures_sunday")


def _field(asked: Asked) -> str:
    wanted = ("departures_weekday", "departures")
    return next((one for one in wanted if asked.has(one, NUMBERS)), "departures")


def stops(asked: Asked) -> Answer:
    """Which stops have most departures? The positions of one name together."""
    question, field = "supply.stops", _field(asked)
    refused = asked.refused(question, {"stop_name": ANY, field: NUMBERS})
    if refused:
        return refused
    counted = by_name(asked, "stop_name::varchar", f"sum({field})", f"{field} >= 0")
    top, said = counted.first, []
    if top and counted.total:
        told: dict[str, Any] = {"name": top.label, "journeys": top.value, "field": field}
        said = [Said(f"{question}.said", told | {"share": (top.value or 0) / counted.total})]
    doubts = asked.doubts("stop_name", field)
    return Answer(question, said, counted.marks, LIST, DEPARTURES, doubts)


def few(asked: Asked) -> Answer:
    """How many stops have few departures?"""
    question, field = "supply.few", _field(asked)
    refused = asked.refused(question, {field: NUMBERS})
    if refused:
        return refused
    marks, low = [], 0
    for high in (*BANDS, 10**9):
        where = f"{field} >= {low} and {field} < {high}"
        count = int(asked.one(f"select count(*) from asked where {where}")[0])
        last = high > BANDS[-1]
        label = "" if last else f"{low}–{high - 1}" if high - low > 1 else f"{low}"
        marks.append(Mark(label, float(count), count, "departures_from" if last else "", low))
        low = high
    rows = sum(mark.rows or 0 for mark in marks)
    little = sum(mark.rows or 0 for mark in marks[:2])
    told = {"count": little, "rows": rows, "n": BANDS[1], "field": field}
    said = [Said(f"{question}.said", told)]
    doubts = [Said("doubt.positions_apart"), *asked.doubts(field)]
    return Answer(question, said, marks, LIST, ROWS, doubts)


def weekend(asked: Asked) -> Answer:
    """How much of the traffic runs at weekends?"""
    question = "supply.weekend"
    refused = asked.refused(question, dict.fromkeys(DAYS, NUMBERS))
    if refused:
        return refused
    sums = [
        float(one or 0)
        for one in asked.one(
            "select "
            + ", ".join(f"sum({day}) filter (where {day} >= 0)" for day in DAYS)
            + " from asked"
        )
    ]
    rows = int(asked.one("select count(*) from asked")[0])
    marks = [Mark(day, n, rows, "field") for day, n in zip(DAYS, sums, strict=True)]
    said = []
    if sums[0]:
        told = {"share_saturday": sums[1] / sums[0], "share_sunday": sums[2] / sums[0]}
        said = [Said(f"{question}.said", told)]
    return Answer(question, said, marks, LIST, DEPARTURES, asked.doubts(*DAYS))
