"""What a schema asks of a field, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from helpers.checking.expectations.schemas import values
from helpers.checking.schema_columns import shown
from helpers.declared.schemas.model import Bound, Field, Limits, WrittenType
from helpers.words.messages import LANGUAGES, both, listed, number, text

Said = dict[str, str]
MOST = 8  # members of a list that are named
LARGE, FINE = 1e15, 10  # beyond which a bound is said as the schema writes it
PICTURES = re.compile(r"%[A-Za-z%]")


def _each(members: Sequence[Any], language: str) -> str:
    named = ", ".join(shown(values.spelt(member)) for member in members[:MOST])
    more = len(members) - MOST
    return f"{named} {text('listing.more', language, count=more)}" if more > 0 else named


def _picture(format: str, language: str) -> str:
    """A pattern of ``strptime`` as people write it: åååå-mm-dd."""
    return PICTURES.sub(
        lambda part: text(f"schemas.picture.{part[0][1:]}", language, default=part[0]), format
    )


def _kind(written: WrittenType, language: str) -> str:
    """What the values are, in the plural."""
    key = f"schemas.type.{written.type}"
    if written.type == "string" or (written.type, written.format) in (
        ("geopoint", "array"),
        ("geopoint", "object"),
        ("geojson", "topojson"),
    ):
        return text(f"{key}.{written.format}", language, default=text(key, language))
    if written.type in values.CASTS and written.format not in ("default", "any"):
        return text(f"{key}.as", language, form=shown(_picture(written.format, language)))
    if written.type == "boolean":
        words = _each([*written.true, *written.false], language)
        return text(key, language, words=words)
    if written.type == "number" and written.decimal != ".":
        return text(f"{key}.decimal", language, sign=shown(written.decimal))
    if written.type == "list":
        item = _kind(written.item or WrittenType(), language)
        return text(key, language, sign=shown(written.delimiter), item=item)
    return text(key, language)


def of_type(written: WrittenType) -> Said:
    """That the values are written so."""
    return {
        language: text("schemas.rule.type.because", language, kind=_kind(written, language))
        for language in LANGUAGES
    }


def _bound(value: Bound | None, type: str, language: str) -> str:
    """A bound as it stands, all its decimals kept; a year is no quantity and is not grouped."""
    if isinstance(value, str) or value is None:
        return shown(value or "")
    decimals = max(0, -int(Decimal(repr(value)).normalize().as_tuple().exponent))
    if type == "year" or abs(value) >= LARGE or decimals > FINE:
        return repr(value)
    return number(value, language, decimals)


def of_bounds(field: Field) -> Said:
    """The least and the greatest value, as far as the schema has them."""
    limits, type = field.limits, field.written.type
    parts = {
        "minimum": limits.minimum,
        "maximum": limits.maximum,
        "above": limits.above,
        "below": limits.below,
    }
    said = {}
    for language in LANGUAGES:
        words = [
            text(f"schemas.bound.{name}", language, bound=_bound(value, type, language))
            for name, value in parts.items()
            if value is not None
        ]
        bounds = listed(words, language)
        said[language] = text("schemas.rule.bounds.because", language, bounds=bounds)
    return said


def of_length(field: Field) -> Said:
    """How long a value is, or how many parts it has."""
    unit = "signs" if field.written.type == "string" else "parts"
    ends = {"least": field.limits.least_length, "most": field.limits.most_length}
    said = {}
    for language in LANGUAGES:
        words = [
            text(f"schemas.length.{unit}.{name}", language, count=value)
            for name, value in ends.items()
            if value is not None
        ]
        bounds = listed(words, language)
        said[language] = text("schemas.rule.length.because", language, bounds=bounds)
    return said


def of_list(limits: Limits) -> Said:
    """Which values there may be."""
    return {
        language: text("schemas.rule.enum.because", language, members=_each(limits.enum, language))
        for language in LANGUAGES
    }


def of_pattern(pattern: str) -> Said:
    """Which pattern the text follows."""
    return both("schemas.rule.pattern.because", pattern=shown(pattern))
