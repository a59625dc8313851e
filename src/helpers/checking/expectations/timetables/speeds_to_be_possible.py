"""No vehicle goes faster between two stops than its kind can: bus 150 km/h, tram 120, boat 110,
metro 150, train 350.

A time or a position is wrong. Counted in a straight line and with a minute to spare, as times are
often whole minutes. The row named is the one where the vehicle arrives. A stop of several positions
is not judged. Source: own thresholds, well above Nordic traffic (data/reference/gtfs.yaml).
"""

from __future__ import annotations

from helpers.checking.expectations.expectation import Expectation, Target
from helpers.checking.expectations.timetables.relations import (
    fastest_kmh,
    feed,
    header,
    kilometres,
    number,
    seconds,
    whole,
)

SPARE_S = 60
NEEDED = (
    ("stops", "stop_id", "stop_lat", "stop_lon"),
    ("trips", "trip_id", "route_id"),
    ("routes", "route_id", "route_type"),
)


def _here(on: Target) -> str:
    return (
        f"coalesce({seconds(header(on, 'arrival_time'))}, {seconds(header(on, 'departure_time'))})"
    )


def _places_and_kinds() -> str:
    """The tables ``places`` (stop_id, lon, lat) and ``kinds`` (trip_id, trip, fastest in km/h) of a
    WITH clause."""
    return f"""
        places as (
            select
                stop_id,
                min({number("stop_lon")}) as lon,
                min({number("stop_lat")}) as lat
            from stops
            where stop_id is not null
            group by stop_id
            having lon = max({number("stop_lon")}) and lat = max({number("stop_lat")})
        ),
        kinds as (
            select
                trip_id,
                min(trips.source_row) as trip,
                max({fastest_kmh("routes.route_type")}) as fastest
            from trips
            join routes using (route_id)
            where trip_id is not null
            group by trip_id
        )
    """


def _wrong(on: Target) -> str:
    """Each trip and stop is looked up once, under a number: windows over texts cost several times
    as much."""
    left = (
        f"coalesce({seconds(header(on, 'departure_time'))}, {seconds(header(on, 'arrival_time'))})"
    )
    return f"""
        with {_places_and_kinds()},
        called as (
            select
                base.source_row, trip, fastest, lon, lat,
                {whole(header(on, "stop_sequence"))} as nth,
                {_here(on)} as here,
                {left} as gone
            from base
            join kinds on kinds.trip_id = {header(on, "trip_id")}
            join places on places.stop_id = {header(on, "stop_id")}
            where lon is not null and lat is not null
        ),
        timed as (
            from called where here is not null
        ),
        hops as (
            select
                *,
                lag(lon) over w as lon0,
                lag(lat) over w as lat0,
                lag(gone) over w as gone0
            from timed
            window w as (partition by trip order by nth, here, source_row)
        )
        select source_row
        from hops
        where here >= gone0
            and fastest is not null
            and {kilometres("lon0", "lat0", "lon", "lat")} * 3600
                > fastest * (here - gone0 + {SPARE_S})
    """


def _sql(on: Target) -> str | None:
    joinable = all(on.has(table, *headers) for table, *headers in NEEDED)
    if not joinable or not {"trip_id", "stop_id", "stop_sequence"} <= set(on.fields):
        return None
    return f"case when {_here(on)} is not null then source_row end"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    right=(feed(),),
    wrong=(feed(stops={2: {"stop_lat": "57.7"}}),),
)
