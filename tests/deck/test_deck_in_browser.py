"""The deck in a real browser: every slide readable at a distance and by everyone, steered by keys,
with a window for the speaker; without scripts, on a telephone and on paper the same words; nothing
fetched, nothing run that is not ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest
from tests.browser.waiting import until
from tests.deck import made
from tests.deck.test_powerpoint import hostile, with_map
from tests.sampling import every

from helpers.reporting.deck import page as pages
from helpers.reporting.deck.slide import Deck
from helpers.words.messages import LANGUAGES

pytestmark = pytest.mark.browser
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
READY = "typeof Reveal !== 'undefined' && Reveal.isReady()"
SMALL = """id => [...document.getElementById(id).querySelectorAll('.inner *')]
  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
  .filter(one => one.getBoundingClientRect().width > 2 && parseFloat(getComputedStyle(one).fontSize) < 24)
  .map(one => one.outerHTML.slice(0, 120))"""
OVER = """id => { const edge = document.getElementById(id).getBoundingClientRect();
  return [...document.getElementById(id).querySelectorAll('.inner *')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && (box.bottom > edge.bottom - 50 + 1 && !one.closest('figure')
      || box.right > edge.right + 1);
  }).map(one => one.outerHTML.slice(0, 120)); }"""


class Seen:
    """A page, what it asked of the network, and what went wrong on it."""

    def __init__(self, browser: Any, file: Path, **context: Any) -> None:
        given = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"} | context
        self.context = browser.new_context(**given)
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.context.on("page", self._watch)
        self.page = self.context.new_page()
        self.page.goto(file.as_uri())

    def _watch(self, page: Any) -> None:
        page.on("request", lambda one: self.asked.append(one.url))
        page.on("console", lambda one: self.faults.append(one.text))
        page.on("pageerror", lambda one: self.faults.append(str(one)))
        page.on("dialog", lambda one: self.faults.append("dialog"))

    def ended(self) -> None:
        self.context.close()
        outside = [url for url in self.asked if not url.startswith(("file:", "data:image/png"))]
        assert not outside and not self.faults, (outside, self.faults[:3])


def written(deck: Deck, folder: Path) -> Path:
    file = folder / "webinar.html"
    file.write_text(pages.page(deck), "utf-8")
    return file


def full(language: str = "sv") -> Deck:
    return with_map(made.deck(made.sixty(), language, answers=made.answered()))


def violations(page: Any, only: tuple[str, ...] = WCAG) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "tag", "values": list(only)}} if only else None
    said = Axe().run(page, options=options).response
    assert len(said["passes"]) > 5, "axe examined the page"
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in said["violations"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    "look", ["light", "dark", pytest.param("contrast", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("language", every(2, LANGUAGES))
def test_every_slide_is_readable_by_all(chromium: Any, tmp_path: Path, language: str, look: str):
    seen = Seen(chromium, written(full(language), tmp_path))
    until(seen.page, READY)
    seen.page.evaluate("look => document.documentElement.dataset.look = look", look)
    ids = [slide.id for slide in full(language).slides]
    for number, id in enumerate(ids):
        seen.page.evaluate(f"Reveal.slide({number})")
        until(seen.page, "id => document.getElementById(id).classList.contains('present')", id)
        assert not violations(seen.page, ()), id
    seen.ended()


@pytest.mark.parametrize(
    "name",
    [
        "sixty",
        *(pytest.param(one, marks=pytest.mark.slow) for one in made.REGIONS if one != "sixty"),
    ],
)
def test_letters_are_large_and_nothing_runs_over(chromium: Any, tmp_path: Path, name: str):
    """At 1280 x 720, with titles and sentences as long as a deck lets them be."""
    of = made.REGIONS[name]()
    deck = with_map(made.deck(of, answers=made.answered("ett ganska långt namn på ett slag")))
    seen = Seen(chromium, written(deck, tmp_path))
    until(seen.page, READY)
    for number, slide in enumerate(deck.slides):
        seen.page.evaluate(f"Reveal.slide({number})")
        assert not seen.page.evaluate(SMALL, slide.id), slide.id
        assert not seen.page.evaluate(OVER, slide.id), slide.id
    seen.ended()


def test_it_is_steered_by_keys_and_told_to_who_does_not_see(chromium: Any, tmp_path: Path):
    seen = Seen(chromium, written(full(), tmp_path))
    page = seen.page
    until(page, READY)
    shown = "document.querySelector('.slides > .present').id"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    until(page, f"{shown} === 'order'")
    assert page.inner_text(".where") == "Bild 3 av 14"
    assert page.get_attribute("main", "role") is None
    hidden = page.eval_on_selector_all(
        "section.slide",
        "all => all.filter(one => one.getAttribute('aria-hidden') === 'true').length",
    )
    assert hidden == 13
    page.keyboard.press("o")
    until(page, "document.querySelector('dialog').open")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, f"{shown} === 'points' && !document.querySelector('dialog').open")
    for look in ("light", "dark", "contrast", "auto"):
        page.keyboard.press("l")
        assert page.evaluate("document.documentElement.dataset.look") == look
    walked = []
    for _ in range(12):
        page.keyboard.press("Tab")
        walked.append(page.evaluate("document.activeElement.dataset.do || ''"))
    named = [one for one in walked if one]
    assert named[:5] == ["prev", "next", "overview", "speaker", "look"]
    seen.ended()


@pytest.mark.slow
def test_the_speaker_has_a_window_with_notes_and_the_next_slide(chromium: Any, tmp_path: Path):
    deck = full()
    seen = Seen(chromium, written(deck, tmp_path))
    until(seen.page, READY)
    with seen.context.expect_page() as opened:
        seen.page.keyboard.press("s")
    speaker = opened.value
    speaker.keyboard.press("ArrowRight")
    until(speaker, "document.title.startsWith('Bild 2 av')")
    assert deck.slides[1].notes[0] in speaker.inner_text(".said")
    assert deck.slides[1].title in speaker.inner_text(".now")
    assert deck.slides[2].title in speaker.inner_text(".then")
    assert seen.page.evaluate("Reveal.getIndices().h") == 1
    assert not violations(speaker)
    seen.ended()


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_it_reads_without_scripts(chromium: Any, tmp_path: Path, width: int):
    deck = full()
    without = Seen(
        chromium,
        written(deck, tmp_path),
        java_script_enabled=False,
        viewport={"width": width, "height": 800},
    )
    said = " ".join(without.page.locator("body").all_text_contents())
    for slide in deck.slides:
        for text in (slide.title, slide.lead, *slide.notes, *(one.text for one in slide.points)):
            assert text in said
    without.ended()


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_a_telephone_has_a_document(chromium: Any, tmp_path: Path, scheme: str):
    file = written(full(), tmp_path)
    seen = Seen(chromium, file, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.page.locator("section.slide >> visible=true").count() == 14
    seen.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    assert not violations(seen.page, ())
    seen.ended()


def test_paper_has_a_slide_on_each_page(chromium: Any, tmp_path: Path):
    deck = full()
    seen = Seen(chromium, written(deck, tmp_path))
    until(seen.page, READY)
    seen.page.evaluate("Reveal.slide(4)")
    seen.page.pdf(path=tmp_path / "slides.pdf", prefer_css_page_size=True)
    printed = pypdf.PdfReader(tmp_path / "slides.pdf").pages
    assert len(printed) == len(deck.slides)
    for page, slide in zip(printed, deck.slides, strict=True):
        words = "".join(page.extract_text().split())
        assert "".join(slide.title.split())[:20] in words
    seen.ended()


@pytest.mark.parametrize("number", every(10, list(range(len(made.PAYLOADS)))))
def test_no_text_of_others_runs(chromium: Any, tmp_path: Path, number: int):
    payload = made.PAYLOADS[number]
    seen = Seen(chromium, written(hostile(payload), tmp_path))
    until(seen.page, READY)
    with seen.context.expect_page() as opened:
        seen.page.keyboard.press("s")
    for at in range(seen.page.evaluate("Reveal.getTotalSlides()")):
        seen.page.evaluate(f"Reveal.slide({at})")
    for page in (seen.page, opened.value):
        assert page.evaluate("window.hit") is None
    plain = " ".join(payload.split())[:30]
    assert plain in " ".join(seen.page.locator("#deck").text_content().split())
    seen.ended()


def test_reveal_is_what_its_makers_published():
    """The bytes of npm's reveal.js 5.2.1, whoever packs them."""
    import hashlib
    from importlib.util import find_spec

    folder = Path(str(find_spec("sphinx_revealjs").origin)).parent / pages.REVEAL  # type: ignore[union-attr]
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("reveal.js", "reveal.css")
    }
    assert digests == {
        "reveal.js": "46538b52db48724192f59bf46f5e851a18e302777c46f4a34c32709d010d6a29",
        "reveal.css": "68f915a11ebf7203c0446576b7e952ff61c5dd02134a8a226ffaf62ed42136d2",
    }
