"""Maps in a real browser with the network cut: marks counted, keyboard, popups, hostile text, axe,
in the report's frame too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.browser.waiting import DRAWN, count, popup, until
from tests.sampling import every

from helpers.drawing import page
from helpers.drawing.layers import Fact, Kind, Points, Squares
from helpers.drawing.map import Map
from helpers.reporting import map_frames
from helpers.words.policy import policy

sys.path.insert(0, str(Path(__file__).parent))
from test_page import EVIL, example

pytestmark = pytest.mark.browser
SEEN = """() => [...document.querySelectorAll('[data-layer="places"]')].map(e => e.dataset.id + e.dataset.count).join()"""


class Watched:
    """A page of the browser; whatever it asks for or complains of is kept."""

    def __init__(self, browser: Any, file: Path, scheme: str = "light", width: int = 1280) -> None:
        self.context = browser.new_context(
            color_scheme=scheme, offline=True, viewport={"width": width, "height": 900}
        )
        self.page, self.asked, self.faults = self.context.new_page(), [], []
        self.page.on(
            "request",
            lambda one: (
                self.asked.append(one.url)
                if not one.url.startswith(("file:", "data:", "about:"))
                else None
            ),
        )
        self.page.on(
            "console",
            lambda one: self.faults.append(one.text) if one.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda one: self.faults.append("dialog") or one.dismiss())
        self.page.goto(file.as_uri())
        until(self.page, f"{DRAWN} || !document.querySelector('#map-scripts')")
        self.frame = self.page

    def close(self) -> None:
        assert not self.asked and not self.faults, (self.asked, self.faults)
        self.context.close()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("map") / "map_places.html"
    file.write_text(page.page(example(60)), "utf-8")
    return file


@pytest.mark.parametrize(("scheme", "width"), every(2, [("light", 1280), ("dark", 390)]))
def test_it_draws_every_mark_and_axe_finds_no_fault(
    browser: Any, written: Path, scheme: str, width: int
):
    from axe_playwright_python.sync_playwright import Axe

    seen = Watched(browser, written, scheme, width)
    until(seen.page, DRAWN)
    for layer in example(60).layers:
        count(seen.page, layer.key, layer.total)
    assert seen.page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    said = Axe().run(seen.page).response
    assert len(said["passes"]) > 10
    assert not said["violations"], [
        (one["id"], one["nodes"][0]["html"][:200]) for one in said["violations"]
    ]
    seen.close()


def test_by_keyboard_and_hostile_text_stays_text(browser: Any, written: Path):
    seen = Watched(browser, written)
    until(seen.page, DRAWN)
    reached: list[str] = []
    for _ in range(14):
        seen.page.keyboard.press("Tab")
        reached.append(
            seen.page.evaluate(
                "document.activeElement.dataset.layer || document.activeElement.id ||"
                " document.activeElement.className"
            )
        )
    assert {"municipalities", "squares", "lines", "places", "on-places", "map_test"} <= set(
        reached
    ), reached
    seen.page.focus('[data-layer="municipalities"][tabindex="0"]')
    first = seen.page.evaluate("document.activeElement.getAttribute('aria-label')")
    seen.page.keyboard.press("ArrowRight")
    until(seen.page, "first => document.activeElement.getAttribute('aria-label') !== first", first)
    seen.page.keyboard.press("Enter")
    until(seen.page, "document.querySelectorAll('.leaflet-popup h2').length === 1")
    until(seen.page, "document.activeElement.closest('.leaflet-popup') !== null")
    seen.page.keyboard.press("Escape")
    until(seen.page, "document.activeElement.dataset.layer === 'municipalities'")
    for _ in range(8):  # down to single places
        if seen.page.locator('[data-id^="p"]').count():
            break
        before = seen.page.evaluate(SEEN)
        seen.page.locator('[data-layer="places"]').first.focus()
        seen.page.keyboard.press("Enter")
        until(seen.page, f"before => ({SEEN})() !== before", before)
    seen.page.locator('[data-id^="p"]').first.focus()
    seen.page.keyboard.press("Enter")
    hostile = "<script>alert(1)</script> ${1+1} `x` </iframe> javascript:alert(1)"
    assert "191212121212" not in popup(seen.page, hostile)
    assert EVIL[:60] in seen.page.locator(".legend").inner_text()
    assert not seen.page.evaluate(
        "[...document.querySelectorAll('script')].some(one => one.textContent === 'alert(1)')"
    )
    seen.page.locator("#on-places").uncheck()
    count(seen.page, "places", 0)
    seen.close()


@pytest.mark.slow
def test_in_the_report_and_in_jupyter_the_frame_is_sandboxed(browser: Any, written: Path):
    for name, frame in (
        ("report", map_frames.frame("places", "Karta")),
        ("jupyter", page.frame(example(60))),
    ):
        from axe_playwright_python.sync_playwright import Axe

        around = written.parent / f"{name}.html"
        head = (
            ""
            if name == "jupyter"
            else f"{policy([page.style()], frames=True)}<style>{page.style()}</style>"
        )
        around.write_text(
            '<!doctype html><html lang="sv"><meta'
            f' charset="utf-8">{head}<title>x</title><main><h1>x</h1>{frame}</main>',
            "utf-8",
        )
        seen = Watched(browser, around)
        inner = next(one for one in seen.page.frames if one is not seen.page.main_frame)
        until(inner, DRAWN)
        count(inner, "places", 60)  # once the frame has its size
        assert inner.evaluate("window.origin") == "null"
        inner.evaluate(Axe().axe_script)
        said = inner.evaluate("axe.run()")
        assert not [
            one["id"] for one in said["violations"] if one["impact"] in ("serious", "critical")
        ]
        seen.close()


def test_a_frame_without_room_shows_the_whole_when_it_has_some(browser: Any, written: Path):
    """JupyterLab lays a cell's frame out before it is scrolled to."""
    around = written.parent / "hidden.html"
    around.write_text(
        f'<!doctype html><meta charset="utf-8"><main class="away">{page.frame(example(60))}</main>'
        "<style>.away iframe {width: 0 !important; height: 0 !important}</style>",
        "utf-8",
    )
    seen = Watched(browser, around)
    inner = next(one for one in seen.page.frames if one is not seen.page.main_frame)
    until(inner, DRAWN)
    seen.page.evaluate("document.querySelector('main').className = ''")
    count(inner, "places", 60)
    seen.close()


def test_the_browsers_squares_are_those_of_proj(browser: Any, written: Path):
    from pyproj import Transformer

    seen = Watched(browser, written)
    rng = np.random.default_rng(2)
    east, north = rng.uniform(260_000, 920_000, 50), rng.uniform(6_120_000, 7_680_000, 50)
    lon, lat = Transformer.from_crs("EPSG:3006", "EPSG:4326", always_xy=True).transform(east, north)
    got = np.array(
        seen.page.evaluate(
            "points => points.map(p => datakollen.degrees(p[0], p[1]))",
            np.stack([east, north], 1).tolist(),
        )
    )
    assert np.abs(got - np.stack([lat, lon], 1)).max() < 1e-8
    seen.close()


@pytest.mark.slow
def test_very_many_are_drawn_as_few(browser: Any, tmp_path: Path):
    """100,000 places and 40,000 squares: all are counted, few are drawn. ``make bench`` holds the
    seconds."""
    rng, n, kinds = np.random.default_rng(3), 100_000, [Kind("a"), Kind("b", "b")]
    points = Points(
        key="places",
        title="Platser",
        kinds=kinds,
        kind=rng.integers(0, 2, n),
        lon=rng.uniform(12, 18, n),
        lat=rng.uniform(56, 62, n),
        rows=np.arange(2, n + 2),
    )
    east, north = np.meshgrid(
        np.arange(400_000, 600_000, 1000), np.arange(6_400_000, 6_600_000, 1000)
    )
    squares = Squares(
        key="squares",
        title="Rutor",
        kinds=[Kind("a", "s3")],
        east=east.ravel(),
        north=north.ravel(),
        facts=[Fact("Median", rng.uniform(1, 900, 40_000), "Mbit/s", 1)],
    )
    file = tmp_path / "map.html"
    file.write_text(page.page(Map("many", "Många", "Se.", "Prov.", [squares, points])), "utf-8")
    seen = Watched(browser, file)
    until(seen.page, DRAWN)
    count(seen.page, "places", n)
    count(seen.page, "squares", 0)
    assert "40 000" in seen.page.locator("#map-status").inner_text().replace("\xa0", " ")
    assert seen.page.evaluate("document.querySelectorAll('[data-layer]').length") < 2600
    seen.close()


NAMES = """() => [...document.querySelectorAll('.name:not(.away)')].map(name => {
  const box = name.firstChild.getBoundingClientRect();
  return [name.textContent, box.left, box.top, box.right, box.bottom];
})"""


@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.slow)])
def test_towns_are_named_and_no_name_lies_on_another(browser: Any, tmp_path: Path, width: int):
    file = tmp_path / "map_towns.html"
    file.write_text(page.page(Map("towns", "Karta", "", "", area="10")), encoding="utf-8")
    watched = Watched(browser, file, width=width)
    until(watched.page, DRAWN)
    shown = watched.page.evaluate(NAMES)
    assert {"Karlskrona", "Karlshamn"} <= {name for name, *_ in shown}
    for i, (_, left, top, right, bottom) in enumerate(shown):
        for _, other_left, other_top, other_right, other_bottom in shown[:i]:
            assert (
                right < other_left or left > other_right or bottom < other_top or top > other_bottom
            )
    watched.close()


@pytest.mark.slow
def test_the_map_fills_the_screen_and_gives_it_back(browser: Any, written: Path):
    watched = Watched(browser, written)
    until(watched.page, DRAWN)
    button = watched.page.get_by_role("button", name="Hela skärmen")
    button.click()
    watched.page.wait_for_function("() => document.fullscreenElement !== null")
    watched.page.get_by_role("button", name="Lämna hela skärmen").click()
    watched.page.wait_for_function("() => document.fullscreenElement === null")
    watched.close()
