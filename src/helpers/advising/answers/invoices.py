"""What supplier invoices answer: what was bought, when and by whom, and what was credited."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import AXIS, KRONOR, LIST, ROWS, Answer, Said
from helpers.advising.answers.asking import ANY, DATES, MISLEADING, NUMBERS, Asked
from helpers.advising.answers.counting import by_name, by_time, greatest

AMOUNT = "sum(belopp)"


def crowns(asked: Asked) -> str:
    """SQL: the rows whose amounts can be summed: in kronor, or in no currency that is told."""
    if not asked.has("valuta"):
        return "true"
    return "(valuta is null or upper(valuta::varchar) in ('SEK', 'KR'))"


def refused(asked: Asked, question: str, fields: dict[str, tuple[str, ...]]) -> Answer | None:
    """Why amounts cannot be summed for the question: as ``Asked.refused``, or too many of them are
    not in kronor. ``fields``: what it needs beside the amount."""
    why = asked.refused(question, {"belopp": NUMBERS, **fields})
    if why:
        return why
    others, rows = asked.one(
        f"select count(*) filter (where not {crowns(asked)}), count(*) from asked"
    )
    told: dict[str, Any] = {"count": int(others), "rows": int(rows)}
    if others > MISLEADING * rows:
        return Answer(question, why=[Said("why.currency", told), Said("needs.currency")])
    return None


def other_currency(asked: Asked) -> list[Said]:
    """That rows are in other currencies, and left out."""
    left = asked.one(f"select count(*) from asked where not {crowns(asked)}")[0]
    return [Said("doubt.currency", {"count": int(left)})] if left else []


def _total(asked: Asked) -> float:
    return float(asked.one(f"select coalesce({AMOUNT}, 0) from asked where {crowns(asked)}")[0])


def months(asked: Asked) -> Answer:
    """What did it cost each month?"""
    question = "invoices.months"
    why = refused(asked, question, {"datum": DATES})
    if why:
        return why
    marks, unit = by_time(asked, "datum", AMOUNT, crowns(asked))
    top = greatest(marks)
    said = []
    if top and all(mark.value is not None for mark in marks):
        values = sorted(mark.value for mark in marks if mark.value is not None)
        middle = len(values) // 2
        median = (values[middle] + values[-middle - 1]) / 2
        told: dict[str, Any] = {
            "kronor_total": sum(values),
            "date_first": marks[0].label,
            "date_last": marks[-1].label,
            "date_top": top.label,
            "kronor_top": top.value,
            "kronor_median": median,
        }
        several = unit if len(marks) > 1 else "once"
        said.append(Said(f"{question}.{several}", told))
    doubts = asked.doubts("belopp", "datum") + other_currency(asked)
    return Answer(question, said, marks, AXIS, KRONOR, doubts)


def _by(asked: Asked, question: str, field: str) -> Answer:
    why = refused(asked, question, {field: ANY})
    if why:
        return why
    counted = by_name(asked, f"{field}::varchar", AMOUNT, crowns(asked))
    first, said = counted.first, []
    if first and counted.total > 0:
        told: dict[str, Any] = {
            "name": first.label,
            "kronor": first.value,
            "share": (first.value or 0) / counted.total,
            "different": counted.different,
        }
        said.append(Said(f"{question}.said", told))
    doubts = asked.doubts("belopp", field) + other_currency(asked)
    return Answer(question, said, counted.marks, LIST, KRONOR, doubts)


def departments(asked: Asked) -> Answer:
    """Which department spent most?"""
    return _by(asked, "invoices.departments", "forvaltning")


def accounts(asked: Asked) -> Answer:
    """What did the money go to? By the account's name, or by its number where it has none."""
    field = "konto_text" if asked.has("konto_text") else "konto_nr"
    return _by(asked, "invoices.accounts", field)


def credits(asked: Asked) -> Answer:
    """How much was credited?"""
    question = "invoices.credits"
    why = refused(asked, question, {})
    if why:
        return why
    where = f"belopp < 0 and {crowns(asked)}"
    count, amount = asked.one(f"select count(*), coalesce(-{AMOUNT}, 0) from asked where {where}")
    doubts = asked.doubts("belopp") + other_currency(asked)
    if not count:
        return Answer(question, [Said(f"{question}.none")], doubts=doubts)
    paid = float(
        asked.one(f"select coalesce({AMOUNT}, 0) from asked where belopp > 0 and {crowns(asked)}")[
            0
        ]
    )
    told: dict[str, Any] = {
        "count": int(count),
        "kronor": float(amount),
        "share": float(amount) / (paid or 1),
    }
    field = next((one for one in ("konto_text", "konto_nr") if asked.has(one)), None)
    marks = by_name(asked, f"{field}::varchar", "count(*)", where).marks if field else []
    if len(marks) > 1:
        doubts.insert(0, Said("doubt.bars_rows"))
    return Answer(question, [Said(f"{question}.said", told)], marks, LIST, ROWS, doubts)
