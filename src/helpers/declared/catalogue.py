"""Candidates as declared: one YAML file each in the catalogue, validated, all errors at once with
file and line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from helpers.declared import files, hints, specifications
from helpers.declared.files import Declared
from helpers.declared.organisations import UNKNOWN, organisation
from helpers.declared.schemas.documents import is_address
from helpers.words.errors import ConfigurationError, InputRefused
from helpers.words.faults import Faults
from helpers.words.files import folders, shapefiles, writing, yaml_text
from helpers.words.files.validated import wrong
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText
from helpers.words.suppression import K

ACTIVITIES = "activities.yaml"
NOT_ENTRIES = ("weights.yaml", "same_objects.yaml", ACTIVITIES)
Level = int | Literal["unknown"]
LEVELS: dict[str, Level] = {
    "unknown": "unknown",
    **{f"{i}{end}": i for i in range(6) for end in ("", ".0")},
}
Answer = Literal["yes", "no", "unknown"]


PATH_LONGEST = 4000  # letters: more than any system takes


class Part(Declared):
    """A part of an entry. Anybody fills these in by hand: a number in quotes is a number."""

    model_config = ConfigDict(strict=False)


class Source(Part):
    """Where the file lies, and what reading should not guess."""

    path: str
    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = Field(None, ge=1, le=hints.HEADER_ROW)
    sheet: str | None = None
    records: str | None = None
    crs: str | None = Field(None, pattern=r"^EPSG:\d{4,5}$")
    # of the table: a Table Schema, a data package or a CSVW file
    table_schema: str | None = Field(None, alias="schema")

    @field_validator("path", "table_schema")
    @classmethod
    def _possible(cls, path: str | None) -> str | None:
        if path is None:
            return None
        if not path or "\0" in path or len(path) > PATH_LONGEST:
            raise wrong("path")
        return path

    @field_validator("encoding", "delimiter", "sheet", "records", "format")
    @classmethod
    def _meant(cls, hint: str | None, info: ValidationInfo) -> str | None:
        name = str(info.field_name)
        if hint not in (None, "unknown") and not hints.CHECKS[name](hint):
            raise wrong({"encoding": "encoding_hint", "delimiter": "delimiter"}.get(name, "hint"))
        return hint


class Published(Part):
    """Whether the data lie somewhere already, and where."""

    status: Literal["no", "own_website", "dataportal", "national_source", "unknown"] = "unknown"
    url: SourceText | None = None
    issued: dt.date | None = None  # the day when it was first there


class Period(Part):
    """The time that the data are about: its first and last day; an open end is left out."""

    start: dt.date | None = None
    end: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.start and self.end and self.end < self.start:
            raise wrong("period")
        return self


class Owner(Part):
    """Who answers for the data: a role and its mailbox, never a name."""

    role: SourceText | None = None
    mailbox: SourceText | None = None


class SourceSystem(Part):
    """The system that the data come from, and what locks them in there."""

    name: SourceText | None = None
    supplier: SourceText | None = None  # the firm that has the contract
    export: Answer = "unknown"
    supplier_owns_data: Answer = "unknown"


class Judgement(Part):
    """An anchored level 0-5 with its reason."""

    level: Level = "unknown"
    because: SourceText | None = None

    @field_validator("level", mode="before")
    @classmethod
    def _anchored(cls, level: Any) -> Any:
        fits = isinstance(level, str | int | float) and not isinstance(level, bool)
        plain = str(level) if fits else ""
        if plain not in LEVELS:
            raise wrong("level")
        return LEVELS[plain]


class Value(Part):
    """Of what use publication is, to whom; who judged it and when (as text)."""

    internal: Judgement = Judgement()
    business: Judgement = Judgement()
    citizens: Judgement = Judgement()
    transparency: Judgement = Judgement()
    demand: Judgement = Judgement()
    assessed_by: SourceText | None = None
    date: SourceText | None = None
    requests_last_year: int | None = Field(default=None, ge=0)


class LegalAnswer(Part):
    """The answer to a legal question: by which role, when (as text)."""

    answer: Answer = "unknown"
    by: SourceText | None = None
    when: SourceText | None = None


class Legal(Part):
    """The legal questions by their ids in ``data/reference/questions.yaml``."""

    personal_data: LegalAnswer = LegalAnswer()
    secrecy: LegalAnswer = LegalAnswer()
    copyright: LegalAnswer = LegalAnswer()
    security: LegalAnswer = LegalAnswer()
    protected_identity: LegalAnswer = LegalAnswer()
    agreement: LegalAnswer = LegalAnswer()


class Inventory(Part):
    """What was heard when the candidate was inventoried. It decides nothing: the legal question has
    its own answer."""

    personal_data: Answer = "unknown"
    # whether somebody publishes such data by the specification already
    publisher_exists: Answer = "unknown"
    # who has asked for the data: roles or kinds of people, never names
    asked_for_by: SourceText | None = None


class Disclosure(Part):
    """Which columns together may point to a person, and the least size of a group."""

    quasi_identifiers: list[str] = Field(default_factory=list)
    k: int = Field(default=K, ge=2, le=100)


class Decision(Part):
    """A recorded decision to publish: who (by role), when, under which number in the registry, and
    on what.

    ``columns`` and ``findings`` are what the data held then; something new there makes the decision
    lapse.
    """

    role: SourceText | None = None
    date: SourceText | None = None
    registry_number: SourceText | None = None
    columns: list[str] = Field(default_factory=list)
    findings: list[str] = Field(default_factory=list)


class Entry(Part):
    """One candidate. Only id, title, type and organisation are required; what is not given is
    unknown."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: SourceText
    type: str
    # of the type's specification: a version or a subtype, where it should not be guessed
    variant: str | None = None
    organisation: str
    stage: Literal[
        "idea", "inventoried", "reviewed", "decided", "published", "maintained", "unknown"
    ] = "unknown"
    synthetic: bool = False
    source: Source | None = None
    published: Published = Published()
    owner: Owner = Owner()
    source_system: SourceSystem = SourceSystem()
    licence: SourceText | None = None
    update_frequency: SourceText | None = None
    description: SourceText | None = None
    keywords: list[SourceText] = Field(default_factory=list)
    theme: SourceText | None = None
    contact: SourceText | None = None
    temporal: Period | None = None
    # the IRI of the named area that the data are about, where it is not the organisation's own
    spatial: SourceText | None = None
    landing_page: SourceText | None = None  # where people read about the data
    value: Value = Value()
    effort: Judgement = Judgement()
    legal: Legal = Legal()
    disclosure: Disclosure = Field(default_factory=Disclosure)
    decision: Decision | None = None
    # what a machine guessed, by field: no fact while the field still says the same
    guessed: dict[Literal["organisation"], str] = Field(default_factory=dict)
    known_issues: list[SourceText] = Field(default_factory=list)
    inventory: Inventory = Field(default_factory=Inventory)

    def personal(self) -> list[str]:
        """The fields whose text looks personal, dotted: they are shown by its shape, and whoever
        owns the entry is told.

        >>> Entry(id="a", title="Anna Andersson", type="annan", organisation="habo").personal()
        ['title']
        """
        return list(dict.fromkeys(_personal(self, "")))

    def is_guessed(self, name: str) -> bool:
        """True where the field holds what a machine guessed, and nobody has said so."""
        guess = {str(field): value for field, value in self.guessed.items()}.get(name)
        return guess is not None and guess == getattr(self, name, None)

    def file(self, folder: Path) -> Path | None:
        """The source's file; a relative path counts from the catalogue's folder. None for an
        idea."""
        return None if self.source is None else (folder / self.source.path).resolve()

    def schema_file(self, folder: Path) -> Path | None:
        """The file of the schema that the source is held against; a relative path counts from the
        catalogue's folder. None where none is named."""
        named = self.source.table_schema if self.source else None
        return None if named is None else (folder / named).resolve()


def _personal(part: Any, place: str) -> Iterator[str]:
    if isinstance(part, Part):
        for name, value in part:
            yield from _personal(value, f"{place}.{name}" if place else name)
    elif isinstance(part, list):
        for item in part:
            yield from _personal(item, place)
    elif isinstance(part, SourceText) and part.personal:
        yield place


def _fitting(file: Path) -> files.Also[Entry]:
    """What the entry in that file must agree with: its name, the organisations, the variants, what
    the system takes for a path."""

    def also(entry: Entry, fault: files.Tell) -> None:
        if entry.id != file.stem:
            fault("other_id", "id", id=entry.id, file=file.stem)
        if hiding.certain(entry.id):
            fault("personal_id", "id")
        if organisation(entry.organisation) is None and entry.organisation != UNKNOWN:
            fault("organisation", "organisation", id=entry.organisation)
        if entry.variant and entry.type in specifications.types():
            known = {variant.name for variant in specifications.load(entry.type).variants}
            if entry.variant not in known:
                fault("among", "variant", known=", ".join(sorted(known)))
        for name, find in (("path", entry.file), ("schema", entry.schema_file)):
            try:
                place = find(file.parent)
                if place is not None:
                    place.exists()
            except (OSError, RuntimeError, ValueError):  # too long a name, links in a ring
                fault("path", "source", name)
        if entry.source and is_address(entry.source.table_schema or ""):
            fault("schema_address", "source", "schema")

    return also


def parsed(text: str, file: str) -> Entry:
    """The entry in a text that is to be the file of that name. ``ConfigurationError`` with every
    fault of its shape."""
    return files.parsed(text, file, Entry)


def source_of(file: Path) -> str | None:
    """The path that a file gives as its source, as it stands there; None where it has none or is no
    entry."""
    plain = files.glimpsed(file)
    source = plain.get("source") if isinstance(plain, dict) else None
    path = source.get("path") if isinstance(source, dict) else None
    return path if isinstance(path, str) else None


def load(folder: Path) -> list[Entry]:
    """The catalogue's entries by id. ``ConfigurationError`` names every error of every file with
    its line."""
    if not folder.is_dir():
        raise ConfigurationError("catalogue.no_folder", {"folder": str(folder)})
    read = [
        files.declared_with_faults(file, Entry, _fitting(file))
        for file in sorted(folder.glob("*.yaml"))
        if file.name not in NOT_ENTRIES
    ]
    faults = Faults(fault for _, told in read for fault in told)
    if faults:
        raise ConfigurationError("catalogue.wrong", {"count": len(faults), "errors": faults})
    return sorted((entry for entry, _ in read if entry), key=lambda entry: entry.id)


def nameable(file: Path) -> None:
    """Raises ``InputRefused`` where a file's name, or its folder's, is no text (Latin-1 bytes on a
    UTF-8 system)."""
    try:
        str(file.absolute()).encode()
    except UnicodeEncodeError:
        raise InputRefused("guarding.no_name", {"file": file.name}) from None


def sources(paths: list[Path]) -> list[Path]:
    """The files given and those of the folders given; of a shapefile the .shp alone, and a folder
    whose files are one dataset as such."""
    files = [file for path in paths for file in (_inside(path) if _there(path.is_dir) else [path])]
    return [file for file in files if not shapefiles.is_part(file)]


def _inside(folder: Path) -> list[Path]:
    """What is a dataset in a folder: itself, or its files and those of its folders that are one."""
    if folders.is_dataset(folder):
        return [folder if folder.name else folder.resolve(), *folders.apart(folder)]
    return [
        one
        for one in sorted(folder.iterdir())
        if one.is_file() or (one.is_dir() and folders.holds_one(one))
    ]


def _there(asked: Callable[[], bool]) -> bool:
    """False too where the system takes no such path: whoever opens it says why."""
    try:
        return asked()
    except OSError:
        return False


def record(file: Path, key: str, value: dict[str, Any]) -> None:
    """Put ``key: value`` at the end of an entry, in place of what stood there; the rest stays as it
    was written. ``ConfigurationError``, and nothing written, where the whole would be no YAML."""
    lines = file.read_text("utf-8").splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
    end = next(
        (i for i in range(start + 1, len(lines)) if lines[i][:1] not in (" ", "-", "")), len(lines)
    )
    block = yaml_text.dumped({key: value}, 200)
    kept = "\n".join([*lines[:start], *lines[end:]]).rstrip("\n")
    writing.amend_text(file, yaml_text.readable(f"{kept}\n{block}", file.name))
