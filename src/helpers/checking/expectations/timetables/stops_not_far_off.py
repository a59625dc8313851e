"""A stop does not lie alone far off: over {times} times as far from the feed's middle as 95 of 100
stops, and over {km} km.

Two digits have changed places, or it is another place of the same name. Alone: fewer than 3 other
places of the feed within about {km} km. Feeds with fewer than 20 placed stops are not checked.
Source: own threshold; UL's Kalkugnen, placed off Kaliningrad, is found by it, and the lone ferries
of all Finland are not.
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import (
    FEED,
    feed,
    header,
    kilometres,
    number,
)


def _distances(on: Target) -> str:
    """The tables ``placed``, ``middle``, ``off`` (each stop's ``km`` from the middle) and ``bound``
    (the ``km`` beyond which a stop is far) of a WITH clause."""
    lon, lat = number(header(on, "stop_lon")), number(header(on, "stop_lat"))
    away = kilometres("middle.lon", "middle.lat", "placed.lon", "placed.lat")
    return f"""
        placed as (
            select source_row, {lon} as lon, {lat} as lat
            from base
            where {lon} is not null and {lat} is not null
        ),
        middle as (
            select median(lon) as lon, median(lat) as lat, count(*) as many
            from placed
        ),
        off as (
            select placed.*, {away} as km, many
            from placed, middle
        ),
        bound as (
            select
                greatest({on.kwargs["km"]}, {on.kwargs["times"]} * quantile_disc(km, 0.95)) as km
            from off
        )
    """


def _wrong(on: Target) -> str:
    step = on.kwargs["km"] / 111.2  # degrees of latitude
    across = f"floor(lon * cos(radians((select lat from middle))) / {step})::int"
    return f"""
        with {_distances(on)},
        far as (
            select off.*, {across} as i, floor(lat / {step})::int as j
            from off, bound
            where off.km > bound.km and many >= 20
        ),
        places as (
            select distinct
                round(lon, 2) as x,
                round(lat, 2) as y,
                {across} as i,
                floor(lat / {step})::int as j
            from placed
        )
        select far.source_row
        from far
        left join places
            on abs(far.i - places.i) <= 1
            and abs(far.j - places.j) <= 1
            and (x <> round(lon, 2) or y <> round(lat, 2))
        group by far.source_row
        having count(x) < 3
    """


def _sql(on: Target) -> str | None:
    if not {"stop_lat", "stop_lon"} <= set(on.fields):
        return None
    return f"case when {number(header(on, 'stop_lat'))} is not null then source_row end"


_NEAR = [
    FEED["stops"][0]
    | {
        "stop_id": f"N{i}",
        "stop_lat": str(56.1 + i / 100),
        "stop_lon": str(15.3 + i / 50),
    }
    for i in range(30)
]
_FAR = _NEAR[0] | {"stop_id": "F", "stop_lat": "54.648783", "stop_lon": "19.694783"}

EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    takes={"times": 3, "km": 50},
    right=(feed(stops=_NEAR),),
    wrong=(feed(stops=[*_NEAR, _FAR]),),
)
