"""A sheet that people filled in: every fault at once, with its place; and what it would change,
said before it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from helpers.declared import catalogue, specifications
from helpers.filling_in import inventory
from helpers.running.commands import app
from helpers.words.errors import ConfigurationError, InputRefused
from helpers.words.messages import text

HEAD = [
    "Vad är det?",
    "Organisation",
    "Typ",
    "Efterfrågan",
    "Förfrågningar det senaste året",
    "Adress där det finns",
    "Bedömt den",
    "Beskrivning",
    "Id",
    "Licens",
    "Funktionsbrevlåda",
    "Hur mycket arbete?",
]


def sheet(
    folder: Path, *rows: list[Any], head: list[str] | None = None, name: str = "Inventering"
) -> Path:
    book = openpyxl.Workbook()
    book.active.title = name
    for row in [head or HEAD, *rows]:
        book.active.append(row)
    file = folder / "inventering.xlsx"
    book.save(file)
    return file


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["inventory", *arguments])
    return done.exit_code, done.output


def test_every_fault_is_told_at_once_with_its_place(tmp_path: Path):
    file = sheet(
        tmp_path,
        ["Badplatser", "Karlskruna", "Platsinformation", "9", "många", "exempel.example", "igår"],
        [None, "Karlskrona kommun", "Sjukhus"],
        [],
        [
            "Konst",
            "Karlskrona kommun",
            "Offentlig konst",
            "3",
            "1 200",
            None,
            None,
            "Gäller 19121212-1212",
        ],
        ["A", "karlskrona", "annan", None, None, None, None, None, "samma"],
        ["B", "karlskrona", "annan", None, None, None, None, None, "samma"],
        ["C", "karlskrona", "annan", None, None, None, None, None, "Åäö"],
    )
    with pytest.raises(ConfigurationError) as told:
        inventory.read(file)
    said = told.value.text()
    lines = [line for line in said.splitlines() if line.startswith("Blad")]
    places = [
        (line.split("rad ")[1].split(",")[0], line.split("kolumn ")[1].split(" ")[0])
        for line in lines
    ]
    assert places == [
        ("2", "B"),
        ("2", "D"),
        ("2", "E"),
        ("2", "F"),
        ("2", "G"),
        ("3", "A"),
        ("3", "C"),
        ("5", "H"),
        ("7", "I"),
        ("8", "I"),
    ]
    assert (
        "här finns Karlskruna" in lines[0]
        and "Karlskrona kommun" in lines[0]
        and "nivå 0 till 5" in lines[1]
    )
    assert "1212-1212" not in said and "121212" not in said, (
        "a personal identity number is never shown"
    )
    assert "rad 6 har det" in lines[8] and "Inget är ändrat" in said and told.value.exit_code == 2


@pytest.mark.parametrize(
    "level",
    [
        "3",
        3,
        3.0,
        "3. Tre till fem har frågat efter den.",
        "3. Three to five have asked for it.",
        "3 ungefär",
    ],
)
def test_a_level_is_read_however_it_is_written(tmp_path: Path, level: Any):
    found = inventory.read(sheet(tmp_path, ["A", "Karlskrona kommun", "Annan typ", level])).rows[0]
    assert (
        found.said["value.demand.level"] == 3 and found.id == "karlskrona-a" and found.number == 2
    )


def test_numbers_dates_and_english_answers_are_read(tmp_path: Path):
    import datetime as dt

    row = [
        2026,
        "region-blekinge",
        "Public art",
        "do not know",
        1200.0,
        None,
        dt.datetime(2026, 11, 24),
        None,
        None,
        "egna villkor",
    ]
    said = inventory.read(sheet(tmp_path, row)).rows[0].said
    assert (
        said["title"] == "2026"
        and said["value.requests_last_year"] == 1200
        and said["value.date"] == "2026-11-24"
    )
    assert (
        said["value.demand.level"] == "unknown"
        and said["type"] == "offentlig_konst"
        and said["licence"] == "egna villkor"
    )


def test_a_column_of_ones_own_is_named_and_not_read(tmp_path: Path):
    found = inventory.read(
        sheet(tmp_path, ["A", "karlskrona", "annan", "x"], head=[*HEAD[:3], "Egen anteckning"])
    )
    assert found.ignored == ["D (Egen anteckning)"] and len(found.rows) == 1


def test_what_is_no_inventory_is_refused_with_what_to_do(tmp_path: Path):
    with pytest.raises(InputRefused, match="rubriken"):
        inventory.read(sheet(tmp_path, ["x"], head=["Namn"]))
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 inte ett blad")
    with pytest.raises(InputRefused, match="kalkylark"):
        inventory.read(tmp_path / "b.xlsx")
    with pytest.raises(InputRefused, match="--write"):
        inventory.read(tmp_path / "c.xlsx")
    with pytest.raises(ConfigurationError, match="Organisation"):
        inventory.read(sheet(tmp_path, ["A", "annan"], head=["Vad är det?", "Typ"]))


def test_what_was_written_by_hand_stays_unless_asked(tmp_path: Path):
    folder = tmp_path / "katalog"
    folder.mkdir()
    text = (
        "# skriven för hand\nid: karlskrona-bad\ntitle: Badplatser\ntype:"
        " platsinformation\norganisation: karlskrona\n"
    )
    text += "licence: CC-BY-4.0  # beslutat i nämnden\nowner: {role: null, mailbox: null}\n"
    (folder / "karlskrona-bad.yaml").write_text(text, "utf-8")
    file = sheet(
        tmp_path,
        [
            "Badplatser",
            "Karlskrona kommun",
            "Platsinformation",
            3,
            7,
            None,
            None,
            None,
            "karlskrona-bad",
            "CC0-1.0",
            "anna.andersson@exempel.example",
        ],
        ["Lekplatser", "Karlskrona kommun", "Platsinformation"],
    )
    arguments = (str(file), "--catalogue", str(folder))
    code, said = run(*arguments, "--preview")
    assert (
        code == 0
        and "NY        karlskrona-lekplatser: Lekplatser (rad 3)" in said
        and "Inget är ändrat" in said
    )
    assert (
        "katalogen har CC-BY-4.0 och arket CC0-1.0" in said
        and "--overwrite" in said
        and "persons adress" in said
    )
    assert (folder / "karlskrona-bad.yaml").read_text("utf-8") == text and len(
        list(folder.iterdir())
    ) == 1
    code, said = run(*arguments)
    after = (folder / "karlskrona-bad.yaml").read_text("utf-8")
    assert (
        code == 0
        and "CC-BY-4.0  # beslutat i nämnden" in after
        and after.startswith("# skriven för hand\n")
    )
    assert "Skrev 2 poster" in said
    entries = {one.id: one for one in catalogue.load(folder)}
    assert (
        entries["karlskrona-bad"].value.demand.level == 3
        and entries["karlskrona-bad"].value.requests_last_year == 7
    )
    assert entries["karlskrona-lekplatser"].stage == "idea"
    code, said = run(*arguments)  # what is left is kept apart, and is not in the catalogue
    assert "katalogen har CC-BY-4.0" in said and "Allt i arket" not in said
    code, said = run(*arguments, "--overwrite")
    after = (folder / "karlskrona-bad.yaml").read_text("utf-8")
    assert "licence: CC0-1.0  # beslutat i nämnden" in after and "CC-BY-4.0 blir CC0-1.0" in said
    code, said = run(*arguments)
    assert "Allt i arket står redan i katalogen" in said


def test_a_sheet_for_an_organisation_has_an_idea_for_each_type_it_lacks(tmp_path: Path):
    file = tmp_path / "ny.xlsx"
    code, said = run(
        "--write", str(file), "--organisation", "ronneby", "--catalogue", str(tmp_path / "tom")
    )
    types = len(specifications.types())
    assert code == 0 and f"{types} rader" in said
    found = inventory.read(file)
    assert {row.said["organisation"] for row in found.rows} == {"ronneby"}
    assert len(found.rows) == types
    assert all(row.said["stage"] == "idea" and row.said["theme"] for row in found.rows)
    filled = openpyxl.load_workbook(file)
    filled.active["B2"] = "Åtta badplatser"
    filled.save(file)
    assert run("--write", str(file))[0] == 2, "what was filled in is never written over"
    assert openpyxl.load_workbook(file).active["B2"].value == "Åtta badplatser"
    assert run("--write", str(tmp_path / "x.xlsx"), "--organisation", "ingen")[0] == 2
    assert run()[0] == 2
    code, said = run(str(file), "--catalogue", str(tmp_path / "tom"))
    assert code == 0 and len(catalogue.load(tmp_path / "tom")) == types


def test_a_cell_is_never_a_formula(tmp_path: Path):
    entry = catalogue.Entry(id="x", title="=HYPERLINK(A1)", type="annan", organisation="karlskrona")
    inventory.write([entry], tmp_path / "i.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "i.xlsx").worksheets[1]["A2"]
    assert cell.data_type == "s" and cell.value == "=HYPERLINK(A1)" and cell.quotePrefix


ADDED = """id: {id}
title: "{id}"
type: platsinformation
organisation: okand
stage: inventoried
source: {{path: "/filer/{id}.csv"}}
update_frequency: då och då
value: {{date: i fjol}}
legal: {{secrecy: {{answer: "no", by: Anna Andersson, when: nyss}}}}
"""


def as_added(folder: Path, *ids: str) -> Path:
    """A catalogue as a machine leaves it, with what no list has, and its sheet."""
    catalogue_folder = folder / "katalog"
    catalogue_folder.mkdir()
    for id in ids:
        (catalogue_folder / f"{id}.yaml").write_text(ADDED.format(id=id), "utf-8")
    return catalogue_folder


def filled_in(book: Path, id: str, **cells: Any) -> None:
    """Write cells in the row of that id, as a person does."""
    opened = openpyxl.load_workbook(book)
    page = opened["Inventering"]
    places = {cell.value: cell.column for cell in page[1]}
    at = text("inventory.column.id")
    row = next(i for i in range(2, 99) if page.cell(i, places[at]).value == id)
    for name, value in cells.items():
        page.cell(row, places[text(f"inventory.column.{name}")]).value = value
    opened.save(book)


def test_a_sheet_that_nobody_edited_changes_nothing_whatever_the_catalogue_holds(tmp_path: Path):
    folder = as_added(tmp_path, "a", "b")
    book = tmp_path / "i.xlsx"
    assert run("--write", str(book), "--catalogue", str(folder))[0] == 0
    names = openpyxl.load_workbook(book)
    assert names.sheetnames[0] == names.active.title == "Läs först"
    assert names["Som det skrevs"].sheet_state == "hidden"
    code, said = run(str(book), "--catalogue", str(folder))
    assert (
        code == 0 and "OFÖRÄNDRAD 2 rader" in said and "Allt i arket står redan i katalogen" in said
    )


def test_what_a_person_changed_replaces_what_the_sheet_was_written_of_and_no_more(tmp_path: Path):
    folder, book = as_added(tmp_path, "a", "b"), tmp_path / "i.xlsx"
    run("--write", str(book), "--catalogue", str(folder))
    changed = folder / "b.yaml"
    changed.write_text(changed.read_text("utf-8").replace("inventoried", "reviewed"), "utf-8")
    filled_in(book, "a", what="Badplatser", frequency="en gång om året", organisation="Håbo kommun")
    filled_in(book, "b", stage="publicerad", legal_secrecy="ja", demand=3)
    code, said = run(str(book), "--catalogue", str(folder))
    assert code == 0 and "då och då blir en gång om året" in said, said
    first, second = catalogue.load(folder)
    assert (str(first.title), str(first.update_frequency), first.organisation) == (
        "Badplatser",
        "ANNUAL",
        "habo",
    )
    assert second.stage == "reviewed", "somebody changed it after the sheet was written"
    assert "katalogen har granskad och arket publicerad" in said
    assert second.legal.secrecy.answer == "yes" and second.value.demand.level == 3
    assert str(second.legal.secrecy.by) != "", "what was not touched stays"


def test_what_may_be_meant_otherwise_is_asked_about_and_not_read(tmp_path: Path):
    folder, book = as_added(tmp_path, "a", "b"), tmp_path / "i.xlsx"
    run("--write", str(book), "--catalogue", str(folder))
    filled_in(book, "a", licence="CC BY", owner="Anna Andersson", keywords="bad, hav")
    filled_in(book, "b", licence="cc by 4.0", owner="fritidschefen")
    code, said = run(str(book), "--catalogue", str(folder))
    first, second = catalogue.load(folder)
    assert code == 0 and "Menade du CC-BY-4.0?" in said and "en persons namn" in said
    assert "Andersson" not in said
    assert first.licence is None and first.owner.role is None and len(first.keywords) == 2
    assert str(second.licence) == "CC-BY-4.0" and str(second.owner.role) == "fritidschefen"


def test_each_wrong_cell_is_told_once_in_few_words(tmp_path: Path):
    folder, book = as_added(tmp_path, "a"), tmp_path / "i.xlsx"
    run("--write", str(book), "--catalogue", str(folder))
    filled_in(
        book,
        "a",
        organisation="Malmo stad",
        type="Konst " * 50,
        work="9",
        published_url="www",
        decided_by="Förvaltningschef",
    )
    code, said = run(str(book), "--catalogue", str(folder))
    lines = [line for line in said.splitlines() if "Blad Inventering, rad 2" in line]
    assert code == 2 and len(lines) == 6 and max(map(len, lines)) <= 300
    assert "menade du Malmö kommun?" in said and "Beslutets diarienummer" in said


@pytest.mark.slow
def test_a_decision_in_the_sheet_rests_on_the_data_of_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    folder, book = as_added(tmp_path, "a"), tmp_path / "i.xlsx"
    (tmp_path / "a.csv").write_text("namn;antal\nÅ;1\n", "utf-8")
    entry = folder / "a.yaml"
    entry.write_text(entry.read_text("utf-8").replace("/filer", str(tmp_path)), "utf-8")
    idea = "id: b\ntitle: B\ntype: annan\norganisation: habo\n"
    (folder / "b.yaml").write_text(idea, "utf-8")
    run("--write", str(book), "--catalogue", str(folder))
    for id in "ab":
        filled_in(book, id, decided_by="chefen", decided_on="2026-11-24", decided_number="KS 1")
    code, said = run(str(book), "--catalogue", str(folder))
    first, second = catalogue.load(folder)
    assert code == 0 and "chefen, 2026-11-24, KS 1" in said and "ingen fil" in said
    assert first.decision and first.decision.columns == ["namn", "antal"]
    assert second.decision is None
    assert "Allt i arket står redan i katalogen" in run(str(book), "--catalogue", str(folder))[1]


def test_a_sheet_with_the_heading_that_a_column_had_before_is_read(tmp_path: Path):
    """The column "Skede" was called "Läge": what somebody filled in then is not lost."""
    for heading in ("Läge", "Skede", "Stage"):
        head = ["Vad är det?", "Organisation", "Typ", heading]
        row = ["Badplatser", "Karlskrona kommun", "Platsinformation", "inventerad"]
        read = inventory.read(sheet(tmp_path, row, head=head))
        assert read.ignored == []
        assert [one.said["stage"] for one in read.rows] == ["inventoried"], heading
