"""700 canaries of nineteen kinds, planted in every sample, stand in no file of the run, in no
language, however packed.

Among the candidates are a refused file and one whose notebook fails with a raw cell in its error.
Every command that writes something of a candidate is found in the program itself and run too, so
that a new one is covered when it comes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main
import yaml
from typer.testing import CliRunner

from helpers.declared import catalogue
from helpers.running import pipeline
from helpers.running.commands import app
from helpers.words import paths

from .artefacts import contents
from .canaries import KINDS, ROWS, SHAPE, canaries, plant

FOUND = {
    "personnummer",
    "sole_trader",
    "email",
    "service_email",
    "phone",
    "person_name",
    "address",
    "property",
    "ip_address",
    "cookie_id",
    "bank_account",
    "giro",
    "payment_card",
    "id_document",
    "health",
    "staff_id",
    "online_account",
}
ONE = "solvesborg-offentlig-konst"
FAILING = """import pyarrow.parquet as pq
from helpers.words import paths
rows = [pq.read_table(one).to_pylist() for one in paths.snapshots().rglob("table.parquet")]
print(rows)
int(str(rows))"""


# many commands in one process, as importing the program costs more than most of them
MANY = """import contextlib, io, json, sys, traceback
from helpers.__main__ import main
said = []
for arguments in json.loads(sys.argv[1]):
    sys.argv, out, err, code = ["datakollen", *arguments], io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        except Exception:
            code = traceback.print_exc() or 1
    said.append([code, out.getvalue() + err.getvalue()])
json.dump(said, sys.stdout)"""


def _home(tmp_path: Path, ids: list[str]) -> tuple[Path, list[str]]:
    """A copy of the project's data with canaries, a refused file, and a notebook that fails; of
    these candidates, or all."""
    root, home = paths.project_root(), tmp_path / "home"
    for name in ("data", "notebooks", "quality_suites"):
        shutil.copytree(
            root / name,
            home / name,
            ignore=shutil.ignore_patterns("snapshots", ".ipynb_checkpoints"),
        )
    folder = home / "data" / "catalogue"
    forms = yaml.safe_load((root / "data" / "samples" / "manifest.yaml").read_text("utf-8"))
    forms = forms.get("candidates", forms)
    texts: list[str] = []
    for n, entry in enumerate(catalogue.load(folder)):
        if ids and entry.id not in ids:
            (folder / f"{entry.id}.yaml").unlink()
            continue
        file = entry.file(folder)
        if file is not None:
            texts += plant(file, forms[entry.id], 10 + n * ROWS)
    refused = home / "data" / "samples" / "121212-1212 refused.csv"
    refused.write_bytes(b"\xff\xfe\x00" + "; ".join(texts).encode("utf-8") * 3)
    (folder / "refused.yaml").write_text(
        "id: refused\ntitle: Refused\ntype: annan\norganisation: karlskrona\n"
        "source: {path: '../samples/121212-1212 refused.csv'}\n",
        "utf-8",
    )
    notebook = home / "notebooks" / "02_quality.ipynb"
    plain = json.loads(notebook.read_text("utf-8"))
    run = [cell for cell in plain["cells"] if cell["id"].endswith("-shown")]
    run[-1]["source"] = FAILING
    notebook.write_text(json.dumps(plain), "utf-8")
    return home, [*texts, "121212-1212"]


def _run(
    home: Path, tmp_path: Path, *arguments: str, program: tuple[str, ...] = ("-m", "helpers")
) -> subprocess.CompletedProcess[str]:
    """In a private folder of temporary files and a home of its own, so that what is left behind is
    seen."""
    own = {
        name: str(tmp_path / name.lower())
        for name in ("TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE")
    }
    for folder in own.values():
        Path(folder).mkdir(exist_ok=True)
    environment = (
        os.environ
        | own
        | {
            "DATAKOLLEN_SNAPSHOTS": str(tmp_path / "snapshots"),
            "DATAKOLLEN_HOME": str(home),
            "PYTHONUTF8": "1",
            "MPLCONFIGDIR": str(Path.home() / ".cache" / "matplotlib"),
        }
    )
    return subprocess.run(
        [sys.executable, *program, *arguments], env=environment, capture_output=True, text=True
    )


def _many(home: Path, tmp_path: Path, commands: list[list[str]]) -> list[tuple[int, str]]:
    """Exit code, and what was said on both streams, of each command."""
    if not commands:
        return []
    ran = _run(home, tmp_path, json.dumps(commands), program=("-c", MANY))
    assert ran.returncode == 0, ran.stderr[-3000:]
    return [(code, said) for code, said in json.loads(ran.stdout)]


# what a command must be told beside where to write
MUST = {"progress": ("--from", "2026-01-01", "--to", "2026-12-31")}


def _writers(id: str) -> dict[str, list[str]]:
    """Command -> its arguments but the file to write, of every command that writes one, of a
    candidate or of them all."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    found = {}
    for name, one in commands.items():
        options = {option.name: option for option in one.params}
        written = next((f"--{option}" for option in ("output", "write") if option in options), None)
        asked = {
            option.name
            for option in one.params
            if option.param_type_name == "argument" and option.required
        }
        # between asks for results, template for a type; status and schedule only name a report, pdf
        # prints the pages of one
        others = ("run", "between", "status", "schedule", "pdf")
        if written and name not in others and asked <= {"id"}:
            of = [id] if "id" in options and options["id"].param_type_name == "argument" else []
            found[name] = [name, *of, *MUST.get(name, ()), written]
    return found


def _leaked(folder: Path, texts: list[str]) -> list[tuple[str, str]]:
    """(file, canary) for every canary that the folder's files hold: looked for among what has a
    canary's shape."""
    found, seen = [], set()
    for name, data in contents(folder):
        pieces = b"\n".join(set(SHAPE.findall(data)) - seen)
        found += [(name, text) for text in texts if text.encode() in pieces]
        seen |= set(pieces.split(b"\n"))
    return found


def test_every_canary_has_a_canarys_shape():
    for text in [
        text for start in (10, 130, 700) for _, _, found in canaries(start) for text in found
    ]:
        around = f"avser19{text}01, Åsa" if text.isdecimal() else f'{{"a":"{text}"}}'
        assert text.encode() in b"\n".join(SHAPE.findall(around.encode())), text


@pytest.mark.slow
@pytest.mark.usefixtures("in_this_process")
def test_no_canary_of_one_candidate_is_in_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """In this process and without notebooks; by the command, with a notebook that fails, in the
    slow test."""
    home, texts = _home(tmp_path, [ONE])
    monkeypatch.setenv("DATAKOLLEN_HOME", str(home))
    folder, papers = home / "data" / "catalogue", tmp_path / "papers"
    papers.mkdir()
    found = pipeline.run(
        [ONE, "refused"],
        catalogue=folder,
        output=tmp_path / "report",
        language="en",
        jobs=1,
        with_notebooks=False,
    )
    assert pipeline.exit_code(found, None) == 3
    gate = next(one.gate for one in found.candidates if one.entry.id == ONE)
    assert gate is not None and gate.content == "stopp"
    assert {reason.code.removeprefix("found_") for reason in gate.reasons} >= FOUND
    file = next(one for one in catalogue.load(folder) if one.id == ONE).file(folder)
    done = CliRunner().invoke(app, ["check", str(file)])
    assert done.exit_code == 0, done.output
    spoken = [done.output]
    for name, asked in _writers(ONE).items():
        for suffix in ("", ".docx", ".xlsx"):
            given = [
                *asked,
                str(papers / f"{name}{suffix}"),
                "--catalogue",
                str(folder),
                "--language",
                "en",
            ]
            done = CliRunner().invoke(app, given)
            spoken.append(done.output)
            if done.exit_code == 0 or name == "publish":
                break
        # a dataset that the gate stops has no package
        assert done.exit_code == (1 if name == "publish" else 0), (name, done.output)
    (papers / "streams.txt").write_text("\n".join(spoken), "utf-8")
    shutil.rmtree(home / "data" / "samples")
    (folder / "refused.yaml").unlink()
    shutil.rmtree(tmp_path / "snapshots" / "tables")  # which this process holds while it lives
    leaked = _leaked(tmp_path, texts)
    assert not leaked, leaked[:20]


THREE = ["karlskrona-leverantorsfakturor", "solvesborg-offentlig-konst", "region-blekinge-resor"]


@pytest.mark.parametrize(
    ("language", "ids"),
    [
        pytest.param("sv", THREE, marks=pytest.mark.slow, id="three"),
        pytest.param("en", [], marks=pytest.mark.long, id="all"),
    ],
)
def test_no_canary_is_in_any_file(tmp_path: Path, language: str, ids: list[str]):
    home, texts = _home(tmp_path, ids)
    if not ids:
        assert len(texts) >= 700 and len(KINDS) == 19
    folder = str(home / "data" / "catalogue")
    wanted = [*ids, "refused"] if ids else []
    common = ("--catalogue", folder, "--language", language)
    done = _run(home, tmp_path, "run", *wanted, "--output", str(tmp_path / "report"), *common)
    assert done.returncode == 4, done.stderr[-3000:]
    assert "02_quality" in done.stderr and "refused, reading" in done.stderr
    said = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))["candidates"]
    with_data = [one for one in said if one["scorecard"] and one["scorecard"]["stage"] != "idea"]
    assert all(one["gate"]["content"] == "stopp" for one in with_data)
    for one in with_data:
        codes = {reason["code"].removeprefix("found_") for reason in one["gate"]["reasons"]}
        assert codes >= FOUND, (one["id"], FOUND - codes)
    (tmp_path / "papers").mkdir()
    spoken = [done.stdout, done.stderr]
    name = (ids or ["karlskrona-badplatser"])[0]
    assert {"rows", "checklist", "mask"} <= set(_writers(name))
    file = next(one for one in catalogue.load(Path(folder)) if one.id == name).file(Path(folder))
    writers, papers = _writers(name), tmp_path / "papers"
    asked = [
        [*writers[one], str(papers / f"{one}{suffix}"), *common]
        for one in writers
        for suffix in ("", ".docx")
    ]
    checks = [["check", str(file), *more] for more in ((), ("--json",))]
    ran = _many(home, tmp_path, [*asked, *checks])
    wrote = {arguments[0] for arguments, (code, _) in zip(asked, ran, strict=False) if code == 0}
    left = sorted({*writers} - wrote, key="publish".__eq__)  # a table, then
    again = _many(
        home, tmp_path, [[*writers[one], str(papers / f"{one}.xlsx"), *common] for one in left]
    )
    # what the gate stops has no package
    assert left.pop(left.index("publish")) and again.pop(-1)[0] == 1
    assert all(code == 0 for code, _ in again), (left, again)
    spoken += [said for _, said in (*ran, *again)]
    (tmp_path / "spoken").mkdir()
    (tmp_path / "spoken" / "streams.txt").write_text("\n".join(spoken), "utf-8")
    shutil.rmtree(
        home / "data" / "samples"
    )  # all else is looked through, what the program left in its home too
    (home / "data" / "catalogue" / "refused.yaml").unlink()
    found = _leaked(tmp_path, texts)
    assert not found, found[:20]
