"""The deck in a report, by the notebook, and alone by the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from tests.deck import made
from typer.testing import CliRunner

from helpers.reporting import paper_files
from helpers.reporting.deck import shown
from helpers.running.commands import app
from helpers.words import light

IDEA = """id: {id}
title: Lekplatser i Karlskrona {id}
type: platsinformation
organisation: karlskrona
"""


def test_a_report_has_both_files_and_leads_to_them(sample_report: tuple[Path, Any]):
    folder, done = sample_report
    assert done.returncode == 0, done.stderr[-2000:]
    page = (folder / "webinar.html").read_text("utf-8")
    titles = re.findall(r'-title" class="title">([^<]*)<', page)
    slides = [
        slide.shapes.title.text_frame.text
        for slide in Presentation(str(folder / "webinar.pptx")).slides
    ]
    assert 10 <= len(slides) <= 14 and titles == slides
    assert 'href="webinar.html"' in (folder / "index.html").read_text("utf-8")
    notebook = (folder / "05_webinar.html").read_text("utf-8")
    assert 'href="webinar.pptx"' in notebook and all(title in notebook for title in titles)
    assert json.loads((folder / "run.json").read_text("utf-8"))["made"]["notebook 05_webinar"] == 1


def test_what_a_notebook_shows_carries_the_deck(tmp_path: Path):
    with light.imports():
        from nbformat.v4 import new_code_cell, new_notebook, new_output
    deck = shown.ShownDeck(made.deck(made.one(), answers=made.answered("<b>slag</b>")))
    data = deck._repr_mimebundle_()
    assert "<b>slag" not in data["text/html"] and data["text/plain"].startswith("1. Vilken")
    output = new_output("execute_result", data=json.loads(json.dumps(data)), execution_count=1)
    notebook = new_notebook(cells=[new_code_cell("deck", outputs=[output])])
    shown.move_out(notebook, tmp_path, "sv")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["webinar.html", "webinar.pptx"]
    left = notebook.cells[0].outputs[0].data
    assert shown.MIME not in left and 'href="webinar.html"' in left["text/html"]
    assert deck.write(tmp_path / "alone")[0].read_text("utf-8") == (
        tmp_path / "webinar.html"
    ).read_text("utf-8")


def test_no_link_leads_to_slides_that_are_not_there(tmp_path: Path):
    assert paper_files.of_deck(tmp_path, "sv") == []


@pytest.mark.parametrize("nameless", [False, True])
def test_the_command_writes_both_from_a_catalogue(
    tmp_path: Path, in_this_process: None, nameless: bool
):
    catalogue, folder = tmp_path / "catalogue", tmp_path / "slides"
    catalogue.mkdir()
    for id in ("en", "två"):
        name = id.replace("å", "a")
        (catalogue / f"{name}.yaml").write_text(IDEA.format(id=name), "utf-8")
    asked = ["deck", "--catalogue", str(catalogue), "--output", str(folder)]
    told = CliRunner().invoke(app, [*asked, *(["--nameless"] if nameless else [])])
    assert told.exit_code == 0, told.output
    assert told.stdout.split() == [str(folder / name) for name in shown.FILES]
    page = (folder / "webinar.html").read_text("utf-8")
    assert ("Karlskrona" in page) is not nameless
    (folder / "webinar.html").write_text("mine", "utf-8")
    assert CliRunner().invoke(app, asked).exit_code == 2
    assert (folder / "webinar.html").read_text("utf-8") == "mine"
