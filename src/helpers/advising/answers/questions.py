"""Which questions are asked of which type and form of dataset, and the answers to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpers.advising.answers import aids, art, broadband, invoices, journeys, places, suppliers
from helpers.advising.answers.answer import Answer
from helpers.advising.answers.asking import Asked, opened
from helpers.checking.findings import Finding
from helpers.reading import databases
from helpers.reading.snapshot import Snapshot
from helpers.screening.marks import Screening

Question = Callable[[Asked], Answer]
QUESTIONS: dict[str, tuple[Question, ...]] = {
    "leverantorsfakturor": (
        invoices.months,
        invoices.departments,
        invoices.accounts,
        suppliers.suppliers,
        invoices.credits,
    ),
    "offentlig_konst": (art.decades, art.materials, art.placement, art.where, art.artists),
    "platsinformation": (
        places.kinds,
        places.nearest,
        places.where,
        places.accessibility,
        places.updated,
    ),
    "bredband": (broadband.technologies, broadband.slow, broadband.speeds, broadband.hours),
    "hjalpmedel": (aids.classes, aids.categories, aids.suppliers, aids.prescriber),
    "rorelsedata": (journeys.months, journeys.flows, journeys.hours, journeys.small),
}
# of a type that has several forms: those that the questions are of
FORMS = {"bredband": "matningar", "hjalpmedel": "artikel", "rorelsedata": "resor"}


def of(type: str, variant: str | None) -> tuple[Question, ...]:
    """What is asked of a dataset of this type and form; nothing where we know no question."""
    asked = QUESTIONS.get(type, ())
    return asked if FORMS.get(type) in (None, variant) else ()


def answers(
    snapshot: Snapshot,
    fields: dict[str, str],
    screening: Screening,
    findings: Sequence[Finding],
    *,
    type: str,
    variant: str | None,
    k: int,
    area: str | None,
) -> list[dict[str, Any]]:
    """Each question's answer, as ``Answer.to_json`` gives it. ``area``: the code of the publisher's
    municipality or county. Raises duckdb.Error if the Parquet cannot be read."""
    questions = of(type, variant)
    if not questions:
        return []
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        asked = opened(
            connection, Asked(connection, snapshot, fields, screening, findings, k, area)
        )
        return [question(asked).to_json() for question in questions]
