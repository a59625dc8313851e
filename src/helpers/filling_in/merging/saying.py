"""A pair of rows that may be one object, in sentences: what speaks for it, each row as its register
has it, what agrees and what differs. No masked cell is in them."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.declared import specifications
from helpers.declared.organisations import organisation
from helpers.filling_in.merging.judging import AGREE, DIFFER
from helpers.filling_in.merging.same_objects import Held, Pair, Ref
from helpers.words.messages import listed, text

Titles = Mapping[str, str]  # field -> its title in one language


def titles(type: str, language: str) -> dict[str, str]:
    """What the fields of a type are called."""
    return {field.name: field.title[language] for field in specifications.load(type).fields}


def name_of(id: str) -> str:
    """An organisation's name; its id where nobody knows it."""
    known = organisation(id)
    return known.name if known else id


def reason(pair: Pair, language: str) -> str:
    """The verdict and why, how the names are alike, and how far apart the rows lie."""
    distance = (
        text("together.no_distance", language)
        if pair.distance_m is None
        else text("together.distance", language, metres=pair.distance_m)
    )
    why = text(f"together.why.{pair.why}", language)
    parts = [f"{text(f'together.verdict.{pair.verdict}', language)}.", why]
    if pair.name.kind != "same":  # the reason says so
        parts.append(text(f"together.name.{pair.name.kind}", language))
    return " ".join([*parts, distance])


def row(ref: Ref, number: int, name: str, language: str) -> str:
    """One of the two rows: whose, which id, where it stands, what it is called."""
    return text(
        "together.row",
        language,
        organisation=name_of(ref.organisation),
        id=ref.id,
        row=number,
        name=name or text("together.unnamed", language),
    )


def rows(pair: Pair, language: str) -> tuple[str, str]:
    """Both rows, beside each other."""
    left, right = zip((pair.left, pair.right), pair.rows, pair.names, strict=True)
    return row(*left, language), row(*right, language)


def _values(held: Held, known: Titles, language: str) -> str:
    values = {"field": known.get(held.field, held.field), "left": held.left, "right": held.right}
    return text("together.values", language, **values)


def fields(pair: Pair, type: str, language: str) -> list[str]:
    """Which fields agree, and which differ with what stands in each."""
    known = titles(type, language)
    agree = [known.get(one.field, one.field) for one in pair.fields if one.outcome == AGREE]
    differ = [_values(one, known, language) for one in pair.fields if one.outcome == DIFFER]
    return [
        text(f"together.{key}", language, fields=listed(several, language))
        for key, several in (("agree", agree), ("differ", differ))
        if several
    ]


def evidence(pair: Pair, type: str, language: str) -> list[str]:
    """All of it, a sentence or two on each line."""
    return [reason(pair, language), *rows(pair, language), *fields(pair, type, language)]
