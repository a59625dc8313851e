"""The notebooks in JupyterLab, as an analyst works in them: all cells, tables, completion, help, and
what is saved; nothing is asked of a network."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.sampling import every

from helpers.declared import catalogue
from helpers.reporting import contracts
from helpers.running.opening import open_candidate
from helpers.running.store import Store
from helpers.words import paths

from . import lab as labs
from .lab import Lab
from .waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.browser]
BOOKS = sorted(book.stem for book in paths.notebooks().glob("*.ipynb"))
MOST_SAVED = (
    400_000  # bytes of a notebook without a map of its own; the slides show a picture of one
)
MOST_WITH_MAPS = 3_000_000
CANDIDATES = sorted(entry.id for entry in catalogue.load(paths.catalogue()) if entry.source)
HOSTILE = """import helpers
import pandas as pd
###
words = ["Ö<img src=x onerror='window.hurt=1'>", "</script><script>window.hurt=2</script>", "Åka", "Ärla", "zebra", "adam"]
more = [f"rad {number}" for number in range(100, 130)]
frame = pd.DataFrame({
    "<b onmouseover='window.hurt=3'>namn</b>": words + more,
    "tal": [2.5, None, 1234567.25, -3, 10, 9] + [0.5] * 30,
    "dag": pd.to_datetime(["2024-02-01", None, "2023-01-31", "2025-01-01", "2022-01-01", "2021-01-01"] + ["2020-01-01"] * 30),
})
helpers.show.table(frame)
###
own = pd.DataFrame({"c": ["hemligt värde"] * 3})
own.attrs["raw"] = True
helpers.show.table(own)
"""


@pytest.fixture(scope="module")
def lab(chromium: Any, sample_run: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("lab")
    with labs.started(chromium, folder, sample_run.snapshots) as started:
        yield started


def ran(lab: Lab, notebook: Path) -> dict[str, Any]:
    """The notebook as it is saved when all its cells have run, and nothing went wrong."""
    lab.asked.clear()
    lab.wrong.clear()
    page = lab.open(notebook)
    lab.run_all(page)
    saved = lab.save(page, notebook)
    page.close()
    outputs = [one for cell in saved["cells"] for one in cell.get("outputs", [])]
    assert not [one for one in outputs if one["output_type"] in ("error", "stream")]
    [*_, last] = [cell for cell in saved["cells"] if cell["cell_type"] == "code"]
    assert last["id"] == "own-work" and last["outputs"]
    drawn = any("<iframe" in str(one.get("data", {})) for one in outputs)
    assert notebook.stat().st_size < (MOST_WITH_MAPS if drawn else MOST_SAVED)
    assert lab.asked and not lab.beyond() and not lab.wrong
    return saved


@pytest.mark.parametrize("name", every(3, BOOKS, long=3))
def test_every_notebook_as_it_is(lab: Lab, name: str):
    ran(lab, lab.notebook(name))


@pytest.mark.long
@pytest.mark.parametrize("id", CANDIDATES)
def test_every_notebook_of_every_candidate(lab: Lab, id: str, sample_run: Any):
    dataset = open_candidate(id, store=Store(sample_run.snapshots))
    assert dataset.snapshot is not None
    placed = dataset.snapshot.main.geometry is not None
    names = contracts.for_candidate(dataset.type, positions=placed, variant=dataset.variant)
    assert {"01_profile", "02_quality"} <= set(names)
    for name in names:
        ran(lab, lab.notebook(name, candidate=id))


def written(lab: Lab, name: str, code: str) -> Path:
    """A notebook of one's own, its cells parted by ``###``."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    plain = nbformat.v4.new_notebook(metadata={"kernelspec": kernel})
    plain.cells = [nbformat.v4.new_code_cell(cell) for cell in code.strip().split("\n###\n")]
    target = lab.folder / f"{name}.ipynb"
    nbformat.write(plain, target)
    return target


def column(table: Any, number: int) -> list[str]:
    return [row.locator("td").nth(number).inner_text() for row in table.locator("tbody tr").all()]


def test_a_table_sorts_searches_and_pages_and_texts_stay_texts(lab: Lab):
    lab.wrong.clear()
    lab.asked.clear()
    notebook = written(lab, "hostile", HOSTILE)
    page = lab.open(notebook)
    lab.run_all(page)
    box = page.locator(".datakollen-table").first
    table = box.locator("table")
    table.wait_for()
    told = box.locator(".dt-info")
    assert told.inner_text() == "Rad 1–10 av 36"
    assert column(table, 0)[:2] == [
        "Ö<img src=x onerror='window.hurt=1'>",
        "</script><script>window.hurt=2</script>",
    ]
    assert column(table, 1)[:3] == ["2,5", "", "1\u00a0234\u00a0567,25"]
    assert column(table, 2)[:3] == ["2024-02-01", "", "2023-01-31"]
    heads = table.locator("thead th")
    assert heads.nth(0).inner_text() == "<b onmouseover='window.hurt=3'>namn</b>"
    heads.nth(1).click()
    until(page, SORTED, [1, ""])
    assert column(table, 1)[:3] == ["", "−3", "0,5"]
    heads.nth(1).click()
    until(page, SORTED, [1, "1\u00a0234\u00a0567,25"])
    heads.nth(0).click()
    heads.nth(0).click()  # in Swedish order z is before å, ä and ö
    until(page, SORTED, [0, "Ö<img src=x onerror='window.hurt=1'>"])
    assert column(table, 0)[1:4] == ["Ärla", "Åka", "zebra"]
    box.locator(".dt-paging button", has_text="2").click()
    until(page, "document.querySelector('.dt-info').innerText === 'Rad 11–20 av 36'")
    box.locator("input[type=search]").fill("rad 129")
    until(page, "document.querySelector('.dt-info').innerText.includes('sökt bland 36')")
    assert column(table, 0) == ["rad 129"]
    box.locator("input[type=search]").fill("<img")
    until(page, SORTED, [0, "Ö<img src=x onerror='window.hurt=1'>"])
    assert page.locator(".datakollen-table").count() == 2
    assert column(page.locator(".datakollen-table table").nth(1), 0) == ["hemligt värde"] * 3
    assert page.locator(".datakollen-table :is(img, script, b)").count() == 0
    assert page.evaluate("window.hurt") is None
    kept_small_and_safe(lab, page, notebook)
    assert not lab.beyond() and not lab.wrong
    page.close()


SORTED = """([column, first]) => document.querySelector(
  '.datakollen-table tbody tr').cells[column].innerText === first"""


def kept_small_and_safe(lab: Lab, page: Any, notebook: Path) -> None:
    """What is saved is ten rows as texts; shown anew they are plain where the kernel is gone."""
    saved = json.dumps(lab.save(page, notebook), ensure_ascii=False)
    outputs = [one for cell in json.loads(saved)["cells"] for one in cell["outputs"]]
    assert len(outputs) == 2
    shown = json.dumps(outputs, ensure_ascii=False)
    assert notebook.stat().st_size < 12_000 and "DataTable" not in shown
    pages = "".join("".join(one["data"]["text/html"]) for one in outputs)
    assert "<table" in pages and not [tag for tag in ("<script", "<img", "<b ") if tag in pages]
    assert "rad 103" in shown and "rad 104" not in shown
    assert "hemligt värde" not in shown and "sparas inte" in shown
    page.reload()  # the kernel still lives
    page.wait_for_selector(".datakollen-table .dt-info")
    page.goto("about:blank")  # an open notebook starts a kernel where its own is gone
    lab.end_kernels(page)
    page.close()
    again = lab.open(notebook)
    again.wait_for_selector("[data-plain] table, .jp-OutputArea-output table")
    assert again.locator(".datakollen-table").count() == 0
    assert again.locator(".jp-OutputArea-output table tbody tr").count() == 10
    assert again.evaluate("window.hurt") is None
    again.close()


def test_completion_and_help_tell_enough_to_go_on(lab: Lab):
    from playwright.sync_api import TimeoutError as TooLate

    notebook = written(
        lab,
        "helped",
        'import helpers\ndataset = helpers.open_candidate("karlskrona-badplatser")\n###\n1',
    )
    page = lab.open(notebook)
    lab.run_all(page)
    cell = page.locator(".jp-CodeCell").nth(1).locator(".cm-content")
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("dataset.")
    for _ in range(
        20
    ):  # JupyterLab waits a second for what a busy kernel offers, and then for nothing
        page.keyboard.press("Tab")
        with suppress(TooLate):
            page.wait_for_selector(".jp-Completer-item", timeout=5_000)
            break
    offered = {one.strip() for one in page.locator(".jp-Completer-match").all_inner_texts()}
    wanted = {name for name in dir(open_candidate("karlskrona-badplatser")) if name[0] != "_"}
    assert offered == wanted, offered ^ wanted
    page.keyboard.press("Escape")
    page.keyboard.type("frame(")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector(".jp-Tooltip")
    said = page.locator(".jp-Tooltip").inner_text()
    assert "source_row" in said and "raw" in said
    page.close()


def test_the_cells_that_are_completed_exist():
    """The last cell of each notebook is of its reader's own, and uses what is offered."""
    for name in BOOKS:
        cells = nbformat.read(paths.notebooks() / f"{name}.ipynb", as_version=4).cells
        [own] = [cell for cell in cells if cell.id == "own-work"]
        called = {
            node.attr
            for node in ast.walk(ast.parse(own.source))
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "dataset"
        }
        assert called <= set(dir(open_candidate("karlskrona-badplatser")))
