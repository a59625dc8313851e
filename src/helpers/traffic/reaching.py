"""Which places are reached by timetable from one of them within a time, on one day: the earliest
arrival at each, by scanning the day's connections in order of departure (Dibbelt, Pajor, Strasser
and Wagner, "Connection Scan Algorithm", 2018).

One may change only at a place (a station with its stops, or a stop that belongs to none), and needs
two minutes for it; nobody walks from one place to another. Traffic that must be booked is left out,
and so are trips of the day before that run past midnight. Where a feed tells how often a trip runs
but not exactly when, its times are those of its first run and each headway after it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from helpers.traffic.feed import Feed

CHANGE = 120  # seconds [our own bound]
MOST = 1_500_000  # connections that are scanned


@dataclass(frozen=True)
class Reached:
    """``seconds``: of each place (n) that is reached, from the start to the earliest arrival there;
    the place itself 0. ``bounded``: there were more connections than are scanned, so nothing is
    known."""

    seconds: dict[int, int] = field(default_factory=dict)
    bounded: bool = False


def _connections(feed: Feed, day: int, start: int, end: int) -> None:
    """Make ``connection`` (trip, run, seq, source, target, departure, arrival, boards, alights):
    each step of a trip between two stops that begins at ``start`` or later and ends by ``end``.
    ``feed`` is prepared by ``departures.prepare``."""
    feed.con.execute(f"""
        create or replace temp table connection as
        with step as (
            select
                v.trip, v.seq, s.place as source, v.departure, v.boards,
                lead(s.place) over next as target,
                lead(coalesce(v.arrival, v.departure)) over next as arrival,
                lead(v.alights) over next as alights,
                min(v.departure) over (partition by v.trip) as base
            from visit v
            join run r using (trip)
            join stop s on v.stop = s.n
            where r.day = {day} and not r.on_demand and not v.ordered
            window next as (partition by v.trip order by v.seq)
        ),
        run_of as (
            select trip, unnest(generate_series(start, finish - 1, headway)) as begins
            from frequency
        )
        select
            trip, coalesce(f.begins, -1)::int as run, seq, source, target,
            (departure + coalesce(f.begins - base, 0))::int as leaves,
            (arrival + coalesce(f.begins - base, 0))::int as arrives,
            boards, alights
        from step
        left join run_of f using (trip)
        where target is not null and departure is not null and arrival >= departure
            and leaves >= {start} and arrives <= {end}
        limit {MOST + 1}""")


def reached(feed: Feed, origin: int, day: int, start: int, seconds: int) -> Reached:
    """All places that one reaches from the place ``origin`` (n), who is there at ``start`` (seconds
    of the service day ``day``, by its place among the days), in at most ``seconds``."""
    _connections(feed, day, start, start + seconds)
    if feed.one("select count(*) from connection") > MOST:
        return Reached(bounded=True)
    # the first of several steps at the same moment is the one that comes first on its trip
    steps = feed.con.execute("""
        select trip, run, source, target, leaves, arrives, boards, alights
        from connection
        order by leaves, trip, run, seq""").fetchall()
    earliest, aboard = {origin: start}, set()
    ready = {origin: start}  # when one may board there; where one begins, at once
    for trip, run, source, target, leaves, arrives, boards, alights in steps:
        vehicle = (trip, run)
        if vehicle not in aboard:
            if not boards or ready.get(source, leaves + 1) > leaves:
                continue
            aboard.add(vehicle)
        if alights and arrives < earliest.get(target, arrives + 1):
            earliest[target] = arrives
            ready[target] = min(ready.get(target, arrives + CHANGE), arrives + CHANGE)
    return Reached({place: at - start for place, at in earliest.items()})
