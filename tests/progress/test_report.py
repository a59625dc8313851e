"""The status report: what was done, what was not and what comes next first of all; nothing that
nobody has entered, no ranking, and clear words where there is nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Docx
from pypdf import PdfReader
from typer.testing import CliRunner, Result

from helpers.advising.results import Candidate, Failure, PublishingStep
from helpers.declared.activities import ACTIVITIES
from helpers.running.commands import app
from helpers.screening.marks import Gate
from helpers.words.messages import LANGUAGES

from .made import Project, candidate, finding, runs
from .test_activities import ACTIVITIES as SOME
from .test_activities import GOALS

AUTUMN = ("2026-09-01", "2026-11-30")
OPENING = ["Det här gjordes", "Det här blev inte gjort", "Det här kommer nu"]
PERSON = "Anna Andersson"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    return Project(tmp_path, monkeypatch)


def asked(project: Project, *more: str, period: tuple[str, str] = AUTUMN) -> Result:
    """``progress`` over the project's catalogue."""
    given = ["--from", period[0], "--to", period[1], "--output", str(project.output)]
    return CliRunner().invoke(
        app, ["progress", *given, "--catalogue", str(project.catalogue), *more]
    )


def opened(project: Project, name: str = "lagesrapport") -> Docx:
    return docx.Document(str(project.output / f"{name}.docx"))


def sections(paper: Docx) -> dict[str, str]:
    """Heading -> what stands under it, tables with it."""
    found: dict[str, list[str]] = {}
    heading = ""
    tables = {table._tbl: table for table in paper.tables}
    for element in paper.element.body:
        if element in tables:
            rows = tables[element].rows
            found.setdefault(heading, []).extend(
                " | ".join(cell.text for cell in row.cells) for row in rows
            )
            continue
        text = "".join(part.text or "" for part in element.iter() if part.tag.endswith("}t"))
        style = element.find(".//{*}pStyle")
        if style is not None and str(style.get(style.keys()[0])).startswith("Heading"):
            heading = text
        found.setdefault(heading, []).append(text)
    return {name: "\n".join(lines) for name, lines in found.items()}


def words(file: Path) -> str:
    """All that a paper says, in either form."""
    if file.suffix == ".docx":
        return "\n".join(sections(docx.Document(str(file))).values())
    return file.read_text("utf-8")


def step(id: str) -> PublishingStep:
    both = {"sv": id, "en": id}
    return PublishingStep(id, both, both, both, both)


def with_steps(one: Candidate, *ids: str) -> Candidate:
    return replace(one, steps=[step(id) for id in ids])


def test_the_first_half_says_what_was_done_what_was_not_and_what_comes_next(project: Project):
    project.write(ACTIVITIES, "asked: Projektledaren" + GOALS + SOME)
    now = candidate("a", finding("x", 2))
    project.remembers(
        runs(("2026-08-20", [candidate("a", finding("x", 0))]), ("2026-10-20", [now]))
    )
    project.now = [with_steps(now, "owner", "questions")]
    assert asked(project, period=("2026-07-01", "2026-11-30")).exit_code == 0
    said = sections(opened(project))
    assert list(said)[1:4] == OPENING
    done, undone, coming = (said[heading] for heading in OPENING)
    assert "Det hölls 2 webbinarier. De hade minst 12 deltagare sammanlagt." in done
    assert "3 organisationer fick hjälp: Håbo kommun, Ronneby kommun och Tierps kommun." in done
    assert "Nya brister som hittades: 1. Brister som rättades: 0. Brister som återstår: 1." in done
    assert "2 aktiviteter var planerade, men ingen har skrivit in att de hölls" in undone
    assert "Inställt: ”Inställt”. Skäl: Snö." in undone
    assert "”Publicerade”: 0 av 1" in undone
    assert "”Kommer”" in coming and "”Senare”" in coming
    assert "ingen informationsägare (1)" in coming and "obesvarade rättsliga frågor (1)" in coming


def test_what_remains_of_a_first_that_failed_today_is_not_known(project: Project):
    """It keeps its place from the run before; that it has no steps says nothing."""
    told = Failure("findings", {"sv": "Minnet tog slut.", "en": "Out of memory."}, 4)
    project.now = [replace(candidate("a"), failures=[told])]
    assert asked(project).exit_code == 0
    coming = sections(opened(project))[OPENING[2]]
    assert "inte känt vad som återstår" in coming and "Inget steg återstår" not in coming


def test_what_nobody_has_entered_is_a_blank_with_who_to_ask(project: Project):
    project.write(ACTIVITIES, "asked: Projektledaren" + GOALS + SOME)
    project.now = [
        candidate("a", stage="published", published={"status": "dataportal", "url": "https://x.se"})
    ]
    assert asked(project, period=("2026-07-01", "2026-11-30")).exit_code == 0
    (table,) = (one for one in opened(project).tables if one.rows[0].cells[-1].text == "Svar")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert all(answer == "" for _, _, answer in rows)
    who = {what: asked for what, asked, _ in rows}
    assert who["Var målet står: Frågor"] == "Projektledaren"
    assert who["Antal deltagare: Tre"] == "Projektledaren"
    assert who["Om aktiviteten hölls: Missat"] == "Projektledaren"
    assert who["Dag för aktiviteten: Någon gång"] == "Projektledaren"
    assert who["Dag för publiceringen: Lekplatser a"] == "Webbredaktören"
    assert who["Dag för beslutet: Lekplatser a"] == "Registratorn"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_at_all_is_said_in_words(project: Project, language: str):
    project.now = [candidate("a", source=None, stage="idea")]
    assert asked(project, "--language", language).exit_code == 0
    name = {"sv": "lagesrapport", "en": "status-report"}[language]
    said = "\n".join(sections(opened(project, name)).values())
    expected = {
        "sv": (
            "har inte gjort någon körning än",
            "Ingen har skrivit in vad som gjordes",
            "Ingen har skrivit in något mål",
            "Ingen organisation har svarat",
            "Projektets mål och när de ska vara nådda | Den som samordnar arbetet | ",
        ),
        "en": (
            "has made no run yet",
            "Nobody has entered what was done",
            "Nobody has entered any goal",
            "No organisation has answered",
            "Whoever coordinates the work",
        ),
    }
    assert not [words for words in expected[language] if words not in said]


def test_a_period_before_the_first_run_and_one_between_runs_say_so(project: Project):
    project.now = [candidate("a", finding("x", 0))]
    project.remembers(runs(("2026-10-20", project.now)))
    assert asked(project, period=("2026-01-01", "2026-03-31")).exit_code == 0
    said = sections(opened(project))["Det här gjordes"]
    assert "Datakollen gjorde ingen körning i perioden. Den första körningen gjordes den" in said
    assert asked(project, period=("2026-11-01", "2026-11-30")).exit_code == 0
    said = sections(opened(project))["Det här gjordes"]
    assert "Datakollen gjorde ingen körning i perioden." in said and "första" not in said


def test_a_period_that_is_not_over_says_so(project: Project):
    project.now = [candidate("a")]
    assert asked(project, period=("2026-11-01", "2027-01-31")).exit_code == 0
    page = (project.output / "lagesrapport.html").read_text("utf-8")
    assert "Perioden är inte slut än. Det som händer efter den 1 december 2026 är inte med." in page


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (("2026-11-30", "2026-09-01"), "Perioden slutar innan den börjar"),
        (("i våras", "2026-09-01"), "Det som står efter --from är inget datum"),
        (("2026-09-01", "2026-09-31"), "Det som står efter --to är inget datum"),
    ],
)
def test_days_that_make_no_period_are_refused(project: Project, period: tuple[str, str], said: str):
    done = asked(project, period=period)
    assert done.exit_code == 2 and said in done.output and not project.output.exists()


def test_a_damaged_history_is_told_and_the_report_is_written(project: Project):
    project.now = [candidate("a", finding("x", 1))]
    past = runs(
        ("2026-08-20", [candidate("a", finding("x", 0))]),
        ("2026-09-20", project.now),
        ("2026-10-20", project.now),
    )
    folder = project.remembers(past)
    file = folder / "2026.jsonl"
    first, second, third = file.read_text("utf-8").splitlines()
    file.write_text(f"{first}\n{second}\nx{third}\n", "utf-8")
    done = asked(project)
    assert done.exit_code == 0 and "damaged-1-2026.jsonl" in done.output
    said = sections(opened(project))
    assert "En fil med historik är skadad" in said["Så är rapporten gjord"]
    assert "Historiken har en körning i perioden" in said["Så är rapporten gjord"]
    assert "Nya brister som hittades: 1." in said["Det här gjordes"]


def test_a_wrong_file_of_activities_stops_before_anything_is_computed(project: Project):
    project.write(ACTIVITIES, "goals:\n- {id: a, what: x, counts: y, target: 1}\n")
    done = asked(project)
    assert done.exit_code == 2 and "activities.yaml:2:" in done.output


def test_organisations_stand_in_alphabetical_order_and_nobody_is_placed(project: Project):
    names = ("sölvesborg", "habo", "olofstrom", "almhult", "orebro")
    ids = [name.replace("ö", "o") for name in names]
    project.now = [candidate(id, organisation=id) for id in ids]
    assert asked(project).exit_code == 0
    page = (project.output / "lagesrapport.html").read_text("utf-8")
    found = re.findall(r"<h3>([^<]* kommun)</h3>", page)
    assert found == [
        "Håbo kommun",
        "Olofströms kommun",
        "Sölvesborgs kommun",
        "Älmhults kommun",
        "Örebro kommun",
    ]
    assert not re.search(r"rangordn|placering|poäng|bäst|sämst", page.replace("rangordna än", ""))


def test_what_looks_like_a_person_is_shown_by_its_shape(project: Project):
    project.write(
        ACTIVITIES,
        f"asked: {PERSON}\nactivities:\n"
        f"- {{id: a, kind: help, what: Möte med {PERSON}, status: done, date: 2026-10-01}}\n"
        "- {id: b, kind: help, what: Samtal 121212-1212, date: 2026-10-01}\n",
    )
    project.now = [candidate("a", title=f"Lista {PERSON}")]
    assert asked(project).exit_code == 0
    for file in project.output.iterdir():
        text = words(file)
        assert PERSON not in text and "121212-1212" not in text


def test_obstacles_are_counted_by_kind_and_what_is_elsewhere_has_none(project: Project):
    system = {"name": "W3D3", "export": "no", "supplier_owns_data": "yes"}
    project.now = [
        with_steps(candidate("a"), "personal", "licence", "owner"),
        with_steps(candidate("b", organisation="habo", source_system=system), "licence", "export"),
        replace(with_steps(candidate("c"), "decision"), gate=Gate("fri", "fri", [], "lapsed")),
        with_steps(candidate("d"), "export"),
    ]
    assert asked(project).exit_code == 0
    said = sections(opened(project))["Hinder"]
    assert "Personuppgifter att bedöma eller maskera | 1 | 1 |" in said
    assert "Ingen licens är vald | 2 | 2 |" in said
    assert "Inlåst i systemet | 1 | 1 | Upphandlaren" in said
    assert "Ingen har svarat om systemet går att exportera ur | 1 | 1 |" in said
    assert "Beslutet gäller inte längre | 1 | 1 |" in said


@pytest.mark.slow
def test_the_sample_regions_opening_stands_on_the_first_half_page(
    sample_run: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    office: Callable[..., list[Path]],
):
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
    output = tmp_path / "out"
    period = ["--from", "2026-09-01", "--to", "2026-11-30", "--output", str(output)]
    assert CliRunner().invoke(app, ["progress", *period]).exit_code == 0
    (pdf,) = office([output / "lagesrapport.docx"], "pdf")
    first = PdfReader(str(pdf)).pages[0]
    places: dict[str, float] = {}

    def note(text: str, _: object, matrix: list[float], *__: object) -> None:
        if text.strip():
            places.setdefault(text.strip(), matrix[5])

    first.extract_text(visitor_text=note)
    goals = next(at for said, at in places.items() if said == "Mål")
    assert goals > float(first.mediabox.height) / 2  # from the bottom
    assert all(any(said.startswith(heading) for said in places) for heading in OPENING)
