"""The map of movement data: marks counted against its tables, nothing hidden in what leaves,
hostile names as text, a browser."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.waiting import DRAWN, count, until

from helpers.drawing import page
from helpers.drawing.journeys import Matrix
from helpers.drawing.layers import Layer, Lines
from helpers.drawing.map import Map
from helpers.running.opening import Opened

from .drawn import mobility

EVIL = "<script>alert(1)</script> ${1+1} `x` </iframe> javascript:alert(1)"
HEAD = "fran;till;antal\n"


def layer(made: Map, key: str) -> Layer:
    return next(one for one in made.layers if one.key == key)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


@pytest.fixture
def sample(opened: Callable[..., Opened], root: Path) -> Opened:
    return opened(root / "data" / "samples" / "region-blekinge-tidtabeller.zip", "rorelsedata")


def hostile(folder: Path, root: Path) -> Path:
    """The sample's feed with hostile names of stops and lines."""
    file = folder / "ond.zip"
    with (
        zipfile.ZipFile(root / "data" / "samples" / "region-blekinge-tidtabeller.zip") as old,
        zipfile.ZipFile(file, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode()
            for plain in ("Ronneby station", "Kusttåget (påhittat)", "Nedlagda hållplatsen"):
                text = text.replace(plain, EVIL)
            new.writestr(name, text)
    return file


def test_marks_are_those_of_the_tables(sample: Opened):
    made = mobility(sample)
    assert isinstance(made, Map)
    table = {one.title: one for one in made.tables}
    status = {row[0]: number(row[1]) for row in table["Hållplatser efter trafik"].rows}
    served = ("Avgångar enligt tidtabell", "Avgångar bara efter beställning", "Bara avstigning")
    assert (
        len(layer(made, "stops"))
        == sum(status[name] for name in served)
        == len(table["Hållplatser"].rows)
    )
    assert (
        len(layer(made, "quiet"))
        == sum(status.values()) - len(layer(made, "stops"))
        == len(table["Hållplatser utan trafik"].rows)
    )
    lines = table["Linjer"]
    assert len(layer(made, "lines")) == sum(row[-1] != "inte ritad" for row in lines.rows) == 7
    days = table["Dagarna"].rows
    assert [row[0] for row in days] == ["Vardag", "Lördag", "Söndag"]
    for d, row in enumerate(days):
        assert number(row[2]) == sum(number(line[3 + d]) for line in lines.rows)
        assert number(row[4]) == sum(number(stop[2 + d]) for stop in table["Hållplatser"].rows)
        assert number(row[3]) == sum(number(stop[2 + d]) > 0 for stop in table["Hållplatser"].rows)
    kinds = [made.layers[0].kinds[i] for i in made.layers[0].kind_of]
    assert {one.label: one.pattern for one in kinds}["Buss, bara efter beställning"] == "dashed"
    assert any(one.pattern == "hatched" for one in layer(made, "stops").kinds)
    assert "01:00 (+1 dygn)" in {row[7] for row in lines.rows}  # the night bus
    for key in ("lines", "stops"):
        headways = [
            one.label
            for one in layer(made, key).facts
            if one.label.startswith("Tid mellan avgångar")
        ]
        assert [one.split(", ")[1] for one in headways] == ["vardag", "lördag", "söndag"], key
    islands = table["Öar och fristående delar"].rows
    assert islands[0][0] == "Nås bara med färja" and "påhittad ö" in islands[0][2]


@pytest.mark.slow
def test_a_chosen_date_in_english(sample: Opened):
    made = mobility(sample, "en", dt.date(2027, 7, 4))
    assert isinstance(made, Map) and made.see.startswith("Chosen day (4 July 2027)")
    assert "Summer" not in made.see and any(
        row[0] == "Line 8" and row[3] == "1" for one in made.tables for row in one.rows
    )


@pytest.mark.real
@pytest.mark.slow
def test_uppland_says_what_cannot_be_said_and_names_the_stop_off_kaliningrad(
    opened: Callable[..., Opened], real: Path
):
    made = mobility(
        opened(real / "mobility" / "ul_gtfs_2021-09_without_stop_times.zip", "rorelsedata")
    )
    assert isinstance(made, Map)
    assert "saknar stop_times.txt" in made.see and "Kalkugnen" in made.see
    astray = next(one for one in made.tables if one.title == "Långt från alla andra")
    assert [(row[0], row[1][:5], row[2][:5]) for row in astray.rows] == [
        ("Kalkugnen (Kalkugnen) (Älvkarleby)", "54,64", "19,69")
    ]
    assert {one.key for one in made.layers} == {"quiet", "astray"} and made.bounds[1] > 58


@pytest.mark.real
def test_a_list_of_stops_says_that_it_is_one(opened: Callable[..., Opened], real: Path):
    made = mobility(opened(real / "mobility" / "uppsala_stops_2020-05-14.csv", "rorelsedata"))
    assert isinstance(made, Map) and len(made.layers) == 1 and made.notes


def test_departures_are_nobodys_and_shown_however_few(opened: Callable[..., Opened]):
    rows = "".join(
        f"{9022010000000001 + i};Hpl {i};56.16{i};15.58{i};{n};{n};{n};{n}\n"
        for i, n in enumerate((40.5, 2, 0, 12))
    )
    head = "stop_id;stop_name;latitude;longitude;departures"
    more = ";departures_weekday;departures_saturday;departures_sunday\n"
    made = mobility(opened(head + more + rows, "rorelsedata"))
    assert isinstance(made, Map)
    (fact,) = layer(made, "stops").facts
    assert (fact.label, list(fact.values)) == ("Avgångar per dag", [40.5, 2, 0, 12])
    assert [row[2] for row in made.tables[0].rows] == ["40,5", "2,0", "0,0", "12,0"]
    assert "avgångar per dag" in made.see and not any("visas inte" in note for note in made.notes)


def test_hidden_journeys_are_nowhere(opened: Callable[..., Opened]):
    a, b, c = "Karlskrona", "Ronneby", "Karlshamn"
    rows = [
        (a, b, 3),
        (a, c, 4711213),
        (b, a, 6007219),
        (b, c, 7013227),
        (c, a, 8009231),
        (c, b, 9001237),
    ]
    made = mobility(opened(HEAD + "".join(f"{a};{b};{n}\n" for a, b, n in rows), "rorelsedata"))
    assert isinstance(made, Map)
    flows = layer(made, "flows")
    assert isinstance(flows, Lines)
    counts = list(flows.facts[0].values)
    assert 3 not in counts and counts.count(None) >= 2 and len(counts) == 6
    text = page.page(made)
    hidden = [str(n) for a, b, n in rows if n not in counts and n > 5]
    assert hidden, "another cell keeps it company"
    for secret in hidden:
        assert secret not in text and f"{secret[0]}\xa0{secret[1:4]}\xa0{secret[4:]}" not in text
    assert sum(row.count("dolt") for row in made.tables[0].rows) >= 4


def test_a_matrix_where_no_place_is_known(opened: Callable[..., Opened]):
    made = mobility(
        opened(HEAD + f"{EVIL};Hemma;50\nHemma;{EVIL};40\nHemma;Bortom;2\n", "rorelsedata")
    )
    assert isinstance(made, Matrix) and "matris i stället för en karta" in made.notes[0]
    text = made._repr_html_()
    assert (
        "<script>" not in text and "&lt;script&gt;" in text and ">2<" not in text and "dolt" in text
    )
    assert "<svg" in text and 'role="img"' in text


def test_nothing_to_draw(opened: Callable[..., Opened]):
    assert mobility(opened("linje;antal\n1;5\n2;7\n", "rorelsedata")) is None


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), pytest.param("dark", 390, marks=pytest.mark.slow)]
)
def test_in_a_browser(
    browser: Any, opened: Callable[..., Opened], root: Path, tmp_path: Path, scheme: str, width: int
):
    from axe_playwright_python.sync_playwright import Axe

    from helpers.reporting import map_frames
    from helpers.words.policy import policy

    made = mobility(opened(hostile(tmp_path, root), "rorelsedata"))
    assert isinstance(made, Map)
    (tmp_path / "map_mobility.html").write_text(page.page(made), "utf-8")
    around = tmp_path / "index.html"
    head = f"{policy([page.style()], frames=True)}<style>{page.style()}</style>"
    frame = map_frames.frame("mobility", "Karta")
    around.write_text(
        '<!doctype html><html lang="sv"><meta'
        f' charset="utf-8">{head}<title>x</title><main><h1>x</h1>{frame}</main>',
        "utf-8",
    )
    context = browser.new_context(
        color_scheme=scheme, offline=True, viewport={"width": width, "height": 900}
    )
    shown = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    shown.on(
        "request",
        lambda one: asked.append(one.url) if not one.url.startswith(("file:", "data:")) else None,
    )
    shown.on("console", lambda one: faults.append(one.text) if one.type == "error" else None)
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("dialog", lambda one: faults.append("dialog") or one.dismiss())
    shown.goto(around.as_uri())
    inner = next(one for one in shown.frames if one is not shown.main_frame)
    until(inner, DRAWN)
    for one in made.layers:  # once the frame has its size
        count(inner, one.key, len(one) if one.shown else 0)
    inner.check("#on-islands")
    count(inner, "islands", len(layer(made, "islands")))
    inner.uncheck("#on-islands")
    inner.evaluate(Axe().axe_script)
    said = inner.evaluate("axe.run()")
    assert len(said["passes"]) > 10
    assert not [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in said["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert inner.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    reached = set()
    for _ in range(16):
        shown.keyboard.press("Tab")
        reached.add(
            inner.evaluate(
                "document.activeElement.dataset.layer || document.activeElement.id || ''"
            )
        )
    assert {"lines", "stops", "on-lines", "on-stops"} <= reached, reached
    inner.focus('[data-layer="quiet"]')
    shown.keyboard.press("Enter")
    until(inner, "document.querySelectorAll('.leaflet-popup h2').length === 1")
    shown.keyboard.press("Escape")
    text = inner.locator("body").inner_text()
    assert "<script>alert(1)</script>" in text
    assert not inner.evaluate(
        "[...document.querySelectorAll('script')].some(one => one.textContent === 'alert(1)')"
    )
    assert not asked and not faults, (asked, faults)
    context.close()
