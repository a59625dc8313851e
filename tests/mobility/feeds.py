"""Small GTFS feeds written for one test each, read as a user's file would be."""

from __future__ import annotations

import zipfile
from pathlib import Path

from helpers import reading
from helpers.reading.snapshot import Snapshot

AGENCY = (
    "agency_id,agency_name,agency_url,agency_timezone\nA,Påhittad"
    " trafik,https://trafik.example,Europe/Stockholm\n"
)
STOPS = """stop_id,stop_name,stop_lat,stop_lon
a,Apelvik,56.10,15.10
b,Björknäs,56.12,15.20
c,Cedervik,56.14,15.30
"""
ROUTES = "route_id,agency_id,route_short_name,route_type\nr,A,1,700\n"
TRIPS = "route_id,service_id,trip_id\nr,v,t1\n"
DAILY = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
CALENDAR = DAILY + "v,1,1,1,1,1,1,1,20260105,20260201\n"
TIMES = """trip_id,arrival_time,departure_time,stop_id,stop_sequence
t1,08:00:00,08:00:00,a,1
t1,08:10:00,08:11:00,b,2
t1,08:20:00,08:20:00,c,3
"""
WHOLE = {
    "agency": AGENCY,
    "stops": STOPS,
    "routes": ROUTES,
    "trips": TRIPS,
    "calendar": CALENDAR,
    "stop_times": TIMES,
}


def read(folder: Path, **files: str | None) -> Snapshot:
    """The snapshot of a whole small feed with some of its files replaced, added or (None) taken
    away."""
    archive = folder / "feed.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name, text in (WHOLE | files).items():
            if text is not None:
                packed.writestr(f"{name}.txt", text)
    return reading.read(archive, folder / "snapshot", type="rorelsedata")
