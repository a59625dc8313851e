"""mask, rows, checklist and decide: what each writes, and that the source is never touched."""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml
from tests.sampling import every
from typer.testing import CliRunner

from helpers.running.commands import app
from helpers.words import paths

pytestmark = pytest.mark.usefixtures("in_this_process")
SOLE = "karlshamn-leverantorsfakturor"


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = paths.project_root() / "data"
    shutil.copytree(data / "samples", tmp_path / "data" / "samples")
    shutil.copytree(data / "catalogue", tmp_path / "data" / "catalogue")
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    return tmp_path / "data" / "catalogue"


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def read(file: Path, delimiter: str = ";", encoding: str = "utf-8") -> list[dict[str, str]]:
    with file.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.mark.parametrize("bundle", every(2, [False, True]))
def test_mask_writes_a_version_and_leaves_the_source(catalogue: Path, tmp_path: Path, bundle: bool):
    source = catalogue.parent / "samples" / f"{SOLE}.csv"
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    target = tmp_path / "version.csv"
    code, said = run(
        "mask",
        SOLE,
        "--output",
        str(target),
        "--catalogue",
        str(catalogue),
        *(["--bundle"] if bundle else []),
    )
    assert code == 0
    assert (
        "pseudonymiserad, inte anonym" in said
        and "Granskningen hittade inga hinder" in said
        and "beloppen" in said
    )
    assert hashlib.sha256(source.read_bytes()).hexdigest() == before
    rows, old = read(target), read(source, encoding="cp1252")
    sole = [n for n in range(900) if n % 9 == 4]
    name = "Enskilda firmor (sammanslagna)" if bundle else "*"
    assert len(rows) == 900
    for n, (new, was) in enumerate(zip(rows, old, strict=True)):
        changed = was | {"leverantor": name, "leverantor_id": "*"} if n in sole else was
        assert new == changed, n
    assert target.with_name("version.csv.txt").read_text("utf-8").strip() in said


def test_a_command_that_has_ended_leaves_no_table(catalogue: Path, tmp_path: Path):
    asked = ["mask", SOLE, "--output", str(tmp_path / "version.csv"), "--catalogue", str(catalogue)]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", *asked], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "snapshots").is_dir() and not [*(tmp_path / "snapshots").glob("tables/*")]


def test_masked_rows_are_not_applicable_to_rules_about_the_id(catalogue: Path, tmp_path: Path):
    from helpers.running import single

    target = tmp_path / "version.csv"
    assert run("mask", SOLE, "--output", str(target), "--catalogue", str(catalogue))[0] == 0
    found, _ = single.check_file(target, "leverantorsfakturor")
    rules = {one["id"]: one for one in found["findings"]}
    ids = [
        one
        for name, one in rules.items()
        if name.startswith("leverantor_id") and "filled" not in name
    ]
    assert ids and all(one["checked"] == 800 and not one["failed"] for one in ids), ids
    assert found["gate"]["content"] == "fri"


def test_mask_never_writes_over_the_source_nor_without_one(catalogue: Path, tmp_path: Path):
    source = catalogue.parent / "samples" / f"{SOLE}.csv"
    code, said = run("mask", SOLE, "--output", str(source), "--catalogue", str(catalogue))
    assert code == 2 and "källfil" in said
    assert (
        run(
            "mask",
            "habo-leverantorsfakturor",
            "--output",
            str(tmp_path / "x.csv"),
            "--catalogue",
            str(catalogue),
        )[0]
        == 2
    )
    assert (
        run(
            "mask",
            "region-blekinge-tidtabeller",
            "--output",
            str(tmp_path / "x.csv"),
            "--catalogue",
            str(catalogue),
        )[0]
        == 2
    )
    assert not (tmp_path / "x.csv").exists()


def test_small_counts_are_suppressed(catalogue: Path, tmp_path: Path):
    target = tmp_path / "resor.csv"
    assert (
        run(
            "mask", "region-blekinge-resor", "--output", str(target), "--catalogue", str(catalogue)
        )[0]
        == 0
    )
    counts = [row["antal_resor"] for row in read(target)]
    assert ".." in counts and all(one == ".." or int(one) >= 5 for one in counts)


@pytest.mark.slow
def test_rows_are_masked_unless_asked_for_by_name(catalogue: Path, tmp_path: Path):
    file = catalogue.parent / "samples" / f"{SOLE}.csv"
    text = file.read_bytes().decode("cp1252").splitlines()
    sole = text[5].split(";")[4]  # row 6 of the file: a sole trader
    text[5] = text[5].replace(sole, f"{sole}9")  # eleven digits: a rule names the row
    file.write_bytes("\n".join(text).encode("cp1252"))
    for flag, name in ((), "rows_to_fix.csv"), (("--raw",), "rows_to_fix_med_personuppgifter.csv"):
        assert (
            run("rows", SOLE, "--output", str(tmp_path), "--catalogue", str(catalogue), *flag)[0]
            == 0
        )
        body = (tmp_path / name).read_text("utf-8-sig")
        assert (f"{sole}9" in body) is bool(flag), body
        assert '\n"6";' in body


@pytest.mark.parametrize("suffix", ["docx", pytest.param("html", marks=pytest.mark.slow)])
def test_a_checklist_has_only_the_questions_raised(catalogue: Path, tmp_path: Path, suffix: str):
    target = tmp_path / f"fragor.{suffix}"
    assert run("checklist", SOLE, "--output", str(target), "--catalogue", str(catalogue))[0] == 0
    paragraphs = docx.Document(str(target)).paragraphs if suffix == "docx" else []
    body = "\n".join(one.text for one in paragraphs) or target.read_text("utf-8")
    assert "Personuppgifter" in body and "Sekretess" in body and "Skyddade personuppgifter" in body
    assert "Upphovsrätt" not in body and "Avtal" not in body
    assert "kommunjuristen" in body and "2009:400" in body and "Beslut" in body


def test_a_decision_is_recorded_and_lapses(catalogue: Path):
    name, file = "karlskrona-badplatser", catalogue / "karlskrona-badplatser.yaml"
    kept = file.read_text("utf-8")
    file.write_text(f"# a comment that stays\n{kept}", "utf-8")
    made = (
        "decide",
        name,
        "--role",
        "Fritidschef",
        "--date",
        "2026-11-24",
        "--registry-number",
        "FN 2026/12",
    )
    for _ in range(2):  # a second one takes the place of the first
        code, said = run(*made, "--catalogue", str(catalogue))
        assert code == 0 and "Granskningen hittade inga hinder" in said
    text = file.read_text("utf-8")
    assert text.startswith("# a comment that stays\n") and text.count("decision:") == 1
    decision = yaml.safe_load(text)["decision"]
    assert decision["registry_number"] == "FN 2026/12" and "latitude" in decision["columns"]
    data = catalogue.parent / "samples" / "karlskrona-badplatser.csv"
    lines = data.read_text("utf-8").splitlines()
    data.write_text(
        "\n".join([lines[0] + ";skotare", *(f"{line};Anna Andersson" for line in lines[1:])]),
        "utf-8",
    )
    from helpers.running.opening import open_candidate

    gate = open_candidate(name, catalogue).gate
    assert gate is not None and (gate.decision, gate.verdict) == ("lapsed", "granska")
