"""What cannot be ranked yet stands in a list of its own, on the page, in the terminal and in the
results, and says what it would take."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from tests.reporting.whole import write_report
from typer.testing import CliRunner

from helpers.advising.results import Region
from helpers.running import region
from helpers.running.commands import app
from helpers.running.store import Store

pytestmark = pytest.mark.usefixtures("in_this_process")
PLACES = "source;id;name;email;latitude;longitude\n" + "".join(
    f"2120001280;lek-{n};Plats {n};a@exempel.example;56.16{n};15.58{n}\n" for n in range(1, 9)
)
AUSTRIA = "\n".join(
    line.replace("56.16", "47.81").replace("15.58", "13.04") for line in PLACES.splitlines()
)
FILES = {
    "good": ("platsinformation", PLACES),
    "austria": ("platsinformation", AUSTRIA),
    "hej": ("annan", "hej\n"),
    "nowhere": ("platsinformation", "source;id;name;email\n2120001280;a;Ön;a@exempel.example\n"),
    "nameless": ("platsinformation", "C0;C1;C2\nx;56.16;15.58\ny;56.17;15.59\n"),
    "idea": ("platsinformation", None),
}
VALUE = {name: {"level": 5} for name in ("internal", "business", "citizens", "transparency")}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the good file nobody has said what it is worth, of all the others that it is worth most."""
    monkeypatch.setenv("DATAKOLLEN_SNAPSHOTS", str(tmp_path / "snapshots"))
    home = tmp_path / "catalogue"
    home.mkdir()
    for name, (type, content) in FILES.items():
        plain = {"id": name, "title": name, "type": type, "organisation": "karlshamn"}
        if content is not None:
            (home / f"{name}.csv").write_text(content, "utf-8")
            plain["source"] = {"path": f"{name}.csv"}
        if type == "platsinformation":
            plain["variant"] = "lekplats"
        if name != "good":
            plain["value"] = VALUE
        (home / f"{name}.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
    return home


def codes(found: Region) -> dict[str, list[str]]:
    return {one.entry.id: [reason.code for reason in one.no_place] for one in found.candidates}


@pytest.mark.slow
def test_nothing_without_use_comes_before_what_can_be_published(folder: Path, tmp_path: Path):
    found = region.compute(folder, store=Store(tmp_path / "snapshots"))
    assert found.candidates[0].entry.id == "good"
    assert codes(found) == {
        "good": [],
        "austria": ["abroad"],
        "hej": ["no_rows"],
        "nowhere": ["no_positions"],
        "nameless": ["unrecognised", "no_positions"],
        "idea": ["idea"],
    }
    write_report(found, tmp_path / "report", "sv")
    page = (tmp_path / "report" / "order.html").read_text("utf-8")
    order, waiting = page.split("Går inte att rangordna än")
    waiting, ideas = waiting.split("Bara idéer än så länge")
    index = (tmp_path / "report" / "index.html").read_text("utf-8")
    for name in FILES:
        link = f'<a href="candidates/{name}/index.html">'
        place = "1" if name == "good" else "–"
        assert re.search(rf">{place}</td>\s*<th[^>]*>\s*{link}", order), name
        assert (link in index) is (name == "good"), name
        assert (link in waiting) is (name not in ("good", "idea")), name
    assert "Filen har inga rader" in waiting and "Gör om exporten" in waiting
    assert "candidates/idea/" in ideas
    plain = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
    assert plain["schema"] == "datakollen/results/2"
    for one in plain["candidates"]:
        assert (one["rank"] is None) == bool(one["no_place"])


@pytest.mark.slow
def test_the_terminal_says_why_there_is_no_place(folder: Path):
    done = CliRunner().invoke(app, ["rank", "--catalogue", str(folder), "--json"])
    assert done.exit_code == 0, done.output
    plain = json.loads(done.stdout)
    assert plain["schema"] == "datakollen/rank/2"
    assert {one["id"]: one["rank"] for one in plain["candidates"]} == {
        name: 1 if name == "good" else None for name in FILES
    }
