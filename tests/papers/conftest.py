"""A small region made by hand: what the papers are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from helpers.advising.results import Candidate, Region
from helpers.checking.findings import DIMENSIONS, Finding
from helpers.checking.rows_to_fix import RowToFix
from helpers.declared.catalogue import Entry
from helpers.running.region import advised, placed
from helpers.scoring import scoring
from helpers.screening import gate
from helpers.screening.marks import Mark, Screening

Make = Callable[..., Region]
BOTH = {"sv": "Orsak", "en": "Cause"}
CLEAN = [
    Finding(f"{dimension}_rule", "warning", dimension, "passed", None, 10, 0)
    for dimension in DIMENSIONS
]
WHY = {
    "sv": "Lite arbete talar mest för den.",
    "en": "Little work speaks for it most.",
}
LEGAL = {
    name: {"answer": "no", "by": "informationsägaren", "when": "2026-10-01"}
    for name in (
        "personal_data",
        "secrecy",
        "copyright",
        "security",
        "protected_identity",
        "agreement",
    )
}


def candidate(id: str, title: str, type: str, stopped: bool = False, **values: Any) -> Candidate:
    entry = Entry(
        id=id,
        title=title,
        type=type,
        organisation=values.pop("organisation", "karlshamn"),
        **values,
    )
    marks = (
        [Mark("t", "leverantor_id", "sole_trader", "certain", 100, [2], "stopp")] if stopped else []
    )
    screening = Screening(marks) if entry.source else None
    said = gate(screening or Screening(), entry, [], type)
    found, conformity = (CLEAN, 1.0) if entry.source else ([], None)
    card = scoring.score(entry, said, found, conformity=conformity)
    rows = [RowToFix(2, "K1", "namn", "x", "critical", "r", BOTH, BOTH)] if entry.source else []
    return Candidate(
        entry,
        screening=screening,
        gate=said,
        findings=found,
        conformity=conformity,
        scorecard=card,
        rows_to_fix=rows,
    )


@pytest.fixture(scope="session")
def make() -> Make:
    """``make(longer)``: a region whose titles and roles are ``longer`` characters, of first,
    granska, stopped and ideas."""

    def made(longer: int = 0, synthetic: bool = True, stops: int = 1) -> Region:
        def named(said: str) -> str:
            return f"{said} {'mycket långa ord om datamängdens innehåll ' * 20}"[
                : longer or len(said)
            ]

        full = {
            "source": {"path": "x.csv"},
            "licence": "CC0-1.0",
            "legal": LEGAL,
            "synthetic": synthetic,
            "value": {
                "internal": {"level": 4, "because": named("Alla använder den.")},
                "requests_last_year": 7,
            },
            "owner": {"role": named("Kulturchef"), "mailbox": "kultur@exempel.example"},
        }
        some = [
            candidate("konst", named("Offentlig konst"), "offentlig_konst", **full),
            candidate(
                "bad",
                named("Badplatser"),
                "platsinformation",
                source={"path": "b.csv"},
                synthetic=synthetic,
                published={"status": "own_website", "url": "https://exempel.example/bad.csv"},
            ),
            candidate(
                "resor",
                named("Tidtabeller"),
                "rorelsedata",
                source={"path": "r.zip"},
                synthetic=synthetic,
                published={"status": "national_source", "url": "https://exempel.example/"},
            ),
            *(
                candidate(
                    f"fakturor{i}",
                    named("Leverantörsfakturor"),
                    "leverantorsfakturor",
                    True,
                    source={"path": "f.csv"},
                    synthetic=synthetic,
                    source_system={
                        "name": named("Ekonomisystemet"),
                        "supplier_owns_data": "yes",
                        "export": "no",
                    },
                )
                for i in range(stops)
            ),
            candidate(
                "vard",
                named("Vårdcentraler"),
                "platsinformation",
                source={"path": "v.csv"},
                synthetic=synthetic,
                organisation="region-blekinge",
            ),
            candidate("ide", named("Lekplatser"), "platsinformation", synthetic=synthetic),
        ]
        why = [{language: named(said) for language, said in WHY.items()}] * 3
        return Region(
            BOTH,
            placed([advised(one) for one in some])[0],
            "2026-11-23T15:00:00+01:00",
            synthetic=synthetic,
            why=why,
        )

    return made
