"""A synthetic feed of any size, right in all: buses of a made-up county, in the middle of Blekinge."""

from __future__ import annotations

import zipfile
from pathlib import Path

import duckdb

TABLES = {
    "agency": "select 'B' as agency_id, 'Påhittad trafik' as agency_name, 'https://trafik.example' as agency_url, "
    "'Europe/Stockholm' as agency_timezone",
    "stops": "select 'S' || i as stop_id, 'Hållplats ' || i as stop_name, printf('%.6f', 56.10 + line * 0.002) as stop_lat, "
    "printf('%.6f', 15.20 + (case when line % 2 = 0 then nth else 99 - nth end) * 0.004) as stop_lon "
    "from (select i, i // 100 as line, i % 100 as nth from range({stops}) t(i))",
    "routes": "select 'R' || i as route_id, 'B' as agency_id, (i + 1)::varchar as route_short_name, 700 as route_type "
    "from range({routes}) t(i)",
    "trips": "select 'R' || i % {routes} as route_id, 'V' as service_id, 'T' || i as trip_id from range({trips}) t(i)",
    "stop_times": "select 'T' || trip as trip_id, clock as arrival_time, clock as departure_time, "
    "'S' || trip * {calls} % ({stops} - {calls} + 1) + k as stop_id, k + 1 as stop_sequence "
    "from (select trip, k, printf('%02d:%02d:00', 4 + trip % 20 + (k * 2) // 60, (k * 2) % 60) as clock "
    "from (select (i // {calls})::int as trip, (i % {calls})::int as k from range({trips} * {calls}) t(i)))",
    "calendar": "select 'V' as service_id, 1 as monday, 1 as tuesday, 1 as wednesday, 1 as thursday, 1 as friday, 0 as saturday, "
    "0 as sunday, 20260101 as start_date, 20271231 as end_date",
}  # fmt: skip


def write(folder: Path, *, stops: int = 400, routes: int = 20, trips: int = 100, calls: int = 20) -> Path:
    """The feed as a zip; ``trips * calls`` stop times, two minutes from stop to stop."""
    with duckdb.connect() as connection, zipfile.ZipFile(folder / "feed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, query in TABLES.items():
            file = folder / f"{name}.txt"
            filled = query.format(stops=stops, routes=routes, trips=trips, calls=calls)
            connection.execute(f"copy ({filled}) to '{file}' (header, delimiter ',')")
            archive.write(file, file.name)
            file.unlink()
    return folder / "feed.zip"
