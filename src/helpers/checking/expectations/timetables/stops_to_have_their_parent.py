"""A station (location_type 1) has no parent station; an entrance or a node (2, 3) has a station, a
boarding area (4) a platform.

The parts of a station do not hold together. A stop (0) may have a station. Source: GTFS Schedule
reference, parent_station.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header


def _wrong(on: Target) -> str:
    kind, parent = f"coalesce({header(on, 'location_type')}, '0')", header(on, "parent_station")
    return f"""
        with own as (
            select
                source_row,
                {header(on, "stop_id")} as id,
                {kind} as kind,
                {parent} as parent
            from base
        )
        select distinct own.source_row
        from own
        left join own above on above.id = own.parent
        where (own.kind = '1' and own.parent is not null)
            or (own.kind in ('2', '3', '4') and own.parent is null)
            or (
                above.id is not null
                and (
                    own.kind in ('0', '2', '3') and above.kind <> '1'
                    or own.kind = '4' and above.kind <> '0'
                )
            )
    """


EXPECTATION = Expectation(
    lambda on: "source_row" if "stop_id" in on.fields else None,
    scope="row",
    groups=_wrong,
    right=(feed(), feed(stops={0: {"location_type": "1"}, 1: {"parent_station": "A"}})),
    wrong=(
        feed(stops={1: {"parent_station": "A"}}),
        feed(stops={1: {"location_type": "2"}}),
        feed(stops={0: {"location_type": "1", "parent_station": "B"}}),
    ),
)
