"""Departures by stop and day: recomputed with gtfs-kit and pandas on real and synthetic feeds, and
case by case."""

from __future__ import annotations

import datetime as dt
import math
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.sampling import every

from helpers.reading.snapshot import Snapshot
from helpers.traffic import calendar, departures
from helpers.traffic.feed import Feed
from helpers.traffic.timetable import timetable

from .feeds import STOPS, TRIPS, WHOLE, read


def ours(snapshot: Snapshot, days: list[dt.date]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """By stop id and day: calls, departures, first, last; and headways."""
    with Feed(snapshot) as feed:
        calendar.prepare(feed)
        calendar.active(feed, [calendar.Day("date", one) for one in days])
        departures.prepare(feed)
        departures.by_stop(feed)
        served = feed.con.execute("""
            select o.id, day, sum(calls)::int as calls, sum(departures)::int as departures, min(first) as first, max(last) as last
            from served s join stop o on s.stop = o.n group by all""").df()
        gaps = feed.con.execute(
            "select o.id, day, headway from gap g join stop o on g.stop = o.n where headway is not"
            " null"
        ).df()
    return served.set_index(["id", "day"]), gaps.set_index(["id", "day"])


def seconds(text: str) -> int:
    hours, minutes, rest = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + rest


def expanded(archive: Path, folder: Path) -> Any:
    """The feed as gtfs-kit reads it, each run of a frequency a trip of its own: gtfs-kit passes
    frequencies over."""
    import gtfs_kit

    feed = gtfs_kit.read_feed(archive, dist_units="km")
    if feed.frequencies is None or feed.frequencies.empty:
        return feed
    times, trips = [], []
    # not dict(): a groupby has keys, and is taken for a mapping
    own = {trip: group for trip, group in feed.stop_times.groupby("trip_id")}  # noqa: C416
    rows = feed.trips.set_index("trip_id")
    for i, one in enumerate(feed.frequencies.itertuples()):
        base = min(map(seconds, own[one.trip_id]["departure_time"]))
        at = seconds(one.start_time)
        while at < seconds(one.end_time):
            name = f"{one.trip_id}+{i}+{at}"
            copy = own[one.trip_id].assign(trip_id=name)
            for column in ("arrival_time", "departure_time"):
                moved = [seconds(text) - base + at for text in copy[column]]
                copy[column] = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in moved]
            times.append(copy)
            trips.append(rows.loc[[one.trip_id]].reset_index().assign(trip_id=name))
            at += int(one.headway_secs)
    gone = set(feed.frequencies["trip_id"])
    feed.stop_times = pd.concat(
        [feed.stop_times[~feed.stop_times["trip_id"].isin(gone)], *times], ignore_index=True
    )
    feed.trips = pd.concat(
        [feed.trips[~feed.trips["trip_id"].isin(gone)], *trips], ignore_index=True
    )
    feed.frequencies = None
    return feed


def compare(snapshot: Snapshot, archive: Path, folder: Path, days: list[dt.date]) -> int:
    """Hold calls to gtfs-kit, and departures, first, last and headway to pandas; how many stop-days
    were compared."""
    served, gaps = ours(snapshot, days)
    feed = expanded(archive, folder)
    dates = [one.strftime("%Y%m%d") for one in days]
    theirs = feed.compute_stop_stats(dates)
    theirs["day"] = theirs["date"].map({date: i for i, date in enumerate(dates)})
    calls = theirs.set_index(["stop_id", "day"])["num_trips"].astype(int)
    assert served["calls"].sort_index().to_dict() == calls.sort_index().to_dict()

    activity = feed.compute_trip_activity(dates).set_index("trip_id")
    frame = feed.stop_times.sort_values(["trip_id", "stop_sequence"])
    last = frame.groupby("trip_id")["stop_sequence"].transform("max")
    frame = frame[
        (frame["stop_sequence"] < last)
        & (frame.get("pickup_type", pd.Series(0, frame.index)).fillna(0) != 1)
    ]
    frame["t"] = frame["departure_time"].map(seconds)
    ordered = feed.routes.loc[feed.routes["route_type"] == 717, "route_id"]
    demand = set(feed.trips.loc[feed.trips["route_id"].isin(ordered), "trip_id"])
    for day, date in enumerate(dates):
        running = frame[frame["trip_id"].map(activity[date]) > 0]
        for id, group in running.groupby("stop_id"):
            row = served.loc[(id, day)]
            assert (row["departures"], row["first"], row["last"]) == (
                len(group),
                group["t"].min(),
                group["t"].max(),
            )
            within = group["t"][
                (group["t"] >= 7 * 3600)
                & (group["t"] <= 19 * 3600)
                & ~group["trip_id"].isin(demand)
            ].sort_values()
            if len(within) > 2:
                assert gaps.loc[(id, day), "headway"] == pytest.approx(
                    within.diff().median(), abs=0.51
                )
            else:
                assert (id, day) not in gaps.index
    return len(calls)


@pytest.mark.slow
@pytest.mark.real
def test_finnish_ferries_against_gtfs_kit(finnish: Snapshot, real: Path, tmp_path: Path):
    days = [dt.date(2021, 1, 11), dt.date(2021, 7, 3), dt.date(2021, 7, 4), dt.date(2016, 11, 7)]
    assert compare(finnish, real / "mobility" / "finnish_ferries_gtfs.zip", tmp_path, days) > 250


def test_the_sample_against_gtfs_kit(sample: Snapshot, root: Path, tmp_path: Path):
    found = timetable(sample)
    days = [one.date for one in found.calendar.days]
    assert [one.kind for one in found.calendar.days] == ["weekday", "saturday", "sunday"]
    compared = compare(
        sample, root / "data" / "samples" / "region-blekinge-tidtabeller.zip", tmp_path, days
    )
    assert (
        compared >= sum(int((found.places[f"calls_{d}"] > 0).sum()) for d in range(3)) > 50
    )  # stations hold several stops


def test_times_after_midnight_belong_to_the_day_on_which_the_trip_began(tmp_path: Path):
    times = (
        WHOLE["stop_times"]
        .replace("08:10:00,08:11:00", "24:10:00,25:11:00")
        .replace("08:20:00,08:20:00", "26:00:00,26:00:00")
    )
    found = timetable(read(tmp_path, stop_times=times)).places
    assert found["first_0"].tolist()[:2] == [8 * 3600, 25 * 3600 + 11 * 60] and found[
        "departures_0"
    ].tolist() == [
        1,
        1,
        0,
    ]


@pytest.mark.parametrize(
    ("finish", "runs"),
    every(2, [("10:00:01", 5), ("10:00:00", 4), ("25:00:00", 32), ("09:00:01", 1)]),
)
def test_frequencies_run_until_before_their_end(tmp_path: Path, finish: str, runs: int):
    given = f"trip_id,start_time,end_time,headway_secs,exact_times\nt1,09:00:00,{finish},900,0\n"
    if runs == 32:
        given = given.replace("900", "1800")
    found = timetable(read(tmp_path, frequencies=given))
    assert found.places["departures_0"].tolist() == [runs, runs, 0] and found.about_times
    assert found.lines["trips_0"].tolist() == [runs]
    assert found.places["first_0"].tolist()[:2] == [9 * 3600, 9 * 3600 + 11 * 60]


def test_a_frequency_of_every_second_for_a_year_is_set_aside(tmp_path: Path):
    given = (
        "trip_id,start_time,end_time,headway_secs\nt1,00:00:00,999:00:00,1\n"
        "t1,09:00:00,12:00:00,0\nt1,x,12:00:00,60\n"
    )
    found = timetable(read(tmp_path, frequencies=given))
    assert found.broken == {"frequency_too_many": 1, "frequency_unreadable": 2}


def test_a_stop_without_times_lies_between_its_neighbours(tmp_path: Path):
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
    times = head + "t1,08:00:00,08:02:00,a,10\nt1,,,b,20\nt1,08:20:00,08:20:00,c,40\n"
    found = timetable(read(tmp_path, stop_times=times))
    assert found.interpolated == 1 and found.places["first_0"].tolist()[1] == 8 * 3600 + 11 * 60
    unknown = times.replace("08:20:00,08:20:00", ",")
    (tmp_path / "b").mkdir()
    found = timetable(read(tmp_path / "b", stop_times=unknown)).places
    assert found["departures_0"].tolist() == [1, 1, 0] and math.isnan(
        found["first_0"].astype(float).iloc[1]
    )


def test_on_demand_is_told_apart_by_route_type_and_by_booking(tmp_path: Path):
    routes = "route_id,agency_id,route_short_name,route_type\nr,A,1,700\nd,A,Plus,717\n"
    times = """trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type
t1,08:00:00,08:00:00,a,1,0
t1,08:10:00,08:11:00,b,2,2
t1,08:15:00,08:15:00,x,3,1
t1,08:20:00,08:20:00,c,4,1
t2,09:00:00,09:00:00,d,1,
t2,09:20:00,09:20:00,a,2,
"""
    stops = STOPS + "d,Dungen,56.2,15.2\nx,Xylofonen,56.21,15.2\ny,Ytterby,56.22,15.2\n"
    found = timetable(
        read(tmp_path, routes=routes, trips=TRIPS + "d,v,t2\n", stop_times=times, stops=stops)
    ).places
    by_id = found.set_index("id")
    assert by_id["status"].to_dict() == {
        "a": "served",
        "b": "on_demand",
        "c": "arrivals_only",
        "d": "on_demand",
        "x": "arrivals_only",
        "y": "no_service",
    }
    assert by_id["departures_0"].to_dict() == {"a": 1, "b": 1, "c": 0, "d": 1, "x": 0, "y": 0}
    assert by_id["on_demand_0"].to_dict() == {"a": 0, "b": 1, "c": 0, "d": 1, "x": 0, "y": 0}


def test_stops_of_a_station_are_one_place(tmp_path: Path):
    stops = """stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
S,Centralen,,,1,
a,Centralen,56.10,15.10,0,S
b,Centralen,56.12,15.10,,S
e,Ingång,56.11,15.10,2,S
g,Ruta,56.11,15.10,4,b
c,Cedervik,56.14,15.30,0,
lost,Lösa,56.15,15.30,0,nowhere
"""
    found = timetable(read(tmp_path, stops=stops))
    places = found.places.set_index("id")
    assert places.index.tolist() == ["S", "c", "lost"] and places["stops"].tolist() == [2, 1, 1]
    assert places.loc["S", "lat"] == pytest.approx(56.11) and places.loc["S", "departures_0"] == 2
    assert found.broken == {"parent_unknown": 1}


def test_what_points_nowhere_is_counted_and_left_out(tmp_path: Path):
    times = (
        WHOLE["stop_times"]
        + "t1,08:30:00,08:30:00,z,4\nt9,08:30:00,08:30:00,a,1\nt1,08:30:00,08:30:00,a,x\n"
    )
    trips = TRIPS + "gone,v,t2\n"
    stops = STOPS + "n,Norden,,\nz0,Noll,0,0\n"
    found = timetable(read(tmp_path, stop_times=times, trips=trips, stops=stops))
    assert found.broken == {
        "visit_without_trip": 1,
        "visit_without_stop": 1,
        "visit_without_order": 1,
        "trip_without_route": 1,
        "stop_unplaced": 2,
    }
    assert found.places["departures_0"].tolist() == [1, 1, 0, 0, 0]


@pytest.mark.parametrize(
    "missing", every(2, ["stop_times", "calendar", "routes", "trips", "stops", "agency"])
)
def test_a_feed_that_lacks_a_file_says_what_it_can(tmp_path: Path, missing: str):
    found = timetable(read(tmp_path, **{missing: None}))
    if missing in ("stop_times", "calendar", "trips"):
        assert set(found.places["status"]) == {"unknown"}
    if missing == "stop_times":
        assert found.lines["trips_0"].tolist() == [1] and found.lines["drawn"].tolist() == ["none"]
    if missing == "routes":
        assert found.places["mode"].tolist() == ["other"] * 3 and found.places[
            "departures_0"
        ].tolist() == [1, 1, 0]


@pytest.mark.real
def test_uppland_without_stop_times(uppland: Snapshot, real: Path):
    found = timetable(uppland)
    assert not found.has_times and set(found.places["status"]) == {"unknown"}
    with (
        zipfile.ZipFile(real / "mobility" / "ul_gtfs_2021-09_without_stop_times.zip") as archive,
        archive.open("stops.txt") as file,
    ):
        stops = pd.read_csv(file, dtype=str)
    alone = stops["parent_station"].isna()
    assert (
        len(found.places) == alone.sum()
        and found.places["stops"].sum() == (stops["location_type"].fillna("0") == "0").sum()
    )
    assert (
        found.lines["trips_0"].sum() == found.calendar.trips_on(found.calendar.days[0].date) > 6000
    )
    assert found.places.loc[found.places["astray"], "name"].tolist() == [
        "Kalkugnen (Kalkugnen) (Älvkarleby)"
    ]


@pytest.mark.parametrize(("step", "least"), [(8, 2), pytest.param(1, 10, marks=pytest.mark.slow)])
def test_transitfeeds_bad_feeds_do_not_stop_it(step: int, least: int, real: Path, tmp_path: Path):
    from helpers import reading
    from helpers.words.errors import InputRefused

    seen = 0
    for file in sorted((real / "bad" / "gtfs").iterdir())[::step]:
        archive = file
        if file.is_dir():
            archive = tmp_path / f"{file.name}.zip"
            with zipfile.ZipFile(archive, "w") as packed:
                for one in file.iterdir():
                    packed.write(one, one.name)
        try:
            snapshot = reading.read(archive, tmp_path / f"{file.name}.read", type="rorelsedata")
        except InputRefused:
            continue
        if snapshot.format == "gtfs":
            timetable(snapshot)
            seen += 1
    assert seen >= least
