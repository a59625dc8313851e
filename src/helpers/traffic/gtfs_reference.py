"""What the GTFS Schedule reference asks of a feed's files, and the kinds of traffic:
``data/reference/gtfs.yaml``.

Source: https://gtfs.org/documentation/schedule/reference/ (revised 2026-04-27), in our own, short
form.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, PlainValidator
from pydantic import Field as Limits

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Known, Listed, Said, among
from helpers.words.files.ours import File as OurFile
from helpers.words.files.ours import remembered
from helpers.words.files.validated import wrong

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


def _between(text: str) -> range:
    low, _, high = text.partition("-")
    return range(int(low), int(high or low) + 1)


def _field(text: Any) -> Field:
    try:
        told, _, leads_to = text.partition(" -> ")
        words = told.split()
        among = _between(words[1]) if words[0] == "enum" else range(0)
        if words[0] not in KINDS:
            raise ValueError(words[0])
    except (AttributeError, IndexError, ValueError):
        raise wrong("feed_field", known=", ".join(sorted(KINDS))) from None
    ends = tuple(
        (file, field) for file, _, field in (end.partition(".") for end in leads_to.split())
    )
    return Field(words[0], "required" in words, among, ends)


def _codes(codes: Any) -> frozenset[int]:
    if not isinstance(codes, list):
        raise wrong("list")
    try:
        return frozenset(code for text in codes for code in _between(str(text)))
    except ValueError:
        raise wrong("span") from None


def _required(required: Any) -> Any:
    """True, false, or the file that may stand instead."""
    if not isinstance(required, bool | str):
        raise wrong("truth")
    return required


class Mode(Declared):
    """A kind of traffic. ``fastest_kmh``: no vehicle of it goes faster in a straight line between
    two stops. ``drawn``: as which of ``DRAWN`` a map shows it."""

    codes: Annotated[frozenset[int], PlainValidator(_codes)]
    fastest_kmh: Annotated[int, Limits(gt=0)]
    title: Said
    drawn: Annotated[str, among(DRAWN)]


class WrittenFile(Declared):
    """A file of a feed as the reference file describes it."""

    required: Annotated[Any, AfterValidator(_required)] = False
    key: Listed[Filled] = ()
    fields: dict[str, Annotated[Field, PlainValidator(_field)]]

    @property
    def made(self) -> File:
        """The same, with the file that may stand instead by itself."""
        instead = self.required if isinstance(self.required, str) else None
        return File(self.fields, bool(self.required), instead, self.key)


class ReferenceFile(Declared):
    """The whole reference file."""

    status: Known
    source: Filled
    url: Filled
    files: dict[str, WrittenFile]
    modes: dict[str, Mode]


@dataclass(frozen=True)
class Reference:
    """``files`` by name without ``.txt``; ``modes`` by name."""

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


@remembered
def _load(file: Path) -> Reference:
    written = files.read(file, ReferenceFile)
    made = {name: described.made for name, described in written.files.items()}
    return Reference(written.status, written.source, written.url, made, written.modes)


def load() -> Reference:
    """The reference. Raises ``ConfigurationError`` where its file is not right."""
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
