"""The map of a timetable: lines as drawn, stops with their departures, stops without service,
islands, stops far away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from helpers.drawing.layers import Bounds, Fact, Kind, Layer, Lines, Points
from helpers.drawing.map import Map
from helpers.drawing.timetable_tables import mode_name, tables
from helpers.drawing.timetable_texts import Said, line_name, method, names_of, notes_of, see
from helpers.ground.geography import in_sweden
from helpers.traffic.calendar import Day
from helpers.traffic.form import DRAWN
from helpers.traffic.timetable import QUIET, Timetable
from helpers.words import messages

COLOUR = {
    "train": "b",
    "metro": "d",
    "tram": "c",
    "bus": "a",
    "ferry": "f",
    "other": "g",
    "none": "none",
}
SHAPE = {
    "train": "square",
    "metro": "hexagon",
    "tram": "diamond",
    "bus": "circle",
    "ferry": "triangle",
    "other": "pentagon",
}
MOST_LINES = 500


def _per_day(
    frame: pd.DataFrame, days: list[Day], column: str, label: str, say: Said, write: Any = None
) -> list[Fact]:
    facts = []
    for d, day in enumerate(days):
        values = frame[f"{column}_{d}"]
        shown = [write(one) for one in values] if write else [int(one) for one in values]
        if any(one is not None for one in shown):
            facts.append(Fact(say(f"fact.{label}", day=say(f"day.{day.kind}").lower()), shown))
    return facts


def _line_layer(found: Timetable, say: Said) -> Lines | None:
    """The lines that run on the days, most trips first; several kinds: by mode, on demand
    dashed."""
    days = found.calendar.days
    drawn = found.lines[found.lines["drawn"] != "none"]
    if drawn.empty:
        return None
    trips = sum((drawn[f"trips_{d}"] for d in range(len(days))), pd.Series(0, index=drawn.index))
    drawn = drawn.loc[trips.sort_values(ascending=False, kind="stable").index]
    more = max(0, len(drawn) - MOST_LINES)
    drawn = drawn.iloc[:MOST_LINES][::-1]  # the busiest are drawn last, on top
    pairs = sorted(
        {
            (DRAWN.index(mode), bool(demand))
            for mode, demand in zip(drawn["mode"], drawn["on_demand"], strict=True)
        }
    )
    kinds = [
        Kind(mode_name(DRAWN[m], demand, say), COLOUR[DRAWN[m]], "dashed" if demand else "")
        for m, demand in pairs
    ]
    kind = [
        pairs.index((DRAWN.index(m), bool(d)))
        for m, d in zip(drawn["mode"], drawn["on_demand"], strict=True)
    ]
    own = trips.loc[drawn.index].to_numpy(float)
    shapes = [
        shapely.MultiLineString(
            [path.tolist() for path in found.paths[int(n)].paths if len(path) > 1]
        )
        for n in drawn.index
    ]
    facts = [
        Fact(say("fact.mode"), [kinds[one].label for one in kind]),
        *_per_day(drawn, days, "trips", "trips", say),
        *_per_day(drawn, days, "first", "first", say, say.time)[:1],
        *_per_day(drawn, days, "last", "last", say, say.time)[:1],
        *_per_day(drawn, days, "headway", "headway", say, say.minutes),
        Fact(say("fact.drawn"), [say(f"drawn.{one}") for one in drawn["drawn"]]),
    ]
    how = drawn["drawn"].value_counts()
    if len(how) > 1:
        notes = [say("line.note_both", shapes=int(how["shape"]), straight=int(how["straight"]))]
    else:
        notes = [
            (
                say("line.note_straight")
                if "straight" in how
                else say("line.note_shapes", metres=int(found.tolerance_m))
            )
        ]
    notes += [say("line.more", count=more)] if more else []
    width = 2 + 4 * np.sqrt(own / max(own.max(initial=1), 1))
    return Lines(
        key="lines",
        title=say("line.title"),
        kinds=kinds,
        kind=kind,
        shapes=shapes,
        width=width,
        facts=facts,
        labels=[line_name(one, say) for one in drawn.itertuples()],
        note=" ".join(notes),
    )


def _called_by(places: pd.DataFrame, lines: pd.DataFrame, say: Said) -> list[str | None]:
    names = {
        n: str(one.name) if isinstance(one.name, str) else str(one.long_name)
        for n, one in zip(lines.index, lines.itertuples(index=False), strict=True)
    }

    def told(routes: Any) -> str | None:
        if not isinstance(routes, Iterable):
            return None
        own = list(dict.fromkeys(names[n] for n in routes if n in names))
        return ", ".join(own[:12]) + (f" +{len(own) - 12}" if len(own) > 12 else "") or None

    return [told(one) for one in places["lines"]]


def _stop_facts(places: pd.DataFrame, found: Timetable, say: Said) -> list[Fact]:
    days = found.calendar.days
    ordered = [
        fact
        for fact in _per_day(places, days, "on_demand", "on_demand", say, lambda n: int(n) or None)
    ]
    return [
        *_per_day(places, days, "departures", "departures", say),
        *ordered,
        *_per_day(places, days, "first", "first", say, say.time)[:1],
        *_per_day(places, days, "last", "last", say, say.time)[:1],
        *_per_day(places, days, "headway", "headway", say, say.minutes),
        Fact(say("fact.lines"), _called_by(places, found.lines, say)),
        Fact(say("fact.stops"), [int(n) if n > 1 else None for n in places["stops"]]),
    ]


def _points(
    key: str,
    title: str,
    places: pd.DataFrame,
    kinds: Sequence[Kind],
    kind: Sequence[int],
    **more: Any,
) -> Points:
    lon, lat = places["lon"].to_numpy(float), places["lat"].to_numpy(float)
    rows, labels = places["row"].to_numpy(int), names_of(places)
    return Points(
        key=key,
        title=title,
        kinds=kinds,
        kind=list(kind),
        lon=lon,
        lat=lat,
        rows=rows,
        labels=labels,
        **more,
    )


def _served_layer(places: pd.DataFrame, found: Timetable, say: Said) -> Points | None:
    own = places[~places["status"].isin(QUIET)]
    if own.empty:
        return None
    keys = [
        (status == "arrivals_only", DRAWN.index(mode), status == "on_demand")
        for status, mode in zip(own["status"], own["mode"], strict=True)
    ]
    order = sorted(set(keys))

    def kind(arrivals: bool, mode: int, ordered: bool) -> Kind:
        name = DRAWN[mode]
        label = say(f"mode.{name}")
        if arrivals:
            return Kind(f"{label}: {say('stop.arrivals_only').lower()}", "h", shape=SHAPE[name])
        return Kind(
            say("on_demand", mode=label) if ordered else label,
            COLOUR[name],
            "hatched" if ordered else "",
            SHAPE[name],
        )

    left = own["departures_0"].to_numpy(float) if "departures_0" in own else np.zeros(len(own))
    size = 12 + 14 * np.sqrt(left / max(left.max(initial=1), 1))
    return _points(
        "stops",
        say("stop.title"),
        own,
        [kind(*one) for one in order],
        [order.index(one) for one in keys],
        size=size,
        facts=_stop_facts(own, found, say),
        note=say("stop.note"),
    )


def _quiet_layer(places: pd.DataFrame, say: Said) -> Points | None:
    own = places[places["status"].isin(QUIET)]
    if own.empty:
        return None
    used = [one for one in QUIET if (own["status"] == one).any()]
    looks = {
        "other_days": ("e", "wedge"),
        "no_service": ("wrong", "cross"),
        "unknown": ("h", "circle"),
    }
    kinds = [
        Kind(
            say(f"stop.{one}"), looks[one][0], "" if one == "unknown" else "hatched", looks[one][1]
        )
        for one in used
    ]
    title = say("table.stops") if used == ["unknown"] else say("stop.quiet")
    return _points(
        "quiet",
        title,
        own,
        kinds,
        [used.index(one) for one in own["status"]],
        facts=[Fact(say("fact.stops"), [int(n) if n > 1 else None for n in own["stops"]])],
    )


def _island_layer(places: pd.DataFrame, say: Said) -> Points | None:
    own = places[places["ferry_only"] | (places["part"] > 0)]
    if own.empty:
        return None
    kinds = [
        Kind(say("stop.ferry_only"), "f", shape="triangle"),
        Kind(say("stop.apart"), "e", shape="diamond"),
    ]
    facts = [Fact(say("fact.part"), [int(one) + 1 for one in own["part"]])]
    return _points(
        "islands",
        say("stop.islands"),
        own,
        kinds,
        [int(one > 0) for one in own["part"]],
        facts=facts,
        shown=False,
    )


def _astray_layer(places: pd.DataFrame, say: Said) -> Points | None:
    own = places[places["astray"]]
    if own.empty:
        return None
    at = [
        f"{messages.number(lat, say.language, 5)}, {messages.number(lon, say.language, 5)}"
        for lat, lon in zip(own["lat"], own["lon"], strict=True)
    ]
    return _points(
        "astray",
        say("stop.astray"),
        own,
        [Kind(say("stop.astray_kind"), "wrong", "hatched", "diamond")],
        [0] * len(own),
        facts=[Fact(say("fact.position"), at)],
        size=np.full(len(own), 24.0),
        clustered=False,
    )


def _opening(places: pd.DataFrame) -> Bounds | None:
    """Around the stops that lie near others; a stop off Kaliningrad does not draw the whole Baltic
    in."""
    own = places[~places["astray"]]
    if own.empty:
        return None
    return (
        float(own["lon"].min()),
        float(own["lat"].min()),
        float(own["lon"].max()),
        float(own["lat"].max()),
    )


def draw(found: Timetable, *, title: str, file: str, language: str, area: str | None) -> Map:
    """The map of a timetable. Names are those of the feed: whoever calls has taken marked ones
    away."""
    say = Said(language)
    placed = found.places[found.places["lat"].notna()]
    layers: list[Layer | None] = [
        _line_layer(found, say),
        _served_layer(placed, found, say),
        _quiet_layer(placed, say),
        _island_layer(placed, say),
        _astray_layer(placed, say),
    ]
    notes = notes_of(found, say)
    if (
        len(placed)
        and not in_sweden(placed["lon"].to_numpy(float), placed["lat"].to_numpy(float)).mean() > 0.5
    ):
        notes.append(say("notes.abroad"))
    return Map(
        "mobility",
        title,
        see(found, say),
        method(found, file, say),
        [one for one in layers if one],
        tables(found, say),
        notes,
        language,
        area,
        _opening(placed),
    )
