"""CSVW's datatypes: what each means for the text of a cell, with its format and bounds.

Source: W3C, Metadata Vocabulary for Tabular Data (2015), sections 5.11 and 6.4.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field as Limit

from helpers.declared.schemas import documents, model
from helpers.declared.schemas.documents import Documents
from helpers.declared.schemas.model import At, Bound, Limits, WrittenType
from helpers.words.files.strict_json import Document

BASES = {
    "string": "string",
    "anyAtomicType": "string",
    "any": "string",
    "normalizedString": "string",
    "token": "string",
    "anyURI": "string",
    "base64Binary": "string",
    "binary": "string",
    "hexBinary": "string",
    "number": "number",
    "decimal": "number",
    "double": "number",
    "float": "number",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "dateTime": "datetime",
    "dateTimeStamp": "datetime",
    "time": "time",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
    "gYear": "year",
    "gYearMonth": "yearmonth",
}
WHOLE: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
LOOSE = "gDay gMonth gMonthDay xml html json language Name NMTOKEN QName".split()
FORMATS = {"anyURI": "any_uri", "base64Binary": "binary", "binary": "binary"}
HEX = "([0-9A-Fa-f]{2})*"
# a part of a date's picture: what strptime calls it, and its digits
PICTURE = {
    "yyyy": ("%Y", r"\d{4}"),
    "MM": ("%m", r"\d{2}"),
    "M": ("%m", r"\d{1,2}"),
    "dd": ("%d", r"\d{2}"),
    "d": ("%d", r"\d{1,2}"),
    "HH": ("%H", r"\d{2}"),
    "mm": ("%M", r"\d{2}"),
    "ss": ("%S", r"\d{2}"),
}
PARTS = re.compile(r"yyyy|MM|M|dd|d|HH|mm|ss|[-/.: ]|T|'T'")
PLAIN = WrittenType(true=("true", "1"), false=("false", "0"))


class Datatype(documents.Foreign):
    """A datatype in the long form."""

    base: Annotated[str, Limit(max_length=100)] = "string"
    format: Any = None
    length: Annotated[int, Limit(ge=0)] | None = None
    min_length: Annotated[int, Limit(ge=0)] | None = None
    max_length: Annotated[int, Limit(ge=0)] | None = None
    minimum: Bound | None = None
    maximum: Bound | None = None
    min_inclusive: Bound | None = None
    max_inclusive: Bound | None = None
    min_exclusive: Bound | None = None
    max_exclusive: Bound | None = None


def pictured(picture: str) -> tuple[str, str] | None:
    """A date's picture as ``strptime`` has it, and as a pattern; None for one that is not heeded.

    >>> pictured("d/M/yyyy")
    ('%d/%m/%Y', '\\\\d{1,2}/\\\\d{1,2}/\\\\d{4}')
    """
    parts = PARTS.findall(picture)
    if "".join(parts) != picture:
        return None
    told = [PICTURE.get(part, (part.strip("'"), re.escape(part.strip("'")))) for part in parts]
    return "".join(said for said, _ in told), "".join(form for _, form in told)


def _formatted(
    written: WrittenType, limits: Limits, given: Datatype, files: Documents, at: At
) -> tuple[WrittenType, Limits]:
    """With what ``format`` says."""
    said, kind = given.format, written.type
    if said is None:
        return written, limits
    if kind in ("number", "integer") and isinstance(said, dict):
        files.skip(
            (*at, "format"), *(name for name in said if name not in ("decimalChar", "groupChar"))
        )
        decimal, group = said.get("decimalChar", "."), said.get("groupChar", "")
        if isinstance(decimal, str) and isinstance(group, str) and decimal:
            return replace(written, decimal=decimal, group=group), limits
    elif kind == "boolean" and isinstance(said, str) and said.count("|") == 1:
        yes, no = said.split("|")
        return replace(written, true=(yes,), false=(no,)), limits
    elif kind in ("date", "datetime", "time") and isinstance(said, str):
        found = pictured(said)
        if found:
            return replace(written, format=found[0]), replace(limits, pattern=found[1])
    elif kind == "string" and isinstance(said, str) and limits.pattern is None:
        return written, replace(limits, pattern=said)
    files.skip(at, "format", why="format")
    return replace(written, type="any" if kind in ("date", "datetime", "time") else kind), limits


def _bounds(given: Datatype, kind: str, files: Documents, at: At) -> dict[str, Bound | None]:
    low = given.min_inclusive if given.minimum is None else given.minimum
    high = given.max_inclusive if given.maximum is None else given.maximum
    bounds = {
        "minimum": low,
        "maximum": high,
        "above": given.min_exclusive,
        "below": given.max_exclusive,
    }
    if kind in model.ORDERED or not any(bound is not None for bound in bounds.values()):
        return bounds
    files.skip(at, "minimum", why="not_ordered")
    return {}


def read(value: Any, document: Document, files: Documents, at: At) -> tuple[WrittenType, Limits]:
    """How a column of this datatype is written, and its limits. Faults are told to the document's
    files."""
    short = {"base": value} if isinstance(value, str) else value
    given = files.taken(document, short, Datatype, at)
    files.skip(
        at, *(name for name in given.unknown() if name not in ("name", "title", "description"))
    )
    base = given.base
    if base not in (*BASES, *WHOLE, *LOOSE):
        document.fault("among", *at, known=", ".join([*BASES, *WHOLE, *LOOSE]))
        return PLAIN, Limits()
    if base in LOOSE:
        files.skip(at, base, why="datatype")
    kind = "integer" if base in WHOLE else BASES.get(base, "any")
    bounds = _bounds(given, kind, files, at)
    least, most = WHOLE.get(base, (None, None))
    limits = Limits(
        pattern=HEX if base == "hexBinary" else None,
        least_length=given.length if given.min_length is None else given.min_length,
        most_length=given.length if given.max_length is None else given.max_length,
        minimum=bounds.get("minimum"),
        maximum=bounds.get("maximum"),
        above=bounds.get("above"),
        below=bounds.get("below"),
    )
    if limits.minimum is None and limits.above is None:
        limits = replace(limits, minimum=least)
    if limits.maximum is None and limits.below is None:
        limits = replace(limits, maximum=most)
    written = replace(PLAIN, type=kind, format=FORMATS.get(base, "default"))
    return _formatted(written, limits, given, files, at)
