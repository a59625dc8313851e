"""A file that somebody checks is counted once, or twice where that is asked for: the same is said of
it, and how often it was counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.checking import engine
from helpers.running import single


def of(file: Path, *, twice: bool = False) -> dict[str, Any]:
    return single.check_file(file, twice=twice)[0]


@pytest.mark.slow
def test_what_is_said_is_the_same(root: Path):
    file = root / "data" / "samples" / "karlskrona-badplatser.csv"
    once, twice = of(file), of(file, twice=True)
    assert (once.pop("counted"), twice.pop("counted")) == ("once", "twice")
    assert once == twice and once["findings"]


def test_a_count_that_differs_is_told_where_it_was_taken(
    root: Path, monkeypatch: pytest.MonkeyPatch
):
    def otherwise(database: Path, asked: dict[str, list[dict[str, Any]]]) -> Any:
        return {one["meta"]["key"]: (12_345, None) for some in asked.values() for one in some}

    monkeypatch.setattr(engine, "validate", otherwise)
    file = root / "data" / "samples" / "karlskrona-badplatser.csv"
    assert single.check_file(file)[1] == 0
    checked, code = single.check_file(file, twice=True)
    assert code == 4 and any(one["outcome"] == "error" for one in checked["findings"])


def test_of_a_type_without_rules_of_its_own_nothing_is_counted_again(tmp_path: Path):
    (tmp_path / "a.csv").write_text("nummer;sak\n1;Park\n2;Torg\n", "utf-8")
    assert of(tmp_path / "a.csv", twice=True)["counted"] == "once"
