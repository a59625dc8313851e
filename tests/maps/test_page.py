"""A map's page and still picture: policy, no address, values as text, equal bytes, Leaflet's own
projection."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from pathlib import Path

import nbformat
import numpy as np
import pytest
import shapely

from helpers.drawing import ground, jupyter, page, still
from helpers.drawing.layers import Areas, Fact, Kind, Lines, Points, Squares, Table
from helpers.drawing.map import Map
from helpers.reporting import map_frames

EVIL = "<script>alert(1)</script> ${1+1} `x` </iframe> javascript:alert(1) \" ' 191212121212"


def example(count: int = 12) -> Map:
    """A map with every sort of layer, and with hostile text wherever a value of a file can
    stand."""
    rng = np.random.default_rng(1)
    kinds = [Kind("Badplats", "a"), Kind(EVIL, "b", shape="square")]
    points = Points(
        key="places",
        title=f"Platser {EVIL}",
        kinds=kinds,
        kind=np.arange(count) % 2,
        lon=rng.uniform(14.4, 16, count),
        lat=rng.uniform(56.05, 56.5, count),
        rows=np.arange(2, count + 2),
        labels=[EVIL] * count,
        facts=[Fact(EVIL, [EVIL] * count)],
    )
    found = ground.of_area("10")
    areas = Areas(
        key="municipalities",
        title="Kommuner",
        kinds=[Kind("lite", "s1"), Kind("få", "none", "hatched")],
        kind=[0, 0, 0, 1, 0],
        shapes=list(found.geometry),
        labels=list(found["kommun"]),
        facts=[Fact("Median", [10.25, 20.0, 30.0, None, 12.0], unit="Mbit/s", decimals=1)],
    )
    squares = Squares(
        key="squares",
        title="Rutor",
        kinds=[Kind("lite", "s2")],
        east=np.array([536000, 537000]),
        north=np.array([6224000] * 2),
    )
    line = shapely.LineString([(14.8, 56.1), (15.3, 56.2)])
    lines = Lines(
        key="lines",
        title="Linjer",
        kinds=[Kind("Anrop", "e", "dashed")],
        shapes=[line],
        labels=["Linje 1"],
    )
    return Map(
        "test",
        f"Prov {EVIL}",
        f"Se {EVIL}",
        EVIL,
        [areas, squares, lines, points],
        [Table(EVIL, ["Namn", EVIL], [[EVIL, "3"]], numeric=[1])],
        [EVIL],
        area="10",
    )


@pytest.fixture(scope="module")
def made() -> str:
    return page.page(example())


def test_every_script_and_style_stands_in_the_policy_by_its_hash(made: str):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', made)
    assert policy and "default-src 'none'" in policy.group(1) and "unsafe" not in policy.group(1)
    texts = re.findall(r"<script>(.*?)</script>|<style>(.*?)</style>", made, re.S)
    assert len(texts) == 5
    packed = re.search(r'id="map-scripts">([^<]*)</script>', made)
    assert packed
    programs = json.loads(zlib.decompress(base64.b64decode(packed.group(1))))
    assert len(programs) == 2 and "Leaflet 1.9" in programs[0]
    for text in (*programs, *("".join(pair) for pair in texts)):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in policy.group(1)


def test_the_page_asks_for_nothing(made: str):
    outside = re.sub(r"<script>.*?</script>|<style>.*?</style>", "", made, flags=re.S)
    assert not re.findall(r"(?:src|href)=|url\(|https?:", outside)
    assert "url(" not in page._leaflet("leaflet.css") and "maximum-scale" not in made


def test_values_are_text(made: str):
    assert "<script>alert" not in made and "</iframe>" not in made and "191212121212" not in made
    block = re.search(r'id="map-data">(.*?)</script>', made, re.S)
    assert block and not re.search(r"[<>`]|\$\{", block.group(1))
    data = json.loads(block.group(1))
    assert (
        data["layers"][3]["labels"]
        .split("\n")[0]
        .startswith("<script>alert(1)</script> ${1+1} `x` </iframe>")
    )
    whole = page.frame(example())
    assert (
        whole.count("<iframe") == whole.count("</iframe>") == 1
        and 'sandbox="allow-scripts"' in whole
    )
    assert page.framed(whole) == page.page(example())


def test_a_report_moves_out_what_is_marked_as_a_map_and_nothing_else(tmp_path: Path):
    data, metadata = jupyter.shown(example())._repr_mimebundle_()
    alike = {"data": {"text/html": data["text/html"]}, "metadata": {}}
    marked = {"data": data, "metadata": metadata}
    notebook = nbformat.from_dict({"cells": [{"outputs": [alike, marked]}]})
    map_frames.move_out(notebook, tmp_path, "sv")
    assert (tmp_path / "map_test.html").read_text("utf-8") == page.page(example())
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".html", ".png", ".svg"]
    outputs = notebook.cells[0].outputs
    assert outputs[0].data["text/html"] == data["text/html"]
    assert 'src="map_test.html"' in outputs[1].data["text/html"]
    assert not {"image/png", "image/svg+xml"} & set(outputs[1].data)


def test_a_key_that_is_no_key_is_refused():
    with pytest.raises(ValueError):
        page._layer(
            Squares(
                key="x'y", title="", kinds=[Kind("a")], east=np.array([1]), north=np.array([1])
            ),
            "sv",
            [],
        )


def test_tiles_by_configuration_only(monkeypatch: pytest.MonkeyPatch, made: str):
    assert "L.tileLayer(" not in made.split('id="map-data"')[1].split("</script>")[-2]
    monkeypatch.setenv("DATAKOLLEN_TILES", "https://kartor.example/{z}/{x}/{y}.png")
    monkeypatch.setenv("DATAKOLLEN_TILES_SOURCE", "<b>Exempel</b>")
    tiled = page.page(example())
    assert "img-src data: https://kartor.example;" in tiled and "<b>Exempel" not in tiled
    monkeypatch.setenv("DATAKOLLEN_TILES", 'https://x.example/"); alert(1); ("')
    with pytest.raises(ValueError):
        page.page(example())


def test_the_page_and_the_picture_are_the_same_each_time(made: str):
    assert page.page(example()) == made
    svg = still.still(example())
    assert still.still(example()) == svg
    drawn = svg.decode()
    assert (
        "<script" not in drawn
        and "191212121212" not in drawn
        and "&lt;script&gt;alert(1)" in drawn
        and "${1+1}" in drawn
    )
    assert "Badplats (6)" in drawn and "Kommuner" in drawn


def test_the_picture_of_very_many_points_is_small():
    assert len(still.still(example(20_000))) < 1_500_000
    png = still.still(example(), "png")
    assert png.startswith(b"\x89PNG") and len(png) < 600_000


@pytest.mark.parametrize(
    ("name", "fact", "said"),
    [
        (20, 20, None),
        (20, 400, "bara visar namn"),
        (500, 0, "deras namn inte får plats"),
        (500, 400, "varken namn eller"),
    ],
)
def test_what_finds_no_room_in_popups_is_told(name: int, fact: int, said: str | None):
    count = 2500
    facts = [Fact("Om", ["x" * fact] * count)] if fact else []
    points = Points(
        key="places",
        title="Platser",
        kinds=[Kind("a")],
        lon=np.full(count, 15.0),
        lat=np.full(count, 56.2),
        labels=["y" * name] * count,
        facts=facts,
        rows=np.arange(2, count + 2),
    )
    made = page.page(Map("places", "Prov", "Se", "Prov", [points]))
    told = re.findall(r'<p class="soft small">(Märkena är så många[^<]*)', made)
    assert [said in one for one in told] == ([True] if said else [])
    assert len(made) < 3_000_000
