"""Year against year, over the same months alone: those that both years have whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

from helpers.advising.answers.answer import KRONOR, LIST, Answer, Mark, Said
from helpers.advising.answers.asking import DATES, Asked
from helpers.advising.answers.counting import whole_months
from helpers.advising.answers.invoices import AMOUNT, crowns, other_currency, refused

QUESTION = "invoices.years"


def years(asked: Asked) -> Answer:
    """Did it cost more than the year before?"""
    why = refused(asked, QUESTION, {"datum": DATES})
    if why:
        return why
    if asked.people:  # some months of a year would tell the hidden one among them
        return Answer(QUESTION, why=[Said("why.about_people", {"k": asked.people})])
    found = asked.rows(f"""
        select year(datum)::int as y, month(datum)::int as m, {AMOUNT}::double, count(belopp),
            min(datum)::date, max(datum)::date
        from asked where datum is not null and {crowns(asked)} group by y, m order by y, m""")
    first, last = found[0][4], found[-1][5]
    by_month = {(y, m): (float(amount or 0), int(n)) for y, m, amount, n, *_ in found if n}
    same = _same(by_month, first, last)
    if same is None:
        span = {"day_first": first.isoformat(), "day_last": last.isoformat()}
        return Answer(
            QUESTION, why=[Said("why.no_same_months", span), Said("needs.no_same_months")]
        )
    year, months = same
    sums = [
        tuple(sum(by_month[of, m][i] for m in months) for i in (0, 1)) for of in (year - 1, year)
    ]
    marks = [
        Mark(str(of), float(amount), int(rows))
        for of, (amount, rows) in zip((year - 1, year), sums, strict=True)
    ]
    before, now = float(sums[0][0]), float(sums[1][0])
    told: dict[str, Any] = {"kronor": now, "kronor_before": before, "text_year": str(year)}
    told |= {"text_before": str(year - 1), "months": [min(months), max(months)]}
    told |= {"count": len(months), "share": abs(now / before - 1) if before > 0 else 0.0}
    code = "same" if now == before else "more" if now > before else "less"
    said = [Said(f"{QUESTION}.{code if before > 0 else 'plain'}", told)]
    gaps = len(months) < max(months) - min(months) + 1
    doubts = [Said("doubt.same_months_gaps" if gaps else "doubt.same_months")]
    doubts += asked.doubts("belopp", "datum") + other_currency(asked)
    return Answer(QUESTION, said, marks, LIST, KRONOR, doubts)


def _same(
    by_month: dict[tuple[int, int], tuple[float, int]], first: dt.date, last: dt.date
) -> tuple[int, list[int]] | None:
    """The latest year that shares whole months with the one before, and those months."""
    begin, end = whole_months(first, last)
    whole = {(y, m) for y, m in by_month if begin <= y * 12 + m - 1 <= end}
    for year in sorted({y for y, _ in whole}, reverse=True):
        months = [m for m in range(1, 13) if {(year, m), (year - 1, m)} <= whole]
        if months:
            return year, months
    return None
