"""A clean timetable in GTFS: buses, a ferry and traffic on demand, with extended route types and
trips after midnight."""

from __future__ import annotations

import datetime as dt
import math
import random

from .made import TODAY, Made, Table
from .places import points
from .words import place

REGIONAL, LOCAL, FERRY, DEMAND = "701", "704", "1000", "715"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return 111.2 * math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1])


def timetable(rng: random.Random) -> Made:
    spots = points(rng, "1080", 24) + points(rng, "1082", 16)
    names: list[str] = []
    while len(names) < len(spots):
        name = place(rng)
        names += [name] if name not in names else []
    stops = [
        [f"9021010{i + 1:05}", names[i], lat, lon, "0", ""] for i, (lon, lat) in enumerate(spots)
    ]
    for i in range(4):  # two platforms of a station
        lon, lat = spots[i]
        stops.append(
            [f"9022010{i + 1:05}", names[i], round(lat + 0.0004, 6), lon, "0", f"9021010{i + 1:05}"]
        )
        stops[i][4] = "1"
    where = {str(stop[0]): (float(stop[3]), float(stop[2])) for stop in stops}
    halts = [str(stop[0]) for stop in stops if stop[4] == "0"]
    routes, trips, times = [], [], []
    for r, (kind, name) in enumerate(
        [
            (LOCAL, "1"),
            (LOCAL, "2"),
            (REGIONAL, "150"),
            (REGIONAL, "600"),
            (FERRY, "Skärgårdsbåten"),
            (DEMAND, "Öppna linjen"),
        ]
    ):
        route = f"9011010{r + 1:04}"
        routes.append([route, "275", name, f"{names[r]} - {names[-1 - r]}", kind])
        start = rng.choice(halts)
        line = [start]
        for _ in range(7):  # the nearest stop not yet passed
            line.append(
                min(
                    (one for one in halts if one not in line),
                    key=lambda one: _km(where[line[-1]], where[one]),
                )
            )
        for n in range(14):
            trip = f"55700000{r:02}{n:04}"
            trips.append([route, "vardag" if n % 3 else "helg", trip, names[-1 - r], str(n % 2)])
            clock, halted = (
                5 * 3600 + n * 5100 + rng.randint(0, 59) * 60,
                line if n % 2 == 0 else line[::-1],
            )
            for k, stop in enumerate(halted):
                if k:
                    clock += 60 + 60 * round(60 * _km(where[halted[k - 1]], where[stop]) / 35)
                times.append([trip, _clock(clock), _clock(clock + 30 * (k == 3)), stop, k + 1])
                clock += 30 * (k == 3)
    first, last = TODAY - dt.timedelta(days=20), TODAY + dt.timedelta(days=120)
    span = [first.strftime("%Y%m%d"), last.strftime("%Y%m%d")]
    tables = {
        "stops": Table(
            ["stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"],
            stops,
        ),
        "agency": Table(
            ["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"],
            [
                [
                    "275",
                    "Påhittad Blekingetrafik",
                    "https://trafik.example",
                    "Europe/Stockholm",
                    "sv",
                ]
            ],
        ),
        "routes": Table(
            ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type"], routes
        ),
        "trips": Table(
            ["route_id", "service_id", "trip_id", "trip_headsign", "direction_id"], trips
        ),
        "stop_times": Table(
            ["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"], times
        ),
        "calendar": Table(
            [
                "service_id",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "start_date",
                "end_date",
            ],
            [["vardag", 1, 1, 1, 1, 1, 0, 0, *span], ["helg", 0, 0, 0, 0, 0, 1, 1, *span]],
        ),
        "calendar_dates": Table(
            ["service_id", "date", "exception_type"],
            [["vardag", "20261225", 2], ["helg", "20261225", 1]],
        ),
        "feed_info": Table(
            [
                "feed_publisher_name",
                "feed_publisher_url",
                "feed_lang",
                "feed_start_date",
                "feed_end_date",
                "feed_version",
            ],
            [["Påhittad Blekingetrafik", "https://trafik.example", "sv", *span, "2026-11-04"]],
        ),
    }
    return Made("tidtabell", "rorelsedata", "region-blekinge", tables, "gtfs")
