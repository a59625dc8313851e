"""Results that others made at home and hand over: held to what is read of them before anything is
made of it; what is not read is not kept.

``datakollen/results/1`` and ``2`` are read, from 0.1.0 on. What a later version added is optional
here, and None where the file does not say it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from helpers.words.errors import InputRefused
from helpers.words.faults import Faults
from helpers.words.files import strict_json, validated

LARGEST = 200_000_000  # bytes of one file
SCHEMAS = ("datakollen/results/2", "datakollen/results/1")  # what is read of them is the same
NEWEST = 2
SIGNS = 16  # of a checksum that are read out
UNKNOWN = "okand"  # the kind, and the usual id, of an organisation that nobody has named
_NUMBERED = re.compile(r"datakollen/results/(\d{1,6})")
_OURS = re.compile(r"datakollen/[a-z_]{1,40}/\d{1,6}")

Id = Annotated[str, Field(max_length=300)]
Name = Annotated[str, Field(max_length=2000)]
Sentence = Annotated[str, Field(max_length=20_000)]


class Said(BaseModel):
    """A sentence in both languages."""

    sv: Sentence
    en: Sentence


class Owner(BaseModel):
    """What is read of the organisation."""

    id: Id
    name: Name
    kind: Literal["kommun", "region", "samverkan", "okand"]
    named_in_public: StrictBool


class Verdict(BaseModel):
    """What is read of the gate."""

    verdict: Literal["stopp", "granska", "fri"]


class Advised(BaseModel):
    """What is read of the advice."""

    code: Id


class Step(BaseModel):
    """What is read of a step that remains."""

    id: Id
    short: Said


class Rule(BaseModel):
    """What is read of a finding."""

    id: Id
    outcome: Literal["passed", "failed", "not_applicable", "error"]
    severity: Literal["critical", "warning", "info"]
    message: Said
    version: Annotated[StrictInt, Field(ge=1)] = 1


class Shows(BaseModel):
    """What shows a lock-in; see ``procurement.Evidence``."""

    kind: Literal["answer", "file", "reading", "finding"]
    id: Id
    version: Annotated[StrictInt, Field(ge=1)] = 1


class Demanded(BaseModel):
    """A demand on the system, by its id, and what shows it."""

    id: Id
    evidence: Annotated[list[Shows], Field(max_length=1000)]


class Result(BaseModel):
    """What is read of a candidate; whatever else it holds is passed over."""

    id: Id
    type: Id
    subtype: Id | None
    organisation: Owner
    synthetic: StrictBool
    published: Id
    system: Name | None
    supplier: Name | None = None
    gate: Verdict | None
    advice: Advised | None
    steps: Annotated[list[Step], Field(max_length=1000)]
    findings: Annotated[list[Rule], Field(max_length=100_000)]
    demands: Annotated[list[Demanded], Field(max_length=1000)] | None = None


class Results(BaseModel):
    """What is read of a file of results."""

    finished: dt.datetime
    version: Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z.+-]+$")] | None = None
    candidates: Annotated[list[Result], Field(max_length=100_000)]

    @field_validator("finished", mode="before")
    @classmethod
    def _moment(cls, value: Any) -> Any:
        try:
            moment = dt.datetime.fromisoformat(value)
            (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        except (TypeError, ValueError, OverflowError):
            raise PydanticCustomError("own", "{kind}", {"kind": "moment"}) from None
        return moment


@dataclass(frozen=True)
class HandedOver:
    """One file: which it is, so that two who talk can see that they speak of the same, and what was
    read of it. ``salt``: told nowhere, and what the letters of hidden names follow."""

    checksum: str  # sha256 of the file's bytes
    schema: str
    version: str | None  # of the program that made it
    finished: dt.datetime
    candidates: list[dict[str, Any]]
    salt: str
    name: str = ""  # of the file: for whoever reads it in, never for others

    @property
    def when(self) -> dt.datetime:
        """``finished`` in UTC, to be compared; a moment without a zone is taken as UTC."""
        moment = self.finished
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)

    @property
    def short(self) -> str:
        """The first sixteen signs of the checksum in groups of four, to be read out."""
        return " ".join(self.checksum[i : i + 4] for i in range(0, SIGNS, 4))

    def owners(self) -> set[tuple[str, str]]:
        """Whose datasets it holds."""
        return {owner(candidate, self.checksum) for candidate in self.candidates}


def owner(candidate: dict[str, Any], checksum: str) -> tuple[str, str]:
    """Whose a candidate is; nobody knows whether what is nobody's in two files is the same
    organisation's."""
    organisation = candidate["organisation"]
    nobody = organisation["id"] == UNKNOWN
    return organisation["id"], checksum if nobody else ""


def _schema(document: strict_json.Document, name: str) -> None:
    """``InputRefused`` where the document is no results, or those of a newer version."""
    said = document.value.get("schema") if isinstance(document.value, dict) else None
    if said in SCHEMAS:
        return
    known = ", ".join(SCHEMAS)
    text = said if isinstance(said, str) else ""
    number = _NUMBERED.fullmatch(text)
    if number is not None and int(number[1]) > NEWEST:
        raise InputRefused("cli.between.newer", {"file": name, "schema": text, "known": known})
    if _OURS.fullmatch(text):
        raise InputRefused("cli.between.other", {"file": name, "schema": text, "known": known})
    raise InputRefused("cli.between.not_results", {"file": name, "schema": known})


def _held(document: strict_json.Document) -> Results | None:
    """What is read of the document; None where faults say why not."""
    try:
        return Results.model_validate(document.value)
    except ValidationError as error:
        validated.tell(document, error)
        return None


def read(file: Path) -> HandedOver:
    """One file of results. ``InputRefused`` for any other, with all that is wrong with it."""
    if not file.exists():
        raise InputRefused("cli.between.no_file", {"file": file.name})
    document = strict_json.opened(file, LARGEST)
    results = None
    if not document.faults:
        _schema(document, file.name)
        results = _held(document)
    if results is None:
        faults = Faults(document.faults)
        raise InputRefused(
            "cli.between.wrong", {"file": file.name, "count": len(faults), "errors": faults}
        )
    with file.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256")
    salt = checksum.copy()
    salt.update(b"the letters of hidden names")
    return HandedOver(
        checksum.hexdigest(),
        document.value["schema"],
        results.version,
        results.finished,
        [one.model_dump() for one in results.candidates],
        salt.hexdigest(),
        file.name,
    )


@dataclass(frozen=True)
class Replaced:
    """An organisation that several files hold: the ``later`` counts. ``gone``: how many datasets
    stood in the ``earlier`` alone."""

    organisation: str  # id
    later: HandedOver
    earlier: HandedOver
    gone: int


@dataclass(frozen=True)
class Gathered:
    """What several files say together. ``twice``: files that were given more than once."""

    files: list[HandedOver]
    candidates: list[dict[str, Any]]
    replaced: list[Replaced] = field(default_factory=list)
    twice: list[HandedOver] = field(default_factory=list)

    @property
    def salt(self) -> str:
        """Of all files, in any order."""
        together = "".join(sorted(file.salt for file in self.files))
        return hashlib.sha256(together.encode()).hexdigest()


def gather(files: Iterable[HandedOver]) -> Gathered:
    """Of each organisation what its latest file says, whatever order the files come in."""
    known: dict[str, HandedOver] = {}
    twice = []
    for file in files:
        if file.checksum in known:
            twice.append(file)
        known.setdefault(file.checksum, file)
    ordered = sorted(known.values(), key=lambda file: (file.when, file.checksum))
    latest = {owner: file for file in ordered for owner in file.owners()}
    held: dict[tuple[str, str], set[str]] = {}
    candidates = []
    for file in ordered:
        for candidate in file.candidates:
            whose = owner(candidate, file.checksum)
            if latest[whose] is file:
                held.setdefault(whose, set()).add(candidate["id"])
                candidates.append(_known_apart(candidate, file.checksum))
    replaced = [
        Replaced(
            whose[0],
            latest[whose],
            file,
            len(
                {
                    candidate["id"]
                    for candidate in file.candidates
                    if owner(candidate, file.checksum) == whose
                }
                - held[whose]
            ),
        )
        for file in ordered
        for whose in sorted(file.owners())
        if latest[whose] is not file
    ]
    return Gathered(ordered, candidates, replaced, twice)


def _known_apart(candidate: dict[str, Any], checksum: str) -> dict[str, Any]:
    """What is nobody's has an id of its own for each file."""
    id, nobody = owner(candidate, checksum)
    if not nobody:
        return candidate
    return candidate | {"organisation": candidate["organisation"] | {"id": f"{id} {nobody}"}}
