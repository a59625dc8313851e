"""Every value has the form that the GTFS reference gives its field: {kinds}.

What does not read is guessed or thrown away by those who use the feed. Dates are 20261231, times
7:05:00 or 25:10:00 (past midnight on the same service day), addresses begin with http:// or
https://, a colour is six hexadecimal digits. Source: GTFS Schedule reference, field types; time
zones are those of the IANA register.
"""

from __future__ import annotations

import zoneinfo

from helpers.checking.expectations.expectation import REQUIRED, Expectation, Target
from helpers.checking.expectations.timetables.relations import day, feed, number, whole
from helpers.checking.times import TIME
from helpers.traffic import gtfs_reference
from helpers.words.files.ours import remembered

PATTERNS = {
    "url": r"(?i)https?://[^\s/]+[^\s]*",
    "language": r"(?i)[a-z]{2,3}(-[a-z0-9]{2,8})*",
    "color": r"(?i)[0-9a-f]{6}",
    "currency": r"[A-Z]{3}",
    "time": TIME,
    "whole": r"\d{1,18}",
}


@remembered
def _zones() -> str:
    """SQL: the list of all time zones."""
    return "[" + ", ".join(f"'{zone}'" for zone in sorted(zoneinfo.available_timezones())) + "]"


def _right(kind: str, cell: str, among: range) -> str | None:
    if kind in PATTERNS:
        return f"regexp_full_match({cell}, '{PATTERNS[kind]}')"
    bounds = {
        "latitude": "between -90 and 90",
        "longitude": "between -180 and 180",
        "amount": ">= 0",
        "number": "is not null",
    }
    if kind in bounds:
        return f"coalesce({number(cell)} {bounds[kind]}, false)"
    if kind in ("enum", "route_type"):
        modes = gtfs_reference.load().modes.values()
        codes = (
            list(among) if kind == "enum" else sorted(code for mode in modes for code in mode.codes)
        )
        return f"list_contains([{', '.join(map(str, codes))}], {whole(cell)})"
    return {
        "positive": f"coalesce({whole(cell)} > 0, false)",
        "date": f"({day(cell)}) is not null",
        "timezone": f"list_contains({_zones()}, {cell})",
    }.get(kind)


def _sql(on: Target) -> str | None:
    field = gtfs_reference.load().field(on.table, on.column.name)
    if field is None or field.kind not in on.kwargs["kinds"]:
        return None
    right = _right(field.kind, on.cell, field.among)
    return f"case when {on.cell} is not null then coalesce({right}, false) end" if right else None


EXPECTATION = Expectation(_sql, scope="any", takes={"kinds": REQUIRED}, right=(feed(),))
