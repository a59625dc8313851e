"""Service days: periods, added and removed dates, the most ordinary week, dates that make no
sense."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np

from helpers.traffic import calendar
from helpers.traffic.feed import Feed
from helpers.traffic.timetable import timetable

from .feeds import DAILY, TRIPS, read

MONDAY = dt.date(2026, 1, 5)


def chosen(folder: Path, date: dt.date | None = None, **files: str | None) -> calendar.Calendar:
    with Feed(read(folder, **files)) as feed:
        calendar.prepare(feed)
        return calendar.choose(feed, date)


def test_dates_are_added_and_removed(tmp_path: Path):
    changes = "service_id,date,exception_type\nv,20260106,2\nv,20260301,1\nv,20260107,1\nw,20260108,2\nw,20260302,1\n"
    found = chosen(tmp_path, calendar_dates=changes, trips=TRIPS + "r,w,t2\nr,w,t3\n")
    assert (found.first, found.last) == (MONDAY, dt.date(2026, 3, 2))
    on = {
        day: found.trips_on(dt.date(2026, *day))
        for day in ((1, 5), (1, 6), (1, 7), (1, 8), (2, 1), (2, 2), (3, 1), (3, 2))
    }
    assert on == {
        (1, 5): 1,
        (1, 6): 0,
        (1, 7): 1,
        (1, 8): 1,
        (2, 1): 1,
        (2, 2): 0,
        (3, 1): 1,
        (3, 2): 2,
    }
    assert found.trips_on(dt.date(1999, 1, 1)) == 0


def test_calendar_dates_alone_are_enough(tmp_path: Path):
    found = chosen(
        tmp_path, calendar=None, calendar_dates="service_id,date,exception_type\nv,20260110,1\n"
    )
    assert (found.first, found.last, found.weeks) == (dt.date(2026, 1, 10), dt.date(2026, 1, 10), 0)
    assert [found.trips_on(one.date) for one in found.days] == [0, 1, 0]


def test_the_most_ordinary_week_is_neither_the_holiday_nor_what_is_left_of_old_services():
    ordinary, christmas, old = (
        [90, 90, 90, 90, 95, 40, 30],
        [90, 90, 30, 20, 30, 40, 30],
        [9, 9, 9, 9, 9, 9, 9],
    )
    weeks = [old] * 40 + [christmas] + [ordinary] * 5
    assert calendar.ordinary_week(MONDAY, np.array(weeks).ravel()) == (
        MONDAY + dt.timedelta(weeks=41),
        6,
    )
    assert calendar.ordinary_week(MONDAY, np.array([0, 0, 3])) == (MONDAY, 0)  # no whole week
    ragged = np.concatenate([np.array(christmas[2:]), np.array([ordinary] * 2).ravel()])
    assert calendar.ordinary_week(MONDAY + dt.timedelta(days=2), ragged) == (
        MONDAY + dt.timedelta(weeks=1),
        2,
    )


def test_a_chosen_date_is_shown_alone(tmp_path: Path):
    found = timetable(read(tmp_path), dt.date(2026, 1, 17))
    assert [(one.kind, one.date) for one in found.calendar.days] == [("date", dt.date(2026, 1, 17))]
    assert found.places["departures_0"].tolist() == [1, 1, 0]


def test_dates_that_make_no_sense_are_counted_and_cost_nothing(tmp_path: Path):
    periods = (
        DAILY
        + "v,1,1,1,1,1,1,1,20260105,99991231\nw,1,1,1,1,1,1,1,soon,20260201\nx,1,1,1,1,1,1,1,20260301,20260201\n"
    )
    snapshot = read(tmp_path, calendar=periods, trips=TRIPS + "r,w,t2\nr,x,t3\nr,nowhere,t4\n")
    found = timetable(snapshot)
    assert found.broken == {"calendar_unreadable": 1, "trip_without_service": 1}
    assert found.calendar.last == calendar.LAST and found.places["departures_0"].tolist() == [
        1,
        1,
        0,
    ]


def test_a_feed_whose_services_never_run_has_no_days(tmp_path: Path):
    found = timetable(read(tmp_path, calendar=DAILY + "v,0,0,0,0,0,0,0,20260105,20260201\n"))
    assert (
        found.calendar.days == []
        and set(found.places["status"]) == {"unknown"}
        and found.lines.empty
    )
