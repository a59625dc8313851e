"""Diagnoses in rows about persons and sentences about one person's health are found; statistics, texts
to the public, films and books are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from .test_kinds import marks, said

CODES = ["F32.1", "C50.9", "M175A", "J06"]


@pytest.mark.parametrize(
    ("beside", "certainty"),
    [
        ({"Patient-ID": ["a", "b", "c", "d"]}, "probable"),
        ({"Kön": ["K", "M", "K", "K"], "Ålder": ["61", "47", "33", "5"]}, "possible"),
        (
            {"Kön": ["K", "M", "K", "K"], "Ålder": ["61", "47", "33", "5"], "Antal": list("9988")},
            None,
        ),
        ({"Antal patienter": ["61", "47", "33", "50"]}, None),
        ({"Kön": ["K", "M", "K", "K"], "Ålder": list("6543"), "2022": list("9988")}, None),
        ({"Sal": ["1", "2", "3", "4"]}, None),
    ],
)
def test_diagnoses_in_rows_about_persons(
    tmp_path: Path, beside: dict[str, list[str]], certainty: str | None
) -> None:
    found = [one for one in marks(tmp_path, Diagnoskod=CODES, **beside) if one.kind == "health"]
    assert [(one.certainty, one.rows) for one in found] == (
        [(certainty, [2, 3, 4, 5])] if certainty else []
    )
    assert "health" not in {one.kind for one in marks(tmp_path, Hållplatsläge=CODES, **beside)}


@pytest.mark.parametrize(
    "text",
    [
        "Patienten är sedan i maj sjukskriven",
        "Ringde. Hon har diagnos inom autism",
        "Sjukskriven t.o.m. 2026-03-01",
        "sjukskrivning 50 %",
        "Klienten har fått avslag på ansökan om färdtjänst",
        "Sökanden är beviljad hemtjänst sedan maj",
    ],
)
def test_a_sentence_about_one_persons_health(tmp_path: Path, text: str) -> None:
    assert said(marks(tmp_path, notering=["Inget", text])) == [
        ("notering", "health", "granska", [3])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Du som är sjukskriven till 50 procent kan få stöd",
        "Antal sjukskrivna per 1 000 invånare",
        "När medarbetaren är sjukskriven mer än 14 dagar ska en plan göras",
        "Stöd till barn med diagnos inom autism",
        "Sjuklönekostnader",
        "Cancerfonden",
        "Kostnad för sjukskrivning",
        "Kvinnan är huggen i granit",
        "Sökanden har fått avslag på bygglov",
        "Kunden har diagnostiserat felet i pumpen",
        "Kunden är inlagd på fel adress",
        "sjukskrivning tom dag 14",
        "En film om Lisa. Hon har autism",
        "Han fick cancer och dog 1950",
        "Han är målare. 1951 fick han cancer, hon var deprimerad",
        "Romanen är ny: mannen är deprimerad",
    ],
)
def test_texts_to_the_public_about_health(tmp_path: Path, text: str) -> None:
    assert marks(tmp_path, beskrivning=["Inget", text]) == []


@pytest.mark.parametrize(
    "text",
    [
        "Född 1935. Patienten är dement",
        "F. 1935. Patienten är dement",
        "Klienten har fått avslag på bistånd 1800 kr",
        "Hon har epilepsi sedan 1975",
        "Hon är deprimerad sedan maken dog",
    ],
)
def test_a_year_or_a_death_beside_it_leaves_a_sentence_about_health(
    tmp_path: Path, text: str
) -> None:
    columns = {"notering": ["Inget", text]}
    for beside, certainty in (({}, "possible"), ({"Brukare": ["17", "18"]}, "probable")):
        found = [one for one in marks(tmp_path, **columns, **beside) if one.kind == "health"]
        assert [(one.certainty, one.rows) for one in found] == [(certainty, [3])]


def test_events_and_works_of_art_tell_of_nobodys_health(tmp_path: Path) -> None:
    told = ["Inget", "Mannen är deprimerad"]
    days = ["2026-05-01", "2026-05-02"]
    for type, columns in (
        ("offentlig_konst", {"beskrivning": told}),
        ("platsinformation", {"beskrivning": told, "start_date": days}),
        ("platsinformation", {"beskrivning": told}),
    ):
        kinds = {one.kind for one in marks(tmp_path, type, **columns)}
        assert ("health" in kinds) is (columns == {"beskrivning": told} and type[0] == "p"), type
