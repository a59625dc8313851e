"""Notebook 04 in JupyterLab: a weight is moved, and the order beside it changes at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.browser import lab

pytestmark = [pytest.mark.slow, pytest.mark.browser]
WANTED = {"parker": {"internal": 5, "citizens": 1}, "badplatser": {"internal": 1, "citizens": 5}}


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """Two ideas that differ in who wants them, and the notebook as it is, with its parameters
    set."""
    (tmp_path / "catalogue").mkdir()
    for id, levels in WANTED.items():
        value = {name: {"level": level, "because": "prov"} for name, level in levels.items()}
        plain = {
            "id": id,
            "title": id.title(),
            "type": "platsinformation",
            "organisation": "karlshamn",
            "value": value,
        }
        (tmp_path / "catalogue" / f"{id}.yaml").write_text(yaml.safe_dump(plain), "utf-8")
    notebook = json.loads((root / "notebooks" / "04_publish_first.ipynb").read_text("utf-8"))
    cell = next(one for one in notebook["cells"] if one["id"] == "parameters")
    cell["source"] = (
        f'candidates = ""\ncatalogue = {str(tmp_path / "catalogue")!r}\nlanguage = "sv"\n'
    )
    (tmp_path / "order.ipynb").write_text(json.dumps(notebook), "utf-8")
    return tmp_path


def test_the_order_follows_the_weights_at_once(chromium: Any, folder: Path, tmp_path: Path):
    with lab.started(chromium, folder, tmp_path / "snapshots") as server:
        page = server.open(folder / "order.ipynb")
        server.run_all(page)
        _weighed(page)


def _weighed(page: Any) -> None:
    page.wait_for_selector(".widget-slider")
    table = page.locator(".widget-html table").first

    def order() -> list[str]:
        return [row.locator("td").nth(1).inner_text() for row in table.locator("tbody tr").all()]

    def weigh(name: str, value: str) -> None:
        page.locator(".widget-slider", has_text=name).locator(".widget-readout").click()
        page.keyboard.press("Control+A")
        page.keyboard.type(value)
        page.keyboard.press("Enter")

    for name, other, first in (
        ("Nytta för invånarna", "Nytta för den egna organisationen", "Badplatser"),
        ("Nytta för den egna organisationen", "Nytta för invånarna", "Parker"),
    ):
        weigh(name, "40")
        weigh(other, "0")
        page.wait_for_function(
            "first => document.querySelector('.widget-html table tbody tr"
            " td:nth-child(2)').innerText === first",
            arg=first,
        )
        assert order() == [first, *({"Badplatser", "Parker"} - {first})]
    page.close()
