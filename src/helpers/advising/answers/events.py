"""What a calendar of events answers beside when and where: on which days of the week they begin,
and whether they cost anything."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import DATES, NUMBERS, Asked
from helpers.advising.answers.counting import greatest, tied


def weekdays(asked: Asked) -> Answer:
    """On which day of the week do most begin?"""
    question = "events.weekdays"
    refused = asked.refused(question, {"start_date": DATES})
    if refused:
        return refused
    found = dict(
        asked.rows(
            "select isodow(start_date)::int as d, count(*) from asked"
            " where start_date is not null group by d"
        )
    )
    marks = [Mark("", float(found.get(d, 0)), found.get(d, 0), f"isodow_{d}") for d in range(1, 8)]
    marks = protected(marks, asked.people)
    top, said = greatest(marks), []
    if top and top.value:
        told: dict[str, Any] = {"label": top.code, "count": int(top.value)}
        how = "tied" if tied(marks) else "said"
        said = [Said(f"{question}.{how}", told | {"rows": sum(found.values())})]
    return Answer(question, said, marks, LIST, ROWS, asked.doubts("start_date"))


def cost(asked: Asked) -> Answer:
    """How many are free? One that says nothing of it is unknown; a price of 0 is free."""
    question = "events.cost"
    says = [f"{yes}" for yes in _says(asked)]
    if not says:
        return asked.refused(question, {"free": ("boolean",)}) or Answer(question)
    free, paid, rows = asked.one(
        f"select count(*) filter (where coalesce({', '.join(says)})),"
        f" count(*) filter (where not coalesce({', '.join(says)})), count(*) from asked"
    )
    if not free + paid:
        figures: dict[str, Any] = {"field": "free", "count": int(rows), "rows": int(rows)}
        return Answer(question, why=[Said("why.missing", figures), Said("needs.missing", figures)])
    counts = {"free": free, "paid": paid, "unknown": rows - free - paid}
    marks = [Mark("", float(n), int(n), code) for code, n in counts.items() if n]
    told = {"count": int(free), "rows": int(free + paid), "left": int(rows - free - paid)}
    marks = protected(marks, asked.people)
    said = [Said(f"{question}.{'some' if told['left'] else 'all'}", told)]
    doubts = [Said("doubt.found", {"message": one.message}) for one in _found(asked)]
    return Answer(question, said, marks, LIST, ROWS, doubts)


def _says(asked: Asked) -> list[str]:
    """SQL of what says whether an event is free, the plainest first."""
    said = ["free"] if asked.has("free", ("boolean",)) else []
    return said + (["price = 0"] if asked.has("price", NUMBERS) else [])


def _found(asked: Asked) -> list[Any]:
    return [one for field in ("free", "price") if asked.has(field) for one in asked.found(field)]
