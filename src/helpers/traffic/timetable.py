"""What a GTFS feed says of its traffic: places with departures by day, lines, parts, and what
cannot be said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.reading.snapshot import Snapshot
from helpers.traffic import calendar, departures, geometry, network
from helpers.traffic.calendar import Calendar
from helpers.traffic.feed import Feed
from helpers.traffic.geometry import Drawn

STATUSES = ("served", "on_demand", "arrivals_only", "other_days", "no_service", "unknown")
QUIET = STATUSES[3:]  # no traffic on the days


@dataclass(frozen=True)
class Timetable:
    """The traffic of a feed on the days that stand for it.

    ``places``: one row for each place (a station with its stops, or a stop that belongs to none),
    by ``place``: ``row`` (in the file), ``id, name, lon, lat`` (NaN where unknown), ``stops`` (how
    many stops it holds), ``mode`` (one of DRAWN; ``none`` where no trip calls), ``lines`` (routes
    that call on any date, NaN where none), ``status`` (one of STATUSES), ``part``, ``ferry_only``,
    ``astray``, and for each day d ``calls_d, departures_d, on_demand_d``, and in seconds (NaN where
    none) ``first_d, last_d, headway_d``. ``lines``: see ``network.lines``, with ``drawn``:
    shape | straight | none.
    """

    calendar: Calendar
    places: pd.DataFrame
    lines: pd.DataFrame
    paths: dict[int, Drawn] = field(default_factory=dict)
    tolerance_m: float = 0.0
    has_times: bool = False
    has_shapes: bool = False
    about_times: bool = False  # some departures come from frequencies whose times are not exact
    interpolated: int = 0  # calls whose time was set between their neighbours'
    # what points nowhere or cannot be read -> rows
    broken: dict[str, int] = field(default_factory=dict)


def _places(feed: Feed) -> pd.DataFrame:
    """Places by n: a station's own position, else the mean of its stops'."""
    frame = feed.con.execute("""
        select
            p.n as place,
            any_value(p.row) as row,
            any_value(p.id) as id,
            any_value(p.name) as name,
            coalesce(any_value(p.lon), avg(s.lon)) as lon,
            coalesce(any_value(p.lat), avg(s.lat)) as lat,
            count(*) filter (where s.kind = 0) as stops
        from stop s
        join stop p on s.place = p.n
        where p.kind in (0, 1)
        group by p.n
        order by p.n""").df()
    return frame.set_index("place")


def _with_traffic(feed: Feed, places: pd.DataFrame, days: int) -> pd.DataFrame:
    """The places with what calls there: by day, ``mode``, ``lines`` and ``status``."""
    places = places.join(departures.by_place(feed, days).set_index("place"))
    for name in places.columns:
        if name.startswith(("calls", "departures", "on_demand")):
            places[name] = places[name].fillna(0).astype(int)
    modes = feed.con.execute("""
        select place, min(mode)::varchar as mode
        from (select unnest(places) as place, mode from pattern)
        group by 1""").df()
    ever_mode = modes.set_index("place")["mode"]
    places["mode"] = (
        places["mode"].where(places["mode"].notna(), ever_mode.reindex(places.index)).fillna("none")
    )
    lines = feed.con.execute("""
        select place, list(distinct route order by route) as lines
        from (select unnest(places) as place, route from pattern where route is not null)
        group by 1""").df()
    places["lines"] = lines.set_index("place")["lines"].reindex(places.index)
    places["status"] = _status(places, days, feed.has("stop_times"), ever_mode)
    return places


def _with_network(feed: Feed, places: pd.DataFrame) -> pd.DataFrame:
    """The places with their part of the network, and whether they lie astray."""
    places = places.join(network.parts(feed, places))
    places["astray"] = network.astray(places["lon"].to_numpy(float), places["lat"].to_numpy(float))
    return places


def _spots(places: pd.DataFrame) -> dict[int, tuple[float, float]]:
    """Longitude and latitude of each place (n) that has a position."""
    return {
        int(n): (float(x), float(y))
        for n, x, y in zip(places.index, places["lon"], places["lat"], strict=True)
        if x == x
    }


def _status(places: pd.DataFrame, days: int, has_times: bool, ever_mode: pd.Series) -> pd.Series:
    def total(name: str) -> pd.Series:
        return sum((places[f"{name}_{d}"] for d in range(days)), pd.Series(0, index=places.index))

    left, ordered, calls = total("departures"), total("on_demand"), total("calls")
    ever = places.index.isin(ever_mode.index)
    known = has_times and days > 0
    choices = [left > ordered, left > 0, calls > 0, pd.Series(ever, index=places.index)]
    statuses = np.select(
        [np.asarray(choice) & known for choice in choices],
        STATUSES[:4],
        STATUSES[4] if known else STATUSES[5],
    )
    return pd.Series(statuses, index=places.index)


def timetable(snapshot: Snapshot, date: dt.date | None = None) -> Timetable:
    """The timetable of a GTFS snapshot whose tables are on disk, on ``date`` or in its most
    ordinary week."""
    with Feed(snapshot) as feed:
        calendar.prepare(feed)
        days = calendar.choose(feed, date)
        calendar.active(feed, days.days)
        calendar.ever_active(feed)
        departures.prepare(feed)
        departures.by_stop(feed)
        network.prepare(feed)
        count = len(days.days)
        places = _with_network(feed, _with_traffic(feed, _places(feed), count))
        paths, tolerance = geometry.draw(feed, network.patterns(feed), _spots(places))
        lines = network.lines(feed, count).set_index("route")
        lines["drawn"] = [paths[n].how if n in paths else "none" for n in lines.index]
        return Timetable(
            days,
            places,
            lines,
            paths,
            tolerance,
            feed.has("stop_times"),
            feed.has("shapes"),
            feed.one("select count(*) from frequency where not exact") > 0,
            feed.untimed,
            dict(feed.broken),
        )
