"""Departures by stop and day: how many, the first, the last, and how often.

A departure is a call at a stop from which one can board and travel on: not the last stop of a trip,
not one where boarding is not allowed (``pickup_type`` 1). Traffic on demand (by route type, or
``pickup_type`` 2: must be booked) is counted apart. A trip with ``frequencies`` runs at
``start_time`` and each headway after it, before ``end_time``. A time after 24:00 belongs to the
service day on which the trip began. Headway is the median time between departures from 07:00 to
19:00, at least two gaps, regular traffic, all lines together: of a place with several stops, at the
one with most departures then.
"""

from __future__ import annotations

import pandas as pd

from helpers.traffic.feed import Feed

FROM_S, TO_S = 7 * 3600, 19 * 3600  # both counted in


def prepare(feed: Feed) -> None:
    """Make ``run`` (trip, day, mode, on_demand) from ``running``, and ``call``: one row for each
    call of a vehicle at a stop on one of the days: stop, day, t (seconds or null), mode, leaves (a
    departure), on_demand."""
    _time(feed)
    _runs(feed)
    _calls(feed)


def _time(feed: Feed) -> None:
    """Give a stop without times a time between its neighbours', in even steps; where there are none
    on both sides, none."""
    if not feed.untimed:
        return
    rows = "over (partition by trip order by seq rows between"
    before = f"{rows} unbounded preceding and current row)"
    after = f"{rows} current row and unbounded following)"
    feed.con.execute(f"""
        create or replace temp table visit as
        with numbered as (
            select *, row_number() over (partition by trip order by seq) as pos
            from visit
        ),
        known as (
            select *, case when departure is not null then pos end as known_pos
            from numbered
        ),
        held as (
            select
                *,
                last_value(departure ignore nulls) {before} as t0,
                first_value(departure ignore nulls) {after} as t1,
                last_value(known_pos ignore nulls) {before} as pos0,
                first_value(known_pos ignore nulls) {after} as pos1
            from known
        )
        select * exclude (pos, known_pos, t0, t1, pos0, pos1) replace (
            coalesce(
                departure,
                (t0 + (t1 - t0) * (pos - pos0) / nullif(pos1 - pos0, 0))::int
            ) as departure
        )
        from held""")


def _runs(feed: Feed) -> None:
    """Make ``run``: the trips that run on each of the days."""
    feed.con.execute("""
        create or replace temp table run as
        select
            t.n as trip,
            r.day::utinyint as day,
            coalesce(o.mode, 'other'::mode) as mode,
            coalesce(o.on_demand, false) as on_demand
        from trip t
        join running r using (service)
        left join route o on t.route = o.n""")


def _calls(feed: Feed) -> None:
    """Make ``call``: a trip with frequencies calls once for each of its starts."""
    feed.con.execute("""
        create or replace temp table ending as
        select trip, max(seq) as seq
        from visit
        group by trip""")
    feed.con.execute("""
        create or replace temp table call as
        with stays as (
            select v.stop, v.trip, v.departure, v.boards and v.seq < e.seq as leaves, v.ordered
            from visit v
            join ending e using (trip)
        ),
        repeated as (
            select trip, min(departure) as base
            from visit
            where trip in (select trip from frequency)
            group by trip
        ),
        starts as (
            select trip, unnest(generate_series(start, finish - 1, headway)) as t
            from frequency
        )
        select
            a.stop, r.day, a.departure as t, r.mode, a.leaves,
            a.ordered or r.on_demand as on_demand
        from stays a
        join run r using (trip)
        where a.trip not in (select trip from frequency)
        union all
        select
            a.stop, r.day, a.departure - b.base + f.t as t, r.mode, a.leaves,
            a.ordered or r.on_demand
        from stays a
        join run r using (trip)
        join repeated b using (trip)
        join starts f using (trip)""")


def by_stop(feed: Feed) -> None:
    """Make ``served`` (stop, day, mode, calls, departures, on_demand, first, last) and ``gap``
    (stop, day, headway, within)."""
    feed.con.execute("""
        create or replace temp table served as
        select
            stop,
            day,
            mode,
            count(*) as calls,
            count(*) filter (where leaves) as departures,
            count(*) filter (where leaves and on_demand) as on_demand,
            min(t) filter (where leaves) as first,
            max(t) filter (where leaves) as last
        from call
        group by all""")
    feed.con.execute(f"""
        create or replace temp table gap as
        select
            stop,
            day,
            case when count(step) >= 2 then median(step)::int end as headway,
            count(*) as within
        from (
            select stop, day, t - lag(t) over (partition by stop, day order by t) as step
            from call
            where leaves and not on_demand and t between {FROM_S} and {TO_S}
        )
        group by all""")


def _sums(days: int) -> str:
    """SQL of a place's ``calls_d, departures_d, on_demand_d, first_d, last_d`` for each day d."""
    return ", ".join(
        f"{how} filter (where day = {d}){cast} as {name}_{d}"
        for d in range(days)
        for name, how, cast in (
            ("calls", "sum(calls)", "::bigint"),
            ("departures", "sum(departures)", "::bigint"),
            ("on_demand", "sum(s.on_demand)", "::bigint"),
            ("first", "min(first)", ""),
            ("last", "max(last)", ""),
        )
    )


def _often(days: int) -> str:
    """SQL of a place's ``headway_d`` for each day d: at its stop with most departures then."""
    return ", ".join(
        "arg_max(headway, (within, -stop))"
        f" filter (where day = {d} and headway is not null) as headway_{d}"
        for d in range(days)
    )


def by_place(feed: Feed, days: int) -> pd.DataFrame:
    """One row for each place: ``place`` (n of its stop) and for each day d ``calls_d, departures_d,
    on_demand_d`` (0 where none), ``first_d, last_d, headway_d`` (seconds, null where none);
    ``mode`` (of its calls, the first in DRAWN)."""
    if not days:
        return pd.DataFrame({"place": [], "mode": []})
    frame = feed.con.execute(f"""
        select *
        from (
            select o.place, {_sums(days)}, min(mode)::varchar as mode
            from served s
            join stop o on s.stop = o.n
            group by 1
        )
        left join (
            select o.place, {_often(days)}
            from gap g
            join stop o on g.stop = o.n
            group by 1
        ) using (place)
        order by place""").df()
    for name in frame.columns:
        if name.startswith(("calls", "departures", "on_demand")):
            frame[name] = frame[name].fillna(0).astype(int)
    return frame
