"""Questions that repeat over types, each an answer of a field or two: which is commonest, when, how
many say something, what is there, how much in all.

The table in ``questions`` names the question and the fields: of several the first that may be asked
is. What is said is ``answers.<shape>.<code>`` unless the question has sentences of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from helpers.advising.answers.answer import AXIS, LIST, ROWS, SHARE, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, DATES, NAMED, NUMBERS, Asked
from helpers.advising.answers.counting import (
    Counted,
    by_name,
    by_time,
    cut_off,
    greatest,
    nothing,
    tied,
)
from helpers.reading import booleans

Question = Callable[[Asked], Answer]


def most(question: str, *fields: str, said: str = "most", codes: str = "") -> Question:
    """How many rows each value of a field has, and which has most. ``codes``: values that are codes
    have the text answers.label.<codes>_<value>."""
    return partial(_most, question=question, fields=fields, said=said, codes=codes)


def when(question: str, *fields: str, said: str = "when") -> Question:
    """How many rows each month (or year) has, and which has most."""
    return partial(_when, question=question, fields=fields, said=said)


def fresh(question: str, *fields: str) -> Question:
    """From when the rows are: the oldest, the middle, the latest."""
    return partial(_fresh, question=question, fields=fields)


def equipped(question: str, *fields: str) -> Question:
    """Of each field that is yes or no, or a number, how many rows have it; no answer is not no."""
    return partial(_equipped, question=question, fields=fields)


def told(question: str, *fields: str) -> Question:
    """How many rows say anything in each of the fields."""
    return partial(_told, question=question, fields=fields)


def summed(question: str, *fields: str, by: str = "name") -> Question:
    """What a number is in all, and which rows have most of it."""
    return partial(_summed, question=question, fields=fields, by=by)


def _first(asked: Asked, fields: tuple[str, ...], types: tuple[str, ...] = ANY) -> str:
    """The first that may be asked; else the first that is there, which says why not."""
    there = (one for one in fields if asked.column(one) is not None)
    return next((one for one in fields if asked.has(one, types)), next(there, fields[0]))


def _most(
    asked: Asked, question: str, fields: tuple[str, ...], said: str, codes: str = ""
) -> Answer:
    return named(asked, question, _first(asked, fields), said=said, codes=codes)


def named(
    asked: Asked,
    question: str,
    field: str,
    where: str = "true",
    *,
    said: str = "most",
    codes: str = "",
) -> Answer:
    """How many rows (``where``) each value of a field has, and which has most. Of a column of words
    a 0 is none."""
    refused = asked.refused(question, {field: ANY})
    if refused:
        return refused
    doubts, value = asked.doubts(field), f'"{field}"::varchar'
    column = asked.column(field)
    if column is not None and not asked.may_be_yes(field) and _says_yes_or_no(asked, field):
        figures = {"field": field, "column": column.name}
        return Answer(question, why=[Said("why.yes_or_no", figures), Said("needs.yes_or_no")])
    if column is not None and column.type == "text":
        noughts = int(asked.one(f"select count(*) from asked where {value} = '0'")[0])
        if noughts:
            where = f"{where} and {value} <> '0'"
            doubts.insert(0, Said("doubt.nought", {"count": noughts, "field": field}))
    if column is not None and column.type == "boolean":
        value, codes = f"case when \"{field}\" then 'yes' else 'no' end", "answer"
    counted = by_name(asked, value, where=where)
    marks = [_coded(mark, codes) for mark in counted.marks]
    return Answer(question, _said_of(said, counted, codes), marks, LIST, ROWS, doubts)


def _says_yes_or_no(asked: Asked, field: str) -> bool:
    """All that its cells say is yes or no, in whatever form."""
    listed = ", ".join(f"'{word}'" for word in sorted(booleans.WORDS))
    said = f'lower("{field}"::varchar)'
    answer = asked.one(f"select bool_and({said} in ({listed})) from asked where {said} is not null")
    return bool(answer[0])


def _coded(mark: Mark, codes: str) -> Mark:
    """The mark with its value as a code that has a text, where values are codes."""
    if not codes or mark.code:
        return mark
    known = mark.label.lower()
    return replace(mark, code=f"{codes}_{known}")


def _said_of(said: str, counted: Counted, codes: str) -> list[Said]:
    first = counted.first
    if first is None or not counted.total:
        return []
    code = f"{codes}_{first.label.lower()}" if codes else ""
    told: dict[str, Any] = {
        **({"label": code} if code else {"name": first.label}),
        "count": int(first.value or 0),
        "rows": int(counted.total),
        "share": (first.value or 0) / counted.total,
        "different": counted.different,
    }
    how = "only" if counted.different == 1 else "tied" if counted.tied else "said"
    return [Said(f"{said}.{how}_code" if code and how != "tied" else f"{said}.{how}", told)]


def _when(asked: Asked, question: str, fields: tuple[str, ...], said: str) -> Answer:
    field = _first(asked, fields, DATES)
    refused = asked.refused(question, {field: DATES})
    if refused:
        return refused
    marks, unit = by_time(asked, field)
    top, sentences = greatest(marks), []
    if top and all(mark.value is not None for mark in marks):
        rows = sum(int(mark.value or 0) for mark in marks)
        ends = {"date_first": marks[0].label, "date_last": marks[-1].label}
        if len(marks) == 1:
            sentences = [Said(f"{said}.once", {"rows": rows, "count": rows, **ends})]
        elif tied(marks):
            sentences = [Said(f"{said}.tied", {"rows": rows, **ends})]
        else:
            told = {"rows": rows, "date_top": top.label, "count": int(top.value or 0), **ends}
            sentences = [Said(f"{said}.said", told)]
    doubts = asked.doubts(field) + cut_off(asked, field, unit)
    return Answer(question, sentences, marks, AXIS, ROWS, doubts)


def _fresh(asked: Asked, question: str, fields: tuple[str, ...]) -> Answer:
    field = _first(asked, fields, DATES)
    refused = asked.refused(question, {field: DATES})
    if refused:
        return refused
    marks, _ = by_time(asked, field)
    said = []
    if not any(mark.value is None for mark in marks):
        first, middle, last = asked.one(
            f'select min("{field}")::date, quantile_disc("{field}", 0.5)::date,'
            f' max("{field}")::date from asked'
        )
        days = {"day_first": first.isoformat(), "day_last": last.isoformat()}
        said = [Said("fresh.said", days | {"day_half": middle.isoformat()})]
        if first == last:
            said = [Said("fresh.same", {"day_first": first.isoformat()})]
    return Answer(question, said, marks, AXIS, ROWS, asked.doubts(field))


def _has(asked: Asked, field: str) -> str:
    """SQL: the row says that it has it."""
    column = asked.column(field)
    assert column is not None
    if column.type == "boolean":
        return f'"{field}"'
    if column.type in NUMBERS:
        return f'("{field}" > 0)'
    return f'("{field}" is not null and lower("{field}"::varchar) not in ({nothing()}))'


def _equipped(asked: Asked, question: str, fields: tuple[str, ...]) -> Answer:
    there = [field for field in fields if asked.has(field)]
    if not there:
        return asked.none_of(question, fields)
    sound = [field for field in there if not asked.mostly_wrong(field)]
    if not sound or not asked.one("select count(*) from asked")[0]:
        return asked.refused(question, {there[0]: ANY}) or Answer(question)
    doubts = [
        Said("doubt.found", {"message": one.message}) for f in there for one in asked.found(f)
    ]
    left_out = [field for field in there if field not in sound]
    if left_out:
        doubts.insert(0, Said("doubt.mostly_wrong", {"fields": left_out}))
    there = sound
    counts = ", ".join(f'count(*) filter (where {_has(asked, f)}), count("{f}")' for f in there)
    rows, *found = asked.one(f"select count(*), {counts} from asked")
    said_of = {f: (int(found[2 * i]), int(found[2 * i + 1])) for i, f in enumerate(there)}
    answered = {f: pair for f, pair in said_of.items() if pair[1]}
    if not answered:
        figures: dict[str, Any] = {"fields": there[:NAMED], "rows": int(rows)}
        return Answer(question, why=[Said("why.all_empty", figures), Said("needs.all_empty")])
    order = sorted(answered, key=lambda f: (-answered[f][0], f))
    marks = [Mark(f, float(answered[f][0]), answered[f][0], "field") for f in order]
    marks = protected(marks, asked.people)
    top, said = greatest(marks), []
    if top and top.value:
        figures = {"field": top.label, "count": int(top.value), "rows": int(rows)}
        said = [Said("equipped.tied" if tied(marks) else "equipped.said", figures)]
    elif top:
        said = [Said("equipped.none", {"rows": int(rows)})]
    partly = [f for f in order if answered[f][1] < rows]
    if partly:
        least = min(partly, key=lambda f: (answered[f][1], f))
        figures = {"field": least, "count": int(rows) - answered[least][1], "rows": int(rows)}
        doubts.insert(0, Said("doubt.not_no", figures))
    return Answer(question, said, marks, LIST, ROWS, doubts)


def _told(asked: Asked, question: str, fields: tuple[str, ...]) -> Answer:
    """Counts alone, so a marked column is counted too: how many say something is no value."""
    there = [field for field in fields if asked.column(field) is not None]
    shown = [field for field in there if asked.has(field)]
    rows = int(asked.one("select count(*) from asked")[0])
    if not rows or not shown:
        return asked.none_of(question, there or fields)
    found = asked.one("select " + ", ".join(f'count("{f}")' for f in shown) + " from asked")
    marks = [Mark(f, n / rows, int(n), "field") for f, n in zip(shown, found, strict=True)]
    marks.sort(key=lambda mark: (-(mark.value or 0), mark.label))
    least = marks[-1]
    full = [mark.label for mark in marks if mark.rows == rows]
    said = [Said("told.all", {"fields": full, "rows": rows})] if full else []
    if len(full) < len(marks):
        figures = {"field": least.label, "count": least.rows, "rows": rows}
        said.append(Said("told.said", figures))
    lacking = [f for f in fields if f not in there]
    doubts = [Said("doubt.lacks_columns", {"fields": lacking})] if lacking else []
    return Answer(question, said, protected(marks, asked.people), LIST, SHARE, doubts)


def _summed(asked: Asked, question: str, fields: tuple[str, ...], by: str) -> Answer:
    field = _first(asked, fields, NUMBERS)
    refused = asked.refused(question, {field: NUMBERS})
    if refused:
        return refused
    sound, left = asked.sound(field)
    total, having, rows = asked.one(
        f'select coalesce(sum("{field}"), 0), count(*) filter (where "{field}" > 0),'
        f' count("{field}") from asked where "{field}" >= 0 and {sound}'
    )
    marks = []
    if asked.has(by):
        value = f'sum("{field}")'
        marks = by_name(asked, f'"{by}"::varchar', value, f'"{field}" > 0 and {sound}').marks
    figures = {"field": field, "total": float(total), "count": int(having), "rows": int(rows)}
    code = "said" if total else "none"
    doubts = left + asked.doubts(field)
    return Answer(question, [Said(f"summed.{code}", figures)], marks, LIST, ROWS, doubts)
