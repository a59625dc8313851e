"""Datasets that are asked: small tables and the sample files, read without what checks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.advising.answers.answer import Answer
from helpers.advising.answers.asking import NOWHERE, Wanted
from helpers.advising.answers.questions import answers
from helpers.checking.findings import Finding
from helpers.declared import specifications
from helpers.reading import read
from helpers.reading.snapshot import Snapshot
from helpers.reporting.show_answers import Answers
from helpers.screening.marks import Screening

Asking = Callable[..., dict[str, Answer]]
Told = Callable[[Answer, str, str], str]
NOTHING = Screening()
# the form of a type that has several, where a test names none
FORMS = {"bredband": "matningar", "hjalpmedel": "artikel", "rorelsedata": "resor"}


def ask(
    snapshot: Snapshot,
    type: str,
    screening: Screening = NOTHING,
    findings: Sequence[Finding] = (),
    area: str | None = None,
    k: int = 5,
    variant: str | None = None,
    wanted: Wanted = NOWHERE,
) -> dict[str, Answer]:
    """The answers by question, of a table whose headers are the specification's or its synonyms."""
    variant = variant or FORMS.get(type)
    specification = specifications.load(type, variant)
    names = [column.name for column in snapshot.main.columns]
    fields = specifications.match(names, specification)
    made = answers(
        snapshot,
        fields,
        screening,
        findings,
        type=type,
        variant=variant,
        k=k,
        area=area,
        wanted=wanted,
    )
    return {one.question: one for one in map(Answer.from_json, made)}


@pytest.fixture
def asked(tmp_path: Path) -> Asking:
    """Ask a DataFrame, or a file."""

    def of(source: pd.DataFrame | Path, type: str, **given: Any) -> dict[str, Answer]:
        if isinstance(source, pd.DataFrame):
            source.to_csv(tmp_path / "data.csv", index=False, sep=";", decimal=",")
            source = tmp_path / "data.csv"
        return ask(read(source, tmp_path / "snapshot"), type, **given)

    return of


@pytest.fixture
def told() -> Told:
    """All that is said to a question, as a reader of the notebook sees it."""

    def of(answer: Answer, type: str, language: str = "sv") -> str:
        return " ".join(Answers([answer], type, language).said(answer)).replace("\xa0", " ")

    return of
