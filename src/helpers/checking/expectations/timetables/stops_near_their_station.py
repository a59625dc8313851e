"""A stop lies within {metres} m of its station.

Where one of the two has no position there is no distance. Else one of the two has a wrong position,
or the stop is tied to another station of the same name. Source: own threshold; the longest Swedish
stations are some 800 m from end to end.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header, kilometres, spot


def _wrong(on: Target) -> str | None:
    position = spot(on)
    if position is None:
        return None
    lon, lat = position
    return f"""
        with own as (
            select
                source_row,
                {header(on, "stop_id")} as id,
                {header(on, "parent_station")} as parent,
                {lon} as lon,
                {lat} as lat
            from base
        )
        select distinct own.source_row
        from own
        join own above on above.id = own.parent
        where {kilometres("own.lon", "own.lat", "above.lon", "above.lat")}
            > {on.kwargs["metres"]} / 1000.0
    """


def _sql(on: Target) -> str | None:
    if spot(on) is None or "parent_station" not in on.fields:
        return None
    return f"case when {header(on, 'parent_station')} is not null then source_row end"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    takes={"metres": 1500},
    right=(
        feed(stops={0: {"location_type": "1"}, 1: {"parent_station": "A"}}),
        # a generic node or a boarding area may go without a position, and says nothing without one
        feed(
            stops={
                0: {"location_type": "1"},
                1: {"parent_station": "A", "location_type": "3", "stop_lat": None},
                2: {"parent_station": "A", "stop_lat": None, "stop_lon": None},
            }
        ),
    ),
    wrong=(
        feed(stops={0: {"location_type": "1", "stop_lat": "56.3"}, 1: {"parent_station": "A"}}),
    ),
)
