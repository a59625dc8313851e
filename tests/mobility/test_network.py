"""Lines as drawn, parts of the network, islands, stops far from all others."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helpers.traffic import gtfs_reference, network
from helpers.traffic.geometry import MAX_POINTS
from helpers.traffic.timetable import timetable

from .feeds import TRIPS, WHOLE, read

STOPS = """stop_id,stop_name,stop_lat,stop_lon
a,Apelvik,56.10,15.10
b,Björknäs,56.12,15.20
c,Cedervik,56.14,15.30
d,Brygga,56.1401,15.3001
i,Ön,56.00,15.40
j,Öns by,56.01,15.42
x,Avsides,56.30,15.90
y,Avlägset,56.31,15.91
"""
ROUTES = "route_id,agency_id,route_short_name,route_type\nr,A,1,3\nf,A,Färja,1000\nq,A,9,3\n"
TIMES = (
    WHOLE["stop_times"]
    + """f1,08:30:00,08:30:00,d,1
f1,08:50:00,08:50:00,i,2
i1,09:00:00,09:00:00,i,1
i1,09:05:00,09:05:00,j,2
q1,09:00:00,09:00:00,x,1
q1,09:05:00,09:05:00,y,2
"""
)


def test_islands_are_what_only_a_ferry_links_to_the_rest(tmp_path: Path):
    snapshot = read(
        tmp_path,
        stops=STOPS,
        routes=ROUTES,
        trips=TRIPS + "f,v,f1\nr,v,i1\nq,v,q1\n",
        stop_times=TIMES,
    )
    found = timetable(snapshot).places.set_index("id")
    assert found["part"].to_dict() == {
        "a": 0,
        "b": 0,
        "c": 0,
        "d": 0,
        "i": 0,
        "j": 0,
        "x": 1,
        "y": 1,
    }  # c and d: on foot
    assert found.index[found["ferry_only"]].tolist() == ["i", "j"]


def test_a_feed_of_ferries_alone_has_no_mainland(tmp_path: Path):
    found = timetable(
        read(tmp_path, routes=ROUTES.replace("700", "4").replace("r,A,1,3", "r,A,1,4"))
    ).places
    assert not found["ferry_only"].any() and found["part"].tolist() == [0, 0, 0]


def test_straight_between_the_stops_where_there_is_no_shape(tmp_path: Path):
    back = "t2,10:00:00,10:00:00,c,1\nt2,10:10:00,10:10:00,b,2\nt2,10:20:00,10:20:00,a,3\n"
    found = timetable(
        read(tmp_path, trips=TRIPS + "r,v,t2\n", stop_times=WHOLE["stop_times"] + back)
    )
    assert found.lines["drawn"].tolist() == ["straight"] and found.lines["trips_0"].tolist() == [2]
    assert [path.tolist() for path in found.paths[0].paths] == [
        [[15.1, 56.1], [15.2, 56.12], [15.3, 56.14]]
    ]


def test_shapes_are_followed_simplified_and_few(tmp_path: Path):
    rng = np.random.default_rng(3)
    walk = np.cumsum(rng.normal(0, 0.003, (90_000, 2)), axis=0) + np.array([56.1, 15.1])
    points = "".join(f"s,{lat:.6f},{lon:.6f},{i}\n" for i, (lat, lon) in enumerate(walk))
    shapes = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n" + points
    trips = "route_id,service_id,trip_id,shape_id\nr,v,t1,s\n"
    found = timetable(read(tmp_path, shapes=shapes, trips=trips))
    (path,) = found.paths[0].paths
    assert (
        found.lines["drawn"].tolist() == ["shape"]
        and 2 < len(path) <= MAX_POINTS
        and found.tolerance_m > 15
    )
    np.testing.assert_allclose(path[[0, -1]], np.round(walk[[0, -1]][:, ::-1], 6))


def test_a_shape_that_is_not_there_is_drawn_straight(tmp_path: Path):
    shapes = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nelse,56,15,1\n"
    found = timetable(
        read(tmp_path, shapes=shapes, trips="route_id,service_id,trip_id,shape_id\nr,v,t1,s\n")
    )
    assert found.lines["drawn"].tolist() == ["straight"]


def test_astray():
    rng = np.random.default_rng(7)
    lon, lat = 15 + rng.random(300), 56 + rng.random(300)
    lon, lat = np.append(lon, [19.7, np.nan, 15.5]), np.append(lat, [54.6, np.nan, -36.0])
    assert np.flatnonzero(network.astray(lon, lat)).tolist() == [300, 302]
    assert not network.astray(lon[:2], lat[:2]).any() and not network.astray(lon[:0], lat[:0]).any()


def test_route_types_are_apart_and_each_is_drawn():
    known = gtfs_reference.load()
    codes = [code for one in known.modes.values() for code in one.codes]
    assert len(codes) == len(set(codes)) and {one.drawn for one in known.modes.values()} == set(
        gtfs_reference.DRAWN
    )
    swedish = {
        100: "train",
        401: "metro",
        700: "bus",
        717: "bus",
        900: "tram",
        1000: "ferry",
        5: "tram",
        799: "other",
    }
    assert {type: known.drawn_as(type) for type in swedish} == swedish
    assert [known.mode_of(type) == "on_demand" for type in (715, 716, 717, 1501)] == [
        True,
        False,
        True,
        True,
    ]
