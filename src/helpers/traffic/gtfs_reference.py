"""What the GTFS Schedule reference asks of a feed's files, and the kinds of traffic:
``data/reference/gtfs.yaml``.

Source: https://gtfs.org/documentation/schedule/reference/ (revised 2026-04-27), in our own, short
form.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.words.files import strict_yaml
from helpers.words.files.ours import File as OurFile
from helpers.words.files.ours import remembered

if TYPE_CHECKING:
    from helpers.reading.snapshot import Snapshot

REFERENCE = OurFile("data/reference/gtfs.yaml")
# The order in which a place served by several is drawn.
DRAWN = ("train", "metro", "tram", "bus", "ferry", "other")
KINDS = frozenset(
    {
        "id",
        "text",
        "url",
        "timezone",
        "language",
        "latitude",
        "longitude",
        "enum",
        "whole",
        "positive",
        "amount",
        "number",
        "route_type",
        "color",
        "currency",
        "date",
        "time",
    }
)


@dataclass(frozen=True)
class Field:
    """``kind``: one of ``KINDS``; ``among``: what an enum allows; ``leads_to``: alternatives, as
    (file, field)."""

    kind: str
    required: bool = False
    among: range = range(0)
    leads_to: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class File:
    """``instead``: the file that may stand in its place."""

    fields: dict[str, Field]
    required: bool = False
    instead: str | None = None
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mode:
    """A kind of traffic. ``fastest_kmh``: no vehicle of it goes faster in a straight line between
    two stops. ``drawn``: as which of ``DRAWN`` a map shows it."""

    codes: frozenset[int]
    fastest_kmh: int
    title: dict[str, str]
    drawn: str


@dataclass(frozen=True)
class Reference:
    status: str
    source: str
    url: str
    files: dict[str, File]
    modes: dict[str, Mode]

    def field(self, file: str, name: str) -> Field | None:
        """The field of that file (without ``.txt``); None where the reference has none of that
        name."""
        return self.files[file].fields.get(name) if file in self.files else None

    def mode_of(self, code: int | None) -> str | None:
        """The kind of traffic of a route_type, basic or extended; None where there is none.

        >>> load().mode_of(700), load().mode_of(3), load().mode_of(717), load().mode_of(99)
        ('bus', 'bus', 'on_demand', None)
        """
        return next((name for name, mode in self.modes.items() if code in mode.codes), None)

    def drawn_as(self, code: int | None) -> str:
        """One of ``DRAWN``; ``other`` for a number that is none.

        >>> [load().drawn_as(code) for code in (1000, 401, 717, 1300, None)]
        ['ferry', 'metro', 'bus', 'other', 'other']
        """
        mode = self.mode_of(code)
        return self.modes[mode].drawn if mode else "other"


def _between(text: str) -> range:
    low, _, high = text.partition("-")
    return range(int(low), int(high or low) + 1)


def _field(text: str) -> Field:
    told, _, leads_to = text.partition(" -> ")
    words = told.split()
    if words[0] not in KINDS:
        raise ValueError(text)
    among = _between(words[1]) if words[0] == "enum" else range(0)
    ends = tuple(
        (file, field) for file, _, field in (end.partition(".") for end in leads_to.split())
    )
    return Field(words[0], "required" in words, among, ends)


def _file(plain: dict[str, Any]) -> File:
    required = plain.get("required", False)
    fields = {name: _field(text) for name, text in plain["fields"].items()}
    return File(
        fields,
        bool(required),
        required if isinstance(required, str) else None,
        tuple(plain.get("key", ())),
    )


@remembered
def _load(file: Path) -> Reference:
    return strict_yaml.built(file, _reference)


def _reference(plain: dict[str, Any]) -> Reference:
    modes = {
        name: Mode(
            **mode
            | {"codes": frozenset(code for codes in mode["codes"] for code in _between(str(codes)))}
        )
        for name, mode in plain["modes"].items()
    }
    if not {mode.drawn for mode in modes.values()} <= set(DRAWN):
        raise ValueError("drawn")
    files = {name: _file(file) for name, file in plain["files"].items()}
    return Reference(plain["status"], plain["source"], plain["url"], files, modes)


def load() -> Reference:
    """The reference. Raises ConfigurationError where its file cannot be understood."""
    return _load(REFERENCE.path)


def missing(snapshot: Snapshot) -> list[str]:
    """The required files that a feed has no rows of; one that may stand instead is enough, zones
    for stops."""
    present = {table.name for table in snapshot.tables if table.rows}
    present |= {"stops"} if any(repair.code == "zones" for repair in snapshot.repairs) else set()
    return [
        name
        for name, file in load().files.items()
        if file.required and not present & {name, file.instead}
    ]
