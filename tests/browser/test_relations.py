"""What goes together, and findings from run to run, in a real browser with all that folds opened:
nothing runs over the edge, and axe finds no fault, light and dark."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.advising.over_runs import OverRuns
from helpers.checking.findings import Finding
from helpers.checking.rows_to_fix import RowToFix
from helpers.profiling.profile import profile
from helpers.profiling.relations.making import relations
from helpers.reading import read
from helpers.reporting import show
from helpers.screening.marks import Screening
from helpers.words import paths

pytestmark = pytest.mark.browser
SAID = {"sv": "Utan namn vet ingen.", "en": "Nobody knows without a name."}
FINDINGS = [
    Finding(
        *(
            f"rule_{n}",
            severity,
            "validity",
            "failed",
            f"kolumn_{n}",
            90,
            9 * n,
            [2, 3],
            9 * n,
            SAID,
        ),
        fix=SAID,
        because=SAID,
    )
    for n, severity in enumerate(("critical", "warning", "info"), 1)
]


def related(folder: Path) -> str:
    """The relations of a table with something of every kind."""
    rng = np.random.default_rng(2)
    size = rng.integers(1, 400, 300)
    made = {
        f"ett ganska långt kolumnnamn {n}": size * n + rng.integers(0, 90, 300) for n in range(12)
    }
    frame = pd.DataFrame({"id": [f"id {n}" for n in range(300)], **made})
    frame["kod"], frame["namn"] = size % 9 + 100, [f"Namn {n}" for n in size % 9]
    frame.loc[[3, 9], "namn"] = "NAMN 1."
    frame.to_csv(folder / "x.csv", index=False)
    snapshot = read(folder / "x.csv", folder / "s")
    found = relations(snapshot, Screening(), profile(snapshot, Screening()))
    dataset: Any = SimpleNamespace(snapshot=snapshot, relations=found)
    return show.relations(dataset, "sv")._repr_html_()


def faulty() -> str:
    """Findings of every severity, with a history."""
    rules = tuple((f"rule_{n}\x1f\x1fkolumn_{n}", (40, None, 9 * n)) for n in (1, 2, 3))
    lines = [
        RowToFix(row, f"K{row}", one.column or "", "x", one.severity, one.id, SAID, SAID)
        for one in FINDINGS
        for row in one.rows
    ]
    snapshot = SimpleNamespace(main=SimpleNamespace(name="main"), known_as=lambda _table: "")
    dataset: Any = SimpleNamespace(
        snapshot=snapshot,
        findings=FINDINGS,
        rows_to_fix=lines,
        over_runs=OverRuns(("", "2026-11-04", ""), rules),
    )
    parts = (show.faults(dataset, "sv"), show.findings(dataset, "sv"))
    return "".join(part._repr_html_() for part in parts)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_relations_and_findings_in_a_browser(chromium: Any, tmp_path: Path, scheme: str):
    from axe_playwright_python.sync_playwright import Axe

    style = (paths.CHECKOUT / "src/helpers/drawing/assets/style.css").read_text("utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>Prov</title><style>{style}'
        f"</style><body><main><h1>Prov</h1><h2>Prov</h2>{related(tmp_path)}{faulty()}</main></body>",
        "utf-8",
    )
    for width in (390, 1280):
        opened = chromium.new_page(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        opened.goto(page.as_uri())
        opened.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert opened.locator("svg[role=img]").count() == 3
        assert opened.evaluate("document.documentElement.scrollWidth") <= width
        said = Axe().run(opened)
        assert said.violations_count == 0, said.generate_report()
        opened.close()
