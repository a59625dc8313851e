"""A cell as a schema's type has it: whether its text is written so, and what it is worth, as SQL.

Types, formats and their spelling are Table Schema's (datapackage.org) and, where CSVW differs,
W3C's. Blanks around a value are no part of it, but in a text.
"""

from __future__ import annotations

import json
from typing import Any

from helpers.checking.expectations.expectation import literal
from helpers.declared.schemas.model import Bound, Field, WrittenType

NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|NaN|-?INF"
DATETIME = r"-?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?"
TIME = r"\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?"
DURATION = r"-?P(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
PAIR = r"\s*[+-]?\d+(\.\d+)?\s*,\s*[+-]?\d+(\.\d+)?\s*"
TEXTS = {  # formats of a text, as RE2 of the whole
    "email": r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}",
    "uri": r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+",
    "any_uri": r"[^\s<>{}|\\^`]*",
    "uuid": r"[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}",
    "binary": r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
}
SHAPES = "Point MultiPoint LineString MultiLineString Polygon MultiPolygon".split()
MEMBER = {  # of GeoJSON objects, what each must have
    **dict.fromkeys(SHAPES, "coordinates"),
    "GeometryCollection": "geometries",
    "Feature": "geometry",
    "FeatureCollection": "features",
}
CASTS = {"date": "date", "datetime": "timestamp", "time": "time"}
TYPED = "typed"  # the format of a cell that had the type itself
SPELT = frozenset(("boolean", "integer", "number", *CASTS))  # types that a text may spell otherwise
WIDE = ("hugeint", "double")  # what a whole number is compared as
DIRECTIVES = frozenset("aAbBdfHIjmMpSyY%")  # of strptime, in DuckDB as in Python


def cell(field: Field, raw: str) -> str:
    """The text; null where it stands for no value."""
    if not field.missing:
        return raw
    tokens = ", ".join(map(literal, field.missing))
    return f"(case when {raw} not in ({tokens}) then {raw} end)"


def _matches(text: str, pattern: str) -> str:
    return f"regexp_full_match({text}, {literal(pattern)})"


def _number(written: WrittenType, text: str) -> str:
    """The digits as a cast takes them."""
    plain = f"trim({text})"
    if not written.bare:
        plain = rf"regexp_replace(regexp_replace({plain}, '^[^\d+.,-]*', ''), '[^\d.,]*$', '')"
    if written.group:
        plain = f"replace({plain}, {literal(written.group)}, '')"
    if written.decimal != "." and written.type == "number":
        # a full stop is then no decimal sign
        return f"replace(replace({plain}, '.', '?'), {literal(written.decimal)}, '.')"
    return plain


def _one_of(text: str, tokens: tuple[str, ...]) -> str:
    return f"trim({text}) in ({', '.join(map(literal, tokens))})" if tokens else "false"


def _json(text: str, kind: str, also: str = "true") -> str:
    return (
        f"case when json_valid({text}) then json_type({text}) = '{kind}' and ({also}) else false"
        " end"
    )


def _number_in(text: str, path: str, most: int) -> str:
    place = f"json_extract_string({text}, '{path}')"
    return f"coalesce(abs(try_cast({place} as double)) <= {most}, false)"


def _geopoint(written: WrittenType, text: str) -> str:
    if written.format == "array":
        inside = f"{_number_in(text, '$[0]', 180)} and {_number_in(text, '$[1]', 90)}"
        return _json(text, "ARRAY", f"json_array_length({text}) = 2 and {inside}")
    if written.format == "object":
        inside = f"{_number_in(text, '$.lon', 180)} and {_number_in(text, '$.lat', 90)}"
        return _json(text, "OBJECT", inside)
    parts = [f"abs(try_cast(split_part({text}, ',', {n}) as double))" for n in (1, 2)]
    inside = f"{parts[0]} <= 180 and {parts[1]} <= 90"
    return f"case when {_matches(text, PAIR)} then {inside} else false end"


def _geojson(written: WrittenType, text: str) -> str:
    kind = f"json_extract_string({text}, '$.type')"
    if written.format == "topojson":
        return _json(text, "OBJECT", f"coalesce({kind} = 'Topology', false)")
    also = " or ".join(
        f"({kind} = '{name}' and json_exists({text}, '$.{member}'))"
        for name, member in MEMBER.items()
    )
    return _json(text, "OBJECT", f"coalesce({also}, false)")


def items(written: WrittenType, text: str) -> str:
    """A list's parts; none of an empty text."""
    split = f"string_split({text}, {literal(written.delimiter)})"
    return f"(case when {text} = '' then [] else {split} end)"


def _list(written: WrittenType, text: str) -> str:
    if written.item is None:
        return "true"
    each = f"list_transform({items(written, text)}, lambda part: {reads(written.item, 'part')})"
    return f"coalesce(list_bool_and({each}), true)"


def _timed(written: WrittenType, text: str) -> str:
    if written.format == TYPED:
        return f"try_cast(trim({text}) as {CASTS[written.type]}) is not null"
    if written.format not in ("default", "any"):
        return f"try_strptime(trim({text}), {literal(written.format)}) is not null"
    form = {"date": r"\d{4}-\d{2}-\d{2}", "datetime": DATETIME, "time": TIME}[written.type]
    cast = f"try_cast(trim({text}) as {CASTS[written.type]})"
    return f"({_matches(f'trim({text})', form)} and {cast} is not null)"


def _as_typed(written: WrittenType) -> WrittenType:
    """How reading spells a cell that has the type itself: in no way of the schema's."""
    return WrittenType(written.type, TYPED if written.type in CASTS else "default")


def reads(written: WrittenType, text: str) -> str:
    """True where the text is written as the type is, or was of the type; never null for a text."""
    if written.typed and written.type in SPELT:
        return f"({_reads(written, text)} or {_reads(_as_typed(written), text)})"
    return _reads(written, text)


def _reads(written: WrittenType, text: str) -> str:
    kind = written.type
    if kind in ("number", "integer"):
        return _matches(_number(written, text), NUMBER if kind == "number" else r"[+-]?\d+")
    if kind == "boolean":
        return f"({_one_of(text, written.true)} or {_one_of(text, written.false)})"
    if kind in CASTS:
        return _timed(written, text)
    if kind == "string":
        return _matches(text, TEXTS[written.format]) if written.format in TEXTS else "true"
    plain = {
        "year": r"-?\d{4}|-?[1-9]\d{4,}",
        "yearmonth": r"-?\d{4}-(0[1-9]|1[0-2])",
        "duration": DURATION,
    }
    if kind in plain:
        right = _matches(f"trim({text})", plain[kind])
        empty = _matches(f"trim({text})", r".*[PT]")
        return f"({right} and not {empty})" if kind == "duration" else right
    others = {
        "geopoint": _geopoint,
        "geojson": _geojson,
        "list": _list,
        "object": lambda _, said: _json(said, "OBJECT"),
        "array": lambda _, said: _json(said, "ARRAY"),
    }
    return others[kind](written, text) if kind in others else "true"


def value(written: WrittenType, text: str) -> str:
    """What the text is worth, to compare and to count; null where it is not written so."""
    if written.typed and written.type in SPELT:
        return f"coalesce({_value(written, text)}, {_value(_as_typed(written), text)})"
    return _value(written, text)


def _value(written: WrittenType, text: str) -> str:
    kind = written.type
    plain = text
    if kind == "number":
        plain = f"try_cast({_number(written, text)} as double)"
    elif kind == "integer":
        # the digits: an id of more than fifteen is no number that a machine keeps whole
        digits = _number(written, text)
        plain = f"coalesce(try_cast({digits} as hugeint)::varchar, {digits})"
    elif kind == "year":
        plain = f"try_cast(trim({text}) as integer)"
    elif kind == "boolean":
        plain = _one_of(text, written.true)
    elif kind in CASTS:
        plain = f"try_cast(trim({text}) as {CASTS[kind]})"
        if written.format not in ("default", "any", TYPED):
            plain = f"try_strptime(trim({text}), {literal(written.format)})::{CASTS[kind]}"
    elif kind == "yearmonth":
        plain = f"trim({text})"
    return f"(case when {_reads(written, text)} then {plain} end)"


def compared(written: WrittenType, text: str, sign: str, bound: Bound) -> str:
    """True where the value stands on the right side of a bound; null where it is not written as the
    type is."""
    right = value(written, literal(bound)) if isinstance(bound, str) else repr(bound)
    left = value(written, text)
    if written.type == "integer":
        wide = [f"try_cast({left} as {type}) {sign} try_cast({right} as {type})" for type in WIDE]
        return f"coalesce({', '.join(wide)})"
    return f"({left} {sign} {right})"


def spelt(member: Any) -> str:
    """A value of JSON as a cell would have it."""
    if isinstance(member, str):
        return member
    return json.dumps(member, ensure_ascii=False)


def member(written: WrittenType, given: Any) -> str:
    """What a value of JSON is worth, to compare with ``value``."""
    text = spelt(given)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return value(WrittenType(written.type), literal(text))
    if isinstance(given, bool):
        return text
    return value(written, literal(text))


def length(written: WrittenType, text: str) -> str:
    """How long a text is, or how many parts it has; null where it is not written so."""
    counted = {
        "array": f"json_array_length({text})",
        "object": f"len(json_keys({text}))",
        "list": f"len({items(written, text)})",
    }
    measured = counted.get(written.type, f"length({text})")
    return f"(case when {reads(written, text)} then {measured} end)"


def exact(written: WrittenType) -> bool:
    """True where two texts are the same value only if they are written the same."""
    return written.type in ("any", "string", "object", "array", "list", "geopoint", "geojson")
