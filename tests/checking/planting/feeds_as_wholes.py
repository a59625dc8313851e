"""Defects of a timetable in GTFS beyond its references and times: its days, its agencies, what is never
used, names, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from copy import deepcopy

from tests.checking.twins import TODAY, Made

from .feeds import FEED, ORPHANS
from .registry import Pick, Planted, defect, said


def _whole(kind: str, rule: str, *explains: str) -> Callable[[Callable[[Made], None]], None]:
    """A defect of the whole feed, which names no row."""

    def enter(spoil: Callable[[Made], None]) -> None:
        @defect(FEED, kind=kind, amounts=("one",))
        def whole(made: Made, pick: Pick) -> Planted:
            spoil(made)
            return Planted({rule: set()}, frozenset({*ORPHANS, *explains}))

    return enter


def _shift(made: Made, days: int) -> None:
    for table, columns in (
        ("calendar", ("start_date", "end_date")),
        ("feed_info", ("feed_start_date", "feed_end_date")),
        ("calendar_dates", ("date",)),
    ):
        one = made.tables[table]
        for i in range(len(one.rows)):
            for column in columns:
                day = dt.datetime.strptime(str(one.get(i, column)), "%Y%m%d") + dt.timedelta(
                    days=days
                )
                one.put(i, column, day.strftime("%Y%m%d"))


EXPIRED = ("gtfs_reaches_ahead", "gtfs_service_not_past", "gtfs_feed_current")


@_whole("expired_calendar", "gtfs_traffic_ahead", *EXPIRED)
def _expired(made: Made) -> None:
    _shift(made, -400)


@_whole("calendar_ends_soon", "gtfs_reaches_ahead", *EXPIRED)
def _ends_soon(made: Made) -> None:
    _shift(made, -110)


@_whole(
    "no_agency",
    "gtfs_files_there",
    "gtfs_ids_exist",
    "gtfs_routes_have_agency",
    "gtfs_traffic_ahead",
    "gtfs_reaches_ahead",
)
def _no_agency(made: Made) -> None:
    del made.tables["agency"]


@_whole("no_stop_times", "gtfs_files_there", "gtfs_ids_exist", "gtfs_traffic_ahead")
def _no_stop_times(made: Made) -> None:
    del made.tables["stop_times"]


@_whole("no_route_type", "gtfs_fields_there", "gtfs_on_demand_told_apart", "gtfs_route_type_known")
def _no_route_type(made: Made) -> None:
    made.tables["routes"].drop("route_type")


@_whole("two_timezones", "gtfs_one_timezone")
def _two_timezones(made: Made) -> None:
    made.tables["agency"].rows.append(
        ["276", "Annan trafik", "https://annan.example", "Europe/Helsinki", "sv"]
    )


@_whole(
    "calendar_backwards",
    "gtfs_calendar_in_order",
    "gtfs_service_runs",
    "gtfs_service_not_past",
    "gtfs_traffic_ahead",
    "gtfs_reaches_ahead",
)
def _backwards(made: Made) -> None:
    calendar = made.tables["calendar"]
    calendar.put(0, "end_date", (TODAY - dt.timedelta(days=90)).strftime("%Y%m%d"))


@_whole("feed_of_last_year", "gtfs_feed_current")
def _old_feed(made: Made) -> None:
    made.tables["feed_info"].put(0, "feed_start_date", "20250101")
    made.tables["feed_info"].put(0, "feed_end_date", "20251231")


def _two_agencies(made: Made) -> None:
    made.tables["agency"].rows.append(
        ["276", "Påhittad Skärgårdstrafik", "https://skargard.example", "Europe/Stockholm", "sv"]
    )
    made.tables["routes"].put(4, "agency_id", "276")


@defect(FEED, base=_two_agencies, amounts=("one",))
def agency_without_id(made: Made, pick: Pick) -> Planted:
    made.tables["agency"].put(1, "agency_id", "")
    return said(
        "gtfs_agencies_have_id", [1], "gtfs_ids_exist", "gtfs_fields_filled", table="agency"
    )


@defect(FEED, base=_two_agencies)
def route_without_agency(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.tables["routes"].rows)))
    for i in at:
        made.tables["routes"].put(i, "agency_id", "")
    return said("gtfs_routes_have_agency", at, table="routes")


@defect(FEED)
def call_at_a_station(made: Made, pick: Pick) -> Planted:
    times, stops = made.tables["stop_times"], made.tables["stops"]
    station = stops.get(stops.where("location_type", "1")[0], "stop_id")
    at = pick(range(len(times.rows)), most=0.02)
    for i in at:
        times.put(i, "stop_id", station)
    return said(
        "gtfs_calls_at_platform", at, "gtfs_speed_possible", "gtfs_stops_served", table="stop_times"
    )


@defect(FEED)
def station_within_a_station(made: Made, pick: Pick) -> Planted:
    stops = made.tables["stops"]
    stations = stops.where("location_type", "1")
    at = pick(stations[1:])
    for i in at:
        stops.put(i, "parent_station", stops.get(stations[0], "stop_id"))
    return said("gtfs_parent_right", at, "gtfs_stop_near_station", table="stops")


@defect(FEED)
def route_without_name(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.tables["routes"].rows)))
    for i in at:
        for column in ("route_short_name", "route_long_name"):
            made.tables["routes"].put(i, column, "")
    return said("gtfs_route_named", at, "gtfs_fields_filled", table="routes")


@defect(FEED)
def stops_on_one_spot(made: Made, pick: Pick) -> Planted:
    stops = made.tables["stops"]
    halts = [
        i
        for i, kind in enumerate(stops.values("location_type"))
        if kind == "0" and not stops.get(i, "parent_station")
    ]
    at = pick(halts[1:], most=0.2)
    for i in at:
        for column in ("stop_lat", "stop_lon"):
            stops.put(i, column, stops.get(halts[0], column))
    return said(
        "gtfs_stop_once",
        {halts[0], *at},
        "gtfs_speed_possible",
        "points_not_stacked",
        table="stops",
    )


def _unused(kind: str, table: str, row: list[object], rule: str, *explains: str) -> None:
    @defect(FEED, kind=kind, amounts=("one",))
    def unused(made: Made, pick: Pick) -> Planted:
        made.tables[table].rows.append(list(row))
        return said(rule, [len(made.tables[table].rows) - 1], *explains, table=table)


_span = [
    (TODAY - dt.timedelta(days=9)).strftime("%Y%m%d"),
    (TODAY + dt.timedelta(days=99)).strftime("%Y%m%d"),
]
_unused(
    "stop_never_served", "stops", ["77", "Ödehållplatsen", 56.2, 15.6, "0", ""], "gtfs_stops_served"
)
_unused("route_never_run", "routes", ["77", "275", "77", "Nowhere", "704"], "gtfs_routes_used")
_unused(
    "service_never_used", "calendar", ["tom", 1, 1, 1, 1, 1, 1, 1, *_span], "gtfs_services_used"
)
_unused(
    "service_that_never_runs",
    "calendar",
    ["aldrig", 0, 0, 0, 0, 0, 0, 0, *_span],
    "gtfs_service_runs",
    "gtfs_services_used",
)
_unused(
    "service_of_last_year",
    "calendar",
    ["gammal", 1, 1, 1, 1, 1, 1, 1, "20250101", "20251231"],
    "gtfs_service_not_past",
    "gtfs_services_used",
)


def _with_shapes(made: Made) -> None:
    header = ["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"]
    made.tables["shapes"] = type(made.main)(header, [["s1", 56.2, 15.6, 1], ["s1", 56.21, 15.6, 2]])
    made.tables["trips"].header.append("shape_id")
    made.tables["trips"].rows = [[*row, "s1"] for row in made.tables["trips"].rows]


@defect(FEED, base=_with_shapes, amounts=("one",))
def shape_never_used(made: Made, pick: Pick) -> Planted:
    made.tables["shapes"].rows += [["s2", 56.2, 15.6, 1], ["s2", 56.21, 15.6, 2]]
    return said("gtfs_shapes_used", [2, 3], table="shapes")


def _with_colours(made: Made) -> None:
    routes = made.tables["routes"]
    routes.header.append("route_color")
    routes.rows = [[*row, "00A0FF"] for row in routes.rows]


@defect(FEED, base=_with_colours)
def colour_with_hash(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.tables["routes"].rows)))
    for i in at:
        made.tables["routes"].put(i, "route_color", "#00A0FF")
    return said("gtfs_looks_read", at, table="routes")


def _with_frequencies(made: Made) -> None:
    trips = made.tables["trips"].values("trip_id")[:6]
    made.tables["frequencies"] = type(made.main)(
        ["trip_id", "start_time", "end_time", "headway_secs"],
        [
            [trip, f"{hour:02}:00:00", f"{hour + 1:02}:00:00", 600]
            for trip in trips
            for hour in (6, 7, 15)
        ],
    )


@defect(FEED, base=_with_frequencies)
def frequency_backwards(made: Made, pick: Pick) -> Planted:
    table = made.tables["frequencies"]
    at = pick(range(len(table.rows)))
    for i in at:
        table.put(i, "end_time", "05:00:00")
    return said("gtfs_frequency_in_order", at, "gtfs_frequencies_apart", table="frequencies")


@defect(FEED, base=_with_frequencies)
def frequencies_that_overlap(made: Made, pick: Pick) -> Planted:
    """The spell of 6 lasts into the one that begins at 7: the later one is named."""
    table = made.tables["frequencies"]
    at = pick(table.where("start_time", "06:00:00"))
    for i in at:
        table.put(i, "end_time", "07:30:00")
    return said("gtfs_frequencies_apart", [i + 1 for i in at], table="frequencies")


@_whole("feed_backwards", "gtfs_feed_in_order", "gtfs_feed_current")
def _feed_backwards(made: Made) -> None:
    made.tables["feed_info"].put(0, "feed_end_date", "20260101")


@defect(FEED)
def long_name_is_the_short_one(made: Made, pick: Pick) -> Planted:
    routes = made.tables["routes"]
    at = pick(range(len(routes.rows)))
    for i in at:
        routes.put(i, "route_long_name", routes.get(i, "route_short_name"))
    return said("gtfs_route_names_differ", at, table="routes")


@defect(FEED, amounts=("one",))
def route_named_as_another(made: Made, pick: Pick) -> Planted:
    routes = made.tables["routes"]
    [at] = pick(range(1, len(routes.rows)))
    for column in ("route_type", "route_short_name", "route_long_name"):
        routes.put(at, column, routes.get(at - 1, column))
    return said(
        "gtfs_route_names_distinct",
        {at - 1, at},
        "gtfs_on_demand_told_apart",
        "gtfs_speed_possible",
        table="routes",
    )


@_whole("header_misspelt", "gtfs_names_spelt")
def _header_misspelt(made: Made) -> None:
    trips = made.tables["trips"]
    trips.header[trips.header.index("direction_id")] = "directon_id"


@_whole("shapes_left_out", "gtfs_ids_have_their_file")
def _shapes_left_out(made: Made) -> None:
    trips = made.tables["trips"]
    trips.header.append("shape_id")
    for row in trips.rows:
        row.append("1")


@_whole("file_of_another_name", "gtfs_files_known")
def _file_of_another_name(made: Made) -> None:
    made.tables["frecuencias"] = deepcopy(made.tables["agency"])
