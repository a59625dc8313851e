"""What a catalogue of assistive devices answers: of which classes, categories and suppliers they
are, and which need a prescriber; of those on the spot, which kinds are where."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers import positions
from helpers.advising.answers.answer import LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, Asked
from helpers.advising.answers.counting import MOST, greatest, tied
from helpers.advising.answers.shapes import named

# Of ISO 9999; 21 and 25 stood in earlier editions.
CLASSES = ("04", "05", "06", "09", "12", "15", "18", "21", "22", "24", "25", "27", "28", "30")


def classes(asked: Asked) -> Answer:
    """Of which classes of ISO 9999 are the devices?"""
    question = "aids.classes"
    refused = asked.refused(question, {"iso9999_code": ANY})
    if refused:
        return refused
    first = "substr(regexp_replace(iso9999_code::varchar, '[^0-9]', '', 'g'), 1, 2)"
    known = ", ".join(f"'{one}'" for one in CLASSES)
    found = asked.rows(f"""
        select {first} as class, count(*) as n from asked where {first} in ({known})
        group by class order by n desc, class""")
    total = int(asked.one("select count(iso9999_code) from asked")[0])
    counted = sum(n for _, n in found)
    if not found:
        told: dict[str, Any] = {"field": "iso9999_code", "count": total, "rows": total}
        return Answer(question, why=[Said("why.wrong", told), Said("needs.wrong", told)])
    marks = protected([Mark("", float(n), n, f"iso_{one}") for one, n in found], asked.people)
    top, said = greatest(marks), []
    if top:
        told = {"label": top.code, "count": int(top.value or 0), "rows": counted}
        code = "only" if len(found) == 1 else "tied" if tied(marks) else "said"
        said.append(Said(f"{question}.{code}", told | {"different": len(found)}))
    doubts = asked.doubts("iso9999_code")
    if total > counted:
        doubts.insert(0, Said("doubt.no_class", {"count": total - counted}))
    return Answer(question, said, marks, LIST, ROWS, doubts)


def categories(asked: Asked) -> Answer:
    """Of which categories are there most?"""
    return named(asked, "aids.categories", "category", said="aids.categories")


def suppliers(asked: Asked) -> Answer:
    """Which suppliers have most devices in the catalogue?"""
    return named(asked, "aids.suppliers", "supplier", said="aids.suppliers")


def prescriber(asked: Asked) -> Answer:
    """Which devices need a prescriber?"""
    question = "aids.prescriber"
    refused = asked.refused(question, {"prescriber_required": ("boolean",)})
    if refused:
        return refused
    yes, no = asked.one(
        "select count(*) filter (where prescriber_required),"
        " count(*) filter (where not prescriber_required) from asked"
    )
    marks = [Mark("", float(yes), int(yes), "needed"), Mark("", float(no), int(no), "not_needed")]
    told: dict[str, Any] = {"count": int(yes), "rows": int(yes + no)}
    doubts = asked.doubts("prescriber_required")
    return Answer(question, [Said(f"{question}.said", told)], marks, LIST, ROWS, doubts)


def kinds_where(asked: Asked) -> Answer:
    """In how many municipalities is each kind found?"""
    question = "aids.kinds_where"
    refused = asked.refused(question, {"resource_type": ANY})
    if refused:
        return refused
    placed = positions.spots(asked)
    if placed is None:
        return positions.unplaced(asked, question)
    kind = dict(asked.rows("select source_row, lower(resource_type::varchar) from asked"))
    where: dict[str, set[str]] = {}
    for row, code in zip(placed.source_row, placed.code, strict=True):
        if code and kind.get(int(row)):
            where.setdefault(str(kind[int(row)]), set()).add(str(code))
    if not where:
        told: dict[str, Any] = {"count": placed.rows, "rows": placed.rows}
        return Answer(question, why=[Said("why.unplaced_anywhere", told), Said("needs.unplaced")])
    order = sorted(where.items(), key=lambda one: (-len(one[1]), one[0]))[:MOST]
    marks = [Mark(name, float(len(codes)), len(codes)) for name, codes in order]
    marks = protected(marks, asked.people)
    every = len(set().union(*where.values()))
    figures = {"rows": every, "name": marks[0].label, "count": len(order[0][1])}
    said = (
        [Said(f"{question}.{'one' if every == 1 else 'said'}", figures)] if marks[0].value else []
    )
    return Answer(question, said, marks, LIST, ROWS, asked.doubts("resource_type"))
