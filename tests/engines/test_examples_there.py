"""Every rule's own examples give the same counts on DuckDB, Spark and PostgreSQL; what an engine
cannot be asked is listed, with its reason, and nothing else differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.checking import examples, suites
from helpers.checking.engines import differing
from helpers.checking.suites import Rule

from .places import Captured, Place, capturing

RULES = [
    (name, rule) for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules
]
EVERY = 25
# those that an engine is not asked are tried each time: the list must be right
SOME = {
    engine: [
        one
        for place, one in enumerate(RULES)
        if not place % EVERY or one[1].id in differing.RULES[engine]
    ]
    for engine in differing.RULES
}


def checked(
    rules: list[tuple[str, Rule]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[str, Captured]]:
    """What DuckDB says of all examples of the rules."""
    named: list[tuple[str, Captured]] = []
    with capturing(folder, monkeypatch) as captured:
        for number, (type, rule) in enumerate(rules):
            every = [*rule.examples["right"], *rule.examples["wrong"]]
            for place, example in enumerate(every):
                own = folder / f"{number}-{place}"
                own.mkdir()
                examples.failed(rule, example, own, type)
                named += [(rule.id, one) for one in captured[len(named) :]]
    return named


def unlike(place: Place, named: list[tuple[str, Captured]]) -> list[str]:
    """What the engine counts otherwise, or is not asked without being listed."""
    assert named
    ids = [id for id, one in named for _ in one.checks]
    answers = place.counts([one for _, one in named])
    refused: dict[str, Any] = {}
    told = []
    for id, (check, here, there) in zip(ids, answers, strict=True):
        if isinstance(there, str):
            refused[id] = there
        elif tuple(there) != tuple(here):
            told.append(f"{id} ({check.key}): {here} here, {there} on {place.name}")
    asked = {id for id, _ in named}
    listed = {id: why for id, why in differing.RULES[place.name].items() if id in asked}
    told += [] if refused == listed else [f"not asked: {refused}, listed: {listed}"]
    return told


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql", "spark"])
def test_some_rules_count_the_same(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = request.getfixturevalue(f"on_{engine}")
    assert unlike(place, checked(SOME[engine], tmp_path, monkeypatch)) == []


@pytest.mark.long
@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("engine", ["postgresql", "spark"])
def test_all_rules_count_the_same(
    engine: str,
    part: int,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    place = request.getfixturevalue(f"on_{engine}")
    left = [one for one in RULES if one not in SOME[engine]]
    assert unlike(place, checked(left[part::4], tmp_path, monkeypatch)) == []
