"""What screening finds in the variants of places and departures: who is meant to be public stays,
who stands there by chance is told, and a table of none is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.declared import specifications
from helpers.screening import screen

from .test_screen import snapshot

MAIL, PHONE = ["karin@gmail.com", "info@karlshamn.se"], ["070-174 06 05", "0454-81 000"]
PRIVATE = {"email": MAIL, "phone": PHONE}
OF_PRIVATE = {("email", "email", "granska"), ("phone", "phone", "told")}
IN_WORDS = ("description", "person_name", "granska")
PUBLIC = {"email": ["kultur@karlskrona.se", "info@karlshamn.se"], "phone": ["0455-30 30 00"] * 2}
CASES = {
    "evenemang": (
        {
            "name": ["Karin Lindgren läser", "Julmarknad"],
            "description": ["Anmälan till Karin Lindgren", "Glögg"],
            "organizer": ["Karin Lindgren", "Karlskrona kommun"],
            "start_date": ["2026-05-01T18:00:00", "2026-12-06T10:00:00"],
            **PRIVATE,
        },
        {IN_WORDS, ("organizer", "person_name", "granska"), *OF_PRIVATE},
    ),
    "poi": (
        {
            "name": ["Sundskajen", "Karin Boyes hus"],
            "description": ["Nyckel hos Per Ek", "Fin utsikt"],
            "type": ["kaj", "museum"],
            **PRIVATE,
        },
        {IN_WORDS, *OF_PRIVATE},
    ),
    "sevardhet": (
        {
            "name": ["Korrö", "Karin Boyes hus"],
            "description": ["Ring Karin Lindgren", "Fin utsikt"],
            **PRIVATE,
        },
        {IN_WORDS, *OF_PRIVATE},
    ),
    "parkering": (
        {
            "id": ["1", "2"],
            "type": ["residential", "public"],
            "description": ["Hyrs av Karin Lindgren", "40 platser"],
            "email": MAIL,
        },
        {IN_WORDS, ("email", "email", "granska")},
    ),
    "hundrastgard": (
        {
            "id": ["1", "2"],
            "name": ["Bryggareberget", "Vämö"],
            "description": ["Sköts av Karin Lindgren", "grind"],
            "email": MAIL,
        },
        {IN_WORDS, ("email", "email", "granska")},
    ),
    "utbud_per_hallplats": (  # departures are nobody's, however few
        {
            "stop_id": ["9022020000001001", "9022020000001002"],
            "stop_name": ["Torget", "Karins väg"],
            "departures": ["3", "1"],
            "linjer": ["1, 2", "7"],
        },
        set(),
    ),
}


def found(folder: Path, variant: str, columns: dict[str, list[str]]) -> set[tuple[str, str, str]]:
    type = "rorelsedata" if variant == "utbud_per_hallplats" else "platsinformation"
    whole = specifications.load(type, variant)
    fields = specifications.match(list(columns), whole)
    said = screen(snapshot(folder, **columns), fields, whole, type=type)
    assert said.risks == []
    return {(one.column, one.kind, one.level) for one in said.marks}


@pytest.mark.parametrize("variant", CASES)
def test_a_variant_is_screened(variant: str, tmp_path: Path):
    columns, expected = CASES[variant]
    assert found(tmp_path, variant, columns) == expected


@pytest.mark.parametrize("variant", [name for name in CASES if name != "utbud_per_hallplats"])
def test_what_is_meant_to_be_public_stays(variant: str, tmp_path: Path):
    plain = {
        "id": ["1", "2"],
        "name": ["Torget", "Vämöparken"],
        "description": ["Öppet året om", "Vid vattnet"],
        "street": ["Storgatan 1", "Kungsgatan 2"],
    }
    assert found(tmp_path, variant, plain | PUBLIC) == set()
