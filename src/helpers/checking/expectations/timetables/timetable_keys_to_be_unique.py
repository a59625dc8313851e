"""No key of a file (stop_id, trip_id, trip_id with stop_sequence ...) occurs on two rows.

Which of the two is meant nobody can tell. Source: GTFS Schedule reference, primary keys.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import (
    Expectation,
    Target,
    filled,
    hashed,
    repeated,
)
from helpers.checking.expectations.timetables.relations import feed, header, whole
from helpers.checking.times import seconds
from helpers.traffic import gtfs_reference

FIRST = {"fare_rules", "transfers"}  # keys of which parts may be empty


def _parts(on: Target) -> list[str] | None:
    file = gtfs_reference.load().files.get(on.table)
    if file is None or not file.key or not any(name in on.fields for name in file.key):
        return None
    return [_part(header(on, name), file.fields[name].kind) for name in file.key]


def _required(on: Target, parts: list[str]) -> list[str]:
    return parts[:1] if on.table in FIRST else parts


def _key(on: Target) -> str | None:
    parts = _parts(on)
    if parts is None or len(parts) == 1:
        return parts[0] if parts else None
    return hashed(parts, _required(on, parts))


def _part(cell: str, kind: str) -> str:
    """07 and 7 are one place in the order, 6:00:00 and 06:00:00 one time."""
    return whole(cell) if kind == "whole" else seconds(cell) if kind == "time" else cell


EXPECTATION = Expectation(
    _key,
    scope="row",
    groups=lambda on: repeated(str(_key(on))),
    keyed=lambda on: filled(_required(on, _parts(on) or [])),
    right=(feed(),),
    wrong=(
        feed(stops={2: {"stop_id": "A"}}),
        feed(trips={1: {"trip_id": "T1"}}),
        feed(stop_times={1: {"stop_sequence": "00"}}),
    ),
)
