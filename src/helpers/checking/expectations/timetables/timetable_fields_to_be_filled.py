"""Every row has a value in each field that the GTFS reference requires.

A program that reads the feed throws the row away, or the whole feed. Source: GTFS Schedule
reference, presence "required".
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed
from helpers.traffic import gtfs_reference


def _sql(on: Target) -> str | None:
    field = gtfs_reference.load().field(on.table, on.column.name)
    return f"({on.cell} is not null)" if field and field.required else None


EXPECTATION = Expectation(
    _sql,
    scope="any",
    right=(feed(),),
    wrong=(feed(trips={0: {"route_id": None}}), feed(agency={0: {"agency_name": ""}})),
)
