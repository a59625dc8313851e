"""A feed made ready to be asked of the days that stand for it: its calendar chosen, its departures
on those days made."""

from __future__ import annotations

from helpers.traffic import calendar, departures
from helpers.traffic.calendar import Calendar
from helpers.traffic.feed import Feed

__all__ = ["Feed", "ready"]


def ready(feed: Feed) -> tuple[Feed, Calendar]:
    """The feed with ``call`` and ``run`` (``departures.prepare``), and its most ordinary week: day
    0 is a weekday, 1 the Saturday, 2 the Sunday."""
    calendar.prepare(feed)
    days = calendar.choose(feed)
    calendar.active(feed, days.days)
    departures.prepare(feed)
    return feed, days
