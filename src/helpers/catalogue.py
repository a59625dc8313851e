"""Candidates as declared: one YAML file each in the catalogue, validated, all errors at once with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from helpers import shapefiles, specifications
from helpers.errors import ConfigurationError
from helpers.organisations import UNKNOWN, organisation
from helpers.suppression import K

NOT_ENTRIES = ("weights.yaml",)
Level = int | Literal["unknown"]
Answer = Literal["yes", "no", "unknown"]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Source(Strict):
    """Where the file lies, and what reading should not guess."""

    path: str
    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = Field(None, ge=1, le=300)  # reading looks no further for it
    sheet: str | None = None
    crs: str | None = Field(None, pattern=r"^EPSG:\d{4,5}$")


class Published(Strict):
    status: Literal["no", "own_website", "dataportal", "national_source", "unknown"] = "unknown"
    url: str | None = None


class Owner(Strict):
    role: str | None = None
    mailbox: str | None = None


class SourceSystem(Strict):
    name: str | None = None
    export: Answer = "unknown"
    supplier_owns_data: Answer = "unknown"


class Judgement(Strict):
    """An anchored level 0-5 with its reason."""

    level: Level = "unknown"
    because: str | None = None

    @field_validator("level")
    @classmethod
    def _anchored(cls, level: Level) -> Level:
        if level != "unknown" and not 0 <= level <= 5:
            raise ValueError("a level is 0 to 5, or unknown")
        return level


class Value(Strict):
    internal: Judgement = Judgement()
    business: Judgement = Judgement()
    citizens: Judgement = Judgement()
    transparency: Judgement = Judgement()
    demand: Judgement = Judgement()
    assessed_by: str | None = None
    date: str | None = None
    requests_last_year: int | None = Field(default=None, ge=0)


class LegalAnswer(Strict):
    answer: Answer = "unknown"
    by: str | None = None
    when: str | None = None


class Legal(Strict):
    personal_data: LegalAnswer = LegalAnswer()
    secrecy: LegalAnswer = LegalAnswer()
    copyright: LegalAnswer = LegalAnswer()
    security: LegalAnswer = LegalAnswer()
    protected_identity: LegalAnswer = LegalAnswer()
    agreement: LegalAnswer = LegalAnswer()


class Inventory(Strict):
    """What was heard when the candidate was inventoried. It decides nothing: the legal question has its own answer."""

    personal_data: Answer = "unknown"
    asked_for_by: str | None = None  # who has asked for the data: roles or kinds of people, never names


class Disclosure(Strict):
    """Which columns together may point to a person, and the least size of a group."""

    quasi_identifiers: list[str] = []
    k: int = Field(default=K, ge=2, le=100)


class Decision(Strict):
    """A recorded decision to publish: who (by role), when, under which number in the registry, and on what.

    ``columns`` and ``findings`` are what the data held then; something new there makes the decision lapse.
    """

    role: str | None = None
    date: str | None = None
    registry_number: str | None = None
    columns: list[str] = []
    findings: list[str] = []


class Entry(Strict):
    """One candidate. Only id, title, type and organisation are required; what is not given is unknown."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    type: str
    variant: str | None = None  # of the type's specification: a version or a subtype, where it should not be guessed
    organisation: str
    stage: Literal["idea", "inventoried", "reviewed", "decided", "published", "maintained", "unknown"] = "unknown"
    synthetic: bool = False
    source: Source | None = None
    published: Published = Published()
    owner: Owner = Owner()
    source_system: SourceSystem = SourceSystem()
    licence: str | None = None
    update_frequency: str | None = None
    description: str | None = None
    keywords: list[str] = []
    theme: str | None = None
    contact: str | None = None
    value: Value = Value()
    effort: Judgement = Judgement()
    legal: Legal = Legal()
    disclosure: Disclosure = Field(default_factory=Disclosure)
    decision: Decision | None = None
    known_issues: list[str] = []
    inventory: Inventory = Field(default_factory=Inventory)

    def file(self, folder: Path) -> Path | None:
        """The source's file; a relative path counts from the catalogue's folder. None for an idea."""
        return None if self.source is None else (folder / self.source.path).resolve()


def _line(text: str, location: tuple[Any, ...]) -> int:
    """The line of the key that an error is about, counted from 1."""
    try:
        node: Any = yaml.compose(text)
        line = 1
        for key in location:
            pairs = node.value if isinstance(node, yaml.MappingNode) else []
            hit = next(((name, child) for name, child in pairs if name.value == key), None)
            if hit is None:
                break
            line, node = hit[0].start_mark.line + 1, hit[1]
        return line
    except yaml.YAMLError:
        return 1


def _read(file: Path, errors: list[str]) -> Entry | None:
    text = file.read_text("utf-8")
    try:
        entry = Entry(**(yaml.safe_load(text) or {}))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        errors.append(f"{file.name}:{mark.line + 1 if mark else 1}: YAML")
        return None
    except TypeError:
        errors.append(f"{file.name}:1: YAML")
        return None
    except ValidationError as error:
        for one in error.errors():
            errors.append(f"{file.name}:{_line(text, one['loc'])}: {'.'.join(map(str, one['loc']))}: {one['msg']}")
        return None
    if entry.id != file.stem:
        errors.append(f"{file.name}:{_line(text, ('id',))}: id: {entry.id} ≠ {file.stem}")
    if organisation(entry.organisation) is None and entry.organisation != UNKNOWN:
        errors.append(f"{file.name}:{_line(text, ('organisation',))}: organisation: {entry.organisation}")
    if entry.variant and entry.type in specifications.types():
        known = {one.name for one in specifications.load(entry.type).variants}
        if entry.variant not in known:
            errors.append(
                f"{file.name}:{_line(text, ('variant',))}: variant: {entry.variant} ≠ {', '.join(sorted(known))}"
            )
    return entry


def load(folder: Path) -> list[Entry]:
    """The catalogue's entries by id. ``ConfigurationError`` names every error of every file with its line."""
    if not folder.is_dir():
        raise ConfigurationError("catalogue.no_folder", {"folder": str(folder)})
    errors: list[str] = []
    entries = [entry for file in sorted(folder.glob("*.yaml"))
               if file.name not in NOT_ENTRIES and (entry := _read(file, errors))]  # fmt: skip
    if errors:
        raise ConfigurationError("catalogue.wrong", {"count": len(errors), "errors": "\n".join(errors)})
    return sorted(entries, key=lambda entry: entry.id)


def sources(paths: list[Path]) -> list[Path]:
    """The files given and those of the folders given; of a shapefile the .shp alone."""
    found = [one for path in paths for one in (sorted(path.iterdir()) if path.is_dir() else [path])]
    found = [one for one in found if one.is_file() or one in paths]
    return [one for one in found if not shapefiles.is_part(one)]


def record(file: Path, key: str, value: dict[str, Any]) -> None:
    """Put ``key: value`` at the end of an entry, in place of what stood there; the rest stays as it was written."""
    lines = file.read_text("utf-8").splitlines()
    start = next((i for i, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
    end = next((i for i in range(start + 1, len(lines)) if lines[i][:1] not in (" ", "-", "")), len(lines))
    block = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=200)
    kept = "\n".join([*lines[:start], *lines[end:]]).rstrip("\n")
    part = file.with_suffix(".part")
    part.write_text(f"{kept}\n{block}", "utf-8")
    part.replace(file)
