"""A slide as texts, a list, a table, bars or a picture in one language: what both forms are written
from. Says nothing of looks, and holds nothing that is to be escaped twice: all texts are plain."""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass, field, replace
from typing import Any

SCHEMA = "datakollen/deck/1"


@dataclass(frozen=True)
class Point:
    """An item of a list; ``label`` stands in bold before it."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a header row. ``widths`` are shares of its width; ``numeric`` names the columns
    (from 0) that are set to the right."""

    name: str
    head: list[str]
    rows: list[list[str]]
    widths: list[float]
    numeric: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Series:
    """A value for each bar; a bar's values lie after each other. ``faint``: what is uncertain."""

    name: str
    values: list[float]
    faint: bool = False


@dataclass(frozen=True)
class Bars:
    """Lying bars. ``figures`` are their values as they are read; ``whole`` is the length of a whole
    bar, in the unit of the values. ``alt`` says what is seen."""

    name: str
    labels: list[str]
    series: list[Series]
    figures: list[str]
    whole: float
    alt: str
    head: list[str]  # what the labels are, what the figures are


@dataclass(frozen=True)
class Mark:
    """A line of a picture's legend. ``colour`` is a name in ``drawing.palette``, ``shape`` too."""

    text: str
    colour: str
    shape: str


@dataclass(frozen=True)
class Picture:
    """A PNG. ``alt`` says what is seen; ``credit`` whose ground it stands on."""

    png: bytes
    alt: str
    width: int
    height: int
    credit: str = ""
    legend: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Slide:
    """One slide. ``id`` names it in both languages alike; ``lead`` is what is to be remembered,
    ``small`` where it comes from. ``notes`` are what the speaker says, a paragraph each."""

    id: str
    title: str
    lead: str = ""
    points: list[Point] = field(default_factory=list)
    numbered: bool = False
    table: Table | None = None
    bars: Bars | None = None
    picture: Picture | None = None
    small: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Deck:
    """All slides. ``date`` (ISO) is the day of the run; ``about`` stands at the foot of each."""

    title: str
    language: str
    date: str
    about: str
    slides: list[Slide]

    def to_json(self) -> dict[str, Any]:
        """As JSON has it; a picture as base64."""
        plain = asdict(self)
        for slide in plain["slides"]:
            if slide["picture"]:
                slide["picture"]["png"] = base64.b64encode(slide["picture"]["png"]).decode()
        return {"schema": SCHEMA, **plain}

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Deck:
        """The opposite of ``to_json``."""
        about = {name: plain[name] for name in ("title", "language", "date", "about")}
        return Deck(**about, slides=[_slide(slide) for slide in plain["slides"]])


def _slide(plain: dict[str, Any]) -> Slide:
    table, bars, picture = plain["table"], plain["bars"], plain["picture"]
    made = Slide(**{**plain, "points": [Point(**point) for point in plain["points"]]})
    if table:
        made = replace(made, table=Table(**table))
    if bars:
        series = [Series(**one) for one in bars["series"]]
        made = replace(made, bars=Bars(**{**bars, "series": series}))
    if picture:
        legend = [Mark(**mark) for mark in picture["legend"]]
        png = base64.b64decode(picture["png"])
        made = replace(made, picture=Picture(**{**picture, "png": png, "legend": legend}))
    return made
