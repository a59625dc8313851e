"""Names of persons are found by one rule, whatever the dataset's type: the specification's columns
say who is public, and a name that stands in a name is shown by its shape."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from helpers import reading
from helpers.declared import specifications
from helpers.reporting import masked
from helpers.screening import masking, screen
from helpers.words.personal import hiding
from helpers.words.source_text import SourceText

from .test_screen import snapshot

ART = specifications.load("offentlig_konst")
FIELDS = {"artist": "artist", "name": "name"}


def _names(folder: Path, **columns: list[str]) -> list[tuple[str, str, str, list[int]]]:
    found = screen(snapshot(folder, **columns), FIELDS, ART, type="offentlig_konst").marks
    return [(m.column, m.certainty, m.level, m.rows) for m in found if m.kind == "person_name"]


def test_a_sentence_about_an_artist_is_told_and_one_about_somebody_else_is_reviewed(tmp_path: Path):
    found = _names(
        tmp_path,
        name=["Vinden", "Havet", "Natt"],
        artist=["Eva Lindberg", "Andersson, Nils (1920-1999)", "Okänd"],
        description=["Brons av Eva Lindberg.", "Nils Andersson göt den.", "Granit"],
        notering=["Ring Fatima Hallonqvist", "Skadad", "Eva Lindberg och Karin Bergström kom hit"],
    )
    assert found == [
        ("artist", "probable", "told", [2]),
        ("description", "possible", "told", [2, 3]),
        ("notering", "possible", "granska", [2, 4]),
    ]


@pytest.mark.parametrize("type", ["offentlig_konst", "platsinformation", "annan"])
def test_free_text_is_looked_through_in_every_type(tmp_path: Path, type: str):
    table = snapshot(tmp_path, namn=["Ek", "Alm"], notering=["Ring Fatima Hallonqvist", "Bra"])
    found = screen(table, {}, None, type=type)
    assert [(mark.kind, mark.rows) for mark in found.marks] == [("person_name", [2])]


def _masked(folder: Path, source: Path) -> tuple[masking.Masked, str]:
    table = reading.read(source, folder / "snapshot", type="offentlig_konst")
    done = masking.mask(table, FIELDS, ART, "offentlig_konst", folder / "masked.csv")
    return done, "\n".join(masked.lines(done, "sv"))


def _written(folder: Path, header: str, note: str) -> Path:
    file = folder / "konst.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["name", "artist", header])
        writer.writerows([f"Verk {n}", "Eva Lindberg", note if n == 2 else "Bra"] for n in range(9))
    return file


def test_the_masked_version_has_no_header_that_names_somebody(tmp_path: Path):
    done, said = _masked(tmp_path, _written(tmp_path, "Anm Fatima Hallonqvist", "Fin"))
    header = (tmp_path / "masked.csv").read_text("utf-8").splitlines()[0]
    assert header == "name;artist;Anm AAAAAA AAAAAAAAAAA"
    assert done.headers == ["Anm AAAAAA AAAAAAAAAAA"] and "kopia" not in said
    assert "Rubriker med personuppgifter" in said and "Hallonqvist" not in said


def test_mask_says_that_nothing_is_left_only_where_screening_says_so(tmp_path: Path):
    done, said = _masked(tmp_path, _written(tmp_path, "notering", "Ring Fatima Hallonqvist"))
    assert "Hallonqvist" not in (tmp_path / "masked.csv").read_text("utf-8")
    assert done.after.content == "fri" and "inga hinder" in said
    left, said = _masked(tmp_path, _written(tmp_path, "notering", "Fin"))
    assert left.steps == [] and "Filen är en kopia av tabellen" in said


def test_a_file_that_is_called_after_somebody_is_to_be_renamed(tmp_path: Path):
    table = reading.read(_written(tmp_path, "notering", "Fin"), tmp_path / "snapshot")
    done = masking.mask(table, {}, None, "annan", tmp_path / "Fatima Hallonqvist.csv")
    assert "Byt namn på den före publicering" in "\n".join(masked.lines(done, "sv"))


@pytest.mark.parametrize(
    "name",
    [
        "Karin Boyes plats",
        "Leverantörsfakturor Karlskrona kommun 2024",
        "Region Blekinge Resor",
        "Andersson Bygg AB",
        "Sten Stures gata",
        "info@karlskrona.se",
        "Badplats_Norra_Stranden.csv",
        "Fakturor 2024-01-31 Håbo",
        "Anna",
        "0455-30 30 00",
    ],
)
def test_places_firms_bodies_and_single_names_stay(name: str):
    assert hiding.hide(name) == name and not SourceText(name).personal


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Elev Fatima Hallonqvist.xlsx", "Elev AAAAAA AAAAAAAAAAA.xlsx"),
        ("Hallonqvist, Fatima", "AAAAAAAAAAA, AAAAAA"),
        ("FATIMA HALLONQVIST", "AAAAAA AAAAAAAAAAA"),
        ("Fatima-Hallonqvist.csv", "AAAAAA-AAAAAAAAAAA.csv"),
        ("lista_Fatima_Hallonqvist_2024.csv", "lista_AAAAAA_AAAAAAAAAAA_2024.csv"),
        ("fatima.hallon@gmail.com", "AAAAAA.AAAAAA@AAAAA.AAA"),
        ("Journummer 070-174 06 05", "Journummer 999-999 99 99"),
        ("0701740605.csv", "9999999999.csv"),
        ("121212-1212", "ÅÅMMDD-XXXX"),
    ],
)
def test_what_looks_personal_in_a_name_is_shown_by_its_shape(name: str, shown: str):
    text = SourceText(name)
    assert (str(text), f"{text}", text.raw, text.personal) == (shown, shown, name, True)
    assert hiding.kinds(hiding.without(name)) == []


def _real_names(real: Path) -> set[str]:
    names = {file.name for file in real.rglob("*")} | {str(file.parent) for file in real.rglob("*")}
    for file in real.rglob("*.csv"):
        with file.open(encoding="utf-8", errors="replace", newline="") as stream:
            for line in (stream.readline(20_000), stream.readline(20_000)):
                names |= {cell.strip(' "\r\n\ufeff') for cell in line.split(";")}
    return names


def test_no_name_of_a_real_file_or_column_is_taken_for_a_persons(real: Path):
    header = {name for name in _real_names(real) if name and not any(map(str.isdigit, name))}
    hidden = {name: hiding.hide(name) for name in header if hiding.kinds(name)}
    assert len(header) > 100 and hidden == {}
