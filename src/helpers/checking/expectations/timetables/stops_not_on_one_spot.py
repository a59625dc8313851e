"""No two stops lie within {metres} m of each other, unless they belong to one station.

It is one stop twice, under two ids: half of its departures are found under each. Source: practice
of Google's transitfeed (2 m).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import feed, header, kilometres, spot

CELL = 0.0005  # degrees; wider than any distance asked for


def _wrong(on: Target) -> str | None:
    position = spot(on)
    if position is None:
        return None
    lon, lat = position
    return f"""
        with own as (
            select
                source_row,
                coalesce({header(on, "parent_station")}, {header(on, "stop_id")}) as whole,
                {lon} as lon,
                {lat} as lat,
                floor({lat} / {CELL})::bigint as i,
                floor({lon} / {CELL})::bigint as j
            from base
            where coalesce({header(on, "location_type")}, '0') = '0'
                and {lon} is not null
                and {lat} is not null
        ),
        near as (
            select own.*, i + a.d as i1, j + b.d as j1
            from own, (values (-1), (0), (1)) a(d), (values (-1), (0), (1)) b(d)
        )
        select distinct own.source_row
        from own
        join near on near.i1 = own.i and near.j1 = own.j
        where near.source_row <> own.source_row
            and near.whole <> own.whole
            and {kilometres("own.lon", "own.lat", "near.lon", "near.lat")} * 1000
                <= {on.kwargs["metres"]}
    """


def _sql(on: Target) -> str | None:
    position = spot(on)
    if position is None:
        return None
    kind, (_, lat) = f"coalesce({header(on, 'location_type')}, '0')", position
    return f"case when {kind} = '0' and {lat} is not null then source_row end"


_SAME = {"stop_lat": "56.16601", "stop_lon": "15.59001"}

EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    takes={"metres": 2},
    right=(
        feed(),
        feed(
            stops={
                0: {"location_type": "1"},
                1: {"parent_station": "A"},
                2: {"parent_station": "A"} | _SAME,
            }
        ),
    ),
    wrong=(feed(stops={2: _SAME}),),
)
