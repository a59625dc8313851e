"""What can be asked of a type that only one organisation has: by what its own specification says of
each field, never by what a header might mean."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from helpers.advising.answers import around, positions, shapes
from helpers.advising.answers.answer import LIST, ROWS, Answer, Said
from helpers.advising.answers.asking import DATES, NUMBERS, Asked
from helpers.declared.fields import Field

MOST_NAMES = 60  # different values of a field that is a category
# roles of fields whose values are no category
NO_CATEGORY = frozenset(
    {"key", "code", "url", "email", "phone", "organisation_number", "latitude", "longitude"}
)
PLACES = ("latitude", "longitude")


def questions(asked: Asked) -> tuple[shapes.Question, ...]:
    """How many by category, when, where, how much, how fresh, how whole: those that the
    specification has fields for."""
    if asked.specification is None:
        return ()
    fields = asked.specification.fields
    by_role = {field.role: field for field in reversed(fields) if field.role}
    made: list[shapes.Question] = [
        _about(shapes.most("own.categories", field.name), field) for field in _categories(asked)
    ]
    dated = by_role.get("date") or next(
        (one for one in fields if one.type in DATES and one.role != "updated"), None
    )
    if dated:
        made.append(_about(shapes.when("own.when", dated.name), dated))
    counted = next((one for one in fields if one.role in ("amount", "count") or _number(one)), None)
    if counted:
        made.append(_about(partial(amounts, field=counted.name), counted))
    if set(PLACES) <= set(by_role) or asked.snapshot.main.geometry is not None:
        made.append(partial(positions.nearest, question="own.nearest"))
        made.append(partial(around.municipalities, question="own.municipalities"))
    if "updated" in by_role:
        made.append(shapes.fresh("own.fresh", by_role["updated"].name))
    names = tuple(field.name for field in fields if field.role not in PLACES)[:12]
    made.append(shapes.told("own.told", *names))
    return tuple(made)


def _number(field: Field) -> bool:
    return field.type in NUMBERS and not field.role and not field.choices


def _categories(asked: Asked) -> list[Field]:
    """At most two: fields with a list of values first, then those that have few different ones."""
    assert asked.specification is not None
    texts = [
        field
        for field in asked.specification.fields
        if (field.choices or field.type in ("text", "boolean"))
        and field.role not in NO_CATEGORY
        and not field.personal
        and asked.has(field.name)
    ]
    listed = [field for field in texts if field.choices or field.type == "boolean"]
    for field in texts:
        if field in listed or len(listed) > 1:
            continue
        name = f'"{field.name}"::varchar'
        different, rows = asked.one(
            f"select count(distinct lower({name})), count({name}) from asked"
        )
        if 1 < different <= min(MOST_NAMES, rows // 2):
            listed.append(field)
    return listed[:2]


def _about(question: shapes.Question, field: Field) -> shapes.Question:
    def asking(asked: Asked) -> Answer:
        return replace(question(asked), about={"field": field.name})

    return asking


def amounts(asked: Asked, field: str) -> Answer:
    """How much is it: the sum, the middle, the least and the greatest? Of rows about people no
    single value."""
    question = "own.amounts"
    refused = asked.refused(question, {field: NUMBERS})
    if refused:
        return refused
    total, middle, least, greatest, rows = asked.one(
        f'select sum("{field}"), quantile_disc("{field}", 0.5), min("{field}"), max("{field}"),'
        f' count("{field}") from asked'
    )
    told: dict[str, Any] = {"total": float(total), "middle": float(middle), "rows": int(rows)}
    told |= {"least": float(least), "greatest": float(greatest), "field": field}
    code = "people" if asked.people else "said"
    if asked.people:
        told = {name: told[name] for name in ("total", "rows", "field")}
        if rows < asked.people:
            return Answer(question, why=[Said("why.few_rows", {"k": asked.people})])
    return Answer(question, [Said(f"{question}.{code}", told)], [], LIST, ROWS, asked.doubts(field))
