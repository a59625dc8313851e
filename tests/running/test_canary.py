"""A number planted in a cell of each sample stands in no file of the report, in no language, nor in what is kept."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from helpers import catalogue, paths

pytestmark = pytest.mark.timeout(600)

CANARY = "19121212-1212"  # an official test number of the Swedish Tax Agency
SPELLINGS = [b"121212-1212", b"191212121212", b"1212121212", b"1912121212"]


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
def test_no_planted_person_is_in_any_file(tmp_path: Path, language: str, run, results):
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
