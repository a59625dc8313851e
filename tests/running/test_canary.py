"""500 canaries of twelve kinds, planted in every sample, stand in no file of the run, in no language, also unzipped.

Among the candidates are a refused file and one whose notebook fails with a raw cell in its error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from helpers import catalogue, paths

from .canaries import KINDS, ROWS, plant

pytestmark = pytest.mark.timeout(600)
FOUND = {"personnummer", "sole_trader", "email", "service_email", "phone", "person_name", "address", "property", "ip_address",
         "cookie_id"}  # fmt: skip
FAILING = """import pyarrow.parquet as pq
from helpers import paths
rows = [pq.read_table(one).to_pylist() for one in paths.snapshots().rglob("table.parquet")]
print(rows)
int(str(rows))"""


def _contents(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file's bytes, and those of what is zipped in it."""
    for file in folder.rglob("*"):
        if not file.is_file():
            continue
        yield file, file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    yield file / name, archive.read(name)


def _home(tmp_path: Path, ids: list[str]) -> tuple[Path, list[str]]:
    """A copy of the project's data with canaries, a refused file, and a notebook that fails."""
    root, home = paths.project_root(), tmp_path / "home"
    for name in ("data", "notebooks", "quality_suites"):
        shutil.copytree(root / name, home / name, ignore=shutil.ignore_patterns("snapshots", ".ipynb_checkpoints"))
    folder = home / "data" / "catalogue"
    forms = yaml.safe_load((root / "data" / "samples" / "manifest.yaml").read_text("utf-8"))
    forms = forms.get("candidates", forms)
    texts: list[str] = []
    for n, entry in enumerate(catalogue.load(folder)):
        file = entry.file(folder)
        if file is not None and (not ids or entry.id in ids):
            texts += plant(file, forms[entry.id], 10 + n * ROWS)
    refused = home / "data" / "samples" / "121212-1212 refused.csv"
    refused.write_bytes(b"\xff\xfe\x00" + "; ".join(texts).encode("utf-8") * 3)
    (folder / "refused.yaml").write_text(
        "id: refused\ntitle: Refused\ntype: annan\norganisation: karlskrona\n"
        "source: {path: '../samples/121212-1212 refused.csv'}\n", "utf-8",
    )  # fmt: skip
    notebook = home / "notebooks" / "02_quality.ipynb"
    plain = json.loads(notebook.read_text("utf-8"))
    next(cell for cell in reversed(plain["cells"]) if cell["cell_type"] == "code")["source"] = FAILING
    notebook.write_text(json.dumps(plain), "utf-8")
    return home, [*texts, "121212-1212"]


def _run(home: Path, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"DATAKOLLEN_SNAPSHOTS": str(tmp_path / "snapshots"), "DATAKOLLEN_HOME": str(home),
                                "PYTHONUTF8": "1", "TMPDIR": str(tmp_path / "tmp")}  # fmt: skip
    (tmp_path / "tmp").mkdir(exist_ok=True)
    return subprocess.run([sys.executable, "-m", "helpers", *arguments], env=environment, capture_output=True, text=True,
                          timeout=600)  # fmt: skip


@pytest.mark.parametrize(
    ("language", "ids"),
    [("sv", []), ("en", ["karlskrona-leverantorsfakturor", "solvesborg-offentlig-konst", "region-blekinge-resor"])],
)
def test_no_canary_is_in_any_file(tmp_path: Path, language: str, ids: list[str]):
    home, texts = _home(tmp_path, ids)
    if not ids:
        assert len(texts) >= 500 and len(KINDS) == 12
    folder = str(home / "data" / "catalogue")
    wanted = [*ids, "refused"] if ids else []
    done = _run(home, tmp_path, "run", *wanted, "--catalogue", folder, "--output", str(tmp_path / "report"), "--language",
                language)  # fmt: skip
    assert done.returncode == 4, done.stderr[-3000:]
    assert "02_quality" in done.stderr and "refused, reading" in done.stderr
    said = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))["candidates"]
    with_data = [one for one in said if one["scorecard"] and one["scorecard"]["stage"] != "idea"]
    assert all(one["gate"]["content"] == "stopp" for one in with_data)
    for one in with_data:
        codes = {reason["code"].removeprefix("found_") for reason in one["gate"]["reasons"]}
        assert codes >= FOUND, (one["id"], FOUND - codes)
    for one in with_data[:3]:
        name = one["id"]
        for command in ("rows", "checklist"):
            target = tmp_path / "papers" / (name if command == "rows" else f"{name}.docx")
            target.parent.mkdir(exist_ok=True)
            assert _run(home, tmp_path, command, name, "--catalogue", folder, "--output", str(target)).returncode == 0
    found = [
        (str(file.relative_to(tmp_path)), text)
        for part in ("report", "snapshots", "tmp", "papers") if (tmp_path / part).exists()
        for file, data in _contents(tmp_path / part)
        for text in texts if any(text.encode(code) in data for code in ("utf-8", "utf-16-le", "latin-1"))
    ]  # fmt: skip
    assert not found, found[:20]
    assert not any(text in done.stderr + done.stdout for text in texts)
