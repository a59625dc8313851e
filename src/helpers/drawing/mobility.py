"""The map of movement data: a timetable, journeys between places, or a list of stops; what the gate
marked is left out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from helpers.drawing import journeys, timetables
from helpers.drawing.layers import Fact, Kind, Points, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers.stops import stops
from helpers.drawing.numbers.subject import Subject
from helpers.drawing.timetable_tables import LISTED, OPEN_ROWS
from helpers.drawing.timetable_texts import Said
from helpers.traffic.flows import flows
from helpers.traffic.timetable import timetable
from helpers.words.suppression import is_small

FEED_NAMES = {"stops": ("stop_name",), "routes": ("route_short_name", "route_long_name")}


def _timetable(subject: Subject, date: dt.date | None, common: dict[str, Any], say: Said) -> Map:
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


def _stops(subject: Subject, common: dict[str, Any], say: Said) -> Map:
    """A list of stops with positions, and how many travel from each where it says so. No sum is
    shown beside them."""
    rows, k = stops(subject), subject.k
    counts = [
        None if n != n or n is None or is_small(n, k) else int(n) for n in rows["n"].astype(float)
    ]
    known = any(count is not None for count in counts)
    labels = [name if isinstance(name, str) else "" for name in rows["name"]]
    layer = Points(
        key="stops",
        title=say("stops.title"),
        kinds=[Kind(say("stops.title"), "a")],
        lon=rows["lon"].to_numpy(float),
        lat=rows["lat"].to_numpy(float),
        rows=rows["row"].to_numpy(int),
        labels=labels,
        size=_sizes(counts) if known else None,
        facts=[Fact(say("journeys.fact.count"), counts)] if known else [],
    )
    see = say("stops.see_counted" if known else "stops.see", count=len(rows))
    notes = [say("stops.no_timetable"), *([say("stops.few", k=k)] if known else [])]
    return Map(
        "mobility",
        common["title"],
        see,
        say("notes.source", file=common["file"]),
        [layer],
        [_stop_table(labels, rows["row"].tolist(), counts, known, say)],
        notes,
        common["language"],
        common["area"],
    )


def _sizes(counts: list[int | None]) -> Any:
    """Diameters in pixels by the square root of the counts, the smallest where there is none."""
    shown = [count or 0 for count in counts]
    return 12 + 16 * np.sqrt(np.array(shown) / max(shown, default=1))


def _stop_table(
    labels: list[str], rows: list[int], counts: list[int | None], known: bool, say: Said
) -> Table:
    """Name, row in the source and, where ``known``, how many travel, for at most 1,000 stops."""
    body = [
        (label or "–", str(row), *([say.number(n) if n is not None else "–"] if known else []))
        for label, row, n in zip(labels, rows, counts, strict=True)
    ][:LISTED]
    head = [*say.head("stop", "row"), *([say("journeys.fact.count")] if known else [])]
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
    say, tables, hidden = Said(language), subject.tables, subject.hidden
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
