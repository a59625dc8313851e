"""``datakollen metadata``: a page, an object, a mended file; nobody else pays for its libraries."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph
from tests.metadata import right
from tests.metadata.planted import PLANTED
from typer.testing import CliRunner, Result

from helpers.metadata import reading, validating
from helpers.running.commands import app

CASES = ("keyword without language", "licence with https", "two access addresses", "unknown theme")


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["metadata", *arguments])


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A catalogue with four faults, of which three can be mended."""
    text = right.TURTLE
    for case in CASES:
        old, new, _ = PLANTED[case]
        text = text.replace(old, new)
    file = tmp_path / "katalog.data"  # its content tells what it is
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_names_the_faults_with_what_to_do(spoilt: Path, language: str):
    done = asked(str(spoilt), "--language", language)
    assert done.exit_code == 0, done.output
    words = {
        "sv": [
            "Nyckelord utan språk",
            "tretton",
            "375",
            "stjärnor",
            "--output FIL",
        ],
        "en": ["Keywords without a", "thirteen", "375", "stars", "--output FILE"],
    }
    for said in words[language]:
        assert said in " ".join(done.output.split()), said
    assert "{" not in done.output and "oppnadata@" not in done.output


def test_the_object_says_the_same(spoilt: Path):
    told: dict[str, Any] = json.loads(asked(str(spoilt), "--json").stdout)
    assert told["schema"] == "datakollen/metadata/1"
    assert {fault["fault"]: fault["mended"] for fault in told["faults"]} == {
        "keyword_without_language": 1,
        "theme_from_elsewhere": 0,
        "licence_in_another_form": 1,
        "several_access_addresses": 1,
    }
    assert told["counts"]["dcat:Dataset"] == 1
    assert told["points"]["here_most"] == 375
    assert told["stars"]["average"] == 0  # https is no licence that the portal knows
    assert told["stars_after"]["average"] == 3


@pytest.mark.parametrize("suffix", [".rdf", ".ttl", ".jsonld"])
def test_the_mended_file_is_a_catalogue_without_what_was_mended(spoilt: Path, suffix: str):
    output = spoilt.with_name(f"rättad{suffix}")
    done = asked(str(spoilt), "--output", str(output))
    assert done.exit_code == 0, done.output
    mended = reading.read(output).graph
    assert [one.name for one in validating.violations(mended)] == ["dcat:Dataset/dcat:theme/choice"]
    before = reading.read(spoilt).graph
    assert len(mended) > len(before)  # the second distribution
    assert asked(str(output), "--json").exit_code == 0


def test_what_is_read_is_never_written_over(spoilt: Path):
    before = spoilt.read_bytes()
    for output in (spoilt, spoilt.with_suffix(".csv")):
        assert asked(str(spoilt), "--output", str(output)).exit_code == 2
    assert spoilt.read_bytes() == before


def test_what_is_typed_is_looked_at(spoilt: Path):
    assert asked(str(spoilt), "--organisation-number", "121212-1212").exit_code == 2
    assert asked(str(spoilt), "--text-language", "svenska").exit_code == 2
    assert asked(str(spoilt), "--organisation-number", "212000-0829").exit_code == 0


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path):
    file = tmp_path / "x.rdf"
    file.write_text("<html><body>Hej</body></html>", "utf-8")
    done = asked(str(file))
    assert done.exit_code == 3
    assert "webbsida" in done.output


@pytest.mark.slow
def test_the_same_file_is_said_the_same_whatever_the_seed(spoilt: Path):
    text = spoilt.read_text("utf-8")
    extra = " ".join(f"[ a dcat:Dataset ; dcterms:title 'Bad {i}'@sv ] ." for i in range(6))
    spoilt.write_text(f"{text}\n{extra}", "utf-8")
    said = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "helpers", "metadata", str(spoilt), "--json"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert json.loads(said.pop())["faults"]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["metadata", "--help"], ["list"], ["check", "x"]]
)
def test_nobody_else_imports_what_reads_graphs(arguments: list[str]):
    code = (
        "import sys; from helpers.running.commands import app\n"
        f"try: app({arguments!r})\n"
        "except SystemExit: pass\n"
        "print('\\n', [one for one in ('rdflib', 'pyshacl') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1].strip() == "[]", done.stderr


def test_the_graph_that_is_written_is_read_by_rdflib_alone(spoilt: Path):
    output = spoilt.with_name("a.rdf")
    asked(str(spoilt), "--output", str(output))
    assert len(Graph().parse(output)) == len(reading.read(output).graph)
