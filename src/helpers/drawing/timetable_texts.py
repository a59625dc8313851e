"""What is said of a timetable beside its map: times, names, what to see and what limits it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.traffic.timetable import Timetable
from helpers.words import messages

NAMED = 5


class TimetableTexts:
    """The texts of one language, with times of the service day and minutes written out."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        return messages.text(f"mobility.{key}", self.language, **values)

    def time(self, seconds: Any) -> str | None:
        """Seconds of the service day as a time, 90600 -> '01:10 (+1 dygn)'; None where they are
        missing."""
        if pd.isna(seconds):
            return None
        hours, minutes = divmod(int(seconds) // 60, 60)
        shown = f"{hours % 24:02}:{minutes:02}"
        return shown if hours < 24 else self("next_day", time=shown)

    def minutes(self, seconds: Any) -> str | None:
        """Seconds written as minutes, with a decimal below two; None where they are missing."""
        if pd.isna(seconds):
            return None
        return self(
            "minutes",
            count=messages.number(int(seconds) / 60, self.language, 0 if seconds >= 120 else 1),
        )

    def number(self, value: Any) -> str:
        """A whole number as the language writes it."""
        return messages.number(int(value), self.language)

    def head(self, *names: str) -> list[str]:
        """The headings of a table's columns."""
        return [self(f"head.{name}") for name in names]


def line_name(line: Any, say: TimetableTexts) -> str:
    """What a map calls a row of ``Timetable.lines``: its short name, else its long one."""
    name = next(
        (str(given) for given in (line.name, line.long_name) if isinstance(given, str)), None
    )
    return (
        say("line.named", name=name)
        if isinstance(line.name, str)
        else name or say("line.named", name="–")
    )


def names_of(places: pd.DataFrame) -> list[str]:
    """The name of each place, its id where it has none."""
    return [
        name if isinstance(name, str) else str(id)
        for name, id in zip(places["name"], places["id"], strict=True)
    ]


def see(timetable: Timetable, say: TimetableTexts) -> str:
    """What to see on the map, in sentences."""
    days, places = timetable.calendar.days, timetable.places
    if not timetable.has_times or not days:
        sentences = [say("see.no_days" if not days else "see.no_times", places=len(places))]
    else:
        served = [int((places[f"departures_{d}"] > 0).sum()) for d in range(len(days))]
        trips = [int(timetable.lines[f"trips_{d}"].sum()) for d in range(len(days))]
        best = places["departures_0"].idxmax() if len(places) else None
        most = names_of(places.loc[[best]])[0] if best is not None else "–"
        departures = int(places["departures_0"].max()) if len(places) else 0
        day = {"day": say(f"day.{days[0].kind}"), "date": days[0].date}
        sentences = [
            say(
                "see.traffic",
                **day,
                trips=trips[0],
                served=served[0],
                places=len(places),
                most=most,
                departures=departures,
            )
        ]
        sentences += [
            say("see.other_day", day=say(f"day.{day.kind}"), trips=trips[d], served=served[d])
            for d, day in enumerate(days)
            if d
        ]
        if quiet := int((places["status"] == "no_service").sum()):
            sentences.append(say("see.quiet", count=quiet))
    if islands := int(places["ferry_only"].sum()):
        sentences.append(say("see.islands", count=islands))
    astray = places[places["astray"]]
    if len(astray):
        sentences.append(say("see.astray", names=", ".join(names_of(astray.head(NAMED)))))
    return " ".join(sentences)


def notes_of(timetable: Timetable, say: TimetableTexts) -> list[str]:
    """What limits the map: told above it."""
    notes = [say("notes.no_times")] if not timetable.has_times else []
    notes += [say("notes.about")] if timetable.about_times else []
    notes += (
        [say("notes.interpolated", count=timetable.interpolated)] if timetable.interpolated else []
    )
    notes += [say("notes.broken")] if timetable.broken else []
    return notes


def method(timetable: Timetable, file: str, say: TimetableTexts) -> str:
    """The source, which days are shown and why, and how a departure and an island are defined: told
    below the map."""
    calendar, sentences = timetable.calendar, [say("notes.source", file=file)]
    if calendar.first and calendar.last:
        period = {"first": calendar.first, "last": calendar.last}
        if not calendar.week:
            sentences.append(say("notes.date", date=calendar.days[0].date, **period))
        else:
            key = "week" if calendar.weeks else "part_week"
            weeks = {"weeks": calendar.weeks} if calendar.weeks else {}
            sentences += [
                say(f"notes.{key}", monday=calendar.week, **weeks),
                say("notes.period", **period),
            ]
    if timetable.has_times and calendar.days:
        sentences.append(say("notes.departures"))
    if (timetable.places["ferry_only"] | (timetable.places["part"] > 0)).any():
        sentences.append(say("notes.islands"))
    return " ".join(sentences)
