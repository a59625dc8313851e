"""SQL that rules about timetables share: days, distances, kinds of traffic, the days on which
services run.

Cells are texts as GTFS writes them, trimmed, null where empty; what does not read gives null.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from helpers.checking.times import seconds
from helpers.traffic import gtfs_reference

if TYPE_CHECKING:
    from helpers.checking.expectations.expectation import Target

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
BOOKED = ("pickup_type", "pickup_booking_rule_id", "start_pickup_drop_off_window")


def day(cell: str) -> str:
    """20261231 as a date."""
    return (
        f"case when regexp_full_match({cell}, '\\d{{8}}')"
        f" then try_strptime({cell}, '%Y%m%d')::date end"
    )


def number(cell: str) -> str:
    """56.16 as a number."""
    return f"try_cast({cell} as double)"


def whole(cell: str) -> str:
    """700 as a whole number."""
    return f"try_cast({cell} as bigint)"


def kilometres(lon: str, lat: str, other_lon: str, other_lat: str) -> str:
    """Great-circle distance between two points in degrees (a sphere of 6,371 km); null where one of
    the four is."""
    # DuckDB's least passes over a null: without the case a missing coordinate is half the earth off
    return (
        f"case when {lon} + {lat} + {other_lon} + {other_lat} is not null then"
        f" 2 * 6371 * asin(least(1, sqrt(pow(sin(radians({other_lat} - {lat}) / 2), 2)"
        f" + cos(radians({lat})) * cos(radians({other_lat}))"
        f" * pow(sin(radians({other_lon} - {lon}) / 2), 2)))) end"
    )


def ids(table: str, name: str, where: str = "true") -> str:
    """SELECT of the different ids in another file's column, never null: what ``in`` and ``not in``
    need."""
    return f'select distinct "{name}" from {table} where "{name}" is not null and {where}'


def header(on: Target, name: str) -> str:
    """The cell of ``base`` under that header; null where the file has no such column."""
    return on.fields[name].cell if name in on.fields else "null::varchar"


def joined(on: Target, table: str, name: str, alias: str | None = None) -> str:
    """The cell of another file; null where it has no such column."""
    return f'{alias or table}."{name}"' if on.has(table, name) else "null::varchar"


def here(on: Target) -> str:
    """When a call of a trip begins, in seconds: it arrives, or else leaves."""
    return f"coalesce({_time(on, 'arrival_time')}, {_time(on, 'departure_time')})"


def gone(on: Target) -> str:
    """When a call of a trip ends, in seconds: it leaves, or else arrives."""
    return f"coalesce({_time(on, 'departure_time')}, {_time(on, 'arrival_time')})"


def _time(on: Target, name: str) -> str:
    return seconds(header(on, name))


def spot(on: Target) -> tuple[str, str] | None:
    """Longitude and latitude of a row of stops, as numbers; None where the file lacks a column of
    them or of ids."""
    if not {"stop_id", "stop_lat", "stop_lon"} <= set(on.fields):
        return None
    return number(header(on, "stop_lon")), number(header(on, "stop_lat"))


def fastest_kmh(code: str) -> str:
    """SQL: the greatest speed of a route_type's kind of traffic; null where it is none."""
    whens = (
        f"when {whole(code)} in ({', '.join(map(str, sorted(mode.codes)))}) then {mode.fastest_kmh}"
        for mode in gtfs_reference.load().modes.values()
    )
    return f"case {' '.join(whens)} end"


def slowest_kmh() -> int:
    """The least of the greatest speeds."""
    return min(mode.fastest_kmh for mode in gtfs_reference.load().modes.values())


def running(on: Target, first: dt.date, days: int) -> str | None:
    """SELECT of ``service_id, day`` for each of ``days`` days from ``first``; None where the feed
    has no calendar."""
    weekly = on.has("calendar", "service_id", "start_date", "end_date", *WEEKDAYS)
    dated = on.has("calendar_dates", "service_id", "date", "exception_type")
    parts = []
    if weekly:
        listed = ", ".join(f'calendar."{weekday}"' for weekday in WEEKDAYS)
        parts.append(
            "select service_id, day from calendar, days"
            f" where day between {day('calendar.start_date')} and {day('calendar.end_date')}"
            f" and list_extract([{listed}], isodow(day)::int) = '1'"
        )
    if dated:
        exceptions = (
            f"select service_id, {day('calendar_dates.date')} as day from calendar_dates"
            " where exception_type = "
        )
        if weekly:
            parts[0] += f" and (service_id, day) not in ({exceptions}'2' and day is not null)"
        parts.append(f"select service_id, day from ({exceptions}'1') join days using (day)")
    if not parts:
        return None
    span = f"select (date '{first}' + i::int) as day from range({days}) t(i)"
    return (
        f"with days as ({span}) select distinct service_id, day from ({' union all '.join(parts)})"
    )


# A small feed in which all is right on 2026-11-24: two bus trips between three stops in Blekinge.
_STOPS = (
    ("A", "Torget", 56.1600, 15.5860),
    ("B", "Hamnen", 56.1660, 15.5900),
    ("C", "Kyrkan", 56.1700, 15.5950),
)
FEED: dict[str, list[dict[str, Any]]] = {
    "agency": [
        {
            "agency_id": "1",
            "agency_name": "Trafiken",
            "agency_url": "https://trafiken.example",
            "agency_timezone": "Europe/Stockholm",
        }
    ],
    "stops": [
        {
            "stop_id": key,
            "stop_name": name,
            "stop_lat": str(lat),
            "stop_lon": str(lon),
            "location_type": "0",
            "parent_station": None,
        }
        for key, name, lat, lon in _STOPS
    ],
    "routes": [
        {
            "route_id": "R",
            "agency_id": "1",
            "route_short_name": "1",
            "route_long_name": None,
            "route_type": "700",
        }
    ],
    "trips": [{"route_id": "R", "service_id": "W", "trip_id": trip} for trip in ("T1", "T2")],
    "stop_times": [
        {
            "trip_id": trip,
            "arrival_time": f"{hour}:0{sequence}:00",
            "departure_time": f"{hour}:0{sequence}:00",
            "stop_id": stop,
            "stop_sequence": str(sequence),
            "pickup_type": "0",
        }
        for trip, hour in (("T1", 23), ("T2", 24))
        for sequence, stop in enumerate("ABC")
    ],
    "calendar": [
        {
            "service_id": "W",
            **dict.fromkeys(WEEKDAYS, "1"),
            "start_date": "20260101",
            "end_date": "20271231",
        }
    ],
}


def feed(**tables: Any) -> dict[str, list[dict[str, Any]]]:
    """``FEED`` with tables changed: a list of rows in a table's place, or {row number: {header:
    cell}} in its rows.

    >>> feed(trips={1: {"route_id": "X"}})["trips"][1]["route_id"]
    'X'
    """
    made = {name: [dict(row) for row in rows] for name, rows in FEED.items()}
    for name, change in tables.items():
        if isinstance(change, Mapping):
            for row_number, cells in change.items():
                made[name][row_number] |= cells
        else:
            made[name] = [dict(row) for row in change]
    return made
