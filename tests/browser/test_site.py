"""The report as a site, in a real browser: one navigation, two screens to decide by, tables that are
sorted and filtered, findings that open, all of it by keyboard, without scripts and on paper."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser.waiting import until

from helpers.reporting.environment import SITE
from helpers.words.messages import text

pytestmark = pytest.mark.browser
SCREENS = 1800  # pixels: two screens of 900
MOST = 1_000_000  # bytes of a page, but for maps
FAULTY = "candidates/region-blekinge-leverantorsfakturor/index.html"
HEADINGS = "[...document.querySelectorAll('h1,h2,h3,h4')].map(e => Number(e.tagName[1]))"
# what has no name for those who do not see it; tables without a caption (those of notebooks have a heading)
# or without headings of their cells
NAMELESS = """[...document.querySelectorAll('svg,img,iframe')].filter(e => !e.closest('[aria-hidden=true]')
  && !(e.getAttribute('alt') || e.getAttribute('title') || e.getAttribute('aria-label')
  || (e.getAttribute('aria-labelledby') || '').split(' ').some(id => document.getElementById(id)?.textContent.trim()))
).map(e => e.outerHTML.slice(0, 90))"""
BARE = """[...document.querySelectorAll('table')].filter(t =>
  !(t.caption?.textContent.trim() || t.closest('.answers, #findings details')) || !t.querySelector('th[scope]')).map(t => t.outerHTML.slice(0, 90))"""
CLOSED = """[...document.querySelectorAll('details > :not(summary)')].filter(e => !e.closest('.screen')
  && !e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})).length"""
# what is for the screen alone says nothing but where to go: links, their heading, a sentence on them
MORE_THAN_LINKS = """[...document.querySelectorAll('.screen')].filter(e => !e.querySelector('a')
  || e.querySelector('table, svg, img, [role=status]') || e.querySelectorAll('p').length > 1).length"""
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e);
  return [e.textContent.trim().replace(/\\s+/g, ' '), e.getAttribute('href'), s.outlineStyle, parseFloat(s.outlineWidth)]; }"""


@pytest.fixture(scope="module")
def report(sample_run: Any) -> Path:
    return Path(sample_run.report)


@pytest.fixture
def shown(chromium: Any, report: Path) -> Iterator[Any]:
    """A page of the browser at 1280 x 900; ``shown.visit(name)`` opens one of the report."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.visit = lambda name: page.goto((report / name).as_uri().replace("%23", "#"))
    yield page
    context.close()


def kinds(report: Path) -> list[str]:
    """One page of each kind."""
    papers = sorted((report / "papers").rglob("*.html"))
    return [
        *(file for _, file in SITE),
        "types/platsinformation.html",
        FAULTY,
        "candidates/habo-leverantorsfakturor/index.html",
        str(papers[0].relative_to(report)),
    ]


def test_the_decision_is_made_on_two_screens(shown: Any):
    shown.visit("index.html")
    assert shown.evaluate("document.documentElement.scrollHeight") <= SCREENS
    first = shown.locator("h1 a").first
    assert first.bounding_box()["y"] < 300
    assert shown.locator("ol.ranking > li").count() == 5
    headings = shown.locator("h2").all_inner_texts()
    for key in ("reporting.stopped", "site.monday", "site.first_five"):
        assert text(key, "sv") in headings
    assert shown.locator("ol.steps > li").count() == 3
    described = shown.locator("figure svg desc").first.text_content()
    assert "Karlshamn 3" in described and "Blekinge län" in described


def test_every_page_has_the_same_navigation(shown: Any, report: Path):
    wanted = [(text(f"site.pages.{key}", "sv"), (report / file).as_uri()) for key, file in SITE]
    for name in kinds(report):
        shown.visit(name)
        links = shown.locator("nav.site a")
        found = links.evaluate_all("links => links.map(e => [e.textContent.trim(), e.href])")
        assert [tuple(one) for one in found] == wanted, name
        current = shown.locator("nav.site [aria-current]")
        own = "page" if name in {file for _, file in SITE} else "true"
        if not name.startswith("papers/ledning"):
            assert current.count() == 1 and current.get_attribute("aria-current") == own, name
        assert shown.locator(".banner, main .note").first.inner_text(), name


def test_each_page_is_built_in_order(shown: Any, report: Path):
    for name in kinds(report):
        shown.visit(name)
        levels = shown.evaluate(HEADINGS)
        assert levels.count(1) == 1 and levels[0] in (1, 2), (name, levels)
        for before, after in itertools.pairwise(levels):
            assert after <= before + 1, (name, levels)
        for landmark in ("header nav", "main#main"):
            assert shown.locator(landmark).count() == 1, name
        assert shown.evaluate(NAMELESS) == [] and shown.evaluate(BARE) == [], name
        assert (report / name).stat().st_size <= MOST


def test_a_table_is_sorted_and_says_so(shown: Any):
    shown.visit("order.html")
    lows = "e => [...e.rows].map(r => r.cells[5].dataset.sort)"
    body, head = shown.locator("#order tbody"), shown.locator("#order th", has_text="Poäng")
    for way, said in (("ascending", "stigande"), ("descending", "fallande")):
        head.locator("button").click()
        assert head.get_attribute("aria-sort") == way
        found = [float(one) for one in body.evaluate(lows) if one]
        assert found == sorted(found, reverse=way == "descending") and len(found) > 15
        assert shown.locator("#live").text_content() == f"Sorterat efter Poäng, {said}"
    shown.locator("#order th", has_text="Plats").first.locator("button").click()
    assert head.get_attribute("aria-sort") is None
    places = body.evaluate("e => [...e.rows].map(r => r.cells[0].dataset.sort)")
    ranked = [int(one) for one in places if one]
    assert ranked == sorted(ranked) and places[len(ranked) :] == [""] * (len(places) - len(ranked))


def test_the_order_is_narrowed_and_whole_again(shown: Any):
    shown.visit("order.html")
    rows = shown.locator("#order tbody tr")
    every = rows.count()
    shown.locator("select[name=organisation]").select_option("tierp")
    tierp = shown.locator("#order tbody tr:visible")
    assert 1 < tierp.count() < every
    assert all("Tierps kommun" in one for one in tierp.all_inner_texts())
    shown.locator("select[name=kind]").select_option("fri")
    free = shown.locator("#order tbody tr:visible").count()
    assert 0 < free < every
    assert f"{free} av {every}" in shown.locator("form.filter [role=status]").inner_text()
    shown.locator("form.filter button[type=reset]").click()
    shown.wait_for_timeout(100)
    assert shown.locator("#order tbody tr:visible").count() == every


def test_findings_are_filtered_by_severity_and_open_to_their_rows(shown: Any, report: Path):
    shown.visit(FAULTY)
    rows = shown.locator("#faults > tbody > tr")
    every = rows.count()
    severity = rows.first.get_attribute("data-severity")
    shown.locator("select[name=severity]").select_option(severity)
    left = shown.locator("#faults > tbody > tr:visible")
    assert 0 < left.count() < every
    fold = shown.locator("#faults details", has=shown.locator("table")).first
    inner = fold.locator("table")
    assert not inner.is_visible()
    fold.locator("summary").click()
    assert inner.is_visible() and 1 <= inner.locator("tbody tr").count() <= 10
    number = inner.locator("tbody td").first.inner_text().strip()
    lines = (report / FAULTY).with_name("rows_to_fix.csv").read_text("utf-8-sig").splitlines()
    assert any(line.startswith(f'"{number}";') for line in lines)


def test_an_address_opens_what_it_points_to(shown: Any):
    shown.visit(f"{FAULTY}#scorecard")
    assert shown.locator("#scorecard").evaluate("e => e.open")
    shown.locator("nav.toc a[href='#reading']").click()
    assert shown.locator("#reading").evaluate("e => e.open")
    for address in shown.locator("nav.toc a").evaluate_all("all => all.map(e => e.hash)"):
        assert shown.locator(address).count() == 1, address


def test_without_scripts_all_is_there(chromium: Any, report: Path):
    context = chromium.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto((report / "order.html").as_uri())
    assert page.locator("#order tbody tr:visible").count() > 15
    assert not page.locator("form.filter").is_visible()
    assert page.locator("#order th button").count() == 0
    page.locator("nav.site a").nth(2).click()
    assert page.url.endswith("/types.html")
    page.goto((report / FAULTY).as_uri())
    fold = page.locator("#faults details", has=page.locator("table")).first
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()
    context.close()


def test_the_way_through_a_page_by_keyboard(shown: Any):
    """Past the navigation or through it, then all that can be used in the order it is read."""
    shown.visit("index.html")
    wanted = shown.evaluate(
        "[...document.querySelectorAll('a[href],summary,button,select,[tabindex=\"0\"]')]"
        ".filter(e => e.checkVisibility({contentVisibilityAuto: true}))"
        ".map(e => e.textContent.trim().replace(/\\s+/g, ' '))"
    )
    walked = []
    for _ in wanted:
        shown.keyboard.press("Tab")
        said, _, style, width = shown.evaluate(FOCUSED)
        assert style != "none" and width >= 2, said
        walked.append(said)
    assert walked == wanted and walked[0] == text("reporting.skip", "sv")
    shown.visit("index.html")
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    assert shown.url.endswith("#main")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.querySelector('main').contains(document.activeElement)")
    shown.visit("order.html")
    button = shown.locator("#order th button").nth(1)
    button.focus()
    shown.keyboard.press("Enter")
    assert shown.locator("#order th").nth(1).get_attribute("aria-sort") == "ascending"


def test_on_paper_all_is_open_and_nothing_is_there_to_press(shown: Any):
    for name in ("index.html", FAULTY, "order.html"):
        shown.visit(name)
        assert name == "order.html" or shown.evaluate(CLOSED) > 0
        shown.emulate_media(media="print")
        until(shown, f"{CLOSED} === 0")
        assert shown.evaluate(MORE_THAN_LINKS) == 0
        for gone in ("nav.site", "form.filter", ".skip", ".screen"):
            assert shown.locator(gone).evaluate_all("all => all.every(e => !e.checkVisibility())")
        assert shown.locator(".banner").is_visible()
        shown.emulate_media(media="screen")


def test_nothing_moves_for_those_who_asked(chromium: Any, report: Path):
    for wish, said in (("reduce", "auto"), ("no-preference", "smooth")):
        page = chromium.new_page(reduced_motion=wish)
        page.goto((report / "index.html").as_uri())
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == said
        page.close()


def test_a_type_is_shown_across_organisations(shown: Any, report: Path):
    shown.visit("types.html")
    pages = shown.locator("#types tbody a").evaluate_all("all => all.map(e => e.href)")
    assert len(pages) == len(list((report / "types").glob("*.html"))) > 3
    shown.visit("types/leverantorsfakturor.html")
    who = shown.locator("#who tbody tr").all_inner_texts()
    assert len(who) == 4 and any("Håbo kommun" in one for one in who)
    assert "Idé utan fil" in next(one for one in who if "Håbo kommun" in one)
    once = shown.locator("main .card").all_inner_texts()
    assert any(text("site.once.questions", "sv") in one for one in once)


def test_sample_data_are_called_synthetic_once(report: Path):
    for file in (report / "index.html", report / FAULTY, report / "order.html"):
        seen = re.sub(r"<(style|script)\b.*?</\1>", "", file.read_text("utf-8"), flags=re.S)
        assert seen.count(text("reporting.synthetic", "sv")) == 1
        assert "(syntetiska" not in seen


def test_the_method_is_what_computes(shown: Any):
    from helpers.scoring import criteria

    shown.visit("method.html")
    model = criteria.load()
    said = shown.locator("main").text_content()
    for group in model.groups.values():
        for one in group.values():
            assert one.name["sv"] in said
            assert all(sentence["sv"] in said for sentence in one.anchors)
    weights = shown.locator("main table").nth(1).locator("tbody td.num").all_inner_texts()
    assert [float(one.replace(",", ".")) for one in weights] == list(model.weights.values())
