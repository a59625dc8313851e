"""What measurements of food waste answer: how much is thrown away, of what, where, and how much of
it for each who eats. Only rows that have both figures are divided by each other."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import AXIS, GRAMS, KILOS, LIST, Answer, Mark, Said, protected
from helpers.advising.answers.asking import DATES, NUMBERS, Asked
from helpers.advising.answers.counting import MOST, by_name, by_time, cut_off, greatest, tied

PARTS = ("serving_waste", "plate_waste", "kitchen_waste")
KINDS = (*PARTS, "storage_waste", "preparation_waste", "special_diet_waste")


def _total(asked: Asked, question: str) -> tuple[str, tuple[str, ...]] | Answer:
    """SQL of a row's waste in kilos, and the fields of it: as it is told, else what was served,
    left on plates and left in the kitchen together; or why there is none."""
    if asked.has("total_waste", NUMBERS):
        refused = asked.refused(question, {"total_waste": NUMBERS})
        if not refused:
            return "case when total_waste >= 0 then total_waste end", ("total_waste",)
    refused = asked.refused(question, dict.fromkeys(PARTS, NUMBERS))
    if refused:
        return refused
    together = " + ".join(PARTS)
    return f"case when least({', '.join(PARTS)}) >= 0 then {together} end", PARTS


def months(asked: Asked) -> Answer:
    """How much food is thrown away each month?"""
    question = "waste.months"
    total = _total(asked, question)
    if isinstance(total, Answer):
        return total
    waste, fields = total
    refused = asked.refused(question, {"date": DATES})
    if refused:
        return refused
    marks, unit = by_time(asked, "date", f"sum({waste})", f"{waste} is not null")
    top, said = greatest(marks), []
    if top and all(mark.value is not None for mark in marks):
        told: dict[str, Any] = {"kg_total": sum(mark.value or 0 for mark in marks)}
        told |= {"date_first": marks[0].label, "date_last": marks[-1].label}
        told |= {"date_top": top.label, "kg": top.value}
        said = [Said(f"{question}.{'said' if len(marks) > 1 else 'once'}", told)]
    doubts = asked.doubts(*fields, "date") + cut_off(asked, "date", unit)
    return Answer(question, said, marks, AXIS, KILOS, doubts)


def kinds(asked: Asked) -> Answer:
    """What kind of waste is there most of?"""
    question = "waste.kinds"
    there = [field for field in KINDS if asked.has(field, NUMBERS)]
    refused = asked.refused(question, dict.fromkeys(there[:3] or PARTS, NUMBERS))
    if refused:
        return refused
    parts = ", ".join(
        f'sum("{field}") filter (where "{field}" >= 0), count("{field}")' for field in there
    )
    found = asked.one(f"select {parts} from asked")
    marks = [
        Mark(field, float(found[2 * i] or 0), int(found[2 * i + 1]), "field")
        for i, field in enumerate(there)
    ]
    marks.sort(key=lambda mark: (-(mark.value or 0), mark.label))
    marks = protected(marks, asked.people)
    total = sum(mark.value or 0 for mark in marks)
    top, said = greatest(marks), []
    if top and total:
        figures = {"field": top.label, "kg": top.value, "share": (top.value or 0) / total}
        said = [Said(f"{question}.{'tied' if tied(marks) else 'said'}", figures)]
    return Answer(question, said, marks, LIST, KILOS, asked.doubts(*there))


def guests(asked: Asked) -> Answer:
    """How much is thrown away per diner?"""
    question = "waste.guests"
    total = _total(asked, question)
    if isinstance(total, Answer):
        return total
    waste, fields = total
    refused = asked.refused(question, {"amount_eating": NUMBERS})
    if refused:
        return refused
    where = f"{waste} is not null and amount_eating > 0"
    grams = f"1000 * sum({waste}) / sum(amount_eating)"
    value, eaters, rows = asked.one(
        f"select {grams}, sum(amount_eating), count(*) from asked where {where}"
    )
    if not rows or eaters < asked.k:
        return Answer(question, why=[Said("why.few_eating", {"k": asked.k})])
    by = next((one for one in ("category", "meal_type", "kitchen_type") if asked.has(one)), None)
    marks = []
    if by:
        of = f'"{by}"::varchar'
        found = asked.rows(f"""
            select {of} as label, {grams} as value, sum(amount_eating)::bigint as n
            from asked where {where} and {of} is not null
            group by label order by value desc, label limit {MOST}""")
        marks = protected([Mark(str(name), float(v), int(n)) for name, v, n in found], asked.k)
    told: dict[str, Any] = {"grams": float(value), "rows": int(rows), "count": int(eaters)}
    left = int(asked.one(f"select count(*) from asked where not coalesce({where}, false)")[0])
    doubts = [Said("doubt.not_both", {"count": left})] if left else []
    doubts += [Said("doubt.found", {"message": one.message}) for one in asked.found(fields[0])]
    return Answer(question, [Said(f"{question}.said", told)], marks, LIST, GRAMS, doubts)


def units(asked: Asked) -> Answer:
    """Which kitchens throw most away? The largest do, as they cook most."""
    question = "waste.units"
    total = _total(asked, question)
    if isinstance(total, Answer):
        return total
    waste, fields = total
    refused = asked.refused(question, {"name": ()})
    if refused:
        return refused
    counted = by_name(asked, "name::varchar", f"sum({waste})", f"{waste} is not null")
    top, said = counted.first, []
    if top and counted.total:
        told = {"name": top.label, "kg": top.value, "share": (top.value or 0) / counted.total}
        said = [Said(f"{question}.said", told | {"different": counted.different})]
    doubts = [Said("doubt.not_size"), *asked.doubts(*fields, "name")]
    return Answer(question, said, counted.marks, LIST, KILOS, doubts)


def prepared(asked: Asked) -> Answer:
    """How large a share of what was cooked is thrown away?"""
    question = "waste.prepared"
    total = _total(asked, question)
    if isinstance(total, Answer):
        return total
    waste, _ = total
    refused = asked.refused(question, {"total_prepared_food": NUMBERS})
    if refused:
        return refused
    where = f"{waste} is not null and total_prepared_food > 0"
    kilos, cooked, rows, more = asked.one(f"""
        select sum({waste}), sum(total_prepared_food), count(*),
            count(*) filter (where {waste} > total_prepared_food)
        from asked where {where}""")
    if not rows:
        return Answer(question, why=[Said("why.no_rows")])
    told: dict[str, Any] = {"share": kilos / cooked, "kg": float(kilos), "kg_total": float(cooked)}
    doubts = [Said("doubt.more_than_cooked", {"count": int(more)})] if more else []
    doubts += asked.doubts("total_prepared_food")
    return Answer(question, [Said(f"{question}.said", told)], doubts=doubts)
