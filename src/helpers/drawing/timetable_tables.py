"""The tables beside the map of a timetable: they count what the map draws, and name what it cannot
show."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.drawing.layers import Table
from helpers.drawing.timetable_texts import NAMED, TimetableTexts, line_name, names_of
from helpers.traffic.timetable import QUIET, STATUSES, Timetable
from helpers.words import messages

LISTED = 1000
OPEN_ROWS = 25  # a longer table is folded

Rows = list[tuple[str, ...]]


def _days(timetable: Timetable, say: TimetableTexts) -> Table:
    places, lines, body = timetable.places, timetable.lines, list[tuple[str, ...]]()
    for d, day in enumerate(timetable.calendar.days):
        left = places[f"departures_{d}"]
        counted = (
            (say.number((left > 0).sum()), say.number(left.sum()))
            if timetable.has_times
            else ("–", "–")
        )
        date = messages.date(day.date, say.language)
        body.append((say(f"day.{day.kind}"), date, say.number(lines[f"trips_{d}"].sum()), *counted))
    return Table(
        say("table.days"),
        say.head("day", "date", "trips", "served", "departures"),
        body,
        numeric=(2, 3, 4),
    )


def _statuses(places: pd.DataFrame, say: TimetableTexts) -> Table:
    counts = places["status"].value_counts()
    body = [
        (say(f"stop.{status}"), say.number(counts[status]))
        for status in STATUSES
        if status in counts
    ]
    return Table(say("table.status"), say.head("status", "count"), body, numeric=(1,))


def mode_name(mode: Any, on_demand: Any, say: TimetableTexts) -> str:
    """What a mode of traffic is called, with a word on demand where it is that."""
    return say("on_demand", mode=say(f"mode.{mode}")) if on_demand else say(f"mode.{mode}")


def _times(row: Any, say: TimetableTexts) -> tuple[str, str, str]:
    return (
        say.time(row.first_0) or "–",
        say.time(row.last_0) or "–",
        say.minutes(row.headway_0) or "–",
    )


def _lines(timetable: Timetable, say: TimetableTexts) -> Table:
    days = timetable.calendar.days
    total = sum(
        (timetable.lines[f"trips_{d}"] for d in range(len(days))),
        pd.Series(0, index=timetable.lines.index),
    )
    rows = timetable.lines.loc[total.sort_values(ascending=False, kind="stable").index].head(LISTED)
    body: Rows = [
        (
            line_name(line, say),
            line.long_name if isinstance(line.long_name, str) else "",
            mode_name(line.mode, line.on_demand, say),
            *(say.number(getattr(line, f"trips_{d}")) for d in range(len(days))),
            *_times(line, say),
            say(f"drawn.{line.drawn}"),
        )
        for line in rows.itertuples()
    ]
    labels = [say(f"day.{day.kind}") for day in days]
    head = [
        *say.head("line", "name", "mode"),
        *labels,
        *say.head("first", "last", "headway", "drawn"),
    ]
    return _listed(
        Table(say("table.lines"), head, body, numeric=tuple(range(3, 6 + len(days)))),
        len(timetable.lines),
        say,
    )


def _stops(timetable: Timetable, say: TimetableTexts) -> Table:
    days = timetable.calendar.days
    served = timetable.places[~timetable.places["status"].isin(QUIET)].sort_values(
        "departures_0", ascending=False, kind="stable"
    )
    rows = served.head(LISTED)
    body: Rows = [
        (
            name,
            mode_name(stop.mode, stop.status == "on_demand", say),
            *(say.number(getattr(stop, f"departures_{d}")) for d in range(len(days))),
            *_times(stop, say),
            str(stop.row),
        )
        for name, stop in zip(names_of(rows), rows.itertuples(), strict=True)
    ]
    labels = [say(f"day.{day.kind}") for day in days]
    head = [*say.head("stop", "mode"), *labels, *say.head("first", "last", "headway", "row")]
    return _listed(
        Table(say("table.stops"), head, body, numeric=tuple(range(2, 6 + len(days)))),
        len(served),
        say,
    )


def _quiet(quiet: pd.DataFrame, say: TimetableTexts) -> Table:
    rows = quiet.head(LISTED)
    body = [
        (name, say(f"stop.{status}"), str(row))
        for name, status, row in zip(names_of(rows), rows["status"], rows["row"], strict=True)
    ]
    return _listed(
        Table(say("table.quiet"), say.head("stop", "status", "row"), body, numeric=(2,)),
        len(quiet),
        say,
    )


def _islands(places: pd.DataFrame, say: TimetableTexts) -> Table | None:
    """The part that only ferries reach, and each part that hangs together with nothing else,
    largest first."""
    groups = [(say("stop.ferry_only"), places[places["ferry_only"]])]
    groups += [
        (say("stop.apart"), stops) for _, stops in places[places["part"] > 0].groupby("part")
    ]
    body = [
        (title, say.number(len(stops)), ", ".join(names_of(stops.head(NAMED))))
        for title, stops in groups
        if len(stops)
    ]
    table = Table(
        say("table.islands"), say.head("part", "count", "examples"), body[:LISTED], numeric=(1,)
    )
    return _listed(table, len(body), say) if body else None


def _astray(astray: pd.DataFrame, say: TimetableTexts) -> Table:
    def degrees(value: float) -> str:
        return messages.number(value, say.language, 5)

    body = [
        (name, degrees(lat), degrees(lon), str(row))
        for name, lat, lon, row in zip(
            names_of(astray), astray["lat"], astray["lon"], astray["row"], strict=True
        )
    ]
    return Table(
        say("table.astray"), say.head("stop", "lat", "lon", "row"), body[:LISTED], numeric=(1, 2, 3)
    )


def _listed(table: Table, count: int, say: TimetableTexts) -> Table:
    if count > len(table.rows):
        table.note = say("table.first_rows", shown=len(table.rows), count=count)
    table.folded = len(table.rows) > OPEN_ROWS
    return table


def tables(timetable: Timetable, say: TimetableTexts) -> list[Table]:
    """All tables of a timetable, those that are empty left out."""
    days, places = timetable.calendar.days, timetable.places
    quiet, astray = places[places["status"].isin(QUIET)], places[places["astray"]]
    broken = [
        (say(f"broken.{name}"), say.number(count))
        for name, count in sorted(timetable.broken.items())
    ]
    built = [
        _days(timetable, say) if days else None,
        _statuses(places, say),
        _astray(astray, say) if len(astray) else None,
        _islands(places, say),
        _lines(timetable, say) if days and len(timetable.lines) else None,
        _stops(timetable, say) if days and timetable.has_times else None,
        _quiet(quiet, say) if len(quiet) and timetable.has_times else None,
        (
            Table(say("table.broken"), say.head("what", "count"), broken, numeric=(1,))
            if broken
            else None
        ),
    ]
    return [table for table in built if table]
