"""What is said of a timetable beside its map: times, names, what to see and what limits it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.traffic.timetable import Timetable
from helpers.words import messages

NAMED = 5


class Said:
    """The texts of one language, with times of the service day and minutes written out."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **values: Any) -> str:
        return messages.text(f"mobility.{key}", self.language, **values)

    def time(self, seconds: Any) -> str | None:
        """90600 -> '01:10 (+1 dygn)'."""
        if pd.isna(seconds):
            return None
        hours, minutes = divmod(int(seconds) // 60, 60)
        shown = f"{hours % 24:02}:{minutes:02}"
        return shown if hours < 24 else self("next_day", time=shown)

    def minutes(self, seconds: Any) -> str | None:
        if pd.isna(seconds):
            return None
        return self(
            "minutes",
            count=messages.number(int(seconds) / 60, self.language, 0 if seconds >= 120 else 1),
        )

    def number(self, value: Any) -> str:
        return messages.number(int(value), self.language)

    def head(self, *names: str) -> list[str]:
        return [self(f"head.{name}") for name in names]


def line_name(line: Any, say: Said) -> str:
    name = next((str(one) for one in (line.name, line.long_name) if isinstance(one, str)), None)
    return (
        say("line.named", name=name)
        if isinstance(line.name, str)
        else name or say("line.named", name="–")
    )


def names_of(places: pd.DataFrame) -> list[str]:
    return [
        one if isinstance(one, str) else str(id)
        for one, id in zip(places["name"], places["id"], strict=True)
    ]


def see(found: Timetable, say: Said) -> str:
    days, places = found.calendar.days, found.places
    if not found.has_times or not days:
        said = [say("see.no_days" if not days else "see.no_times", places=len(places))]
    else:
        served = [int((places[f"departures_{d}"] > 0).sum()) for d in range(len(days))]
        trips = [int(found.lines[f"trips_{d}"].sum()) for d in range(len(days))]
        best = places["departures_0"].idxmax() if len(places) else None
        most = names_of(places.loc[[best]])[0] if best is not None else "–"
        departures = int(places["departures_0"].max()) if len(places) else 0
        day = {"day": say(f"day.{days[0].kind}"), "date": days[0].date}
        said = [
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
        said += [
            say("see.other_day", day=say(f"day.{day.kind}"), trips=trips[d], served=served[d])
            for d, day in enumerate(days)
            if d
        ]
        if quiet := int((places["status"] == "no_service").sum()):
            said.append(say("see.quiet", count=quiet))
    if islands := int(places["ferry_only"].sum()):
        said.append(say("see.islands", count=islands))
    astray = places[places["astray"]]
    if len(astray):
        said.append(say("see.astray", names=", ".join(names_of(astray.head(NAMED)))))
    return " ".join(said)


def notes_of(found: Timetable, say: Said) -> list[str]:
    """What limits the map: told above it."""
    notes = [say("notes.no_times")] if not found.has_times else []
    notes += [say("notes.about")] if found.about_times else []
    notes += [say("notes.interpolated", count=found.interpolated)] if found.interpolated else []
    notes += [say("notes.broken")] if found.broken else []
    return notes


def method(found: Timetable, file: str, say: Said) -> str:
    """The source, which days are shown and why, and how a departure and an island are defined: told
    below the map."""
    calendar, said = found.calendar, [say("notes.source", file=file)]
    if calendar.first and calendar.last:
        period = {"first": calendar.first, "last": calendar.last}
        if not calendar.week:
            said.append(say("notes.date", date=calendar.days[0].date, **period))
        else:
            key = "week" if calendar.weeks else "part_week"
            weeks = {"weeks": calendar.weeks} if calendar.weeks else {}
            said += [
                say(f"notes.{key}", monday=calendar.week, **weeks),
                say("notes.period", **period),
            ]
    if found.has_times and calendar.days:
        said.append(say("notes.departures"))
    if (found.places["ferry_only"] | (found.places["part"] > 0)).any():
        said.append(say("notes.islands"))
    return " ".join(said)
