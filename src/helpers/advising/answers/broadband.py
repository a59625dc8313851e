"""What measurements of broadband answer: with which technology they are made, how fast they are and
when. They are of those who chose to measure, not of all households."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import (
    AXIS,
    LIST,
    MBIT,
    ROWS,
    SHARE,
    Answer,
    Mark,
    Said,
    protected,
)
from helpers.advising.answers.asking import ANY, NUMBERS, Asked
from helpers.advising.answers.counting import by_name, greatest, shares_by, wilson

SLOW = 100  # Mbit/s
FASTEST = (
    10_000  # Mbit/s: more is sold to no household; the rule download_mbit_possible says so too
)
BANDS = (0, 10, 30, 100, 250, 500, 1000)


def _speed(asked: Asked) -> tuple[str, str]:
    """The field of speeds, and SQL of it in Mbit/s; out of bounds null."""
    field = "download_mbit"
    if not asked.has(field) and asked.has("download_kbit"):
        field = "download_kbit"
    plain = f"{field}::double" + (" / 1000" if field == "download_kbit" else "")
    return field, f"case when {plain} >= 0 and {plain} <= {FASTEST} then {plain} end"


def _refused(asked: Asked, question: str) -> Answer | None:
    if asked.has("measurements"):  # each row is many: their averages have no share
        return Answer(question, why=[Said("why.averages"), Said("needs.averages")])
    return asked.refused(question, {_speed(asked)[0]: NUMBERS})


def _doubts(asked: Asked) -> list[Said]:
    field, speed = _speed(asked)
    left = asked.one(f"select count({field}) - count({speed}) from asked")[0]
    said = [Said("doubt.too_fast", {"count": int(left), "most": FASTEST})] if left else []
    return said or asked.doubts(field)


def technologies(asked: Asked) -> Answer:
    """With which technology do people measure?"""
    question = "broadband.technologies"
    refused = asked.refused(question, {"technology": ANY})
    if refused:
        return refused
    weight = "coalesce(sum(measurements), 0)" if asked.has("measurements", NUMBERS) else "count(*)"
    counted = by_name(asked, "technology::varchar", weight)
    marks = protected([_as_counted(mark) for mark in counted.marks], asked.k)
    top, said = greatest([mark for mark in marks if not mark.code]), []
    if top and counted.total:
        told: dict[str, Any] = {
            "name": top.label,
            "count": int(top.value or 0),
            "rows": int(counted.total),
        }
        share = (top.value or 0) / counted.total
        said.append(Said(f"{question}.said", told | {"share": share}))
    return Answer(question, said, marks, LIST, ROWS, asked.doubts("technology"))


def _as_counted(mark: Mark) -> Mark:
    """The mark resting on what it counts."""
    return Mark(mark.label, mark.value, int(mark.value or 0), mark.code, mark.n)


def slow(asked: Asked) -> Answer:
    """How large a share is slower than 100 Mbit/s, by technology?"""
    question = "broadband.slow"
    refused = _refused(asked, question)
    if refused:
        return refused
    _, speed = _speed(asked)
    below, rows = asked.one(
        f"select count(*) filter (where {speed} < {SLOW}), count({speed}) from asked"
    )
    if rows < asked.k:
        return Answer(question, why=[Said("why.few_rows", {"k": asked.k})])
    low, high = wilson(below, rows)
    told: dict[str, Any] = {"count": int(below), "rows": int(rows), "share": below / rows}
    said = [Said(f"{question}.said", told | {"share_low": low, "share_high": high})]
    slow_ones = f"{speed} < {SLOW}"
    technology = "coalesce(technology::varchar, '')"
    has = asked.has("technology")
    marks = shares_by(asked, technology, slow_ones, f"{speed} is not null", asked.k) if has else []
    return Answer(question, said, marks, LIST, SHARE, _doubts(asked))


def speeds(asked: Asked) -> Answer:
    """How fast is it?"""
    question = "broadband.speeds"
    refused = _refused(asked, question)
    if refused:
        return refused
    _, speed = _speed(asked)
    middle, rows = asked.one(f"select quantile_cont({speed}, 0.5), count({speed}) from asked")
    if rows < asked.k:
        return Answer(question, why=[Said("why.few_rows", {"k": asked.k})])
    marks = []
    for low, high in zip(BANDS, (*BANDS[1:], FASTEST + 1), strict=True):
        inside = f"{speed} >= {low} and {speed} < {high}"
        count = int(asked.one(f"select count(*) from asked where {inside}")[0])
        last = high > FASTEST
        label, code, n = ("", "from", low) if last else (f"{low}–{high} Mbit/s", "", 0)
        marks.append(Mark(label, float(count), count, code, n))
    told: dict[str, Any] = {"mbit": float(middle), "rows": int(rows)}
    said = [Said(f"{question}.said", told)]
    return Answer(question, said, protected(marks, asked.k), LIST, ROWS, _doubts(asked))


def hours(asked: Asked) -> Answer:
    """Is it slower in the evening?"""
    question = "broadband.hours"
    refused = _refused(asked, question) or asked.refused(question, {"measured_at": ANY})
    if refused:
        return refused
    column = asked.column("measured_at")
    if column is None or column.type != "datetime":
        told: dict[str, Any] = {"column": column.name if column else ""}
        return Answer(question, why=[Said("why.no_hours", told), Said("needs.no_hours", told)])
    _, speed = _speed(asked)
    found = asked.rows(f"""
        select hour(measured_at) as h, quantile_cont({speed}, 0.5), count({speed})
        from asked where measured_at is not null group by h order by h""")
    marks = protected([Mark(f"{h:02d}", v, int(n)) for h, v, n in found if n], asked.k)
    shown = [mark for mark in marks if mark.value is not None]
    if len(shown) < 2:
        told = {"column": column.name}
        return Answer(question, why=[Said("why.no_hours", told), Said("needs.no_hours", told)])
    slowest = min(shown, key=lambda mark: (mark.value or 0, mark.label))
    fastest = max(shown, key=lambda mark: (mark.value or 0, mark.label))
    told = {"text_slow": slowest.label, "mbit_slow": slowest.value}
    told |= {"text_fast": fastest.label, "mbit_fast": fastest.value}
    doubts = [*_doubts(asked), *asked.doubts("measured_at")]
    return Answer(question, [Said(f"{question}.said", told)], marks, AXIS, MBIT, doubts)
