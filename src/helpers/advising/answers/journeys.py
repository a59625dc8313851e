"""What counts of journeys, or of those who board, answer: how many there are each month, each hour
and at each stop, and between which places most.

Few people's journeys are told nowhere, and cannot be found by subtraction: pairs of places are
hidden as the map hides them, all else by its total.
"""

from __future__ import annotations

import math
from typing import Any

from helpers.advising.answers.answer import AXIS, JOURNEYS, LIST, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, NUMBERS, Asked
from helpers.advising.answers.counting import MONTHS, MOST, greatest
from helpers.words.suppression import small_sql

TOO_MANY = 240  # months


def _month(asked: Asked) -> tuple[str, str]:
    """The field that tells the month, and SQL of it as 2024-01."""
    if asked.has("date", ("date", "datetime")):
        return "date", "strftime(\"date\", '%Y-%m')"
    if asked.has("year", NUMBERS) and asked.has("month_number"):
        number = "try_cast(month_number::varchar as int)"
        inside = f'"year" between 1900 and 2100 and {number} between 1 and 12'
        return (
            "month_number",
            f"case when {inside} then format('{{:04d}}-{{:02d}}', \"year\"::int, {number}) end",
        )
    text = '"month"::varchar'
    return "month", f"nullif(regexp_extract({text}, '^[12][0-9]{{3}}-(0[1-9]|1[0-2])'), '')"


def counted(asked: Asked) -> tuple[str, str]:
    """What is counted, and the field that has it."""
    known = asked.specification
    boarding = known is not None and known.variant == "pastigande"
    return ("boardings", "boardings") if boarding else ("journeys", "passengers")


def months(asked: Asked) -> Answer:
    """How many journeys are made each month?"""
    of, count = counted(asked)
    question = f"{of}.months"
    field, month = _month(asked)
    refused = asked.refused(question, {field: ANY, count: NUMBERS})
    if refused:
        return refused
    found = asked.rows(f"""
        select {month} as label, sum({count})::double from asked
        where {count} >= 0 and {month} is not null
        group by label order by label desc limit {TOO_MANY}""")
    if not found:
        told: dict[str, Any] = {"field": field, "column": asked.fields[field]}
        return Answer(question, why=[Said("why.not_typed", told), Said("needs.not_typed", told)])
    by_month = [Mark(label, n, math.ceil(n)) for label, n in reversed(found)]
    marks = protected(by_month[-MONTHS:], asked.k)
    top, said = greatest(marks), []
    if top and all(mark.value is not None for mark in marks):
        total = sum(mark.value or 0 for mark in marks)
        told = {"date_top": top.label, "journeys": top.value, "journeys_total": total}
        ends = {"date_first": marks[0].label, "date_last": marks[-1].label}
        code = "said" if len(marks) > 1 else "once"
        said.append(Said(f"{question}.{code}", told | ends))
    elif top:
        said.append(Said(f"{question}.top", {"date_top": top.label, "journeys": top.value}))
    return Answer(question, said, marks, AXIS, JOURNEYS, asked.doubts(count, field))


def flows(asked: Asked) -> Answer:
    """Between which places do most people travel?"""
    question = "journeys.flows"
    needed = {"from_place": ANY, "to_place": ANY, "passengers": NUMBERS}
    refused = asked.refused(question, needed)
    if refused:
        return refused
    from helpers.traffic.flows import REST, flows  # numpy, pandas: 0.6 s

    fields = {name: asked.fields[name] for name in needed}
    made = flows(asked.snapshot, fields, asked.k)
    size = len(made.places)
    pairs = [
        (int(made.table[i, j]), made.places[i], made.places[j])
        for i in range(size)
        for j in range(size)
        if made.table[i, j] > 0 and REST not in (made.places[i], made.places[j])
    ]
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    marks = [Mark(f"{a} → {b}", float(n), n) for n, a, b in pairs[:MOST]]
    if not marks:
        return Answer(question, why=[Said("why.all_small", {"k": asked.k})])
    told: dict[str, Any] = {
        "text_from": pairs[0][1],
        "text_to": pairs[0][2],
        "journeys": pairs[0][0],
    }
    said = [Said(f"{question}.said", told)]
    doubts = asked.doubts(*needed)
    if made.hidden:
        doubts.insert(0, Said("doubt.pairs_hidden", {"count": made.hidden, "k": asked.k}))
    if len(pairs) > MOST:
        doubts.append(Said("doubt.more_pairs", {"count": len(pairs) - MOST}))
    return Answer(question, said, marks, LIST, JOURNEYS, doubts)


def hours(asked: Asked) -> Answer:
    """When in the day do people travel?"""
    of, count = counted(asked)
    question = f"{of}.hours"
    refused = asked.refused(question, {"hour": NUMBERS, count: NUMBERS})
    if refused:
        return refused
    found = asked.rows(f"""
        select "hour"::int as h, sum({count})::double from asked
        where {count} >= 0 and "hour" between 0 and 23
        group by h order by h""")
    marks = protected([Mark(f"{h:02d}", n, math.ceil(n)) for h, n in found], asked.k)
    top = greatest(marks)
    told: dict[str, Any] = {"text_hour": top.label, "journeys": top.value} if top else {}
    said = [Said(f"{question}.said", told)] if top else []
    return Answer(question, said, marks, AXIS, JOURNEYS, asked.doubts("hour", count))


def small(asked: Asked) -> Answer:
    """How many rows tell of so few journeys that somebody may be pointed out?"""
    of, counts = counted(asked)
    question = f"{of}.small"
    refused = asked.refused(question, {counts: NUMBERS})
    if refused:
        return refused
    few = small_sql(counts, asked.k)
    count, rows = asked.one(f"select count(*) filter (where {few}), count({counts}) from asked")
    told: dict[str, Any] = {
        "count": int(count),
        "rows": int(rows),
        "k": asked.k,
        "share": count / rows,
    }
    code = "said" if count else "none"
    return Answer(question, [Said(f"{question}.{code}", told)], doubts=asked.doubts(counts))


def largest(asked: Asked, of: str, fields: tuple[str, ...]) -> Answer:
    """At which stops, or on which lines, are there most? Those of few are hidden, and so is what
    would tell them."""
    kind, count = counted(asked)
    question = f"{kind}.{of}"
    field = next((one for one in fields if asked.has(one)), fields[0])
    refused = asked.refused(question, {field: ANY, count: NUMBERS})
    if refused:
        return refused
    found = asked.rows(f"""
        select "{field}"::varchar as label, sum({count})::double as n from asked
        where "{field}" is not null and {count} >= 0
        group by label order by n desc, label""")
    marks = [Mark(str(label), n, math.ceil(n)) for label, n in found]
    total = sum(mark.value or 0 for mark in marks)
    rest = marks[MOST:]
    left = sum(mark.value or 0 for mark in rest)
    bundle = [Mark("", left, math.ceil(left), "others", len(rest))] if rest else []
    kept = protected([*marks[:MOST], *bundle], asked.k)
    top = greatest([mark for mark in kept if not mark.code])
    said = []
    if top and top.value and total:
        figures: dict[str, Any] = {"name": top.label, "journeys": top.value, "rows": len(marks)}
        said = [Said(f"{question}.said", figures | {"share": top.value / total})]
    return Answer(question, said, kept, LIST, JOURNEYS, asked.doubts(count, field))
