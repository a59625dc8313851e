"""The form and the read-me in a browser: nothing runs over the edge, axe finds no fault in light and
dark, a value is copied, and without scripts all is there to be marked by hand."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from helpers.metadata import described, form
from helpers.metadata.building import catalogue as building
from helpers.metadata.described import Standing
from helpers.reporting import documents
from helpers.reporting.packages import form_page, read_me
from helpers.words.files.ours import remembered

from . import making

DAY = dt.date(2026, 11, 30)
LOOKS = [(1280, "light"), (390, "light"), (390, "dark")]
ODD = "\u202eשפה\u202c <img src=x onerror=document.title='run'> " + "lång" * 40


@remembered
def _graph() -> tuple[described.Catalogue, Graph]:
    one = making.entry(title=ODD, theme=None, contact=None, keywords=[ODD, "bad"])
    owner = making.publisher(contact=None)
    found = making.dataset(one, owner, Standing((), None, DAY))
    whole = described.catalogue(owner, [found])
    return whole, building.statements(whole).graph


def form_file(folder: Path) -> Path:
    whole, graph = _graph()
    found = whole.datasets[0]
    parts = form.parts(graph, found, whole.proposed)
    shown = form_page.Form(
        ODD, parts, making.entry(), ["Det finns inget beslut."], ["Fråga någon."], "sv"
    )
    file = folder / "formular.html"
    file.write_text(form_page.page(shown), "utf-8")
    return file


def read_me_file(folder: Path) -> Path:
    whole, _ = _graph()
    said = read_me.ReadMe(
        title="Badplatser",
        dataset=whole.datasets[0],
        day=DAY,
        draft=["Det finns inget beslut."],
        lacks=["Fråga någon: adressen."],
        files=[("utkast-en-ganska-lang-och-sammanhangande-fil.csv-metadata.json", "Filen.")],
        masked=("email",),
        converted=None,
        left=[],
        points=read_me.Points(200, 280, 375, [("Tidsperiod", 20)], ("0", "3")),
        wrong=["Något fattas."],
        advice=["Uppgifterna kan beröras."],
        replaced=2,
        left_out=0,
        reading_lost=True,
        language="sv",
    )
    return documents.write(read_me.document(said), folder / "lasmig.html")


MADE = {"form": form_file, "read-me": read_me_file}


@pytest.mark.slow
@pytest.mark.parametrize("which", MADE)
def test_nothing_runs_over_the_edge_and_axe_finds_no_fault(
    which: str, chromium: Any, tmp_path: Path
):
    from axe_playwright_python.sync_playwright import Axe

    file = MADE[which](tmp_path)
    for width, scheme in LOOKS:
        page = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        said: list[Any] = []
        page.on("console", lambda one, said=said: said.append(one))
        page.goto(file.as_uri())
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, (width, scheme, over)
        found = Axe().run(page).response
        assert [one["id"] for one in found["violations"]] == [], (width, scheme)
        assert len(found["passes"]) > 5, "axe examined the page"
        assert [one.text for one in said if one.type == "error"] == []
        assert page.title() != "run"
        page.close()


@pytest.mark.slow
def test_a_value_is_copied_and_without_scripts_it_is_there(chromium: Any, tmp_path: Path):
    file = form_file(tmp_path)
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(file.as_uri())
    button = page.get_by_role("button", name="Kopiera: Språk")
    assert page.get_by_role("button").count() == page.locator("code.value").count() > 20
    button.first.click()
    page.wait_for_function("document.getElementById('live').textContent.startsWith('Kopierat')")
    wanted = "http://publications.europa.eu/resource/authority/language/SWE"
    assert page.evaluate("window.getSelection().toString()") == wanted
    context.close()
    plain = chromium.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(file.as_uri())
    assert page.get_by_role("button").count() == 0
    assert wanted in page.locator("main").inner_text()
    plain.close()
