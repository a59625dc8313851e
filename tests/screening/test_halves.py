"""Identity numbers that stand in two columns are one find, told once and masked together; columns
that only look so are left alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from helpers import reading
from helpers.screening import gate, screen
from helpers.screening.marks import Mark
from helpers.screening.masking import mask

from .numbers import persons
from .test_screen import entry, snapshot

COUNT = 40


def found(folder: Path, **columns: list[str]) -> list[Mark]:
    return [
        mark
        for mark in screen(snapshot(folder, **columns), {}, None).marks
        if mark.kind == "personnummer"
    ]


def halves(way: str, count: int = COUNT) -> dict[str, list[str]]:
    """Two columns that together hold ``count`` test numbers."""
    pairs = {
        "short date": lambda c, t: (t[:6], t[6:]),
        "long date": lambda c, t: (c + t[:6], t[6:]),
        "ISO date": lambda c, t: (f"{c}{t[:2]}-{t[2:4]}-{t[4:6]}", t[6:]),
        "date of a spreadsheet": lambda c, t: (f"{c}{t[:2]}-{t[2:4]}-{t[4:6]} 00:00:00", t[6:]),
        "dash before the last four": lambda c, t: (t[:6], f"-{t[6:]}"),
        "noughts lost": lambda c, t: (f"{c}{t[:6]}.0", f"{int(t[6:])}.0"),
        "year and the rest": lambda c, t: (c + t[:2], f"{t[2:6]}-{t[6:]}"),
    }
    both = [pairs[way](*one) for one in persons(5, count)]
    return {"a": [one for one, _ in both], "b": [other for _, other in both]}


@pytest.mark.parametrize(
    "way",
    [
        "short date",
        "long date",
        "ISO date",
        "date of a spreadsheet",
        "dash before the last four",
        "noughts lost",
        "year and the rest",
    ],
)
def test_two_columns_make_a_number(tmp_path: Path, way: str) -> None:
    columns = halves(way)
    marks = found(tmp_path, id=[f"x{i}" for i in range(COUNT)], **columns)
    assert [(one.column, one.count, one.level) for one in marks] == [
        ("a", COUNT, "stopp"),
        ("b", COUNT, "stopp"),
    ]
    assert all(one.parts == ["a", "b"] and one.rows[0] == 2 for one in marks)
    # in whatever order they stand
    assert {one.column for one in found(tmp_path, b=columns["b"], a=columns["a"])} == {"a", "b"}


def test_it_is_told_once(tmp_path: Path) -> None:
    screened = screen(snapshot(tmp_path, **halves("ISO date")), {}, None)
    reasons = [one for one in gate(screened, entry()).reasons if one.code == "found_personnummer"]
    assert [one.message["sv"] for one in reasons] == [
        f"Kolumnerna a + b bildar tillsammans personnummer. Antal rader: {COUNT}."
    ]
    assert screened.marked("main") == {"a", "b"}


def test_dates_beside_other_codes_are_left_alone(tmp_path: Path) -> None:
    rng = random.Random(4)
    dates = [f"20{rng.randint(10, 24)}-{rng.randint(1, 12):02}-17" for _ in range(400)]
    codes = [f"{rng.randint(1000, 9999)}" for _ in range(400)]
    assert not found(tmp_path, datum=dates, konto=codes, kommun=["1080"] * 400)
    assert not found(tmp_path, fodelsedatum=dates, konto=codes)


def test_one_person_under_headers_of_birth_is_looked_at(tmp_path: Path) -> None:
    one = halves("ISO date", 1)
    marks = found(tmp_path, fodelsedatum=one["a"], sista_fyra=one["b"])
    assert [(mark.column, mark.level) for mark in marks] == [
        ("fodelsedatum", "granska"),
        ("sista_fyra", "granska"),
    ]
    assert not found(tmp_path, datum=one["a"], konto=one["b"])


@pytest.mark.parametrize("persons_among", [40, 12])
def test_halves_are_masked_together(tmp_path: Path, persons_among: int) -> None:
    """Dropped where most rows have them, else masked in the same rows."""
    columns = halves("ISO date", persons_among)
    rows = list(zip(*columns.values(), strict=True)) + [("", "")] * (40 - persons_among)
    file = tmp_path / "x.csv"
    lines = [f"lekplats-{n};{a};{b}" for n, (a, b) in enumerate(rows)]
    file.write_text("\n".join(["namn;datum;nr", *lines, ""]), "utf-8")
    read = reading.read(file, tmp_path / "s")
    done = mask(read, {}, None, "annan", tmp_path / "k.csv")
    left = (tmp_path / "k.csv").read_text("utf-8")
    assert not any(a in left or f";{b}" in left for a, b in rows if a)
    assert left.count("lekplats-") == 40 and done.after.content == "fri"
