"""The sample region's timetable: made-up stops, lines and times between real towns, with what a
timetable may hold.

A train by shapes through two stations with two platforms each, buses drawn from stop to stop, a
town bus by headway, a night bus past midnight, a ferry to islands, traffic on demand, a holiday, a
summer boat, and a stop that no vehicle calls at.
"""

from __future__ import annotations

from .content import CENTRES
from .forms import Rows, table

DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
TOWNS = {"1080": "Karlskrona", "1081": "Ronneby", "1082": "Karlshamn", "1083": "Sölvesborg"}
ISLES = (
    ("Yttre brygga", 15.571, 56.103),
    ("Öbacken", 15.585, 56.098),
    ("Norra ängen", 15.600, 56.102),
)
SERVICES = {"V": "1111100", "L": "0000010", "S": "0000001", "D": "1111111", "SOMMAR": "1111111"}
HOLIDAYS = ("20260101", "20260106", "20260403", "20260501")  # Sunday's services
BUSY = (("06:00:00", "09:00:00", 600), ("09:00:00", "15:00:00", 900), ("15:00:00", "19:00:00", 600))

Stop = tuple[str, str, float, float]  # id, name, latitude, longitude


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}:00"


def _stops(local: list[Stop]) -> Rows:
    rows: Rows = []
    for code, town in TOWNS.items():
        lon, lat = CENTRES[code]
        rows.append([f"{code}C", f"{town} station", lat, lon, 1, ""])
        for i, side in enumerate("AB"):
            rows.append(
                [
                    f"{code}C{side}",
                    f"{town} station",
                    lat + 0.0004 * i,
                    lon + 0.0006 * i,
                    0,
                    f"{code}C",
                ]
            )
    rows += [[*stop, 0, ""] for stop in local]
    rows.append(["1080K", "Kajen (Karlskrona)", 56.1615, 15.5895, 0, ""])
    rows += [
        [f"OE{i}", f"{name} (påhittad ö)", lat, lon, 0, ""]
        for i, (name, lon, lat) in enumerate(ISLES)
    ]
    rows += [
        ["BY0", "Bygdegården", 56.268, 15.402, 0, ""],
        ["BY1", "Skogsvägen", 56.302, 15.371, 0, ""],
        ["NED", "Nedlagda hållplatsen", 56.231, 15.052, 0, ""],
        ["BAD", "Badstranden", 56.121, 14.752, 0, ""],
    ]
    return rows


def _way(start: tuple[float, float], stops: list[Stop]) -> list[str]:
    """The ids of the stops, always on to the nearest that is left; ``start`` is longitude and
    latitude."""
    left, order, at = list(stops), list[str](), start
    while left:
        nearest = min(
            left, key=lambda stop: ((stop[3] - at[0]) * 0.56) ** 2 + (stop[2] - at[1]) ** 2
        )
        left.remove(nearest)
        order.append(nearest[0])
        at = (nearest[3], nearest[2])
    return order


def feed(town: list[Stop], other: list[Stop]) -> dict[str, bytes]:
    """The files of the feed by name. ``town``: stops of the buses in Karlskrona; ``other``: in
    Karlshamn."""
    trips: Rows = []
    times: Rows = []

    def run(
        route: str,
        service: str,
        start: int,
        stops: list[str],
        step: int,
        shape: str = "",
        side: int = 0,
    ) -> str:
        id = f"{route}-{service}-{start:04}-{side}"
        trips.append([route, service, id, side, shape])
        times.extend(
            [id, _clock(start + k * step), _clock(start + k * step), stop, k + 1]
            for k, stop in enumerate(stops)
        )
        return id

    codes = list(TOWNS)
    there, back = [f"{code}CA" for code in codes], [f"{code}CB" for code in reversed(codes)]
    for service, first, last, every in (
        ("V", 330, 1380, 30),
        ("L", 390, 1380, 60),
        ("S", 450, 1380, 60),
    ):
        for start in range(first, last, every):
            run("T1", service, start, there, 22, "T1A")
            run("T1", service, start + 11, back, 22, "T1B", 1)
    local = {
        code: [f"{code}CA", *_way(CENTRES[code], own)]
        for code, own in (("1080", town), ("1082", other))
    }
    frequent = run("B1", "V", 360, local["1080"], 4)
    returning = run("B1", "V", 365, list(reversed(local["1080"])), 4, side=1)
    for service, every in (("V", 30), ("L", 60)):
        for start in range(365, 1140, every):
            run("B2", service, start, local["1082"], 5)
            run("B2", service, start + 55, list(reversed(local["1082"])), 5, side=1)
    for service, start in (("V", 1380), ("V", 1500), ("L", 1380), ("L", 1440), ("L", 1500)):
        run("N9", service, start, ["1080CA", "1081CA", "1082CA"], 35)
    for service, starts in (
        ("V", range(360, 1320, 60)),
        ("L", range(480, 1320, 120)),
        ("S", range(480, 1320, 120)),
    ):
        for start in starts:
            run("F5", service, start, ["1080K", "OE0"], 25)
            run("F5", service, start + 30, ["OE0", "1080K"], 25, side=1)
            run("B7", service, start + 27, ["OE0", "OE1", "OE2"], 4)
    for start in (540, 780, 1020):
        run("P3", "D", start, ["1081CA", "BY0", "BY1"], 18)
    run("F8", "SOMMAR", 600, ["1082CA", "BAD"], 40)
    lines = [
        ["T1", "B", "", "Kusttåget (påhittat)", 100],
        ["B1", "B", "1", "", 700],
        ["B2", "B", "2", "", 700],
        ["N9", "B", "N9", "Nattbuss", 700],
        ["F5", "B", "5", "Skärgårdsfärjan (påhittad)", 1000],
        ["B7", "B", "7", "Öbussen", 700],
        ["P3", "B", "Plus", "Efter beställning", 717],
        ["F8", "B", "8", "Badbåten", 1000],
    ]
    bends = [
        CENTRES["1080"],
        (15.45, 56.200),
        CENTRES["1081"],
        (15.12, 56.222),
        (15.02, 56.190),
        CENTRES["1082"],
        (14.75, 56.130),
        (14.66, 56.068),
        CENTRES["1083"],
    ]
    ways = (("T1A", bends), ("T1B", bends[::-1]))
    shapes = [[id, lat, lon, i + 1] for id, path in ways for i, (lon, lat) in enumerate(path)]
    dates = {"SOMMAR": (20270601, 20270831)}
    periods = [[id, *days, *dates.get(id, (20260101, 20271231))] for id, days in SERVICES.items()]
    changes = [[service, date, kind] for date in HOLIDAYS for service, kind in (("V", 2), ("S", 1))]
    headways = [[trip, *busy, 0] for trip in (frequent, returning) for busy in BUSY]
    return {
        "agency.txt": table(
            ["agency_id", "agency_name", "agency_url", "agency_timezone"],
            [["B", "Påhittad Blekingetrafik", "https://trafik.example", "Europe/Stockholm"]],
        ),
        "stops.txt": table(
            ["stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"],
            _stops([*town, *other]),
        ),
        "routes.txt": table(
            ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type"], lines
        ),
        "trips.txt": table(
            ["route_id", "service_id", "trip_id", "direction_id", "shape_id"], trips
        ),
        "stop_times.txt": table(
            ["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"], times
        ),
        "calendar.txt": table(["service_id", *DAYS, "start_date", "end_date"], periods),
        "calendar_dates.txt": table(["service_id", "date", "exception_type"], changes),
        "frequencies.txt": table(
            ["trip_id", "start_time", "end_time", "headway_secs", "exact_times"], headways
        ),
        "shapes.txt": table(
            ["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"], shapes
        ),
    }
