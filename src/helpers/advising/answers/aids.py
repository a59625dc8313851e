"""What a catalogue of assistive devices answers: of which classes, categories and suppliers they
are, and which need a prescriber."""

from __future__ import annotations

from typing import Any

from helpers.advising.answers import art
from helpers.advising.answers.answer import LIST, ROWS, Answer, Mark, Said, protected
from helpers.advising.answers.asking import ANY, Asked
from helpers.advising.answers.counting import greatest, tied

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
    return art.named(asked, "aids.categories", "category")


def suppliers(asked: Asked) -> Answer:
    """Which suppliers have most devices in the catalogue?"""
    return art.named(asked, "aids.suppliers", "supplier")


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
