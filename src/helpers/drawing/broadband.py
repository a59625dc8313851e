"""The map of broadband: what people measure, by square and municipality, beside what operators
report as available."""

from __future__ import annotations

from math import erfc, sqrt
from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing import ground
from helpers.drawing.availability import available
from helpers.drawing.layers import Areas, Fact, Kind, Squares, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers import measurements
from helpers.drawing.numbers.availability import reported
from helpers.drawing.numbers.measurements import Measurements
from helpers.drawing.numbers.subject import Subject
from helpers.ground import squares
from helpers.words import messages

LIMITS = (10, 30, 100, 300)  # Mbit/s: the classes of the map
MOST_SQUARES = 50_000
LOOK = 20  # areas to look into
SURE = 0.05  # of the sign test, divided by the number of areas that are tried (Bonferroni)
NUMBERS = (
    ("median", "Mbit/s"),
    ("low", "Mbit/s"),
    ("high", "Mbit/s"),
    ("tenth", "Mbit/s"),
    ("up", "Mbit/s"),
    ("up_tenth", "Mbit/s"),
    ("latency", "ms"),
    ("latency_tenth", "ms"),
    ("latency_ninth", "ms"),
)


def _say(key: str, language: str, **values: Any) -> str:
    return messages.text(f"maps.broadband.{key}", language, **values)


def _written(value: Any, language: str, decimals: int = 1) -> str:
    return (
        "–"
        if value is None or value != value
        else messages.number(round(float(value), decimals), language)
    )


def _kinds(k: int, language: str) -> list[Kind]:
    edges = ["<\u00a010", "10–30", "30–100", "100–300", "≥\u00a0300"]
    return [Kind(f"{edge} Mbit/s", f"s{i + 1}") for i, edge in enumerate(edges)] + [
        Kind(_say("few", language, k=k), "none", "hatched")
    ]


def _classes(frame: pd.DataFrame) -> np.ndarray[Any, Any]:
    median = pd.to_numeric(frame["median"], errors="coerce").to_numpy(float)
    return np.where(
        np.isnan(median),
        len(LIMITS) + 1,
        np.searchsorted(LIMITS, np.nan_to_num(median), side="right"),
    )


def _facts(frame: pd.DataFrame, language: str) -> list[Fact]:
    facts = []
    for name, unit in NUMBERS:
        values = [
            None if value is None or value != value else float(value) for value in frame[name]
        ]
        if any(value is not None for value in values):
            facts.append(Fact(_say(f"fact.{name}", language), values, unit, 1))
    for name in ("n", "operators"):
        counts = [None if value is None or value != value else int(value) for value in frame[name]]
        facts += [Fact(_say(f"fact.{name}", language), counts)]
    return facts


def _shapes(frame: pd.DataFrame, column: str, language: str, k: int) -> Areas | None:
    key = {"code": "kommunkod", "county": "lanskod"}[column]
    shapes = (
        (ground.municipalities() if column == "code" else ground.counties())
        .drop_duplicates(key)
        .set_index(key)
    )
    known = frame[frame[column].isin(shapes.index)]
    if known.empty:
        return None
    drawn = shapes.loc[list(known[column])]
    name = "kommun" if column == "code" else "lan"
    return Areas(
        key="municipalities" if column == "code" else "counties",
        title=_say(f"layer.{column}", language),
        kinds=_kinds(k, language),
        kind=_classes(known),
        shapes=list(drawn.geometry),
        labels=list(drawn[name]),
        facts=_facts(known, language),
    )


def _squares(frame: pd.DataFrame, language: str, k: int) -> Squares | None:
    if frame.empty:
        return None
    kept = (
        frame.assign(_n=pd.to_numeric(frame["n"]).fillna(0))
        .sort_values("_n", ascending=False, kind="stable")
        .head(MOST_SQUARES)
    )
    kept = kept.sort_values(["north", "east"])
    layer = Squares(
        key="squares",
        title=_say("layer.squares", language),
        kinds=_kinds(k, language),
        kind=_classes(kept),
        east=kept["east"].to_numpy(int),
        north=kept["north"].to_numpy(int),
        facts=_facts(kept, language),
    )
    layer.note = (
        _say("squares_left", language, count=len(frame) - len(kept))
        if len(frame) > len(kept)
        else ""
    )
    return layer


def _name(code: str) -> str:
    municipalities = ground.municipalities()
    return (
        str(municipalities.loc[municipalities["kommunkod"] == code, "kommun"].iloc[0])
        if (municipalities["kommunkod"] == code).any()
        else code
    )


def _table(frame: pd.DataFrame, column: str, measured: Measurements, language: str) -> Table:
    counties = ground.counties().set_index("lanskod")["lan"].to_dict()
    names = [
        _name(code) if column == "code" else counties.get(code, code) for code in frame[column]
    ]
    few = _say("few", language, k=measured.k)
    shown = ("n", "operators", *(name for name, _ in NUMBERS))
    head = [_say(f"layer.{column}", language), *(_say(f"fact.{key}", language) for key in shown)]
    rows = [
        (
            (name, few, *["–"] * 10)
            if row["hidden"]
            else (name, *(_written(row[key], language) for key in shown))
        )
        for name, (_, row) in zip(names, frame.iterrows(), strict=True)
    ]
    return Table(_say(f"table.{column}", language), head, rows, numeric=tuple(range(1, 12)))


def _to_look_into(
    measured: Measurements, towns: pd.DataFrame, cells: pd.DataFrame, language: str
) -> Table | None:
    """Shown areas whose measurements lie below the whole's median, by a sign test: the best
    supported first."""
    reference = measurements.median(measured)
    if reference is None or measured.counted:
        return None
    rows = _below(measured, towns, cells, reference, language)
    head = [
        _say(f"look.{column}", language) for column in ("area", "n", "median", "interval", "below")
    ]
    body = [
        (
            name,
            messages.number(n, language),
            _written(area["median"], language),
            f"{_written(area['low'], language)}–{_written(area['high'], language)}",
            messages.percent(area["below"] / n, language),
        )
        for _, name, n, area in rows[:LOOK]
    ]
    note = _say(
        "look.how" if rows else "look.none", language, reference=_written(reference, language)
    )
    return Table(_say("look.title", language), head, body, note, numeric=(1, 2, 3, 4))


def _below(
    measured: Measurements,
    towns: pd.DataFrame,
    cells: pd.DataFrame,
    reference: float,
    language: str,
) -> list[tuple[float, str, int, dict[Any, Any]]]:
    """z of the sign test, name, number of measurements and numbers of each shown area that lies
    surely below ``reference`` (Mbit/s), the greatest z first."""
    rows = []
    tried = int((~towns["hidden"]).sum() + (~cells["hidden"]).sum())
    for frame, keys in ((towns, ["code"]), (cells, ["east", "north"])):
        if frame.empty:
            continue
        below = measurements.below(measured, keys, reference)
        for area in frame[~frame["hidden"]].merge(below, on=keys).to_dict("records"):
            n = int(area["valued"])
            z = (area["below"] - n / 2) / (np.sqrt(n) / 2) if n else 0.0
            if (
                erfc(z / sqrt(2)) / 2 < SURE / tried
                and area["high"] is not None
                and area["high"] < reference
            ):
                rows.append((z, _area_name(area, language), n, area))
    return sorted(rows, key=lambda row: (-row[0], row[1]))


def _area_name(area: dict[Any, Any], language: str) -> str:
    """A municipality's name, or a square's id at SCB."""
    if "code" in area:
        return _name(area["code"])
    return f"{_say('square', language)} {squares.rutid_scb(area['east'], area['north'])}"


def _stated(measured: Measurements, language: str) -> Table | None:
    """Measured against stated, by technology and operator; counts protected across both."""
    if not {"stated", "down"} <= measured.has:
        return None
    keys: list[str] = [key for key in ("technology", "operator") if key in measured.has]
    if not keys:
        return None
    frame = measurements.by(measured, keys, "down / stated", "stated > 0")
    parts = [
        (tuple(row[:-1]), total, int(row[-1]))
        for row in frame[[*keys, "n"]].itertuples(index=False)
        for total in ("all", *zip(keys, row[:-1], strict=True))
    ]
    frame = measurements.protect(frame, keys, parts, measured.k)
    head = [
        *(_say(f"stated.{key}", language) for key in keys),
        _say("fact.n", language),
        _say("stated.median", language),
        _say("look.interval", language),
    ]
    few = _say("few", language, k=measured.k)
    rows = [
        (
            *(str(group[key]) for key in keys),
            *((few, "–", "–") if group["hidden"] else _stated_cells(group, language)),
        )
        for group in frame.to_dict("records")
    ]
    return Table(
        _say("stated.title", language),
        head,
        rows,
        _say("stated.how", language),
        numeric=tuple(range(len(keys), len(head))),
    )


def _stated_cells(group: dict[Any, Any], language: str) -> tuple[str, str, str]:
    """Number, median and interval of a group that is shown, as texts."""
    ends = [
        (
            messages.percent(group[end], language)
            if group[end] is not None and group[end] == group[end]
            else "–"
        )
        for end in ("low", "high")
    ]
    return (
        messages.number(int(group["n"]), language),
        messages.percent(group["median"], language),
        "–".join(dict.fromkeys(ends)),
    )


def _periods(measured: Measurements, language: str) -> Table | None:
    """The two halves of the time that the measurements span, by municipality (county)."""
    key = "county" if measured.by_county else "code"
    days = measurements.halves(measured)
    if days is None:
        return None
    frame = measurements.by(measured, [key, "period"])
    if frame.empty:
        return None
    parts = [
        ((area, period), total, int(n))
        for area, period, n in frame[[key, "period", "n"]].itertuples(index=False)
        for total in ("all", ("area", area), ("period", period))
    ]
    areas: dict[Any, int] = frame.groupby(key)["n"].sum().to_dict()
    frame = measurements.protect(frame, [key, "period"], parts, measured.k)
    counties = ground.counties().set_index("lanskod")["lan"].to_dict()
    rows = []
    for area in areas:
        name = counties.get(area, area) if measured.by_county else _name(area)
        rows.append((name, *_period_cells(frame[frame[key] == area], measured.k, language)))
    first, middle, last = (messages.date(day, language) for day in days)
    head = [
        _say(f"layer.{key}", language),
        _say("periods.first", language),
        _say("periods.second", language),
        _say("periods.change", language),
    ]
    return Table(
        _say("periods.title", language),
        head,
        rows,
        _say("periods.how", language, first=first, middle=middle, last=last),
        numeric=(1, 2),
    )


def _period_cells(of_area: pd.DataFrame, k: int, language: str) -> tuple[str, str, str]:
    """The medians of an area's two halves and the change from one to the other, as texts."""
    halves = []
    for period in (0, 1):
        half = of_area[of_area["period"] == period].to_dict("records")
        halves.append(half[0] if half and not half[0]["hidden"] else None)
    first, second = (
        _written(half["median"], language) if half else _say("few", language, k=k)
        for half in halves
    )
    return first, second, _say(f"periods.{_change(*halves)}", language)


def _change(first: dict[Any, Any] | None, second: dict[Any, Any] | None) -> str:
    """rise or fall only where the two intervals do not touch."""
    ends = [half[end] if half else None for half in (first, second) for end in ("low", "high")]
    if any(end is None or end != end for end in ends):
        return "unknown"
    low, high, next_low, next_high = (float(end) for end in ends)  # type: ignore[arg-type]
    return "rise" if next_low > high else "fall" if next_high < low else "same"


def broadband(subject: Subject, coverage: Subject | None, language: str = "sv") -> Map:
    """The map of a subject of type bredband. Draws areas only, never the place of a measurement;
    what ``coverage`` (the subject itself, or another) reports as available is a layer of its own,
    off until it is asked for."""
    made = Map(
        "broadband",
        subject.title,
        _say("see", language),
        _say("source", language, file=subject.file),
    )
    made.language, made.area = language, subject.area
    made.notes = [_say("what", language)] + (
        [_say("synthetic", language)] if subject.synthetic else []
    )
    measured = measurements.load(subject, subject.k)
    beside, table = available(reported(coverage) if coverage else None, language)
    try:
        if measured.outside:
            made.notes.append(
                _say(
                    "outside",
                    language,
                    count=measured.outside,
                    rows=measured.rows or measured.outside,
                )
            )
        if "down" not in measured.has:
            made.see = _say("only_available" if beside else "no_measurements", language)
            made.notes = made.notes[1:]
            if beside:
                made.source = _say("available.source", language, file=subject.file)
            for number, layer in enumerate(beside):
                layer.shown, layer.note = not number, _say("available.latest", language)
        else:
            _draw(made, measured, language)
    finally:
        measured.connection.close()
    made.layers += beside
    made.tables += [table] if table else []
    return made


def _draw(made: Map, measured: Measurements, language: str) -> None:
    counties, towns, cells = measurements.areas(measured)
    if measured.by_county:
        made.notes.append(_say("by_address", language))
    if measured.counted:
        made.notes.append(_say("counted", language))
    layers: list[Any] = [
        _shapes(towns, "code", language, measured.k)
        or _shapes(counties, "county", language, measured.k)
    ]
    layers.append(_squares(cells, language, measured.k))
    made.layers = [layer for layer in layers if layer is not None]
    tables = [_to_look_into(measured, towns, cells, language)]
    tables += [
        _table(frame, key, measured, language)
        for frame, key in ((towns, "code"), (counties, "county"))
        if not frame.empty
    ]
    tables += [_stated(measured, language), _periods(measured, language)]
    made.tables = [table for table in tables if table is not None]
    if not cells.empty:
        shown = int((~cells["hidden"]).sum())
        head = [_say("table.what", language), _say("fact.squares", language)]
        rows = [
            (_say("table.shown", language), messages.number(shown, language)),
            (_say("few", language, k=measured.k), messages.number(len(cells) - shown, language)),
        ]
        made.tables.append(Table(_say("table.squares", language), head, rows, numeric=(1,)))
