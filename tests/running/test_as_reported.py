"""A candidate that failed in the last run stands where the report has it, by whatever way the
region is looked at: the ranking notebook, ``rank``, the report."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from helpers.advising.results import Region
from helpers.reporting import paper_files, show
from helpers.reporting.results import ranking_json
from helpers.running import region, workers
from helpers.running.commands import ranking
from helpers.running.store import Store
from helpers.words import messages

from .nights import Nights, broken, candidate, finding

COMPUTE = region.compute  # as it is without nights
GOOD = [finding("id_unique", 0)]


@pytest.fixture
def nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Nights:
    monkeypatch.setattr(paper_files, "write_all", lambda *_: None)
    return Nights(tmp_path, monkeypatch)


@pytest.fixture
def looked_at(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The region as somebody sees it who has no report at hand: ``b`` cannot be examined."""

    def look() -> Region:
        both = [candidate("a", GOOD), broken("b")]
        monkeypatch.setattr(workers, "compute_all", lambda *_, **__: both)
        monkeypatch.setattr(region, "chosen", lambda *_: [])
        monkeypatch.setattr(region, "reweighed", lambda found, _: found)  # of no criterion
        store = Store()
        return COMPUTE(
            nights.catalogue, store=store, instead=region.as_reported(store, nights.catalogue)
        )

    return look


def kept(found: Region) -> dict[str, str]:
    return {one.entry.id: one.kept_from for one in found.candidates if one.gate}


def test_it_stands_where_the_report_has_it(
    nights: Nights, looked_at: Any, capsys: pytest.CaptureFixture[str]
):
    assert kept(looked_at()) == {"a": ""}  # no report stands yet
    nights.run(candidate("a", GOOD), candidate("b", GOOD, low=60))
    made = json.loads((nights.output / "run.json").read_text("utf-8"))["finished"]
    for _ in range(2):  # the file is gone since the run; the next run has seen it too
        found = looked_at()
        assert kept(found) == {"a": "", "b": made}
        day = messages.date(dt.datetime.fromisoformat(made).date(), "sv")
        sentence = f"Det som visas här är från {day}."
        assert sentence in show.ranking(found, "sv")._repr_html_()
        ranking._table(found, "sv")
        assert sentence in " ".join(capsys.readouterr().out.replace("│", " ").split())
        said = {one["id"]: one["kept_from"] for one in ranking_json(found)["candidates"]}
        assert said == {"a": None, "b": made}
        nights.run(candidate("a", GOOD), broken("b"))


def test_of_a_report_that_is_gone_or_edited_nothing_stands(nights: Nights, looked_at: Any):
    nights.run(candidate("a", GOOD), candidate("b", GOOD, low=60))
    results = nights.output / "results.json"
    results.write_text(results.read_text("utf-8").replace("fri", "stopp"), "utf-8")
    assert kept(looked_at()) == {"a": ""}
    nights.output.rename(nights.home / "away")
    assert kept(looked_at()) == {"a": ""}
