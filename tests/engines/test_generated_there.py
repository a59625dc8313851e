"""Ten thousand generated rows of each type, many of them spoilt, give the same counts on DuckDB,
Spark and PostgreSQL."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.checking.conftest import opened, unscreened
from tests.checking.twins import TWINS, Made, twin

from helpers.checking import running

from .places import Captured, Place, capturing

ROWS = 10_000
SPOILT = 0.01  # of the cells
CELLS = (
    "",
    " ",
    "-",
    "xxx",
    "0",
    "-1",
    "Ã¥",
    "2036-01-01",
    "12,5",
    "1e5",
    "å Ä",
    "É.Öst",
    "*",
    "99",
)
SOME = ("fakturor_11", "badplats")


def spoilt(made: Made, rows: int) -> Made:
    """As many rows of each table, some of their cells another row's or no value of the column."""
    rng = random.Random(made.name)
    for table in made.tables.values():
        if made.form != "gtfs":
            table.rows = [list(table.rows[n % len(table.rows)]) for n in range(rows)]
        for row in table.rows:
            for at in range(len(row)):
                if rng.random() < SPOILT:
                    row[at] = rng.choice((rng.choice(CELLS), rng.choice(table.rows)[at]))
    return made


def checked(name: str, rows: int, folder: Path, patch: pytest.MonkeyPatch) -> list[Captured]:
    patch.setattr(running, "_second_count", lambda built: {})
    with capturing(folder, patch) as captured:
        one = unscreened(opened(spoilt(twin(name, 0), rows), folder / name))
        assert one.findings
    return captured


def unlike(place: Place, captured: list[Captured]) -> list[str]:
    answers = place.together(captured)
    assert len(answers) == sum(len(one.checks) for one in captured)
    asked = [one for one in answers if not isinstance(one[2], str)]
    assert sum(failed > 0 for _, (_, failed), _ in asked) > 3, "hardly anything fails"
    return [f"{one.key}: {here} here, {there}" for one, here, there in asked if there != here]


@pytest.mark.parametrize(
    ("engine", "name", "rows"),
    [
        pytest.param("postgresql", SOME[0], 1_000, marks=pytest.mark.slow),
        *(pytest.param("postgresql", name, 1_000, marks=pytest.mark.long) for name in SOME[1:]),
        pytest.param("spark", SOME[1], 1_000, marks=pytest.mark.long),
        *(
            pytest.param(engine, name, ROWS, marks=pytest.mark.long)
            for engine in ("postgresql", "spark")
            for name in TWINS
        ),
    ],
)
def test_generated_rows_count_the_same(
    engine: str,
    name: str,
    rows: int,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    place = request.getfixturevalue(f"on_{engine}")
    assert unlike(place, checked(name, rows, tmp_path, monkeypatch)) == []
