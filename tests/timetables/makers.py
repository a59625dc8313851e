"""A synthetic feed of any size, right in all: made-up lines through a grid of stops in the south of
Sweden.

Line i begins ten stops after line i - 1 and calls at ``calls`` stops, two minutes from one to the
next; its trips run there and back by turns, on one of 60 services with exceptions. Some lines are
boats, trains or on demand; some trips pass 24:00.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb

SERVICES = 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
TABLES = {
    "agency": (
        "select 'A' as agency_id, 'Påhittad trafik' as agency_name, 'https://trafik.example' as"
        " agency_url, 'Europe/Stockholm' as agency_timezone"
    ),
    "stops": (
        "select 's' || i as stop_id, 'Hållplats ' || i as stop_name, 55.5 + (case when i // 100 % 2"
        " = 0 then i % 100 else 99 - i % 100 end) * 0.01 as stop_lat, 13 + (i // 100) * 0.02 as"
        " stop_lon from range(({routes} - 1) * 10 + {calls}) t(i)"
    ),
    "routes": (
        "select 'r' || i as route_id, 'A' as agency_id, i as route_short_name, case when i % 20 = 0"
        " then 1000 when i % 10 = 1 then 100 when i % 10 = 2 then 717 else 700 end as route_type"
        " from range({routes}) t(i)"
    ),
    "calendar": (
        "select 'v' || i as service_id,"
        f" {', '.join(f'(i % 4 <> 3)::int as {day}' for day in WEEKDAYS)}, (i % 4 = 2)::int as"
        " saturday, (i % 4 > 1)::int as sunday, 20260101 as start_date, 20261231 as end_date from"
        f" range({SERVICES}) t(i)"
    ),
    "calendar_dates": (
        f"select 'v' || (i % {SERVICES}) as service_id, strftime(date '2026-01-06' + (i //"
        f" {SERVICES} * 20)::int, '%Y%m%d') as date, 1 + (i % 2) as exception_type from"
        f" range({10 * SERVICES}) t(i)"
    ),
    "trips": (
        f"select 'r' || (i % {{routes}}) as route_id, 'v' || (i % {SERVICES}) as service_id,"
        " 'trip-' || i as trip_id, (i // {routes}) % 2 as direction_id from range({trips})"
        " t(i)"
    ),
    "stop_times": (
        "select 'trip-' || i as trip_id, printf('%02d:%02d:%02d', s // 3600, s // 60 % 60, s % 60)"
        " as arrival_time, arrival_time as departure_time, 's' || (i % {routes} * 10 + case when (i"
        " // {routes}) % 2 = 0 then k else {calls} - 1 - k end) as stop_id, k + 1 as stop_sequence"
        " from (select i, k, 5 * 3600 + (i // {routes}) * 660 + k * 120 + hash(i) % 600 as s from"
        " range({trips}) a(i), range({calls}) b(k)) order by i, k"
    ),
}


def write(folder: Path, *, routes: int = 20, trips: int = 100, calls: int = 20) -> Path:
    """The feed as a zip; ``trips * calls`` stop times. ``calls``: 10 or more, so that every stop is
    served."""
    with (
        duckdb.connect() as connection,
        zipfile.ZipFile(folder / "feed.zip", "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, query in TABLES.items():
            file = folder / f"{name}.txt"
            filled = query.format(routes=routes, trips=trips, calls=calls)
            connection.execute(f"copy ({filled}) to '{file}' (header, delimiter ',')")
            archive.write(file, file.name)
            file.unlink()
    return folder / "feed.zip"
