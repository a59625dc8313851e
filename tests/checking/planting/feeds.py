"""Defects of a timetable in GTFS: its references, its times, where its stops lie."""

from __future__ import annotations

from tests.checking.twins import Made

from .registry import Pick, Planted, defect, said

FEED = "tidtabell"
# a reference that leads nowhere leaves behind what nothing refers to any longer
ORPHANS = (
    "gtfs_stops_served",
    "gtfs_routes_used",
    "gtfs_services_used",
    "gtfs_trip_goes_somewhere",
)


def _put(
    kind: str, table: str, column: str, values: tuple[object, ...], rule: str, *explains: str
) -> None:
    @defect(FEED, kind=kind)
    def put(made: Made, pick: Pick) -> Planted:
        one = made.tables[table]
        at = pick(i for i, value in enumerate(one.values(column)) if value not in ("", None))
        for n, i in enumerate(at):
            one.put(i, column, values[n % len(values)])
        return said(rule, at, *ORPHANS, *explains, table=table)


_put("trip_of_no_route", "trips", "route_id", ("9999",), "gtfs_ids_exist")
_put(
    "trip_of_no_service", "trips", "service_id", ("aldrig",), "gtfs_ids_exist", "gtfs_traffic_ahead"
)
_put("time_at_no_stop", "stop_times", "stop_id", ("9999", "borta"), "gtfs_ids_exist")
_put("route_of_no_agency", "routes", "agency_id", ("999",), "gtfs_ids_exist")
_put(
    "platform_of_no_station",
    "stops",
    "parent_station",
    ("9999",),
    "gtfs_ids_exist",
    "gtfs_parent_right",
)
_put(
    "route_type_unknown",
    "routes",
    "route_type",
    ("47", "buss"),
    "gtfs_route_type_known",
    "gtfs_on_demand_told_apart",
)
_put(
    "time_unreadable",
    "stop_times",
    "arrival_time",
    ("halv nio", "7.45", "25:61:00"),
    "gtfs_times_read",
    "gtfs_ends_timed",
    "gtfs_times_advance",
    "gtfs_times_paired",
    "gtfs_speed_possible",
    "reads_as_type",
)
_put(
    "date_unreadable",
    "calendar",
    "end_date",
    ("2026-12-31", "nyår"),
    "gtfs_dates_read",
    "gtfs_traffic_ahead",
    "gtfs_reaches_ahead",
    "gtfs_service_runs",
    "gtfs_service_not_past",
)
_put("timezone_unknown", "agency", "agency_timezone", ("Sverige",), "gtfs_timezone_known")
_put("agency_url_without_scheme", "agency", "agency_url", ("www.trafik.example",), "gtfs_urls_read")
_put("direction_unknown", "trips", "direction_id", ("7", "hem"), "gtfs_values_read")
_put("stop_without_name", "stops", "stop_name", ("",), "gtfs_stop_named", "gtfs_fields_filled")
_put(
    "stop_without_position",
    "stops",
    "stop_lat",
    ("",),
    "gtfs_stop_placed",
    "points_exist",
    "gtfs_fields_filled",
)
_put("trip_without_route", "trips", "route_id", ("",), "gtfs_fields_filled")


@defect(FEED)
def time_of_no_trip(made: Made, pick: Pick) -> Planted:
    """The last calls of a trip get another trip's id, which does not exist."""
    times = made.tables["stop_times"]
    at = pick(range(len(times.rows)), most=0.02)
    for i in at:
        times.put(i, "trip_id", "9999")
    return said(
        "gtfs_ids_exist",
        at,
        *ORPHANS,
        "gtfs_times_advance",
        "gtfs_ends_timed",
        "gtfs_keys_unique",
        "gtfs_speed_possible",
        table="stop_times",
    )


def _clock(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return 3600 * hours + 60 * minutes + seconds


@defect(FEED)
def times_that_go_back(made: Made, pick: Pick) -> Planted:
    """A call in the middle of a trip an hour and a half before the one ahead of it."""
    times = made.tables["stop_times"]
    at = pick(i for i, number in enumerate(times.values("stop_sequence")) if number == 5)
    for i in at:
        back = _clock(times.get(i - 1, "departure_time")) - 5400
        for column in ("arrival_time", "departure_time"):
            times.put(i, column, f"{back // 3600:02}:{back // 60 % 60:02}:{back % 60:02}")
    return said("gtfs_times_advance", at, "gtfs_speed_possible", table="stop_times")


@defect(FEED)
def leaves_before_arriving(made: Made, pick: Pick) -> Planted:
    times = made.tables["stop_times"]
    at = pick(i for i, number in enumerate(times.values("stop_sequence")) if number == 5)
    for i in at:
        back = _clock(times.get(i, "arrival_time")) - 30
        times.put(i, "departure_time", f"{back // 3600:02}:{back // 60 % 60:02}:{back % 60:02}")
    return said(
        "gtfs_leaves_after_arriving",
        at,
        "gtfs_times_advance",
        "gtfs_speed_possible",
        table="stop_times",
    )


@defect(FEED)
def time_half_given(made: Made, pick: Pick) -> Planted:
    times = made.tables["stop_times"]
    at = pick(i for i, number in enumerate(times.values("stop_sequence")) if number in (3, 5))
    for i in at:
        times.put(i, "departure_time", "")
    return said("gtfs_times_paired", at, table="stop_times")


@defect(FEED)
def trip_ends_without_time(made: Made, pick: Pick) -> Planted:
    times = made.tables["stop_times"]
    at = pick(i for i, number in enumerate(times.values("stop_sequence")) if number == 8)
    for i in at:
        times.put(i, "arrival_time", "")
        times.put(i, "departure_time", "")
    return said("gtfs_ends_timed", at, table="stop_times")


@defect(FEED)
def impossible_speed_of_trip(made: Made, pick: Pick) -> Planted:
    """The last call is made at a stop on the other side of the county."""
    times, stops = made.tables["stop_times"], made.tables["stops"]
    at = pick(i for i, number in enumerate(times.values("stop_sequence")) if number == 8)
    where = {
        stops.get(i, "stop_id"): (stops.get(i, "stop_lon"), stops.get(i, "stop_lat"))
        for i, kind in enumerate(stops.values("location_type"))
        if kind == "0"
    }
    for i in at:
        lon, lat = where[times.get(i - 1, "stop_id")]
        times.put(
            i,
            "stop_id",
            max(where, key=lambda one: abs(where[one][0] - lon) + abs(where[one][1] - lat)),
        )
    return said("gtfs_speed_possible", at, "gtfs_stops_served", table="stop_times")


@defect(FEED, amounts=("one",))
def stop_far_off(made: Made, pick: Pick) -> Planted:
    """A stop off Kaliningrad, as Kalkugnen of Älvkarleby once was."""
    stops = made.tables["stops"]
    at = pick(
        i
        for i, kind in enumerate(stops.values("location_type"))
        if kind == "0" and not stops.get(i, "parent_station")
    )
    for i in at:
        stops.put(i, "stop_lat", 54.649)
        stops.put(i, "stop_lon", 19.695)
    return Planted(
        {"gtfs_stop_not_far_off": set(at)},
        frozenset({"points_in_sweden", "gtfs_speed_possible"}),
        table="stops",
    )


@defect(FEED, amounts=("one",))
def all_stops_in_another_county(made: Made, pick: Pick) -> Planted:
    """Every stop 170 km farther north: some may lie across a border, not all of them."""
    stops = made.tables["stops"]
    at = [i for i, lat in enumerate(stops.values("stop_lat")) if isinstance(lat, float)]
    for i in at:
        stops.put(i, "stop_lat", round(stops.get(i, "stop_lat") + 1.5, 6))
    return said("gtfs_stop_near_county", at, "*", table="stops")


@defect(FEED)
def platform_far_from_its_station(made: Made, pick: Pick) -> Planted:
    stops = made.tables["stops"]
    at = pick(i for i, parent in enumerate(stops.values("parent_station")) if parent)
    for i in at:
        stops.put(i, "stop_lat", round(stops.get(i, "stop_lat") + 0.04, 6))
    return said(
        "gtfs_stop_near_station", at, "gtfs_speed_possible", "points_in_sweden", table="stops"
    )


def _twice(kind: str, table: str, *explains: str) -> None:
    @defect(FEED, kind=kind)
    def twice(made: Made, pick: Pick) -> Planted:
        one = made.tables[table]
        at = pick(range(len(one.rows)))
        first = len(one.rows)
        one.rows += [list(one.rows[i]) for i in at]
        return said(
            "gtfs_keys_unique",
            {*at, *range(first, first + len(at))},
            "rows_distinct",
            *explains,
            table=table,
        )


_twice("stop_twice", "stops", "points_not_stacked")
_twice("trip_twice", "trips")
_twice("call_twice", "stop_times", "gtfs_times_advance", "gtfs_speed_possible")
_twice("route_twice", "routes")


@defect(FEED)
def trip_of_one_call(made: Made, pick: Pick) -> Planted:
    trips, times = made.tables["trips"], made.tables["stop_times"]
    at = pick(range(len(trips.rows)))
    short = {trips.get(i, "trip_id") for i in at}
    sequence, of = times.values("stop_sequence"), times.values("trip_id")
    times.rows = [row for i, row in enumerate(times.rows) if of[i] not in short or sequence[i] == 1]
    return said("gtfs_trip_goes_somewhere", at, "gtfs_stops_served", table="trips")
