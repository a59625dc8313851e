"""Synthetic personal numbers in every spelling are found, in columns of their own and in sentences;
numbers that look like them are left alone.

The tables of both are printed (``pytest -s``): for each spelling the share found, for each
look-alike the rows stopped and those to be looked at.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from helpers.reading import databases
from helpers.screening import screen
from helpers.words import personal_numbers

from .numbers import LOOKALIKES, OF_YEARS, SPELLINGS, TO_REVIEW, Write, persons
from .test_screen import snapshot

RECALL, PRECISION = 0.999, 0.995
FEW, MANY, MOST = 50, 1_000, 10_000
COUNTS = [
    FEW,
    pytest.param(MANY, marks=pytest.mark.slow),
    pytest.param(MOST, marks=pytest.mark.long),
]
OTHERS = [200, pytest.param(20_000, marks=pytest.mark.long)]
EVERY: dict[str, tuple[range | None, Write]] = {
    **{name: (None, write) for name, write in SPELLINGS.items()},
    **OF_YEARS,
}
# A real date with a right check digit, spelled as numbers are: one in ten of them, or one in a
# hundred, is asked about, as nobody can tell.
ASKED_ABOUT = {
    "mobile number": 0.02,
    "invoice number": 0.02,
    "article number": 0.02,
    "OCR number": 0.1,
    "code with a letter": 0.1,  # a letter has no check digit
}


def texts(name: str, count: int, seed: int = 1) -> list[str]:
    years, write = (EVERY | TO_REVIEW)[name]
    return [write(*one) for one in persons(seed, count, years)]


def some(names: Iterable[str], count: int) -> list[str]:
    """Of few of each every third: a column costs more than what stands in it."""
    return list(names)[:: 3 if count <= 200 else 1]


def rows(folder: Path, cells: dict[str, list[str]]) -> dict[str, Counter[str]]:
    """Name -> level -> rows, of a table with a column for each name; headers say nothing."""
    names = list(cells)
    columns = {f"uppgift{n}": cells[name] for n, name in enumerate(names)}
    found: dict[str, Counter[str]] = {name: Counter() for name in names}
    for mark in screen(snapshot(folder, **columns), {}, None).marks:
        if mark.kind == "personnummer":
            found[names[int(mark.column.removeprefix("uppgift"))]][mark.level] += mark.count
    return found


@pytest.mark.parametrize("count", COUNTS)
def test_every_spelling_stops_in_a_column_of_its_own(tmp_path: Path, count: int):
    for name, levels in rows(
        tmp_path, {name: texts(name, count) for name in some(EVERY, count)}
    ).items():
        print(f"{name:32} {levels['stopp']:5} of {count} found")
        assert levels["stopp"] >= RECALL * count, name


@pytest.mark.parametrize("count", COUNTS)
def test_every_spelling_is_hidden_in_sentences(count: int):
    """No digit of a number is left but those of the sentence, and all else of it stands."""
    for name in EVERY:
        found = 0
        for text in texts(name, count, seed=2):
            hidden = personal_numbers.hide(f"Avser 3 st {text}, mars 2024.")
            assert hidden.startswith("Avser 3 st ") and hidden.endswith(", mars 2024."), name
            left = hidden.removeprefix("Avser 3 st ").removesuffix(", mars 2024.")
            found += not any(one.isdecimal() for one in left.replace('"n": 3', ""))
        print(f"{name:32} {found:5} of {count} hidden in sentences")
        assert found >= RECALL * count, name


def test_what_has_lost_digits_asks_for_a_look(tmp_path: Path):
    for name, levels in rows(tmp_path, {name: texts(name, FEW) for name in TO_REVIEW}).items():
        assert levels["granska"] >= RECALL * FEW, name


def test_the_sieve_lets_through_all_that_is_found():
    cells = [text for name in EVERY | TO_REVIEW for text in texts(name, 50)]
    cells += [make(random.Random(n)) for make in LOOKALIKES.values() for n in range(50)]
    found = [text for text in cells if list(personal_numbers.find(text))]
    with databases.connect() as con:
        kept = con.execute(
            f"select text from (select unnest(?) as text) where regexp_matches(text, {databases.quoted(personal_numbers.SIEVE)})",
            [found],
        ).fetchall()
    assert {text for (text,) in kept} == set(found)


@pytest.mark.parametrize("count", OTHERS)
def test_look_alikes_are_left_alone(tmp_path: Path, count: int):
    cells = {}
    for name in some(LOOKALIKES, count):
        rng = random.Random(name)
        cells[name] = [LOOKALIKES[name](rng) for _ in range(count)]
    for name, levels in rows(tmp_path, cells).items():
        stopped, asked = levels["stopp"], levels["granska"]
        print(f"{name:32} {stopped:5} stopped, {asked:5} to look at, of {count}")
        assert stopped <= (1 - PRECISION) * count, name
        assert asked <= ASKED_ABOUT.get(name, 1 - PRECISION) * count, name


def test_a_few_among_many_others(tmp_path: Path):
    """Written numbers in a column of ordinary texts are found every one."""
    rng = random.Random(7)
    texts = [f"Kontorsmaterial {rng.randint(1, 99)}" for _ in range(5000)]
    rows = rng.sample(range(5000), 60)
    for row, one, write in zip(
        rows,
        persons(7, 60),
        [SPELLINGS["10 with -"], SPELLINGS["12 digits"], SPELLINGS["in free text"]] * 20,
        strict=True,
    ):
        texts[row] = write(*one)
    marks = screen(snapshot(tmp_path, text=texts), {}, None).marks
    assert sorted(
        row for mark in marks if mark.kind == "personnummer" for row in mark.rows
    ) == sorted(row + 2 for row in rows)


@pytest.mark.parametrize("name", ["organisation number", "organisation number with -"])
def test_sole_traders_among_legal_persons_under_any_header(tmp_path: Path, name: str):
    rng = random.Random(3)
    texts = [LOOKALIKES[name](rng) for _ in range(300)] + [ten for _, ten in persons(3, 4)]
    (mark,) = [
        one
        for one in screen(snapshot(tmp_path, nyckel=texts), {}, None).marks
        if one.level == "stopp"
    ]
    assert (mark.kind, mark.count) == ("sole_trader", 4)
