"""What food inspections answer: how often there was a remark, in which kinds of business and years,
and whether it was followed up. A firm may be a person's, so that nothing is told of fewer than k
of them, nor of fewer than k with or without a remark."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers.answer import AXIS, LIST, ROWS, SHARE, Answer, Mark, Said, hide
from helpers.advising.answers.asking import ANY, DATES, Asked
from helpers.advising.answers.counting import MOST, cut_off, shares_by
from helpers.advising.answers.shapes import named
from helpers.words.suppression import in_parts

REMARK = "inspection_assessment in (1, 2)"
ASSESSED = "inspection_assessment in (0, 1, 2)"
FOLLOW_UP = 1  # of inspection_type
FACILITY = ("facility_id_national", "facility_id_local")
DAYS = 365  # within which a follow-up is one of the remark [our own bound]


def _refused(asked: Asked, question: str, fields: dict[str, tuple[str, ...]]) -> Answer | None:
    refused = asked.refused(question, {"inspection_assessment": ("integer",), **fields})
    if refused:
        return refused
    known = int(asked.one(f"select count(*) from asked where {ASSESSED}")[0])
    if known < asked.k:
        why = [Said("why.few_inspections", {"k": asked.k, "count": known})]
        return Answer(question, why=why)
    return None


def assessments(asked: Asked) -> Answer:
    """How large a share of the inspections ended without a remark?"""
    question = "inspections.assessments"
    refused = _refused(asked, question, {})
    if refused:
        return refused
    found = dict(
        asked.rows(
            "select inspection_assessment::int as a, count(*) from asked"
            f" where {ASSESSED} group by a"
        )
    )
    marks = [
        Mark("", float(found.get(a, 0)), found.get(a, 0), f"assessment_{a}") for a in (0, 1, 2)
    ]
    # other answers tell how many had a remark at all: of its two grades neither may tell the other
    counts: dict[Any, int] = {a: marks[a].rows or 0 for a in (0, 1, 2)}
    parts = [(a, "all", counts[a]) for a in counts] + [(a, "remark", counts[a]) for a in (1, 2)]
    gone = in_parts(counts, parts, asked.k)
    marks = [hide(mark) if a in gone else mark for a, mark in enumerate(marks)]
    said = []
    if marks[0].value is not None:
        rows = sum(found.values())
        told: dict[str, Any] = {"count": found.get(0, 0), "rows": rows}
        said = [Said(f"{question}.said", told | {"share": found.get(0, 0) / rows})]
    doubts = asked.doubts("inspection_assessment")
    left = int(
        asked.one(
            "select count(*) from asked"
            f" where inspection_assessment is not null and not ({ASSESSED})"
        )[0]
    )
    if left:
        doubts.insert(0, Said("doubt.no_assessment", {"count": left}))
    return Answer(question, said, marks, LIST, ROWS, doubts)


def types(asked: Asked) -> Answer:
    """Why are inspections made?"""
    question = "inspections.types"
    refused = _refused(asked, question, {})
    return refused or named(asked, question, "inspection_type", codes="inspection")


def years(asked: Asked) -> Answer:
    """Are remarks commoner than before?"""
    question = "inspections.years"
    refused = _refused(asked, question, {"inspection_date": DATES})
    if refused:
        return refused
    label = "strftime(inspection_date, '%Y')"
    where = f"{ASSESSED} and inspection_date is not null"
    marks = shares_by(asked, label, REMARK, where, asked.k)
    marks = sorted(marks, key=lambda mark: mark.label)
    shown = [mark for mark in marks if mark.value is not None]
    said = []
    if len(shown) > 1:
        first, last = shown[0], shown[-1]
        told: dict[str, Any] = {"share_first": first.value, "share_last": last.value}
        told |= {"text_first": first.label, "text_last": last.label}
        assert first.low is not None and first.high is not None
        assert last.low is not None and last.high is not None
        apart = first.high < last.low or last.high < first.low
        said = [Said(f"{question}.{'apart' if apart else 'alike'}", told)]
    elif len(marks) < 2:
        return Answer(question, why=[Said("why.one_year"), Said("needs.one_year")])
    doubts = asked.doubts("inspection_assessment", "inspection_date")
    doubts += cut_off(asked, "inspection_date", "year", where)
    return Answer(question, said, marks, AXIS, SHARE, doubts)


def kinds(asked: Asked) -> Answer:
    """In which kinds of business is there most often a remark? Of a list the first is meant."""
    question = "inspections.kinds"
    refused = _refused(asked, question, {"facility_type": ANY})
    if refused:
        return refused
    first = "coalesce(nullif(trim(regexp_extract(facility_type, '[^\\[\\]\",]+')), ''), '')"
    marks = shares_by(asked, first, REMARK, ASSESSED, asked.k)
    shown = [mark for mark in marks if mark.value is not None and not mark.code]
    if not shown:
        return Answer(question, why=[Said("why.small_kinds", {"k": asked.k})])
    top = shown[0]
    told: dict[str, Any] = {"name": top.label, "share": top.value, "rows": top.rows}
    doubts = asked.doubts("inspection_assessment", "facility_type")
    if len(marks) > MOST:
        doubts.insert(0, Said("doubt.more_kinds", {"count": len(marks) - MOST}))
    doubts.insert(0, Said("doubt.chance"))
    said = [Said(f"{question}.said", told)]
    return Answer(question, said, marks[:MOST], LIST, SHARE, doubts)


def follow_ups(asked: Asked) -> Answer:
    """How often was an inspection with a remark followed by another of the same facility?"""
    question = "inspections.follow_ups"
    facility = next((one for one in FACILITY if asked.has(one)), FACILITY[0])
    fields = {facility: ANY, "inspection_date": DATES, "inspection_type": ("integer",)}
    refused = _refused(asked, question, fields)
    if refused:
        return refused
    with_remark, followed = asked.one(f"""
        select count(*), count(*) filter (where exists (
            select 1 from asked b
            where b."{facility}" = a."{facility}" and b.inspection_type = {FOLLOW_UP}
                and b.inspection_date > a.inspection_date
                and b.inspection_date::date - a.inspection_date::date <= {DAYS}))
        from asked a where {REMARK} and inspection_date is not null and "{facility}" is not null""")
    left = with_remark - followed
    if with_remark < asked.k or 0 < followed < asked.k or 0 < left < asked.k:
        return Answer(question, why=[Said("why.few_inspections", {"k": asked.k, "count": 0})])
    told = {"count": int(followed), "rows": int(with_remark), "share": followed / with_remark}
    marks = [
        Mark("", float(followed), int(followed), "followed"),
        Mark("", float(left), int(left), "not_followed"),
    ]
    doubts = [Said("doubt.follow_up"), *asked.doubts(facility, "inspection_date")]
    return Answer(question, [Said(f"{question}.said", told)], marks, LIST, ROWS, doubts)
