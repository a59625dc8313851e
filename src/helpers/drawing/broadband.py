"""The map of broadband: what people measure, by square and municipality, beside what operators
report as available."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing import ground
from helpers.drawing.availability import available
from helpers.drawing.broadband_tables import NUMBERS, by_area, periods, say, stated, to_look_into
from helpers.drawing.layers import Areas, Fact, Kind, Squares, Table
from helpers.drawing.map import Map
from helpers.drawing.numbers import measurements
from helpers.drawing.numbers.availability import reported
from helpers.drawing.numbers.measurements import Measurements
from helpers.drawing.numbers.subject import Subject
from helpers.words import messages

LIMITS = (10, 30, 100, 300)  # Mbit/s: the classes of the map
MOST_SQUARES = 50_000
SEEN = 2500  # squares that the page draws at once: ``map.js``


def _kinds(k: int, language: str) -> list[Kind]:
    edges = ["<\u00a010", "10–30", "30–100", "100–300", "≥\u00a0300"]
    return [Kind(f"{edge} Mbit/s", f"s{i + 1}") for i, edge in enumerate(edges)] + [
        Kind(say("few", language, k=k), "none", "hatched")
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
            facts.append(Fact(say(f"fact.{name}", language), values, unit, 1))
    for name in ("n", "operators"):
        counts = [None if value is None or value != value else int(value) for value in frame[name]]
        facts += [Fact(say(f"fact.{name}", language), counts)]
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
    drawn = ground.drawn(shapes.loc[list(known[column])])
    name = "kommun" if column == "code" else "lan"
    return Areas(
        key="municipalities" if column == "code" else "counties",
        title=say(f"layer.{column}", language),
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
        title=say("layer.squares", language),
        kinds=_kinds(k, language),
        kind=_classes(kept),
        east=kept["east"].to_numpy(int),
        north=kept["north"].to_numpy(int),
        facts=_facts(kept, language),
    )
    layer.note = (
        say("squares_left", language, count=len(frame) - len(kept))
        if len(frame) > len(kept)
        else ""
    )
    return layer


def broadband(subject: Subject, coverage: Subject | None, language: str = "sv") -> Map:
    """The map of a subject of type bredband. Draws areas only, never the place of a measurement;
    what ``coverage`` (the subject itself, or another) reports as available is a layer of its own,
    off until it is asked for."""
    made = Map(
        "broadband",
        subject.title,
        say("see", language),
        say("source", language, file=subject.file),
    )
    made.language, made.area = language, subject.area
    made.notes = [say("what", language)] + (
        [say("synthetic", language)] if subject.synthetic else []
    )
    measured = measurements.of(subject, subject.k)
    found = reported(coverage) if coverage else None
    beside, table = available(found, language, beside="down" in measured.has)
    try:
        if measured.outside:
            made.notes.append(
                say(
                    "outside",
                    language,
                    count=measured.outside,
                    rows=measured.rows or measured.outside,
                )
            )
        if "down" not in measured.has:
            made.see = say("only_available" if beside else "no_measurements", language)
            made.notes = made.notes[1:]
            if beside:
                made.source = say("available.source", language, file=subject.file)
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
        made.notes.append(say("by_address", language))
    if measured.counted:
        made.notes.append(say("counted", language))
    areas = _shapes(towns, "code", language, measured.k)
    areas = areas or _shapes(counties, "county", language, measured.k)
    drawn = _squares(cells, language, measured.k)
    made.layers = [layer for layer in (areas, drawn) if layer is not None]
    if areas and drawn and len(drawn) <= SEEN and not ground.is_wide(made.bounds):
        areas.shown = False  # the same colours beneath the squares would hide them
    tables = [to_look_into(measured, towns, cells, language)]
    tables += [
        by_area(frame, key, measured, language)
        for frame, key in ((towns, "code"), (counties, "county"))
        if not frame.empty
    ]
    tables += [stated(measured, language), periods(measured, language)]
    made.tables = [table for table in tables if table is not None]
    if not cells.empty:
        shown = int((~cells["hidden"]).sum())
        head = [say("table.what", language), say("fact.squares", language)]
        rows = [
            (say("table.shown", language), messages.number(shown, language)),
            (say("few", language, k=measured.k), messages.number(len(cells) - shown, language)),
        ]
        made.tables.append(Table(say("table.squares", language), head, rows, numeric=(1,)))
