"""A clock that is set back or far ahead between two nights: the report is the latest run's, history
keeps the order in which runs were made, and nothing that is in use is swept away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.reporting import paper_files
from helpers.running import pipeline
from helpers.running.nights import health, history

from .nights import Nights, candidate, finding

CLOCKS = ("2026-11-29T02:15:00+01:00", "2019-01-01T02:15:00+01:00", "2041-07-01T02:15:00+02:00")


def test_runs_stand_in_the_order_in_which_they_were_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(paper_files, "write_all", lambda *_: None)
    nights = Nights(tmp_path, monkeypatch)
    for number, moment in enumerate(CLOCKS, 1):
        monkeypatch.setattr(pipeline, "_now", lambda moment=moment: moment)
        nights.run(candidate("a", [finding("id_unique", number)]), daily="02:15")
        said = json.loads((nights.output / "run.json").read_text("utf-8"))
        assert (said["finished"], said["night"]["number"]) == (moment, number)
        told = health.look(nights.output)
        assert told is not None and told.ok and told.started == moment
        (folder,) = {file.parent for file in nights.files}
        past = history.History(folder)
        assert [one.finished for one in past.nights] == list(CLOCKS[:number]) and not past.damaged
