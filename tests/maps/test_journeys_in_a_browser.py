"""Journeys between places in a real browser with the network cut: the map's marks and the matrix's
cells against the table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from tests.browser.waiting import DRAWN, count, popup, until

from helpers.drawing import page
from helpers.drawing.journeys import Matrix
from helpers.drawing.map import Map

from .drawn import mobility

sys.path.insert(0, str(Path(__file__).parent))
from test_in_a_browser import Watched

pytestmark = pytest.mark.browser
HEAD = "fran;till;antal\n"
EVIL = "<img src=x onerror=alert(1)> ${1+1}"


def no_fault(seen: Watched) -> None:
    from axe_playwright_python.sync_playwright import Axe

    said = Axe().run(seen.page).response
    assert len(said["passes"]) > 8
    assert not said["violations"], [
        (one["id"], one["nodes"][0]["html"][:200]) for one in said["violations"]
    ]
    assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@pytest.mark.slow
def test_the_map_of_journeys(browser: Any, opened: Any, root: Path, tmp_path: Path):
    made = mobility(opened(root / "data" / "samples" / "region-blekinge-resor.csv", "rorelsedata"))
    assert isinstance(made, Map)
    names = [str(row[0]) for row in made.tables[0].rows][:-1]
    cells = {
        (names[i], names[j]): str(cell)
        for i, row in enumerate(made.tables[0].rows[:-1])
        for j, cell in enumerate(row[1:-1])
    }
    drawn = {
        pair: cell for pair, cell in cells.items() if pair[0] != pair[1] and cell not in ("", "0")
    }
    file = tmp_path / "map_mobility.html"
    file.write_text(page.page(made), "utf-8")
    seen = Watched(browser, file, "dark", 390)
    until(seen.page, DRAWN)
    count(seen.page, "flows", len(drawn))
    count(seen.page, "places", len(names))
    reached = set()
    for _ in range(14):
        seen.page.keyboard.press("Tab")
        reached.add(
            seen.page.evaluate("document.activeElement.dataset.layer || document.activeElement.id")
        )
    assert {"flows", "places", "on-flows", "on-places"} <= reached, reached
    for key, marks in (("flows", len(drawn)), ("places", len(names))):
        for number in range(marks):
            mark = seen.page.locator(f'[data-layer="{key}"]').nth(number)
            said = mark.get_attribute("aria-label") or ""
            mark.focus()
            seen.page.keyboard.press("Enter")
            told = popup(seen.page, said.split(". ")[0])
            assert told.startswith(said.split(". ")[0])
            if key == "flows":
                pair = next(one for one in drawn if said.startswith(f"{one[0]} till {one[1]}"))
                assert (drawn[pair] in told) == (drawn[pair] != "dolt"), (pair, told)
            seen.page.keyboard.press("Escape")
    no_fault(seen)
    seen.close()


def test_the_matrix_of_journeys(browser: Any, opened: Any, tmp_path: Path):
    made = mobility(
        opened(HEAD + f"{EVIL};Hemma;50\nHemma;{EVIL};40\nHemma;Bortom;2\n", "rorelsedata")
    )
    assert isinstance(made, Matrix)
    style = page.style()
    file = tmp_path / "matrix.html"
    head = (
        '<meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width"><title>x</title><style>{style}</style>'
    )
    file.write_text(
        "<!doctype html><html"
        f' lang="sv"><head>{head}</head><body><main><h1>Resor</h1>{made._repr_html_()}</main>',
        "utf-8",
    )
    seen = Watched(browser, file, "dark", 390)
    cells = seen.page.locator("tbody td").all_inner_texts()
    side = len(made.names)
    inner = [
        cell for i, cell in enumerate(cells) if i % (side + 1) < side and i < side * (side + 1)
    ]
    shown = seen.page.evaluate(
        "[...document.querySelectorAll('svg rect')].map(one => one.getAttribute('fill'))"
    )
    assert len(shown) == side**2 == len(inner)
    assert [fill.startswith("url") for fill in shown] == [
        cell == "dolt" for cell in inner
    ] and "2" not in inner
    assert EVIL in seen.page.locator("tbody th").all_inner_texts()
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "scroll"
    no_fault(seen)
    seen.close()
