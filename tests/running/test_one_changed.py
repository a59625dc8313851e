"""Of two candidates the file of one has changed: what rests on it is executed and made anew, nothing
else is, and the report is the one that comes out where all is made anew."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .small_region import SmallRegion
from .test_killed import night, region, undisturbed

__all__ = ["night", "region", "undisturbed"]
pytestmark = pytest.mark.slow
OF_ALL = ("04_publish_first", "05_webinar")


def executed(said: dict[str, Any]) -> set[tuple[str, str]]:
    """The notebooks that had a kernel, each with its candidate; ``*``: of all together."""
    return {(id, name) for id, cost in said["costs"].items() for name in cost if name[0].isdigit()}


def run(region: SmallRegion, *more: str) -> dict[str, Any]:
    assert region.run(*more) == 0
    return dict(json.loads((region.output / "run.json").read_text("utf-8")))


def test_only_what_rests_on_it_is_made_anew(region: SmallRegion, undisturbed: dict[str, Any]):
    of_b = {
        file: file.read_bytes() for file in (region.output / "candidates" / "b").glob("*.ipynb")
    }
    notebooks = {file.stem for file in of_b}
    assert notebooks
    said = run(region)
    assert executed(said) == {("a", name) for name in notebooks} | {("*", name) for name in OF_ALL}
    made, taken = said["made"], said["taken"]
    for name in notebooks:
        assert (made[f"notebook {name}"], taken[f"notebook {name}"]) == (1, 1)
    for name in OF_ALL:
        assert made[f"notebook {name}"] == 1 and name not in " ".join(taken)
    assert (made["page"], taken.get("page", 0)) in {(1, 1), (2, 0)}  # 2: they changed places
    assert all(file.read_bytes() == before for file, before in of_b.items())
    assert region.content() == undisturbed


def test_it_is_the_report_of_a_run_that_takes_nothing(
    region: SmallRegion, undisturbed: dict[str, Any]
):
    said = run(region, "--recompute")
    assert said["taken"] == {} and len(executed(said)) > 2
    assert {id for id, _ in executed(said)} == {"a", "b", "*"}
    assert region.content() == undisturbed
