"""The baseline questionnaire and its answers: what is asked stands in data/reference/maturity.yaml,
what each organisation answered in a catalogue's folder ``baseline/``, a file a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from helpers.declared import files
from helpers.declared.files import Declared, Filled, Listed, Said
from helpers.declared.organisations import organisation
from helpers.words.errors import ConfigurationError
from helpers.words.faults import Faults
from helpers.words.files.ours import File, remembered
from helpers.words.source_text import SourceText

REFERENCE = File("data/reference/maturity.yaml")
FOLDER = "baseline"
ANSWERS = ("yes", "partly", "no", "unknown")
YEARS = (2000, 2100)
# as people mark facts: read in the source named, put together, remembered
SIGNS = {"verified": "V", "reconstructed": "R", "memory": "M"}


class Question(Declared):
    """One question. ``evidence``: what of the organisation's datasets is counted beside the answer;
    ``none`` where only the organisation knows."""

    id: str = Field(pattern=r"^[a-z]+$")
    ask: Said
    evidence: Literal[
        "none",
        "owner",
        "training",
        "columns",
        "inventoried",
        "frequency",
        "export",
        "format",
        "quality",
        "metadata",
        "licence",
        "law",
        "portal",
        "demand",
    ]


class Area(Declared):
    """An area of questions. ``source``: what it follows; ``status``: how well that is known."""

    id: Filled
    name: Said
    status: Literal["verified", "reconstructed", "memory"]
    source: Filled
    questions: Annotated[Listed[Question], Field(min_length=1)]

    @property
    def sign(self) -> str:
        """V, R or M."""
        return SIGNS[self.status]


class Reference(Declared):
    """The whole file of questions."""

    areas: Annotated[Listed[Area], Field(min_length=1)]


class Answer(Declared):
    """One answer: ``because`` what it rests on, ``by`` which role, ``when``."""

    answer: Literal["yes", "partly", "no", "unknown"]
    because: SourceText | None = None
    by: SourceText | None = None
    when: dt.date | None = None


class Year(Declared):
    """The whole file of a year: organisation -> question -> answer. ``synthetic``: all of it is
    invented."""

    year: int = Field(ge=YEARS[0], le=YEARS[1])
    synthetic: bool = False
    answers: dict[str, dict[str, Answer]] = Field(default_factory=dict)


def _fitting(declared: Reference, fault: files.Tell) -> None:
    """Ids of areas stand once; those of questions too, whatever area they are of."""
    files.once("areas")(declared, fault)
    seen: set[str] = set()
    for i, area in enumerate(declared.areas):
        for j, question in enumerate(area.questions):
            if question.id in seen:
                fault("same_id", "areas", i, "questions", j)
            seen.add(question.id)


@remembered
def areas() -> tuple[Area, ...]:
    """All areas with their questions. ``ConfigurationError`` with every fault of the file."""
    return files.read(REFERENCE.path, Reference, _fitting).areas


def questions() -> dict[str, Question]:
    """Id -> question, in order."""
    return {question.id: question for area in areas() for question in area.questions}


def _known(file: Path) -> files.Also[Year]:
    """The year is the file's name; organisations and questions are known."""

    def also(declared: Year, fault: files.Tell) -> None:
        if str(declared.year) != file.stem:
            fault("other_id", "year", id=str(declared.year), file=file.stem)
        for id, answers in declared.answers.items():
            if organisation(id) is None:
                fault("organisation", "answers", id, id=id)
            for name in answers:
                if name not in questions():
                    fault("among", "answers", id, name, known=", ".join(questions()))

    return also


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted((folder / FOLDER).glob("*.yaml"))


def parsed(text: str, file: Path) -> Year:
    """What a text declares that is to be that file. ``ConfigurationError`` with every fault."""
    return files.parsed(text, file.name, Year, _known(file))


def years(folder: Path) -> dict[int, Year]:
    """Year -> answers, of the catalogue in ``folder``, the earliest first; nothing where nobody has
    answered. ``ConfigurationError`` with every fault of every file."""
    read = [files.declared_with_faults(file, Year, _known(file)) for file in _files(folder)]
    faults = Faults(fault for _, told in read for fault in told)
    if faults:
        raise ConfigurationError("catalogue.wrong", {"count": len(faults), "errors": faults})
    return {year.year: year for year, _ in read if year}
