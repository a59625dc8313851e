"""Pictures of columns: each mark is what pandas counts, each sentence is true of the marks, and
nothing of a marked column or of a few people is in any of them."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.profiling.pictures import dates
from helpers.profiling.pictures.making import pictures
from helpers.profiling.pictures.picture import Picture
from helpers.profiling.profile import profile
from helpers.reading import read
from helpers.reading.snapshot import Snapshot
from helpers.reporting import pictures_in_words as words
from helpers.reporting import show
from helpers.screening.marks import Mark, Risk, Screening
from helpers.words.messages import LANGUAGES

ROWS = 400
CANARY = "Hallonqvist"


def columns() -> pd.DataFrame:
    """Four hundred rows with a column of each kind that a picture is made of; seeded."""
    rng = np.random.default_rng(7)
    days = [dt.date(2023, 1, 1) + dt.timedelta(days=int(n)) for n in rng.integers(0, 700, ROWS)]
    days = [day for day in days if not dt.date(2023, 6, 1) <= day < dt.date(2023, 9, 1)]
    days += [dt.date(2023, 12, 24)] * (ROWS - len(days))
    amounts = np.round(rng.lognormal(7, 2.2, ROWS), 2)
    words = ["kort", "lite längre ord", "ett ganska långt värde"]
    return pd.DataFrame(
        {
            "nr": range(1, ROWS + 1),
            "konto": rng.choice(["Livsmedel", "Hyra", "El"], ROWS, p=[0.5, 0.3, 0.2]),
            "våningar": rng.integers(1, 6, ROWS),
            "belopp": amounts,
            "längd": np.round(rng.normal(170, 8, ROWS), 1),
            "datum": days,
            "anmärkning": [f"{words[n % 3]} {n:04d}" for n in rng.integers(0, 9999, ROWS)],
            "tom": ["x" if n < 300 else "" for n in range(ROWS)],
            "handläggare": [CANARY] * 200 + ["Al"] * 200,
        }
    )


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return columns()


@pytest.fixture(scope="module")
def snapshot(frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("pictures")
    frame.to_csv(folder / "data.csv", index=False, sep=";", decimal=",")
    return read(folder / "data.csv", folder / "snapshot")


def screened(snapshot: Snapshot, *risks: Risk) -> Screening:
    main = snapshot.main.name
    mark = Mark(main, "handläggare", "person_name", "certain", 200, [2], "stopp")
    return Screening([mark], list(risks))


def drawn(snapshot: Snapshot, screening: Screening) -> list[Picture]:
    plain = pictures(snapshot, screening, profile(snapshot, screening))
    return [Picture.from_json(one) for one in plain[snapshot.main.name]]


@pytest.fixture(scope="module")
def made(snapshot: Snapshot) -> dict[tuple[str, str], Picture]:
    return {(one.column, one.kind): one for one in drawn(snapshot, screened(snapshot))}


def test_each_column_has_the_picture_of_its_kind(made: dict[tuple[str, str], Picture]):
    assert set(made) == {
        ("konto", "bars"),
        ("våningar", "bars"),
        ("belopp", "histogram"),
        ("belopp", "first_digit"),
        ("belopp", "last_digit"),
        ("längd", "histogram"),
        ("datum", "timeline"),
        ("anmärkning", "lengths"),
        ("tom", "missing"),
    }


@pytest.mark.parametrize("column", ["belopp", "längd"])
def test_a_histogram_is_what_pandas_counts(
    made: dict[tuple[str, str], Picture], frame: pd.DataFrame, column: str
):
    picture, values = made[column, "histogram"], frame[column]
    edges = [mark.low for mark in picture.marks] + [picture.marks[-1].high]
    expected = pd.cut(values, edges, right=False).value_counts(sort=False)  # type: ignore[arg-type]
    assert picture.frame()["count"].tolist() == expected.tolist()
    assert picture.below == (values < edges[0]).sum()
    assert picture.above == (values >= edges[-1]).sum()
    assert len({round(b - a, 9) for a, b in pairwise(edges)}) == 1  # type: ignore[operator]
    assert (picture.greatest == values.max()) == bool(picture.above or picture.below)


@pytest.mark.parametrize("column", ["konto", "våningar"])
def test_bars_are_what_pandas_counts(
    made: dict[tuple[str, str], Picture], frame: pd.DataFrame, column: str
):
    counted = made[column, "bars"].frame().set_index("low")["count"]
    assert counted.to_dict() == frame[column].value_counts().to_dict()
    assert made[column, "bars"].rest == 0


def test_a_time_line_is_what_pandas_counts_and_names_its_gap(
    made: dict[tuple[str, str], Picture], frame: pd.DataFrame
):
    picture = made["datum", "timeline"]
    months = pd.to_datetime(frame["datum"]).dt.to_period("M").dt.start_time.dt.date
    counted = {mark.low: mark.count for mark in picture.marks if mark.count}
    assert counted == {day.isoformat(): count for day, count in months.value_counts().items()}
    assert dates.gaps(picture) == [("2023-06-01", "2023-08-01")]
    assert "Inga rader alls: juni 2023–augusti 2023." in words.sentence(picture, "sv")


def test_lengths_digits_and_empty_cells_are_what_pandas_counts(
    made: dict[tuple[str, str], Picture], frame: pd.DataFrame
):
    lengths = made["anmärkning", "lengths"]
    counted = frame["anmärkning"].str.len().value_counts()
    for mark in lengths.marks:
        within = counted[(counted.index >= mark.low) & (counted.index < mark.high)]
        assert mark.count == within.sum()
    first = frame["belopp"].map(lambda value: f"{value:.2f}".replace("0.", "").lstrip("0")[0])
    digits = made["belopp", "first_digit"].frame().set_index("low")["count"]
    assert digits.to_dict() == {n: int((first == str(n)).sum()) for n in range(1, 10)}
    last = (frame["belopp"].astype(int) % 10).value_counts()
    assert {m.low: m.count for m in made["belopp", "last_digit"].marks} == {
        n: int(last.get(n, 0)) for n in range(10)
    }
    empty = made["tom", "missing"]
    assert sum(mark.count or 0 for mark in empty.marks) == 100
    assert sum(mark.of or 0 for mark in empty.marks) == ROWS
    assert "Nästan alla ligger i raderna 302–401." in words.sentence(empty, "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_every_sentence_are_those_of_the_picture(
    made: dict[tuple[str, str], Picture], language: str
):
    for picture in made.values():
        said = words.sentence(picture, language)
        assert said and not re.search(r"\{|None|nan", said), said
        counts = [mark.count or 0 for mark in picture.marks]
        named = re.search(r": (\d+) (?:av|of|var|each)", said)
        assert named is None or int(named[1]) in {*counts, sum(counts)}, said


def test_nothing_of_a_marked_column_is_drawn_or_said(
    snapshot: Snapshot, made: dict[tuple[str, str], Picture]
):
    plain = {snapshot.main.name: [one.to_json() for one in made.values()]}
    dataset: Any = SimpleNamespace(snapshot=snapshot, screening=screened(snapshot), pictures=plain)
    shown = show.pictures(dataset, "sv")
    page = shown._repr_html_()
    assert "En kolumn ritas inte" in page and "handläggare" in page
    assert CANARY not in page + repr(shown) + str(plain)
    assert page.count('role="img" aria-label="') == page.count("<svg") == len(made)


def test_of_rows_about_people_no_mark_below_k_can_be_found(snapshot: Snapshot):
    risk = Risk(snapshot.main.name, "k_anonymity", ["konto"], 5, 1, 9, 9, 9, ROWS, 1, 0.5)
    hidden = 0
    for picture in drawn(snapshot, screened(snapshot, risk)):
        counts = [mark.count for mark in picture.marks] + [picture.below, picture.above]
        counts.append(picture.rest)
        assert not any(count is not None and 0 < count < 5 for count in counts), picture
        # what is left when the shown ones are taken from the whole is nothing, or enough people
        left = picture.present - sum(count or 0 for count in counts)
        gone = counts.count(None)
        assert (left, gone) == (0, 0) or (left >= 5 and gone >= 2), picture
        hidden += gone
        if gone:
            assert picture.least is None and not picture.told
            assert "visas inte (..)" in words.sentence(picture, "sv")
    assert hidden


def test_of_a_count_of_people_what_lies_below_k_is_left_out_and_told(snapshot: Snapshot):
    risk = Risk(
        snapshot.main.name, "small_cells", [], 3, 1, 9, 9, 9, ROWS, 1, 0.5, counted="våningar"
    )
    (picture,) = [
        one for one in drawn(snapshot, screened(snapshot, risk)) if one.column == "våningar"
    ]
    assert [mark.low for mark in picture.marks] == [3, 4, 5]
    assert "Antal personer från 1 till under 3 är inte med." in words.sentence(picture, "sv")


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ([5] * 100, []),
        (list(range(1, 101)), []),
        (list(range(700141, 700141 + 7 * 100, 7)), []),
        ([2400 * n * n for n in range(1, 101)], ["histogram"]),
        ([f"{y}-01-01" for y in range(1900, 2000)], ["timeline"]),
        (["0001-01-01", *[f"2024-{m:02d}-15" for m in range(1, 13)] * 8], ["timeline"]),
        ([f"{10**30}.5", 2.5] * 50, ["histogram"]),
        ([f"{n / 1e9:.9f}" for n in range(100)], ["histogram"]),
    ],
    ids=[
        "one value",
        "row numbers",
        "codes",
        "inhabitants",
        "years",
        "a wrong date",
        "far",
        "small",
    ],
)
def test_extremes_are_drawn_or_left_out_and_never_break(
    tmp_path: Path, values: list[Any], kinds: list[str]
):
    pd.DataFrame({"x": values, "y": "a"}).to_csv(tmp_path / "x.csv", index=False)
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    made = [one for one in drawn(snapshot, Screening()) if one.column == "x"]
    assert [one.kind for one in made if "digit" not in one.kind] == kinds
    for one in made:
        assert len(one.marks) <= 125 and words.sentence(one, "sv")


def test_the_pictures_of_fifty_columns_are_a_small_page(frame: pd.DataFrame, tmp_path: Path):
    wide = pd.concat([frame.add_suffix(f"_{n}") for n in range(6)], axis=1).iloc[:, :50]
    wide.to_csv(tmp_path / "x.csv", index=False, sep=";", decimal=",")
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    plain = pictures(snapshot, Screening(), profile(snapshot, Screening()))
    dataset: Any = SimpleNamespace(snapshot=snapshot, screening=Screening(), pictures=plain)
    page = show.pictures(dataset, "sv")._repr_html_()
    assert page.count("<svg") > 40 and len(page.encode()) <= 400_000
