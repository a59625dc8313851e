"""Which services run on which dates, and which days stand for a feed: a chosen date, or its most
ordinary week.

A service runs on the days of the week that ``calendar`` names within its period, plus the dates
that ``calendar_dates`` adds (1) and less those that it removes (2):
https://gtfs.org/documentation/schedule/reference/#calendartxt.

The most ordinary week is found among the whole weeks (Monday to Sunday) that have at least half as
many trips as the week that has most: feeds carry old services along and end in weeks that are not
planned yet. It is the one whose numbers of trips by day differ least from those of all the others
in sum (their medoid); of several alike, the first. Its weekday is the one of Monday to Friday whose
number of trips is nearest the median of the five; of several alike, the first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from helpers.traffic.feed import Feed

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Dates outside are no dates of a timetable.
FIRST, LAST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)


@dataclass(frozen=True)
class Day:
    """A day that stands for its kind: ``weekday``, ``saturday``, ``sunday`` or ``date`` (a chosen
    one)."""

    kind: str
    date: dt.date


@dataclass(frozen=True)
class Calendar:
    """The days shown, and what they were chosen from. ``trips`` are counted by date from ``first``
    on."""

    days: list[Day]
    first: dt.date | None  # the first and the last date with a trip
    last: dt.date | None
    trips: NDArray[np.int64]
    week: dt.date | None = None  # the Monday of the most ordinary week
    weeks: int = 0  # whole weeks that it was chosen from; 0 where there was none

    def trips_on(self, date: dt.date) -> int:
        """How many trips run on ``date``; 0 for a date outside the period."""
        index = (date - self.first).days if self.first else -1
        return int(self.trips[index]) if 0 <= index < len(self.trips) else 0


def prepare(feed: Feed) -> None:
    """Make ``period`` (service, one boolean for each weekday, since, until) and ``change``
    (service, date, added, on_it: the period alone says that it runs then)."""
    _periods(feed)
    _changes(feed)
    feed._count(
        "trip_without_service",
        """
        from trip
        where service is null
            or (
                service not in (select service from period)
                and service not in (select service from exception)
            )""",
    )


def _periods(feed: Feed) -> None:
    """Make ``period``; of several rows with one service, the first counts."""
    source = feed.source("calendar", "service_id", *WEEKDAYS, "start_date", "end_date")
    flags = ", ".join(f"coalesce({day} = '1', false) as {day}" for day in WEEKDAYS)
    feed.con.execute(f"""
        create or replace temp table period as
        select
            service_id as service,
            {flags},
            case when since < date '{FIRST}' then date '{FIRST}' else since end as since,
            case when until > date '{LAST}' then date '{LAST}' else until end as until
        from (
            select *, {_date("start_date")} as since, {_date("end_date")} as until
            from {source}
        )
        where service_id is not null
        qualify row_number() over (partition by service_id order by row) = 1""")
    feed._count("calendar_unreadable", "from period where since is null or until is null")


def _changes(feed: Feed) -> None:
    """Make ``change`` from ``exception`` (service, date, added) and ``period``."""
    source = feed.source("calendar_dates", "service_id", "date", "exception_type")
    feed.con.execute(f"""
        create or replace temp table exception as
        select
            service_id as service,
            {_date("date")} as date,
            bool_and(exception_type = '1') as added
        from {source}
        where service_id is not null and exception_type in ('1', '2')
        group by all""")
    feed._count("calendar_date_unreadable", "from exception where date is null")
    feed.con.execute(f"""
        delete from exception
        where date is null or date not between date '{FIRST}' and date '{LAST}'""")
    feed.con.execute(f"""
        create or replace temp table change as
        select
            e.*,
            coalesce(date between since and until and {_runs_on("date", "p")}, false) as on_it
        from exception e
        left join period p using (service)""")


def _date(text: str) -> str:
    whole = f"regexp_full_match({text}, '\\d{{8}}')"
    return f"case when {whole} then try_strptime({text}, '%Y%m%d')::date end"


def active(feed: Feed, days: list[Day]) -> None:
    """Make ``running`` (service, day): the services that run on each of ``days``, by its place in
    the list."""
    parts = [
        f"""
        select service, {index} as day
        from period
        where {WEEKDAYS[day.date.weekday()]} and date '{day.date}' between since and until
        union
        select service, {index}
        from change
        where added and date = date '{day.date}'
        except
        select service, {index}
        from change
        where not added and date = date '{day.date}'"""
        for index, day in enumerate(days)
    ]
    union = (
        " union all ".join(f"({part})" for part in parts)
        or "select null::varchar as service, 0 as day where false"
    )
    feed.con.execute(f"create or replace temp table running as {union}")


def ever_active(feed: Feed) -> None:
    """Make ``alive`` (service): those that run on at least one date."""
    monday = "date '1970-01-05'"
    dates = " + ".join(
        f"case when {weekday}"
        f" then (until - {monday} - {number}) // 7 - (since - {monday} - 1 - {number}) // 7"
        " else 0 end"
        for number, weekday in enumerate(WEEKDAYS)
    )
    feed.con.execute(f"""
        create or replace temp table alive as
        select service from (
            select service, {dates} as dates
            from period
            where since <= until
            union all
            select
                service,
                case
                    when added and not on_it then 1
                    when not added and on_it then -1
                    else 0
                end
            from change
        )
        group by service
        having sum(dates) > 0""")


def _runs_on(date: str, table: str) -> str:
    picks = " ".join(
        f"when {number + 1} then {table}.{name}" for number, name in enumerate(WEEKDAYS)
    )
    return f"case isodow({date}) {picks} end"


def trips_by_date(feed: Feed) -> tuple[dt.date, NDArray[np.int64]]:
    """The number of trips on every date from 1990 to 2099 (each trip once, however often
    frequencies repeat it)."""
    size = (LAST - FIRST).days + 1
    counts = np.zeros(size + 1, dtype=np.int64)
    monday = (np.arange(size) + FIRST.weekday()) % 7
    flags = ", ".join(f"sum(t.trips) filter (where {day})" for day in WEEKDAYS)
    feed.con.execute(
        "create or replace temp table weight as"
        " select service, count(*) as trips from trip group by 1"
    )
    periods = feed.con.execute(f"""
        select
            date_diff('day', date '{FIRST}', since),
            date_diff('day', date '{FIRST}', until),
            {flags}
        from period
        join weight t using (service)
        where since <= until
        group by all""").fetchall()
    for weekday in range(7):
        steps = np.zeros(size + 1, dtype=np.int64)
        for since, until, *trips in periods:
            steps[since] += int(trips[weekday] or 0)
            steps[until + 1] -= int(trips[weekday] or 0)
        counts[:size] += np.where(monday == weekday, np.cumsum(steps)[:size], 0)
    for index, change in _changed_trips(feed):
        counts[index] += int(change)
    return FIRST, counts[:size]


def _changed_trips(feed: Feed) -> list[tuple[int, int]]:
    """Each date with a change, as days from FIRST, and how many trips more or fewer run on it."""
    return feed.con.execute(f"""
        select
            date_diff('day', date '{FIRST}', date),
            sum(
                case
                    when added and not on_it then trips
                    when not added and on_it then -trips
                    else 0
                end
            )
        from change
        join weight using (service)
        group by 1""").fetchall()


def ordinary_week(first: dt.date, trips: NDArray[np.int64]) -> tuple[dt.date | None, int]:
    """The Monday of the most ordinary whole week in ``trips`` (by date from ``first``), and how
    many whole weeks it was chosen from.

    Where no whole week lies in the period, the week with the most trips, and 0.
    """
    lead = first.weekday()
    whole = np.concatenate(
        [np.zeros(lead, dtype=np.int64), trips, np.zeros(-(lead + len(trips)) % 7, dtype=np.int64)]
    )
    weeks = whole.reshape(-1, 7)
    monday = first - dt.timedelta(days=lead)
    inside = np.arange(len(weeks))
    inside = inside[(inside >= (lead > 0)) & ((inside + 1) * 7 <= lead + len(trips))]
    sums = weeks.sum(axis=1)
    inside = inside[(sums[inside] > 0) & (sums[inside] * 2 >= sums[inside].max(initial=0))]
    if not len(inside):
        best = int(sums.argmax()) if sums.any() else -1
        return (monday + dt.timedelta(days=7 * best), 0) if best >= 0 else (None, 0)
    kinds, first_at, counts = np.unique(
        weeks[inside], axis=0, return_index=True, return_counts=True
    )
    far = np.array([(np.abs(kinds - kind).sum(axis=1) * counts).sum() for kind in kinds])
    best = int(inside[min(first_at[far == far.min()])])
    return monday + dt.timedelta(days=7 * best), len(inside)


def choose(feed: Feed, date: dt.date | None = None) -> Calendar:
    """The days that stand for the feed: ``date`` where one is given, else those of its most
    ordinary week.

    No days where no trip runs on any date. ``prepare`` comes before.
    """
    start, counts = trips_by_date(feed)
    some = np.flatnonzero(counts)
    if not len(some):
        return Calendar([], None, None, counts[:0])
    first, last = (start + dt.timedelta(days=int(index)) for index in (some[0], some[-1]))
    trips = counts[some[0] : some[-1] + 1]
    if date is not None:
        return Calendar([Day("date", date)], first, last, trips)
    week, weeks = ordinary_week(first, trips)
    assert week is not None
    trips_by_day = [int(counts[(week - start).days + number]) for number in range(7)]
    middle = sorted(trips_by_day[:5])[2]
    weekday = min(range(5), key=lambda number: abs(trips_by_day[number] - middle))
    days = [("weekday", weekday), ("saturday", 5), ("sunday", 6)]
    return Calendar(
        [Day(kind, week + dt.timedelta(days=number)) for kind, number in days],
        first,
        last,
        trips,
        week,
        weeks,
    )
