"""The report in a real browser: nothing is fetched, nothing is thrown, nothing runs over the edge, and axe finds no fault."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from helpers import paths
from helpers.running import pipeline

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
IDS = ["karlshamn-offentlig-konst", "karlshamn-leverantorsfakturor", "habo-leverantorsfakturor"]
WIDTHS = (390, 1280)


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Any:
    return chromium


@pytest.fixture(scope="module", params=["sv", "en"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of three candidates: one ranked with faults, one stopped, one idea; with notebooks in Swedish."""
    home = tmp_path_factory.mktemp("browser")
    old = os.environ.get("DATAKOLLEN_SNAPSHOTS")
    os.environ["DATAKOLLEN_SNAPSHOTS"] = str(home / "snapshots")
    try:
        pipeline.run(IDS, catalogue=paths.catalogue(), output=home / "report", language=request.param, jobs=1,
                     with_notebooks=request.param == "sv")  # fmt: skip
    finally:
        os.environ.pop("DATAKOLLEN_SNAPSHOTS")
        if old is not None:
            os.environ["DATAKOLLEN_SNAPSHOTS"] = old
    return home / "report"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_in_a_browser(browser: Any, report: Path, scheme: str):
    from axe_playwright_python.sync_playwright import Axe

    pages = sorted(report.rglob("*.html"))
    assert len(pages) >= 4
    context = browser.new_context(color_scheme=scheme, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("file:") else None)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    for file in pages:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(file.as_uri())
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"{file.name} at {width} px runs {overflow} px over"
        said = Axe().run(page).response
        assert len(said["passes"]) > 10, "axe examined the page"
        assert not said["violations"], (
            file.name,
            [(one["id"], one["nodes"][0]["html"][:200]) for one in said["violations"]],
        )
    assert not asked and not faults
    context.close()


def test_every_link_leads_somewhere(browser: Any, report: Path):
    page = browser.new_page()
    for file in sorted(report.rglob("*.html")):
        page.goto(file.as_uri())
        for address in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            target = address.removeprefix("file://").split("#")[0]
            assert Path(target).exists(), (file.name, target)
    page.close()
