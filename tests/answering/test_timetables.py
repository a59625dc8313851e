"""What a timetable answers is what its files say: the arrivals held against an exhaustive search on
small feeds, the rest recomputed with pandas from the sample."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from helpers.advising.answers.answer import Answer
from helpers.advising.answers.asking import Wanted
from helpers.reading import read
from helpers.traffic import day, reaching
from helpers.traffic.feed import Feed

from .conftest import Asking, Told, ask

TYPE = "rorelsedata"
Call = tuple[int, int, int, bool, bool]  # place, arrival, departure, boards, alights
START, WITHIN = 8 * 3600, 3600


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"


def made(rng: random.Random, folder: Path) -> tuple[Path, dict[str, list[Call]], int]:
    """A feed of some stops in some stations, its trips by name with their calls, how many places."""
    places = rng.randint(3, 9)
    stations = {n for n in range(places) if rng.random() < 0.3}
    stops = ["stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station"]
    at: dict[int, list[str]] = {}
    for n in range(places):
        lat = 56 + n / 100
        if n in stations:
            stops.append(f"p{n},Plats {n},{lat},15,1,")
        at[n] = [f"s{n}_{i}" for i in range(2 if n in stations else 1)]
        parent = f"p{n}" if n in stations else ""
        stops += [f"{one},Plats {n},{lat},15,0,{parent}" for one in at[n]]
    trips, times, repeats = ["route_id,service_id,trip_id"], [], []
    runs: dict[str, list[Call]] = {}
    for t in range(rng.randint(4, 25)):
        trips.append(f"r,d,t{t}")
        now = rng.randrange(7 * 3600 + 1800, 9 * 3600, 60)
        calls: list[Call] = []
        for seq, n in enumerate(rng.sample(range(places), rng.randint(2, min(places, 5)))):
            arrival = now + (rng.choice((0, 60, 240, 600)) if seq else 0)
            now = arrival + rng.choice((0, 0, 60, 180))
            boards, alights = rng.random() > 0.1, rng.random() > 0.1
            kinds = f"{'' if boards else 1},{'' if alights else 1}"
            stop = rng.choice(at[n])
            times.append(f"t{t},{clock(arrival)},{clock(now)},{stop},{seq},{kinds}")
            calls.append((n, arrival, now, boards, alights))
        if rng.random() < 0.2:
            begin = rng.randrange(7 * 3600, 9 * 3600, 60)
            repeats.append(f"t{t},{clock(begin)},{clock(begin + 2400)},900")
            for at_time in range(begin, begin + 2400, 900):
                by = at_time - calls[0][2]
                moved = [(n, a + by, d + by, b, e) for n, a, d, b, e in calls]
                runs[f"t{t}-{at_time}"] = moved
        else:
            runs[f"t{t}"] = calls
    head = "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type"
    files = {
        "agency": ["agency_id,agency_name,agency_url,agency_timezone", "a,A,https://a,Europe/Rome"],
        "stops": stops,
        "routes": ["route_id,agency_id,route_short_name,route_type", "r,a,1,3"],
        "trips": trips,
        "stop_times": [head, *times],
        "frequencies": ["trip_id,start_time,end_time,headway_secs", *repeats],
        "calendar": [
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
            "d,1,1,1,1,1,1,1,20260105,20260201",
        ],
    }
    file = folder / "feed.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for name, lines in files.items():
            packed.writestr(f"{name}.txt", "\n".join(lines) + "\n")
    return file, runs, places


def searched(runs: dict[str, list[Call]], origin: int) -> dict[int, int]:
    """Every way to travel, tried until nothing arrives earlier."""
    end, earliest, ready = START + WITHIN, {origin: START}, {origin: START}
    while True:
        before = dict(earliest)
        for calls in runs.values():
            for i, (place, _, leaves, boards, _) in enumerate(calls[:-1]):
                if not boards or ready.get(place, leaves + 1) > leaves or leaves < START:
                    continue
                for target, arrives, _, _, alights in calls[i + 1 :]:
                    if alights and arrives <= end and arrives < earliest.get(target, arrives + 1):
                        earliest[target] = arrives
                        later = arrives + reaching.CHANGE
                        ready[target] = min(ready.get(target, later), later)
        if earliest == before:
            return {place: at - START for place, at in earliest.items()}


def numbered(feed: Feed) -> dict[str, int]:
    return {id: n for n, id in feed.con.execute("select place, id from stop").fetchall()}


@pytest.mark.parametrize(
    "seeds",
    [
        range(4),
        pytest.param(range(4, 40), marks=pytest.mark.slow),
        pytest.param(range(40, 150), marks=pytest.mark.long),
    ],
)
def test_what_is_reached_is_what_an_exhaustive_search_finds(seeds: range, tmp_path: Path):
    reached = 0
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        file, runs, places = made(random.Random(seed), folder)
        with Feed(read(file, folder / "snapshot")) as opened:
            feed, _ = day.ready(opened)
            known = numbered(feed)
            for n in range(places):
                found = reaching.reached(feed, known[f"s{n}_0"], 0, START, WITHIN)
                of_place = {known[f"s{m}_0"]: at for m, at in searched(runs, n).items()}
                assert found.seconds == of_place, (seed, n)
                reached += len(of_place) - 1
    assert reached > 5 * len(seeds)  # so that it was tried


def test_more_connections_than_are_scanned_are_no_answer(
    samples: Path, asked: Asking, told: Told, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reaching, "MOST", 10)
    answer = asked(samples / "region-blekinge-tidtabeller.zip", TYPE, variant="gtfs")
    said = told(answer["timetables.reach"], TYPE)
    assert "för många turer den timmen" in said and "mindre del av landet" in said


@pytest.fixture(scope="module")
def samples(root: Path) -> Path:
    return root / "data" / "samples"


@pytest.fixture(scope="module")
def sample(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Answer]:
    folder = tmp_path_factory.mktemp("gtfs")
    snapshot = read(samples / "region-blekinge-tidtabeller.zip", folder / "snapshot")
    return ask(snapshot, TYPE, variant="gtfs")


@pytest.fixture(scope="module")
def calls(samples: Path) -> pd.DataFrame:
    """Each departure of the Monday that the answers are of, by pandas from the files."""
    with zipfile.ZipFile(samples / "region-blekinge-tidtabeller.zip") as packed:
        files = {
            name.removesuffix(".txt"): pd.read_csv(packed.open(name), dtype=str).fillna("")
            for name in packed.namelist()
        }
    weekly = files["calendar"]
    running = set(
        weekly.loc[
            (weekly["monday"] == "1")
            & (weekly["start_date"] <= "20260112")
            & (weekly["end_date"] >= "20260112"),
            "service_id",
        ]
    )
    changed = files["calendar_dates"]
    for service, kind in changed.loc[
        changed["date"] == "20260112", ["service_id", "exception_type"]
    ].itertuples(index=False):
        running = running | {service} if kind == "1" else running - {service}
    trips = files["trips"][files["trips"]["service_id"].isin(running)]
    times = files["stop_times"].merge(trips[["trip_id", "route_id"]], on="trip_id")
    times["seq"] = times["stop_sequence"].astype(int)
    times["t"] = [
        sum(int(part) * 60**i for i, part in enumerate(reversed(text.split(":")))) if text else None
        for text in times["departure_time"].where(
            times["departure_time"] != "", times["arrival_time"]
        )
    ]
    assert times["t"].notna().all()
    times["last"] = times.groupby("trip_id")["seq"].transform("max") == times["seq"]
    times["begins"] = times.groupby("trip_id")["t"].transform("min")
    parts = [times[~times["trip_id"].isin(files["frequencies"]["trip_id"])].assign(run=0)]
    seconds = lambda text: sum(int(p) * 60**i for i, p in enumerate(reversed(text.split(":"))))  # noqa: E731
    for row in files["frequencies"].itertuples():
        one = times[times["trip_id"] == row.trip_id]
        starts = range(seconds(row.start_time), seconds(row.end_time), int(row.headway_secs))
        parts += [one.assign(t=one["t"] - one["begins"] + start, run=start) for start in starts]
    whole = pd.concat(parts)
    routes, stops = files["routes"].set_index("route_id"), files["stops"].set_index("stop_id")
    whole["type"] = whole["route_id"].map(routes["route_type"])
    parent = stops["parent_station"]
    whole["place"] = (
        whole["stop_id"].map(parent).where(whole["stop_id"].map(parent) != "", whole["stop_id"])
    )
    whole["line"] = whole["route_id"].map(
        (routes["route_short_name"] + " " + routes["route_long_name"]).str.strip()
    )
    pickup = whole["pickup_type"] if "pickup_type" in whole else pd.Series("", index=whole.index)
    whole["leaves"] = ~whole["last"] & (pickup != "1")
    whole["booked"] = (pickup == "2") | (whole["type"] == "717")
    return whole


def test_departures_by_hour(sample: dict[str, Answer], calls: pd.DataFrame):
    leaving = calls[calls["leaves"] & ~calls["booked"]]
    hours = (leaving["t"] // 3600).clip(upper=24).value_counts()
    answer = sample["timetables.hours"]
    counted = {mark.label: mark.value for mark in answer.marks if not mark.code}
    assert {int(hour): n for hour, n in counted.items() if n} == {
        int(hour): n for hour, n in hours.items() if hour < 24
    }
    night = [mark.value for mark in answer.marks if mark.code == "after_midnight"]
    assert night == ([hours[24]] if 24 in hours else [])
    told = answer.said[0].told
    assert told["rows"] == len(leaving) and told["count"] == hours[int(told["text_hour"])]
    assert told["on_day"] == "2026-01-12"


def test_stops_with_traffic_every_hour(sample: dict[str, Answer], calls: pd.DataFrame):
    leaving = calls[calls["leaves"] & ~calls["booked"]]
    inside = leaving[(leaving["t"] // 3600).between(7, 18)]
    every = inside.groupby("place")["t"].agg(lambda t: (t // 3600).nunique()) == 12
    told = sample["timetables.hourly"].said[0].told
    assert (told["count"], told["rows"]) == (every.sum(), leaving["place"].nunique())


def test_lines_and_days(sample: dict[str, Answer], calls: pd.DataFrame):
    runs = calls[["line", "trip_id", "run"]].drop_duplicates()["line"].value_counts()
    marks = {mark.label: mark.value for mark in sample["timetables.lines"].marks if not mark.code}
    assert marks == runs.head(10).to_dict()
    days = sample["timetables.days"]
    leaving = calls[calls["leaves"] & ~calls["booked"]]
    assert days.marks[0].value == len(leaving)
    first, last = days.said[0].told["clock_first"], days.said[0].told["clock_last"]
    assert (first, last) == (leaving["t"].min(), leaving["t"].max())


def test_from_the_stop_that_is_asked_for(samples: Path, asked: Asking, told: Told):
    file = samples / "region-blekinge-tidtabeller.zip"
    chosen = asked(file, TYPE, variant="gtfs", wanted=Wanted(stop="1081C"))["timetables.reach"]
    by_name = asked(file, TYPE, variant="gtfs", wanted=Wanted(stop="ronneby STATION"))
    assert chosen == by_name["timetables.reach"]
    assert chosen.said[0].told["name"] == "Ronneby station"
    assert chosen.ground is not None
    drawn = [dot[2] for dot in chosen.ground.dots]
    assert [drawn.count(band) for band in range(4)] == [mark.rows for mark in chosen.marks[:4]]
    none = asked(file, TYPE, variant="gtfs", wanted=Wanted(stop="Ingenstans"))["timetables.reach"]
    assert "Ingen hållplats heter ”Ingenstans”." in told(none, TYPE)


def test_unknown_is_not_no_for_wheelchairs(tmp_path: Path, told: Told):
    file, _, _ = made(random.Random(4), tmp_path)
    with zipfile.ZipFile(file) as packed:
        files = {name: packed.read(name).decode() for name in packed.namelist()}
    head, *lines = files["stops.txt"].splitlines()
    said = ["1", "2", ""] * len(lines)
    with zipfile.ZipFile(file, "w") as packed:
        files["stops.txt"] = "\n".join(
            [
                f"{head},wheelchair_boarding",
                *(f"{a},{b}" for a, b in zip(lines, said, strict=False)),
            ]
        )
        for name, text in files.items():
            packed.writestr(name, text)
    answer = ask(read(file, tmp_path / "snapshot"), TYPE, variant="gtfs")["timetables.wheelchair"]
    own = {line.split(",")[0]: one for line, one in zip(lines, said, strict=False)}
    stops = [line.split(",") for line in lines if line.split(",")[4] == "0"]
    told_of = [own[stop[0]] or own.get(stop[5], "") for stop in stops]
    assert {mark.code: mark.value for mark in answer.marks} == {
        "answer_yes": told_of.count("1"),
        "answer_no": told_of.count("2"),
        "unknown": told_of.count(""),
    }
    assert "Okänt betyder inte nej" in told(answer, TYPE)
