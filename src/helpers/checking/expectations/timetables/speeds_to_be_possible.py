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
    gone,
    header,
    here,
    kilometres,
    number,
    slowest_kmh,
    whole,
)

SPARE_S = 60
DEGREE_KM = 112  # no degree of a great circle is longer
NEEDED = (
    ("stops", "stop_id", "stop_lat", "stop_lon"),
    ("trips", "trip_id", "route_id"),
    ("routes", "route_id", "route_type"),
)


def _places_and_kinds() -> str:
    """The tables ``places`` (stop_id, lon, lat) and ``kinds`` (trip_id, fastest in km/h) of a WITH
    clause."""
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
                max({fastest_kmh("routes.route_type")}) as fastest
            from trips
            join routes using (route_id)
            where trip_id is not null
            group by trip_id
        )
    """


def _wrong(on: Target) -> str:
    """Only of hops that would be too fast for the slowest kind, by the way along a meridian and a
    parallel, which is never shorter, the kind is looked up and the distance computed."""
    return f"""
        with {_places_and_kinds()},
        called as (
            select
                base.source_row, lon, lat,
                {header(on, "trip_id")} as trip,
                {whole(header(on, "stop_sequence"))} as nth,
                {here(on)} as here,
                {gone(on)} as gone
            from base
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
        ),
        quick as (
            from hops
            where here >= gone0
                and (abs(lat - lat0) + abs(lon - lon0)) * {DEGREE_KM} * 3600
                    > {slowest_kmh()} * (here - gone0 + {SPARE_S})
        )
        select source_row
        from quick
        join kinds on kinds.trip_id = quick.trip
        where fastest is not null
            and {kilometres("lon0", "lat0", "lon", "lat")} * 3600
                > fastest * (here - gone0 + {SPARE_S})
    """


def _sql(on: Target) -> str | None:
    joinable = all(on.has(table, *headers) for table, *headers in NEEDED)
    if not joinable or not {"trip_id", "stop_id", "stop_sequence"} <= set(on.fields):
        return None
    return f"case when {here(on)} is not null then source_row end"


EXPECTATION = Expectation(
    _sql,
    scope="row",
    groups=_wrong,
    right=(feed(),),
    wrong=(feed(stops={2: {"stop_lat": "57.7"}}),),
)
