"""The main job on the sample region: the report is there, its story reads right, no planted person is in any file."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from jsonschema import Draft202012Validator

from helpers import catalogue, paths

pytestmark = pytest.mark.timeout(600)

CANARY = "19121212-1212"  # an official test number of the Swedish Tax Agency
SPELLINGS = [b"121212-1212", b"191212121212", b"1212121212", b"1912121212"]


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(home / "snapshots"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "helpers", *arguments], env=environment, capture_output=True, text=True, timeout=600
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    home = tmp_path_factory.mktemp("region")
    done = run("run", "--output", str(home / "report"), home=home)
    return home / "report", done


def results(folder: Path) -> dict[str, dict[str, Any]]:
    plain = json.loads((folder / "results.json").read_text("utf-8"))
    return {candidate["id"]: candidate for candidate in plain["candidates"]}


def test_the_report_is_there_and_its_place_is_printed(report):
    folder, done = report
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip() == str(folder / "index.html")
    for name in ("index.html", "results.json", "run.json", "04_publish_first.html"):
        assert (folder / name).is_file(), name
    for entry in catalogue.load(paths.catalogue()):
        page = folder / "candidates" / entry.id
        assert (page / "index.html").is_file()
        if entry.source:
            assert (page / "01_profile.html").is_file()
            assert (page / "02_quality.html").is_file() and (page / "02_quality.ipynb").is_file()


def test_results_follow_their_published_schema(report):
    folder, _ = report
    schema = paths.project_root() / "src" / "helpers" / "reporting" / "schemas" / "results-1.json"
    Draft202012Validator(json.loads(schema.read_text("utf-8"))).validate(
        json.loads((folder / "results.json").read_text("utf-8"))
    )


def test_the_story_of_the_region(report):
    found = results(report[0])
    assert len(found) == 17
    stopped = [name for name, one in found.items() if one["gate"]["verdict"] == "stopp"]
    assert "karlshamn-leverantorsfakturor" in stopped
    assert found["karlshamn-leverantorsfakturor"]["rank"] is None
    ready = found["karlskrona-badplatser"]
    assert ready["rank"] is not None and ready["rank"] <= 3
    held = found["karlshamn-offentlig-konst"]
    assert held["rank"] > 1
    assert any(move["rank_after"] == 1 and move["rows"] == 12 for move in held["what_if"]), held["what_if"]
    ideas = [one for one in found.values() if one["scorecard"]["stage"] == "idea"]
    assert len(ideas) == 3
    assert all(one["scorecard"]["high"] - one["scorecard"]["low"] > 20 for one in ideas)


def test_rows_to_fix_name_the_twelve_rows_by_their_key(report):
    file = report[0] / "candidates" / "karlshamn-offentlig-konst" / "rows_to_fix.csv"
    rows = list(csv.DictReader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len({row["Rad"] for row in rows}) == 12
    assert all(row["Nyckel"].startswith("K") and row["Så rättar du"] for row in rows)


def test_the_pages_tell_the_story(report):
    index = (report[0] / "index.html").read_text("utf-8")
    assert "Publicera det här först" in index and "från plats 2 till plats 1" in index
    page = (report[0] / "candidates" / "karlshamn-leverantorsfakturor" / "01_profile.html").read_text("utf-8")
    assert "enskild firma" in page and "<td>leverantor_id</td>" in page


def test_no_table_of_the_run_is_left_behind(report):
    tables = report[0].parent / "snapshots" / "tables"
    assert not tables.exists() or not any(tables.iterdir())


def _plant(file: Path, source: dict[str, Any]) -> None:
    """Add the canary to one text cell of the second data row, in the file's own format."""
    if file.suffix == ".geojson":
        plain = json.loads(file.read_text("utf-8"))
        properties = plain["features"][1]["properties"]
        title = ("name", "namn", "title", "titel")
        name = next(key for key, value in properties.items() if isinstance(value, str) and key.lower().endswith(title))
        properties[name] = f"{properties[name]} {CANARY}"
        file.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
    elif file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        sheet = max(book.worksheets, key=lambda one: one.max_row)
        row = sheet[sheet.max_row - 3]
        cell = next(cell for cell in row if isinstance(cell.value, str) and len(cell.value) > 5)
        cell.value = f"{cell.value} {CANARY}"
        book.save(file)
    elif file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        rows = list(csv.reader(io.StringIO(members["stops.txt"].decode("utf-8-sig"))))
        rows[2][rows[0].index("stop_name")] += f" {CANARY}"
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        members["stops.txt"] = out.getvalue().encode()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
    else:
        encoding, delimiter = source["encoding"], source["delimiter"]
        with file.open(encoding=encoding, newline="") as stream:
            rows = list(csv.reader(stream, delimiter=delimiter))
        place = next(i for i, cell in enumerate(rows[5]) if len(cell) > 3 and not cell[0].isdigit() and cell[0] != "-")
        rows[5][place] += f" {CANARY}"
        with file.open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(rows)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_planted_person_is_in_any_file(tmp_path: Path, language: str):
    root = paths.project_root() / "data"
    shutil.copytree(root / "samples", tmp_path / "data" / "samples")
    shutil.copytree(root / "catalogue", tmp_path / "data" / "catalogue")
    folder = tmp_path / "data" / "catalogue"
    manifest = yaml.safe_load((root / "samples" / "manifest.yaml").read_text("utf-8"))
    forms = manifest.get("candidates", manifest)
    planted = 0
    for entry in catalogue.load(folder):
        file = entry.file(folder)
        if file is not None:
            form = forms[entry.id] if isinstance(forms, dict) else next(f for f in forms if f["id"] == entry.id)
            _plant(file, form)
            planted += 1
    assert planted == 14
    ids = [] if language == "sv" else ["karlskrona-leverantorsfakturor", "solvesborg-offentlig-konst"]
    done = run("run", *ids, "--catalogue", str(folder), "--output", str(tmp_path / "report"), "--language", language,
               home=tmp_path)  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    found = results(tmp_path / "report")
    with_data = [one for one in found.values() if one["scorecard"]["stage"] != "idea"]
    assert all(one["gate"]["content"] == "stopp" for one in with_data), {
        n: o["gate"]["content"] for n, o in found.items()
    }
    for file in [*(tmp_path / "report").rglob("*"), *(tmp_path / "snapshots").rglob("*")]:
        if file.is_file():
            data = file.read_bytes()
            assert not any(spelling in data for spelling in SPELLINGS), file
    assert not any(spelling.decode() in done.stderr + done.stdout for spelling in SPELLINGS)


def test_one_broken_candidate_does_not_take_the_others_with_it(tmp_path: Path):
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (tmp_path / "good.csv").write_text("id;name;latitude;longitude\n1;Lekplats;56,17;14,86\n", "utf-8")
    (tmp_path / "bad.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    for name in ("good.csv", "bad.xls", "missing.csv"):
        identity = name.split(".")[0]
        (folder / f"{identity}.yaml").write_text(
            f"id: {identity}\ntitle: {identity}\ntype: platsinformation\norganisation: karlshamn\n"
            f"source:\n  path: ../{name}\n", "utf-8",
        )  # fmt: skip
    done = run("run", "--catalogue", str(folder), "--output", str(tmp_path / "report"), home=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "bad, reading" in done.stderr and "missing, reading" in done.stderr
    found = results(tmp_path / "report")
    assert found["good"]["rank"] == 1 and found["bad"]["rank"] is None
    assert "bad" in (tmp_path / "report" / "index.html").read_text("utf-8")


def test_a_second_run_takes_what_is_kept(tmp_path: Path):
    ids = ["karlskrona-badplatser"]
    first = run("run", *ids, "--output", str(tmp_path / "a"), home=tmp_path)
    second = run("run", *ids, "--output", str(tmp_path / "b"), home=tmp_path)
    assert first.returncode == second.returncode == 0
    assert results(tmp_path / "a") == results(tmp_path / "b")
    seconds = [json.loads((tmp_path / name / "run.json").read_text("utf-8"))["seconds"]["stages"] for name in "ab"]
    assert seconds[1] < seconds[0] / 2


def test_a_folder_that_is_not_a_report_is_not_overwritten(tmp_path: Path):
    (tmp_path / "precious.txt").write_text("keep me", "utf-8")
    done = run("run", "karlskrona-badplatser", "--output", str(tmp_path), home=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").read_text("utf-8") == "keep me"
