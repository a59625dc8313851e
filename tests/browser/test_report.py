"""The report in a real browser: nothing is fetched, nothing is thrown, nothing runs over the edge,
and axe finds no fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.laws.test_one_language import foreign
from tests.sampling import every

from helpers.running import pipeline
from helpers.words import paths
from helpers.words.messages import LANGUAGES

pytestmark = pytest.mark.browser
WIDTHS = (1920, 390, 1280)


@pytest.fixture(scope="session")
def browser(chromium: Any) -> Any:
    return chromium


class Reports(dict[str, Path]):
    """Reports by language; what is not there is made when it is first asked for."""

    def __init__(self, made: dict[str, Path], make: Callable[[str], Path]) -> None:
        super().__init__(made)
        self.make = make

    def __missing__(self, language: str) -> Path:
        self[language] = self.make(language)
        return self[language]


@pytest.fixture(scope="module")
def reports(
    sample_run: Any,
    sample_report: tuple[Path, Any],
    sample_ids: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Reports:
    """Reports of what the run kept: in Swedish with its notebooks, in English without them and with
    a candidate that is stopped."""

    def make(language: str) -> Path:
        output = tmp_path_factory.mktemp("browser") / "report"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATAKOLLEN_SNAPSHOTS", str(sample_run.snapshots))
            pipeline.run(
                [*sample_ids, "karlshamn-leverantorsfakturor"],
                catalogue=paths.catalogue(),
                output=output,
                language=language,
                jobs=1,
                with_notebooks=False,
            )
        return output

    return Reports({"sv": sample_report[0]}, make)


@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        pytest.param("sv", "dark", marks=pytest.mark.slow),
        pytest.param("en", "light", marks=pytest.mark.long),
        pytest.param("sv", "light", marks=pytest.mark.long),
        pytest.param("en", "dark", marks=pytest.mark.long),
    ],
)
def test_every_page_in_a_browser(browser: Any, reports: Reports, language: str, scheme: str):
    pages = sorted(reports[language].rglob("*.html"))
    assert len(pages) >= 4
    look_at(browser, pages, scheme)


@pytest.mark.parametrize("first", every(6, (3, 0, 1, 2, 4, 5)))
def test_a_page_of_each_kind_in_a_browser(browser: Any, reports: Reports, first: int):
    """Of pages that are called alike the largest: the candidate with most to say, and so on."""
    by_size = sorted(reports["sv"].rglob("*.html"), key=lambda page: page.stat().st_size)
    kinds = {
        ("a type" if page.parent.name == "types" else page.name, page.parent == reports["sv"]): page
        for page in by_size
    }
    assert len(kinds) >= 10
    largest_first = sorted(kinds.values(), key=lambda page: (-page.stat().st_size, page.name))
    look_at(browser, largest_first[first::6], "light")


@pytest.mark.slow
def test_the_first_pages_in_english_and_dark(browser: Any, reports: Reports):
    """The decision page, and the candidate with most to say."""
    pages = (reports["en"] / "candidates").glob("*/index.html")
    largest = max(pages, key=lambda page: page.stat().st_size)
    look_at(browser, [reports["en"] / "index.html", largest], "dark")


def look_at(browser: Any, shown: list[Path], scheme: str) -> None:
    """Nothing is asked of the network, thrown or too wide, and axe finds no fault."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, java_script_enabled=True)
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(request.url) if not request.url.startswith("file:") else None,
    )
    page.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    for file in shown:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(file.as_uri())
            overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"{file.name} at {width} px runs {overflow} px over"
        # at 1280 pixels, the last, as it is and with all that opens open
        for opened in ("false", "true"):
            folds = f"document.querySelectorAll('details').forEach(e => e.open = {opened})"
            page.evaluate(folds)
            said = Axe().run(page).response
            assert len(said["passes"]) > 10, "axe examined the page"
            assert not said["violations"], (
                file.name,
                [(one["id"], one["nodes"][0]["html"][:200]) for one in said["violations"]],
            )
            if not page.locator("details").count():
                break
    assert not asked and not faults
    context.close()


@pytest.mark.parametrize("language", every(2, LANGUAGES))
def test_every_link_leads_somewhere(browser: Any, reports: Reports, language: str):
    page = browser.new_page()
    for file in sorted(reports[language].rglob("*.html")):
        page.goto(file.as_uri())
        for address in page.eval_on_selector_all(
            "a[href]", "links => links.map(link => link.href)"
        ):
            target = address.removeprefix("file://").split("#")[0]
            assert Path(target).exists(), (file.name, target)
    page.close()


SHOWN = """() => { const texts = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode, of = at.parentElement;
    if (!of.closest('script, style, code, pre, [lang]:not(html)') && at.data.trim()) texts.push(at.data.trim());
  }
  return texts; }"""


@pytest.mark.slow
@pytest.mark.parametrize("language", every(2, LANGUAGES))
def test_each_page_is_in_one_language(browser: Any, reports: Reports, language: str):
    """Texts that stand in templates and programs too, not only those of ``messages``."""
    context = browser.new_context(offline=True, java_script_enabled=True)
    page, wrong = context.new_page(), {}
    for file in sorted(reports[language].rglob("*.html")):
        page.goto(file.as_uri())
        texts = page.evaluate(SHOWN)
        assert texts
        wrong |= {text: file.name for text in texts if foreign(text, language)}
    context.close()
    assert not wrong
