"""Every page that we write has one policy, before anything it could stop, and keeps to it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from tests.browser.waiting import until
from tests.reporting.whole import write_report

from helpers.advising.results import Candidate, Region
from helpers.declared.catalogue import Entry
from helpers.drawing import page
from helpers.drawing.layers import Kind, Points
from helpers.drawing.map import MARK, Map
from helpers.reporting import documents, notebook
from helpers.reporting.environment import environment
from helpers.reporting.papers.document import Document, Facts, Items, Table, Text
from helpers.screening.marks import Gate
from helpers.words import display, paths
from helpers.words.policy import policy

SCRIPT = environment("sv").globals["sheet"]("site.js")
SITE = {file for _, file in environment("sv").globals["site_pages"]}
SOURCE = Path(paths.__file__).parents[1]
EVIL = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
WRITTEN_BY_US = re.compile(r"<!doctype html", re.I)


class Head(HTMLParser):
    """The elements of a page's head in order, its policies, and the texts that have a hash."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.head: list[tuple[str, dict[str, str | None]]] = []
        self.policies: list[str] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.attributes: list[tuple[str, str]] = []
        self._in: str | None = None
        self._packed = False
        self._in_head = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "head":
            self._in_head = True
        elif self._in_head:
            self.head.append((tag, given))
        if (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policies.append(str(given["content"]))
        self._packed = given.get("id") == "map-scripts"
        data = ("application/json", "application/octet-stream")
        if tag in self.texts and given.get("type") not in data:
            assert "src" not in given
            self._in = tag
            self.texts[tag].append("")
        self.attributes += [(tag, name) for name in given]

    def handle_data(self, data: str) -> None:
        if self._packed:  # they are run as they are unpacked
            self.texts["script"] += json.loads(zlib.decompress(base64.b64decode(data)))
            self._packed = False
        if self._in:
            self.texts[self._in][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in = None if tag == self._in else self._in
        self._in_head = self._in_head and tag != "head"


def keeps_to_its_policy(text: str) -> dict[str, str]:
    """The directives of a page's one policy, once all that it holds is allowed by them."""
    seen = Head(text)
    assert len(seen.policies) == 1
    (first, charset), (second, given) = seen.head[:2]
    assert first == second == "meta" and "charset" in charset and "http-equiv" in given
    said = dict(part.strip().split(" ", 1) for part in seen.policies[0].split(";"))
    assert said["default-src"] == said["base-uri"] == said["form-action"] == "'none'"
    assert "unsafe" not in said["script-src"] + said["style-src"]
    for kind, texts in seen.texts.items():
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode()}'"
            for one in texts
        ]
        assert said[f"{kind}-src"].split() == (hashes or ["'none'"])
    assert not [one for one in seen.attributes if one[1].startswith("on") or one[1] == "srcdoc"]
    assert "style-src-attr" in said or "style" not in {name for _, name in seen.attributes}
    assert "frame-src" in said or "iframe" not in {tag for tag, _ in seen.attributes}
    return said


def a_map() -> Map:
    spots = Points(
        key="places",
        title=EVIL,
        kinds=[Kind(EVIL)],
        kind=np.zeros(3, int),
        lon=np.array([15.1, 15.2, 15.3]),
        lat=np.array([56.1, 56.2, 56.3]),
        labels=[EVIL, "b", "c"],
    )
    return Map("places", EVIL, EVIL, EVIL, [spots])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A start page, a candidate with a map, a notebook's page that frames it, and all papers."""
    folder = tmp_path_factory.mktemp("pages")
    entry = Entry(id="a", title=EVIL, type="annan", organisation="karlshamn")
    one = folder / "candidates" / "a"
    one.mkdir(parents=True)
    outputs = [
        nbformat.v4.new_output(
            "execute_result", {"text/html": shown, "text/plain": "x"}, metadata=about
        )
        for shown, about in (
            (page.frame(a_map()), {MARK: {"key": "places", "title": EVIL}}),
            (display.Display(["Kolumn"], [[EVIL]], EVIL)._repr_html_(), {}),
        )
    ]
    cells = [nbformat.v4.new_code_cell("x", outputs=[output]) for output in outputs]
    executed = one / "03_map_places.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), executed)
    notebook.notebook_page(executed, executed.with_suffix(".html"), "sv", about=EVIL)
    candidate = Candidate(entry=entry, gate=Gate("fri", "fri", []))
    region = Region({"sv": EVIL, "en": EVIL}, [candidate], "2026-11-23T15:00:00+01:00")
    write_report(region, folder, "sv")
    blocks = [
        Text(EVIL),
        Items([(EVIL, EVIL)]),
        Table(EVIL, [EVIL], [[EVIL]], [1]),
        Facts(EVIL, [(EVIL, EVIL)]),
    ]
    paper = Document(EVIL, EVIL, "sv", EVIL, "2026-11-23", blocks=blocks)
    documents.write(paper, folder / "paper.html")
    return folder


def test_every_page_has_one_policy_first_and_keeps_to_it(pages: Path):
    written = sorted(pages.rglob("*.html"))
    assert {
        "index.html",
        "between.html",
        "map_places.html",
        "03_map_places.html",
        "paper.html",
        "checklista.html",
    } <= {file.name for file in written}
    for file in written:
        said = keeps_to_its_policy(file.read_text("utf-8"))
        maps = file.name.startswith("map_")
        assert (said["script-src"] != "'none'") is (maps or is_of_the_site(file, pages)), file
        if not maps:  # of scripts only the one that sorts, filters and opens
            assert Head(file.read_text("utf-8")).texts["script"] in ([], [SCRIPT]), file
        assert ("style-src-attr" in said) is file.name.startswith("03_"), file


def is_of_the_site(file: Path, report: Path) -> bool:
    """Pages with the one script of ours: those of the region, of types and of candidates."""
    where = file.relative_to(report).parent.as_posix()
    return where == "types" or (file.name in SITE if where == "." else file.name == "index.html")


def test_the_sample_report_too(sample_report: tuple[Path, Any]):
    written = sorted(sample_report[0].rglob("*.html"))
    assert len(written) > 12
    for file in written:
        keeps_to_its_policy(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "file",
    [
        file
        for file in sorted(SOURCE.rglob("*"))
        if file.suffix in (".html", ".j2", ".py") and WRITTEN_BY_US.search(file.read_text("utf-8"))
    ],
    ids=lambda file: file.name,
)
def test_whatever_begins_a_page_asks_for_its_policy(file: Path):
    text = file.read_text("utf-8")
    assert re.search(r'<meta charset="utf-8">\s*\{\{ ?(?:resources\.)?policy\b', text)


def test_a_policy_is_of_the_texts_that_it_is_given():
    assert "script-src 'none'; style-src 'none'" in policy([])
    assert policy(["a"]) != policy(["b"]) and "frame-src" not in policy(["a"])


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_of_each_kind_runs_nothing_else_and_maps_draw(chromium: Any, pages: Path):
    """The browser complains of nothing that is ours, and refuses what is put in."""
    shown = chromium.new_page()
    faults: list[str] = []
    shown.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    shown.on("pageerror", lambda error: faults.append(str(error)))
    for file in sorted(pages.rglob("*.html")):
        shown.goto(file.as_uri())
        assert shown.title() != "ran"
        for frame in shown.frames:
            if frame.url.endswith("/map_places.html"):
                # marks are drawn once the frame has its size
                until(frame, "document.querySelectorAll('[data-layer]').length")
        background = "getComputedStyle(document.body).backgroundColor"
        assert shown.evaluate(background) != "rgba(0, 0, 0, 0)", "its style is allowed"
    assert not faults, faults
    for file in sorted(pages.rglob("*.html")):
        put = pages / "put.html"
        put.write_text(
            file.read_text("utf-8").replace("<body", f"<body data-x=1>{EVIL}<p", 1), "utf-8"
        )
        shown.goto(put.as_uri())
        assert shown.title() != "ran"
        put.unlink()
    assert faults and all(
        "Content Security Policy" in fault or "ERR_FILE" in fault for fault in faults
    ), json.dumps(faults)
    shown.close()
