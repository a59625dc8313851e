"""What a register of public art answers: from when the works are, of what, where and by whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from helpers.advising.answers import around as nearby
from helpers.advising.answers import positions
from helpers.advising.answers.answer import AXIS, LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, NUMBERS, Asked
from helpers.advising.answers.counting import MOST, greatest, tied
from helpers.advising.answers.shapes import named
from helpers.reading import databases

FIRST_YEAR, LAST_YEAR = 1000, 2100  # a year outside is none
# what stands for an artist who is not known: none that made most of the works
UNKNOWN = ("okänd", "okänt", "okänd konstnär", "anonym", "unknown", "unknown artist", "n.n.")
SPLIT = r"\s*(?:,|;|/|\+|&|\boch\b|\bsamt\b)\s*"  # between materials of one work


def decades(asked: Asked) -> Answer:
    """When were the works made?"""
    question = "art.decades"
    refused = asked.refused(question, {"year": NUMBERS})
    if refused:
        return refused
    within = f"year between {FIRST_YEAR} and {LAST_YEAR}"
    found = dict(
        asked.rows(
            "select (floor(year / 10) * 10)::int as decade, count(*) from asked"
            f" where {within} group by decade order by decade"
        )
    )
    if not found:
        return Answer(question, why=[Said("why.no_years"), Said("needs.no_years")])
    first, last = min(found), max(found)
    every = range(first, last + 10, 10) if last - first <= 400 else sorted(found)
    marks = [Mark(str(one), float(found.get(one, 0)), found.get(one, 0)) for one in every]
    marks = protected(marks, asked.people)
    top, rows = greatest(marks), sum(found.values())
    told: dict[str, Any] = {"rows": rows, "text_first": str(first), "text_last": str(last)}
    said = [Said(f"{question}.span", told)] if first != last else []
    if top and top.value and not tied(marks):
        told = {"text_decade": top.label, "count": int(top.value), "rows": rows}
        said.append(Said(f"{question}.said", told))
    doubts = asked.doubts("year")
    outside = asked.one(f"select count(*) from asked where year is not null and not ({within})")[0]
    if outside:
        doubts.append(Said("doubt.no_year", {"count": int(outside)}))
    return Answer(question, said, marks, AXIS, ROWS, doubts)


def materials(asked: Asked) -> Answer:
    """What are the works made of? A work of several materials counts once for each."""
    question = "art.materials"
    refused = asked.refused(question, {"material": ANY})
    if refused:
        return refused
    split = f"regexp_split_to_array(lower(material), '{SPLIT}')"
    each = f"list_distinct(list_filter({split}, lambda one: length(one) > 1))"
    found = asked.rows(f"""
        select one, count(*) as n from (select unnest({each}) as one from asked)
        group by one order by n desc, one""")
    marks = protected([Mark(str(name), float(n), int(n)) for name, n in found], asked.people)
    top = greatest(marks)
    works = int(asked.one("select count(material) from asked")[0])
    said = []
    if top and not tied(marks):
        told: dict[str, Any] = {"name": top.label, "count": int(top.value or 0), "rows": works}
        said.append(Said(f"{question}.said", told | {"different": len(found)}))
    doubts = asked.doubts("material")
    if len(marks) > MOST:
        doubts.append(Said("doubt.more_names", {"count": len(marks) - MOST}))
    return Answer(question, said, marks[:MOST], LIST, ROWS, doubts)


def placement(asked: Asked) -> Answer:
    """Does the art stand outdoors or indoors?"""
    return named(asked, "art.placement", "placement", said="art.placement")


def artists(asked: Asked) -> Answer:
    """Who made most of the works? Names only where no mark forbids them."""
    unknown = f'lower("artist"::varchar) in ({", ".join(map(databases.quoted, UNKNOWN))})'
    answer = named(asked, "art.artists", "artist", f"not {unknown}", said="art.artists")
    if answer.why:
        return answer
    left = int(asked.one(f"select count(*) from asked where {unknown}")[0])
    said = [Said("doubt.unknown_artist", {"count": left})] if left else []
    return replace(answer, doubts=[*said, *answer.doubts])


def where(asked: Asked) -> Answer:
    """How many works can be found on a map?"""
    return positions.found(asked, "art.positions")


def around(asked: Asked) -> Answer:
    """Which works are within 500 metres?"""
    return nearby.within(asked, "art.around")
