"""The network that a feed draws: its lines, which places hang together, and which lie far from all
others.

- A **pattern** is a line's order of places; many trips share one.
- Two places are linked where a trip goes from one to the next on any date of the feed, or where
  they lie within 250 m of each
  other (a change on foot). A **part** is what hangs together so; 0 is the one with most places.
- **Reached by ferry only**: a place that hangs together with part 0 but not once the links by ferry
  are taken away: it is
  not in the largest part that is left. This is what the feed says: of roads and bridges it says
  nothing.
- **Astray**: between the place and all but one in a hundred of the others lies at least one whole
  degree of latitude or
  longitude without a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from helpers.traffic.departures import FROM_S, TO_S
from helpers.traffic.feed import Feed

WALK_M = 250.0
FEW = 0.01
# SQL: ``one`` (route, day, trips, first, last) and ``often`` (route, day, headway) of all lines.
_LINE_DAYS = f"""
with repeated as (
    select trip, unnest(generate_series(start, finish - 1, headway)) as t
    from frequency
),
begun as (
    select trip, arg_min(departure, seq) as base
    from visit
    group by 1
),
start as (
    select r.day, t.route, t.direction, coalesce(f.t, e.base) as t
    from run r
    join trip t on r.trip = t.n
    left join repeated f on f.trip = r.trip
    left join begun e on e.trip = r.trip
),
one as (
    select route, day, count(*) as trips, min(t) as first, max(t) as last
    from start
    group by 1, 2
),
step as (
    select
        route,
        day,
        direction,
        t - lag(t) over (partition by route, day, direction order by t) as step
    from start
    where t between {FROM_S} and {TO_S}
),
way as (
    select route, day, direction, median(step)::int as headway, count(*) as within
    from step
    group by all
    having count(step) >= 2
),
often as (
    select route, day, arg_max(headway, (within, coalesce(direction, ''))) as headway
    from way
    group by 1, 2
)"""


def prepare(feed: Feed) -> None:
    """Make ``pattern``: n (that of its first trip), route, direction, shape, mode, places (their n
    in order), trips (on any date), runs (on the days)."""
    feed.con.execute("""
        create or replace temp table pattern as
        with alike as (
            select trip, sum(hash(stop, seq)) as key
            from visit
            group by 1
        ),
        runs as (
            select trip, count(*) as runs
            from run
            group by 1
        ),
        one as (
            select
                min(t.n) as trip, t.route, t.direction, t.shape,
                count(*) as trips, coalesce(sum(runs), 0)::bigint as runs
            from alike a
            join trip t on a.trip = t.n
            join alive using (service)
            left join runs on runs.trip = t.n
            group by t.route, t.direction, t.shape, key
        )
        select
            trip as n,
            any_value(one.route) as route,
            any_value(direction) as direction,
            any_value(shape) as shape,
            coalesce(any_value(o.mode), 'other'::mode) as mode,
            list(s.place order by v.seq) as places,
            any_value(trips) as trips,
            any_value(runs) as runs
        from one
        join visit v using (trip)
        join stop s on v.stop = s.n
        left join route o on one.route = o.n
        group by trip""")


def components(count: int, links: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
    """For each of ``count`` nodes the least node that it hangs together with.

    >>> components(5, [(3, 1), (4, 3)]).tolist()
    [0, 1, 2, 1, 1]
    """
    least = list(range(count))

    def root(node: int) -> int:
        while least[node] != node:
            least[node] = least[least[node]]
            node = least[node]
        return node

    for a, b in links:
        left, right = root(a), root(b)
        least[max(left, right)] = min(left, right)
    return np.array([root(node) for node in range(count)], dtype=np.int64)


def _by_size(labels: NDArray[np.int64], of: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The labels of the nodes ``of`` numbered by size, 0 the largest (of several, the one with the
    least label); -1 elsewhere."""
    ranks = np.full(len(labels), -1, dtype=np.int64)
    names, inverse, counts = np.unique(labels[of], return_inverse=True, return_counts=True)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.lexsort((names, -counts))] = np.arange(len(names))
    ranks[of] = rank[inverse]
    return ranks


def _near(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int64]:
    """Pairs of positions within 250 m of each other, by their place in the arrays, measured in
    EPSG:3006."""
    import shapely  # 0.2 s
    from pyproj import Transformer  # 0.2 s

    x, y = Transformer.from_crs("EPSG:4326", "EPSG:3006", always_xy=True).transform(lon, lat)
    usable = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    points = shapely.points(np.asarray(x)[usable], np.asarray(y)[usable])
    pairs = shapely.STRtree(points).query(points, predicate="dwithin", distance=WALK_M)
    return usable[pairs[:, pairs[0] < pairs[1]]]


def parts(feed: Feed, places: pd.DataFrame) -> pd.DataFrame:
    """For each of ``places`` (index n; ``lon, lat``) ``part`` (0 the largest; -1 where no trip
    calls) and ``ferry_only``."""
    steps = feed.con.execute("""
        select least(a, b) as a, greatest(a, b) as b, bool_and(mode = 'ferry') as ferry
        from (select mode, unnest(places[:-2]) as a, unnest(places[2:]) as b from pattern)
        where a <> b
        group by 1, 2
        order by 1, 2""").df()
    index_of = pd.Series(range(len(places)), index=places.index)
    links = list(zip(index_of[steps["a"]], index_of[steps["b"]], strict=True))
    placed = np.flatnonzero(places["lat"].notna())
    walks = (
        placed[_near(places["lon"].to_numpy()[placed], places["lat"].to_numpy()[placed])].T.tolist()
        if len(placed)
        else []
    )
    called = feed.con.execute("select distinct unnest(places) as n from pattern").df()["n"]
    seen = places.index.isin(called)
    whole = _by_size(components(len(places), [*links, *walks]), seen)
    dry = [link for link, ferry in zip(links, steps["ferry"], strict=True) if not ferry]
    touched = np.zeros(len(places), dtype=bool)
    touched[[node for link in dry for node in link]] = True
    ashore = _by_size(components(len(places), [*dry, *walks]), seen)
    # the largest part without ferries is one that has other traffic, where there is any
    mainland = ashore[touched & (whole == 0)]
    main = int(np.bincount(mainland).argmax()) if len(mainland) else -1
    return pd.DataFrame(
        {
            "part": whole,
            "ferry_only": (
                (whole == 0) & (ashore != main) if main >= 0 else np.zeros(len(places), bool)
            ),
        },
        index=places.index,
    )


def astray(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """True where a position (degrees) lies far from all others; false for NaN."""
    far = np.zeros(len(lon), dtype=bool)
    placed = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    if not len(placed):
        return far
    squares = np.floor(np.stack([lon[placed], lat[placed]], axis=1)).astype(int)
    kinds, inverse = np.unique(squares, axis=0, return_inverse=True)
    number = {(int(x), int(y)): i for i, (x, y) in enumerate(kinds)}
    around = [(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    links = [
        (i, number[x + dx, y + dy])
        for (x, y), i in number.items()
        for dx, dy in around
        if (x + dx, y + dy) in number
    ]
    labels = components(len(kinds), links)[inverse.reshape(-1)]
    sizes = np.bincount(labels)
    far[placed] = (sizes[labels] < len(placed) * FEW) | ((sizes[labels] == 1) & (len(placed) > 2))
    far[placed] &= labels != sizes.argmax()
    return far


def lines(feed: Feed, days: int) -> pd.DataFrame:
    """One row for each line that has a trip on any date, by ``route``: ``name, long_name, mode,
    on_demand, row, trips_d`` and where times are known ``first_d, last_d`` (departures of its trips
    from their first stop, seconds) and ``headway_d`` (median gap between them from 07:00 to 19:00,
    in the direction that has most)."""
    per_day = ", ".join(_on_day(day) for day in range(days)) or "0 as nothing"
    return feed.con.execute(f"""
        {_LINE_DAYS}
        select
            r.n as route,
            any_value(r.name) as name,
            any_value(r.long_name) as long_name,
            any_value(r.mode) as mode,
            any_value(r.on_demand) as on_demand,
            any_value(r.row) as row,
            {per_day}
        from route r
        left join (from one left join often using (route, day)) x on x.route = r.n
        where r.n in (select route from trip join alive using (service))
        group by r.n
        order by r.n""").df()


def _on_day(day: int) -> str:
    """SQL of a line's columns for one of the days: ``trips_d, first_d, last_d, headway_d``."""
    return (
        f"coalesce(max(trips) filter (where day = {day}), 0) as trips_{day},"
        f" max(first) filter (where day = {day}) as first_{day},"
        f" max(last) filter (where day = {day}) as last_{day},"
        f" max(headway) filter (where day = {day}) as headway_{day}"
    )


def patterns(feed: Feed) -> list[dict[str, Any]]:
    """``route, shape, places, runs`` of each pattern with a run on the days, most runs first."""
    frame = feed.con.execute(
        "select route, shape, places, runs from pattern where runs > 0 order by runs desc, n"
    ).df()
    return [
        {str(name): value for name, value in record.items()} for record in frame.to_dict("records")
    ]
