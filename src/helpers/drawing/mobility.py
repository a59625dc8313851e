"""The map of movement data: a timetable, journeys between places, or a list of stops; what the gate
marked is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing import journeys, timetables
from helpers.drawing.layers import Fact, Kind, Points, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers.stops import stops
from helpers.drawing.numbers.subject import Subject
from helpers.drawing.timetable_tables import LISTED, OPEN_ROWS
from helpers.drawing.timetable_texts import TimetableTexts
from helpers.traffic.flows import flows
from helpers.traffic.timetable import timetable
from helpers.words import messages
from helpers.words.suppression import is_small

FEED_NAMES = {"stops": ("stop_name",), "routes": ("route_short_name", "route_long_name")}


def _timetable(
    subject: Subject, date: dt.date | None, common: dict[str, Any], say: TimetableTexts
) -> Map:
    feed = timetable(subject.tables, date)
    hidden = [
        f"{table}/{name}"
        for table, names in FEED_NAMES.items()
        for name in names
        if name in subject.marked(table)
    ]
    if "stops/stop_name" in hidden:
        feed.places["name"] = None
    for name in ("name", "long_name"):
        if f"routes/route_{'short_name' if name == 'name' else name}" in hidden:
            feed.lines[name] = None
    made = timetables.draw(feed, **common)
    made.notes += [say("marked", columns=", ".join(hidden))] if hidden else []
    return made


@dataclass(frozen=True)
class _Figure:
    """The number that is told of each stop: how many travel from it, or how many departures it has
    a day. ``kind`` is the part of the texts that speak of it."""

    kind: str
    values: list[float | None]

    @property
    def decimals(self) -> int:
        """Persons are counted whole; departures are a mean."""
        return 1 if self.kind == "departures" else 0


def _figure(rows: pd.DataFrame, k: int) -> _Figure | None:
    """Persons where the source counts them, below ``k`` left out; else departures, which are
    nobody's; None where it has neither."""
    persons = [None if n != n or is_small(n, k) else int(n) for n in rows["n"].astype(float)]
    if any(count is not None for count in persons):
        return _Figure("counted", [*persons])
    departures = [None if n != n else float(n) for n in rows["departures"].astype(float)]
    known = any(count is not None for count in departures)
    return _Figure("departures", [*departures]) if known else None


def _stops(subject: Subject, common: dict[str, Any], say: TimetableTexts) -> Map:
    """A list of stops with positions, and how many travel from each or how many departures it has
    where it says so. No sum is shown beside them."""
    rows, k = stops(subject), subject.k
    figure = _figure(rows, k)
    labels = [name if isinstance(name, str) else "" for name in rows["name"]]
    facts = []
    if figure:
        label = say(f"stops.fact.{figure.kind}")
        facts = [Fact(label, figure.values, decimals=figure.decimals)]
    layer = Points(
        key="stops",
        title=say("stops.title"),
        kinds=[Kind(say("stops.title"), "a")],
        lon=rows["lon"].to_numpy(float),
        lat=rows["lat"].to_numpy(float),
        rows=rows["row"].to_numpy(int),
        labels=labels,
        size=_sizes(figure.values) if figure else None,
        facts=facts,
    )
    see = say(f"stops.see_{figure.kind}" if figure else "stops.see", count=len(rows))
    departures = figure is not None and figure.kind == "departures"
    notes = [say("stops.no_lines" if departures else "stops.no_timetable")]
    notes += [say("stops.few", k=k)] if figure and not departures else []
    return Map(
        "mobility",
        common["title"],
        see,
        say("notes.source", file=common["file"]),
        [layer],
        [_stop_table(labels, rows["row"].tolist(), figure, say)],
        notes,
        common["language"],
        common["area"],
    )


def _sizes(counts: list[float | None]) -> Any:
    """Diameters in pixels by the square root of the counts, the smallest where there is none."""
    shown = [count or 0 for count in counts]
    return 12 + 16 * np.sqrt(np.array(shown) / (max(shown, default=1) or 1))


def _stop_table(
    labels: list[str], rows: list[int], figure: _Figure | None, say: TimetableTexts
) -> Table:
    """Name, row in the source and the ``figure`` where there is one, for at most 1,000 stops."""

    def told(number: float | None) -> str:
        assert figure is not None
        if number is None:
            return "–"
        return messages.number(number, say.language, figure.decimals)

    figures = [told(number) for number in figure.values] if figure else [""] * len(labels)
    body = [
        (label or "–", str(row), *([number] if figure else []))
        for label, row, number in zip(labels, rows, figures, strict=True)
    ][:LISTED]
    head = [*say.head("stop", "row"), *([say(f"stops.fact.{figure.kind}")] if figure else [])]
    return Table(
        say("stops.table"),
        head,
        body,
        numeric=(1, 2)[: len(head) - 1],
        folded=len(body) > OPEN_ROWS,
    )


def mobility(
    subject: Subject, language: str = "sv", date: dt.date | None = None
) -> Map | journeys.Matrix | None:
    """The map of a subject with movement data (a matrix where journeys have no places on a map);
    None where it has neither stops with positions nor journeys. ``date``: a day to show instead of
    the timetable's most ordinary week."""
    say, tables, hidden = TimetableTexts(language), subject.tables, subject.hidden
    common: dict[str, Any] = {
        "title": subject.title,
        "file": subject.file,
        "language": language,
        "area": subject.area,
    }
    ends = [subject.fields.get(name) for name in ("from_place", "to_place")]
    made: Map | journeys.Matrix | None = None
    if tables.format == "gtfs":
        made = _timetable(subject, date, common, say)
    elif all(ends) and not set(ends) & hidden:
        made = journeys.draw(flows(tables, subject.fields, subject.k), **common)
    elif tables.main.geometry and not set(tables.main.geometry.columns) & hidden:
        made = _stops(subject, common, say)
    if made and subject.synthetic:
        made.notes.insert(0, say("synthetic"))
    return made
