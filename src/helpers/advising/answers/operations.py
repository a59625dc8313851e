"""What snow clearing answers: how many operations there were, when they began, how long they took
and where. An operation has several rows: its id tells which are one."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import AXIS, KILOS, LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, NUMBERS, Asked
from helpers.advising.answers.counting import by_name, by_time, cut_off, greatest, tied

MOMENT = ("datetime",)
BANDS = (30, 60, 120, 240, 480)  # minutes, where one ends and the next begins
LONGEST = 48 * 60  # minutes [our own bound]
ONE = "count(distinct object_id)"


def months(asked: Asked) -> Answer:
    """When was snow cleared?"""
    question = "operations.months"
    refused = asked.refused(question, {"object_id": ANY, "start": ("date", "datetime")})
    if refused:
        return refused
    marks, unit = by_time(asked, "start", ONE, "object_id is not null")
    top, said = greatest(marks), []
    if top and all(mark.value is not None for mark in marks):
        told: dict[str, Any] = {"count": int(sum(mark.value or 0 for mark in marks))}
        told |= {"date_first": marks[0].label, "date_last": marks[-1].label}
        told |= {"date_top": top.label, "rows": int(top.value or 0)}
        how = "once" if len(marks) == 1 else "tied" if tied(marks) else "said"
        said = [Said(f"{question}.{how}", told)]
    doubts = asked.doubts("object_id", "start") + cut_off(asked, "start", unit)
    return Answer(question, said, marks, AXIS, ROWS, doubts)


def hours(asked: Asked) -> Answer:
    """When on the day do they begin?"""
    question = "operations.hours"
    refused = asked.refused(question, {"object_id": ANY, "start": MOMENT})
    if refused:
        return refused
    found = dict(
        asked.rows("""
            select hour(began)::int as h, count(*) from (
                select object_id, min(start) as began from asked
                where object_id is not null and start is not null group by object_id)
            group by h order by h""")
    )
    marks = [Mark(f"{h:02d}", float(found.get(h, 0)), found.get(h, 0)) for h in range(24)]
    marks = protected(marks, asked.people)
    top, said = greatest(marks), []
    if top and top.value:
        total = sum(mark.value or 0 for mark in marks)
        told: dict[str, Any] = {"text_hour": top.label, "count": int(top.value)}
        said = [Said(f"{question}.said", told | {"rows": int(total)})]
    return Answer(question, said, marks, AXIS, ROWS, asked.doubts("start"))


def lengths(asked: Asked) -> Answer:
    """How long does an operation take?"""
    question = "operations.lengths"
    refused = asked.refused(question, {"object_id": ANY, "start": MOMENT, "end": MOMENT})
    if refused:
        return refused
    one = """(select date_diff('minute', min(start), max("end")) as minutes from asked
        where object_id is not null and start is not null and "end" is not null
        group by object_id)"""
    inside = f"minutes between 0 and {LONGEST}"
    middle, count, outside = asked.one(
        f"select quantile_disc(minutes, 0.5) filter (where {inside}),"
        f" count(*) filter (where {inside}), count(*) filter (where not ({inside})) from {one}"
    )
    if not count:
        return Answer(question, why=[Said("why.no_lengths"), Said("needs.no_lengths")])
    marks, low = [], 0
    for high in (*BANDS, LONGEST + 1):
        n = int(
            asked.one(f"select count(*) from {one} where minutes >= {low} and minutes < {high}")[0]
        )
        last = high > LONGEST
        marks.append(
            Mark("" if last else f"{low}–{high} min", float(n), n, "minutes" if last else "", low)
        )
        low = high
    told = {"minutes": int(middle), "rows": int(count)}
    doubts = [Said("doubt.no_length", {"count": int(outside)})] if outside else []
    doubts += asked.doubts("start", "end")
    marks = protected(marks, asked.people)
    return Answer(question, [Said(f"{question}.said", told)], marks, LIST, ROWS, doubts)


def areas(asked: Asked) -> Answer:
    """Where was most cleared?"""
    question = "operations.areas"
    field = next((one for one in ("areaname", "areaid") if asked.has(one)), "areaname")
    refused = asked.refused(question, {"object_id": ANY, field: ANY})
    if refused:
        return refused
    counted = by_name(asked, f'"{field}"::varchar', ONE, "object_id is not null")
    top, said = counted.first, []
    if top:
        told = {"name": top.label, "count": int(top.value or 0), "different": counted.different}
        said = [Said(f"{question}.{'tied' if counted.tied else 'said'}", told)]
    return Answer(question, said, counted.marks, LIST, ROWS, asked.doubts(field))


def materials(asked: Asked) -> Answer:
    """How much was spread, and of what?"""
    question = "operations.materials"
    if not asked.has("quantity", NUMBERS):  # one that is ploughed spreads nothing: empty is no lack
        return asked.refused(question, {"quantity": NUMBERS}) or Answer(question)
    sound, left = asked.sound("quantity")
    where = f"quantity >= 0 and {sound}"
    total, told = asked.one(
        f"select coalesce(sum(quantity), 0), count(quantity) from asked where {where}"
    )
    if not told:
        return Answer(question, why=[Said("why.no_quantity"), Said("needs.no_quantity")])
    marks = []
    if asked.has("material"):
        marks = by_name(asked, "material::varchar", "sum(quantity)", where).marks
    rows = int(asked.one("select count(*) from asked")[0])
    figures: dict[str, Any] = {"kg": float(total), "count": int(told), "rows": rows}
    doubts = left + [
        Said("doubt.found", {"message": one.message}) for one in asked.found("quantity")
    ]
    return Answer(question, [Said(f"{question}.said", figures)], marks, LIST, KILOS, doubts)
