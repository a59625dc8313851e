"""The main job on the sample region: the report is there and its story reads right."""

from __future__ import annotations

import csv
import gc
import json
import subprocess
import weakref
from pathlib import Path
from typing import Any

import pytest
from tests.reporting.test_policy import keeps_to_its_policy

from helpers.declared import catalogue
from helpers.running.opening import Opened
from helpers.running.store import Store
from helpers.words import paths


@pytest.fixture(scope="module")
def whole(
    run: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """The whole region by the command, with all notebooks, from nothing."""
    home = tmp_path_factory.mktemp("region")
    return home / "report", run("run", "--output", str(home / "report"), home=home)


@pytest.fixture(
    scope="module", params=["computed", pytest.param("by the command", marks=pytest.mark.slow)]
)
def report(request: pytest.FixtureRequest, sample_run: Any) -> Path:
    return sample_run.report if request.param == "computed" else request.getfixturevalue("whole")[0]


@pytest.mark.slow
def test_a_candidate_lets_go_of_what_it_was_opened_by(tmp_path: Path):
    """Else whoever has many holds all that the stages of each said, too."""
    (entry,) = [one for one in catalogue.load(paths.catalogue()) if one.id == "tierp-evenemang"]
    opened = Opened(entry.file(paths.catalogue()), entry=entry, store=Store(tmp_path))
    candidate, held = opened.candidate(), weakref.ref(opened)
    del opened
    gc.collect()
    assert candidate.findings and candidate.answers and held() is None


@pytest.mark.parametrize("name", ["sample_report", pytest.param("whole", marks=pytest.mark.slow)])
def test_the_report_is_there_and_its_place_is_printed(
    name: str, sample_ids, request: pytest.FixtureRequest
):
    folder, done = request.getfixturevalue(name)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == str(folder / "index.html")
    of_region = ("04_publish_first.html", "05_webinar.html", "webinar.html", "webinar.pptx")
    for file in ("index.html", "results.json", "run.json", *of_region):
        assert (folder / file).is_file(), file
    for type in ("offentlig-konst", "leverantorsfakturor"):
        together = folder / "together" / type / "07_together.html"
        assert together.is_file() is (name == "whole")
        link = f"../together/{type}/07_together.html"
        page = folder / "types" / f"{type}.html"
        assert (page.is_file() and link in page.read_text("utf-8")) is (name == "whole")
    for entry in catalogue.load(paths.catalogue()):
        page = folder / "candidates" / entry.id
        assert (page / "index.html").is_file() is (name == "whole" or entry.id in sample_ids)
        if entry.source and page.is_dir():
            assert (page / "01_profile.html").is_file()
            assert (page / "02_quality.html").is_file() and (page / "02_quality.ipynb").is_file()


def test_results_follow_their_published_schema(report):
    schema = paths.project_root() / "src" / "helpers" / "reporting" / "schemas" / "results-2.json"
    from jsonschema import Draft202012Validator  # here, as it takes seconds to import

    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(
        json.loads((report / "results.json").read_text("utf-8"))
    )


def test_what_the_manifest_declares_is_told_across_the_region(report):
    told = json.loads((report / "results.json").read_text("utf-8"))["across"]
    assert (
        {one["kind"] for one in told["matches"]}
        == {"names", "numbers", "object"}
        == set(told["totals"])
    )
    page = (report / "candidates" / "karlskrona-leverantorsfakturor" / "index.html").read_text(
        "utf-8"
    )
    assert 'id="across"' in page and "#across" in (report / "index.html").read_text("utf-8")


def test_the_story_of_the_region(report, results):
    found = results(report)
    assert len(found) == 22
    stopped = [name for name, one in found.items() if one["gate"]["verdict"] == "stopp"]
    assert "karlshamn-leverantorsfakturor" in stopped
    assert found["karlshamn-leverantorsfakturor"]["rank"] is None
    ready = found["karlskrona-badplatser"]
    assert ready["rank"] is not None and ready["rank"] <= 3
    held = found["karlshamn-offentlig-konst"]
    assert held["rank"] > 1
    assert any(move["rank_after"] == 1 and move["rows"] == 12 for move in held["what_if"]), held[
        "what_if"
    ]
    ideas = [one for one in found.values() if one["scorecard"]["stage"] == "idea"]
    assert len(ideas) == 3
    assert all(one["scorecard"]["high"] - one["scorecard"]["low"] > 20 for one in ideas)


def test_rows_to_fix_name_the_twelve_rows_by_their_key(report):
    file = report / "candidates" / "karlshamn-offentlig-konst" / "rows_to_fix.csv"
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len({row["Rad"] for row in rows}) == 12
    assert all(row["Nyckel"].startswith("K") and row["Så rättar du"] for row in rows)


def test_every_page_of_every_candidate_keeps_to_its_policy(report):
    """A script or a style that it does not allow is dropped by the browser in silence."""
    pages = sorted(report.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        keeps_to_its_policy(page.read_text("utf-8"))


def test_the_pages_tell_the_story(report):
    index = (report / "index.html").read_text("utf-8")
    order = (report / "order.html").read_text("utf-8")
    assert "Jämför det här först" in index and "från plats 2 till plats 1" in order


@pytest.mark.slow
def test_the_whole_report_fits_in_a_mail(whole):
    """Fifteen megabytes with all notebooks, maps, papers and slides but PowerPoint's, and one of
    them to spare; no page but a map's more than one."""
    files = [file for file in whole[0].rglob("*") if file.is_file() and file.suffix != ".pptx"]
    assert sum(file.stat().st_size for file in files) <= 14_000_000
    pages = [file for file in files if file.suffix == ".html" and file.stem[:4] != "map_"]
    assert len(pages) > 150 and max(file.stat().st_size for file in pages) <= 1_000_000


@pytest.mark.slow
def test_the_notebooks_pages_tell_the_story(whole):
    page = (
        whole[0] / "candidates" / "karlshamn-leverantorsfakturor" / "01_profile.html"
    ).read_text("utf-8")
    assert "enskild firma" in page and ">leverantor_id</td>" in page


def test_a_cell_of_ones_own_is_left_to_jupyterlab(sample_report):
    folder = next((sample_report[0] / "candidates").glob("*/01_profile.ipynb")).parent
    for name in ("01_profile", "02_quality"):
        cells = json.loads((folder / f"{name}.ipynb").read_text("utf-8"))["cells"]
        [own] = [cell for cell in cells if cell["id"] == "own-work"]
        assert own["source"] and not own["outputs"] and own["execution_count"] is None
        assert all(cell["outputs"] for cell in cells if cell["id"].endswith("-shown"))
        page = (folder / f"{name}.html").read_text("utf-8")
        assert "Arbeta vidare" not in page and "dataset.frame" not in page


@pytest.mark.slow
def test_every_paper_is_there_and_the_management_prints_on_one_page(
    report, sample_run, office, printed, tmp_path, monkeypatch
):
    """In both languages: Swedish as the run wrote it, English from the stages that it kept."""
    from pypdf import PdfReader

    from helpers.reporting import paper_files
    from helpers.running import region

    folder = report / "papers"
    ranked = {"tjansteskrivelse", "checklista", "roller", "upphandling"}
    assert {file.stem for file in (folder / "karlskrona-badplatser").glob("*.docx")} == ranked
    assert {
        file.stem for file in (folder / "habo-leverantorsfakturor").glob("*.html")
    } == ranked - {"tjansteskrivelse"}
    assert not (folder / "karlshamn-leverantorsfakturor" / "tjansteskrivelse.docx").exists()
    assert not (folder / "region-blekinge-tidtabeller" / "tjansteskrivelse.docx").exists()
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
    english = paper_files.write_region(region.compute(), tmp_path / "english", "en")
    assert {file.stem for file in english} == {"management", "procurement"}
    management = [file for file in english if file.stem == "management"]
    pages = [*management, folder / "ledningen.html", folder / "ledningen.docx"]
    words = [one for one in pages if one.suffix == ".docx"]
    shown = [*office(words, "pdf"), *(printed(one) for one in pages if one.suffix == ".html")]
    assert [len(PdfReader(one).pages) for one in shown] == [1, 1, 1, 1]
    said = PdfReader(shown[1]).pages[0].extract_text()
    assert "Jämför det här först" in said and "Länka dit" in said and "Att stoppa är rätt" in said


def test_no_table_of_the_run_is_left_behind(sample_run):
    assert sample_run.tables_left == []


@pytest.mark.slow
def test_no_table_of_the_whole_run_is_left_behind(whole):
    assert not [*whole[0].parent.glob("snapshots/tables/*")]
