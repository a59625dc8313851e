"""The baseline questionnaire: answers beside what Datakollen sees, kept by year, each organisation
for itself; and its sheet, out and back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from helpers.advising.progress import maturity as maturities
from helpers.advising.results import Candidate
from helpers.declared import activities, maturity, roles
from helpers.filling_in.inventory import questionnaire
from helpers.running.commands import app
from helpers.words.errors import ConfigurationError

from .made import Project, candidate
from .test_report import asked, opened, sections, words

ANSWERS = """year: {year}
answers:
  habo:
    owners: {{answer: '{habo}', because: Delegationsordningen, by: Kommunsekreterare}}
    licence: {{answer: 'no'}}
    direction: {{answer: 'yes'}}
  tierp:
    owners: {{answer: partly}}
"""
OWNED = {"owner": {"role": "Kulturchef", "mailbox": "kultur@exempel.example"}}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


def answered(project: Project, year: int, habo: str = "yes") -> None:
    project.write(f"baseline/{year}.yaml", ANSWERS.format(year=year, habo=habo))


def beside(project: Project, question: str, *some: Candidate) -> maturities.Beside:
    """What Håbo's answer of 2026 says beside what is seen of these candidates."""
    found = maturities.baseline(maturity.years(project.catalogue), some, 2026)
    assert found is not None
    (own,) = (one for one in found.own if one.organisation == "habo")
    return next(one for one in own.every if one.question.id == question)


def habo(id: str, **entry: Any) -> Candidate:
    return candidate(id, organisation="habo", **entry)


@pytest.mark.parametrize(
    ("answer", "owned", "verdict"),
    [
        ("yes", 2, "backed"),
        ("yes", 1, "more"),
        ("yes", 0, "more"),
        ("partly", 2, "less"),
        ("partly", 1, "backed"),
        ("partly", 0, "more"),
        ("no", 2, "less"),
        ("no", 1, "less"),
        ("no", 0, "backed"),
        ("unknown", 1, "own"),
    ],
)
def test_an_answer_is_backed_or_said_otherwise_by_what_is_counted(
    project: Project, answer: str, owned: int, verdict: str
):
    answered(project, 2026, answer)
    some = [habo(f"h{number}", **(OWNED if number < owned else {})) for number in range(2)]
    found = beside(project, "owners", *some, candidate("another", **OWNED))
    assert (found.seen, found.of, found.verdict) == (owned, 2, verdict)


def test_what_only_the_organisation_knows_is_its_own_word(project: Project):
    answered(project, 2026)
    assert beside(project, "direction", habo("a", **OWNED)).verdict == "own"
    assert beside(project, "owners").verdict == "own"  # no dataset to see it on
    failed = replace(habo("a"), failures=[object()])
    assert beside(project, "owners", failed).of == 0


def test_help_that_is_written_down_backs_an_answer_and_its_absence_says_nothing():
    text = (
        "activities:\n- {id: a, kind: help, what: x, status: done, date: 2026-03-01,"
        " organisations: [habo]}\n"
    )
    written = activities.parsed(text)
    assert maturities.helped("habo", written, 2026) == (1, 1)
    assert maturities.helped("habo", written, 2025) == maturities.helped("tierp", None, 2026)


def test_every_question_has_words_in_both_languages_and_every_evidence_is_counted():
    kinds = {question.evidence for question in maturity.questions().values()}
    assert kinds - {"none", maturities.TRAINING} == set(maturities.SEEN)
    assert len(maturity.areas()) == 8 and roles.status()
    one = candidate("a")
    for question in maturity.questions().values():
        seen, of = maturities.seen(question, [one])
        assert 0 <= seen <= of <= 1


def test_the_year_is_compared_with_the_one_before_as_counts(project: Project):
    answered(project, 2025, "no")
    answered(project, 2026, "yes")
    project.now = [habo("a", **OWNED), candidate("t", organisation="tierp")]
    assert asked(project).exit_code == 0
    said = sections(opened(project))["Nuläget 2026"]
    assert "2 av 2 organisationer har svarat" in said
    assert "Ledning och mandat | 2 | 1 | 0 | 3 | 1 | 0" in said
    assert "Håbo" not in said and "Tierp" not in said  # counts, never beside each other
    assert "Svar som stämmer med det som Datakollen ser: 2." in said


def test_each_organisation_has_a_paper_of_its_own_that_names_no_other(project: Project):
    answered(project, 2025, "no")
    answered(project, 2026, "yes")
    project.now = [habo("a"), candidate("t", organisation="tierp")]
    assert asked(project).exit_code == 0
    names = {file.name for file in project.output.iterdir()}
    assert names == {
        f"{stem}{suffix}"
        for stem in ("lagesrapport", "nulage-habo", "nulage-tierp")
        for suffix in (".docx", ".html")
    }
    own = words(project.output / "nulage-habo.docx")
    assert "Tierp" not in own and not re.search(r"poäng|nivå|medel|bäst|sämst", own)
    row = "Har varje datamängd en informationsägare? | ja | nej | Delegationsordningen |"
    assert row in own
    assert "Svaret är ”ja”. Datamängder med en informationsägare i katalogen: 0 av 1." in own
    assert "Svaret säger alltså mer än det som syns." in own
    assert "ÖMS, lägesrapport december 2023" in own and "[R]" in own


def test_answers_after_the_period_are_not_of_it(project: Project):
    answered(project, 2026)
    project.now = [habo("a")]
    assert asked(project, period=("2025-01-01", "2025-12-31")).exit_code == 0
    assert "Ingen organisation har svarat" in sections(opened(project))["Nuläget"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("year: 2026", "year: 2025", "2026.yaml:1:1: year: 2025 ≠ 2026"),
        ("  habo:", "  hobo:", "2026.yaml:3:3: answers.hobo: Ingen organisation heter hobo"),
        ("owners:", "hund:", "2026.yaml:4:5: answers.habo.hund: Ska vara ett av: direction"),
        ("answer: partly", "answer: kanske", "answers.tierp.owners.answer: Ska vara ett av: yes"),
        ("by: Kommunsek", "vem: Kommunsek", "answers.habo.owners.vem: Okänt fält"),
    ],
)
def test_what_is_wrong_with_a_year_is_told_by_line(project: Project, old: str, new: str, line: str):
    answered(project, 2026)
    file = project.catalogue / "baseline" / "2026.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError) as caught:
        maturity.years(project.catalogue)
    assert line in caught.value.text("sv"), caught.value.text("sv")


# The sheet


Fill = Callable[[dict[tuple[str, str], Any]], None]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of one entry with the answers of 2026, and its sheet."""
    with pytest.MonkeyPatch.context() as patch:
        project = Project(tmp_path_factory.mktemp("written"), patch)
        patch.setattr(questionnaire, "this_year", lambda: 2026)
        answered(project, 2026)
        project.write(
            "habo-bad.yaml",
            "id: habo-bad\ntitle: Bad\ntype: annan\norganisation: habo\nstage: inventoried\n",
        )
        assert inventory(project, "--write", str(project.home / "ark.xlsx")).exit_code == 0
    return project.home


@pytest.fixture
def sheet(project: Project, written: Path) -> Project:
    """The same, for one test to change."""
    shutil.copytree(written, project.home, dirs_exist_ok=True)
    return project


def inventory(project: Project, *given: str) -> Result:
    return CliRunner().invoke(app, ["inventory", *given, "--catalogue", str(project.catalogue)])


def filled(project: Project, cells: dict[tuple[str, str], Any]) -> str:
    """The sheet with these cells: (question, heading) -> value. Gives the file."""
    book = openpyxl.load_workbook(project.home / "ark.xlsx")
    page = book["Nuläge"]
    heads = [cell.value for cell in page[1]]
    rows = {row[-1].value: row for row in page.iter_rows(min_row=2)}
    for (question, heading), value in cells.items():
        rows[question][heads.index(heading)].value = value
    file = project.home / "ifyllt.xlsx"
    book.save(file)
    return str(file)


def test_the_sheet_asks_each_question_and_shows_what_is_answered(sheet: Project):
    book = openpyxl.load_workbook(sheet.home / "ark.xlsx")
    assert book.sheetnames[:3] == ["Läs först", "Inventering", "Nuläge"]
    rows = list(book["Nuläge"].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == list(maturity.questions())
    assert {row[:2] for row in rows} == {("Håbo kommun", 2026)}
    assert {row[-1]: row[4] for row in rows if row[4]} == {
        "direction": "ja",
        "owners": "ja",
        "licence": "nej",
    }


def test_a_sheet_that_nobody_has_filled_in_changes_nothing(sheet: Project):
    before = (sheet.catalogue / "baseline" / "2026.yaml").read_bytes()
    done = inventory(sheet, str(sheet.home / "ark.xlsx"))
    assert done.exit_code == 0 and "NULÄGE" not in done.output
    assert (sheet.catalogue / "baseline" / "2026.yaml").read_bytes() == before


def test_answers_are_told_and_written_and_a_changed_cell_counts(sheet: Project):
    file = filled(
        sheet,
        {
            ("time", "Svar"): "delvis",
            ("time", "Besvarat av (roll)"): "Kanslichef",
            ("time", "Besvarat den"): "2026-10-01",
            ("licence", "Svar"): "Ja",
        },
    )
    told = inventory(sheet, file, "--preview").output
    assert "NULÄGE    Håbo kommun 2026, time: vet inte blir delvis (rad 5)" in told
    assert "NULÄGE    Håbo kommun 2026, licence: nej blir ja" in told
    assert maturity.years(sheet.catalogue)[2026].answers["habo"].keys() == {
        "direction",
        "owners",
        "licence",
    }
    assert "baseline/2026.yaml" in inventory(sheet, file).output
    answers = maturity.years(sheet.catalogue)[2026].answers
    assert answers["habo"]["licence"].answer == "yes" and answers["tierp"].keys() == {"owners"}
    time = answers["habo"]["time"]
    assert (time.answer, str(time.by), str(time.when)) == ("partly", "Kanslichef", "2026-10-01")
    assert str(answers["habo"]["owners"].because) == "Delegationsordningen"


def test_another_year_is_a_file_of_its_own(sheet: Project):
    file = filled(sheet, {("time", "Svar"): "ja", ("time", "År"): 2027})
    assert "baseline/2027.yaml" in inventory(sheet, file).output
    assert maturity.years(sheet.catalogue).keys() == {2026, 2027}


def test_an_answer_of_the_catalogue_gives_way_only_if_told_to(sheet: Project):
    file = filled(sheet, {("licence", "Svar"): "delvis"})
    year = sheet.catalogue / "baseline" / "2026.yaml"
    year.write_text(
        year.read_text("utf-8").replace("answer: 'no'", "answer: 'yes'"), "utf-8"
    )  # since the sheet was written
    done = inventory(sheet, file)
    assert "katalogen har ja och arket delvis. Katalogens svar är kvar." in done.output
    assert maturity.years(sheet.catalogue)[2026].answers["habo"]["licence"].answer == "yes"
    assert inventory(sheet, file, "--overwrite").exit_code == 0
    assert maturity.years(sheet.catalogue)[2026].answers["habo"]["licence"].answer == "partly"


def test_every_fault_is_told_at_once_with_sheet_row_and_column(sheet: Project):
    file = filled(
        sheet,
        {
            ("direction", "Svar"): "kanske",
            ("delegation", "Svar"): "ja",
            ("delegation", "År"): 1850,
            ("owners", "Frågans id"): "hund",
            ("time", "Vad bygger svaret på?"): "Bara ett skäl",
            ("money", "Svar"): "ja",
            ("money", "Vad bygger svaret på?"): "Samtal med 121212-1212",
            ("training", "Svar"): "ja",
            ("training", "Besvarat den"): "i går",
            ("structure", "Svar"): "nej",
            ("structure", "Organisation som svarar"): "Hobo kommun",
        },
    )
    book = openpyxl.load_workbook(file)
    book["Inventering"]["A2"].value = None
    book["Inventering"]["H2"].value = "Hittepå stad"
    book.save(file)
    done = inventory(sheet, file)
    told = done.output
    assert done.exit_code == 2 and "121212-1212" not in told
    for place in (
        "Blad Nuläge, rad 2, kolumn E (Svar)",
        "Blad Nuläge, rad 3, kolumn B (År): här ska finnas ett år från 2000 till 2100",
        "Blad Nuläge, rad 4, kolumn I (Frågans id)",
        "Blad Nuläge, rad 5, kolumn E (Svar): här ska finnas ett svar",
        "Blad Nuläge, rad 6, kolumn F (Vad bygger svaret på?)",
        "Blad Nuläge, rad 7, kolumn H (Besvarat den)",
        "Blad Nuläge, rad 8, kolumn A (Organisation som svarar)",
        "Blad Inventering, rad 2, kolumn H (Organisation)",
    ):
        assert place in told, told


def test_a_persons_name_is_asked_about_and_not_read(sheet: Project):
    file = filled(sheet, {("time", "Svar"): "ja", ("time", "Besvarat av (roll)"): "Anna Andersson"})
    done = inventory(sheet, file)
    assert "Skriv rollen i stället" in done.output and "Anna Andersson" not in done.output
    assert maturity.years(sheet.catalogue)[2026].answers["habo"]["time"].by is None


@pytest.mark.slow
def test_the_sheet_comes_back_from_libreoffice(sheet: Project, office: Callable[..., list[Path]]):
    file = filled(sheet, {("time", "Svar"): "delvis", ("time", "Besvarat den"): "2026-10-01"})
    (ods,) = office([Path(file)], "ods")
    assert "time: vet inte blir delvis" in inventory(sheet, str(ods)).output
