"""Small groups, small counts and lone measurements are found; what is suppressed is proven by
counting again.

pycanon 1.3.6 pins pandas 2.3.3, so it cannot live in this environment: its answers on these seeded
tables were computed in one of its own (``uv run --with pycanon==1.3.6``) and are kept here.
``docs/decisions/0005`` says why.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from helpers import reading
from helpers.declared import specifications
from helpers.reporting import masked
from helpers.screening import screen
from helpers.screening.marks import Risk
from helpers.screening.masking import mask

# (seed, rows, quasi-identifiers) -> pycanon.anonymity.k_anonymity
PYCANON = {
    (1, 400, ("alder", "kon")): 2,
    (2, 400, ("alder", "kon", "postnummer")): 1,
    (3, 3000, ("alder", "kon")): 11,
    (4, 3000, ("alder", "kon", "postnummer")): 1,
    (5, 3000, ("postnummer",)): 345,
}


def people(seed: int, rows: int) -> list[dict[str, str]]:
    """A made-up table of persons: age group, sex, postcode and a sensitive value."""
    rng = random.Random(seed)
    ages = ["0-9", "10-19", "20-29", "30-39", "40-49", "50-59", "60-69", "70-79", "80-89", "90-"]
    return [
        {
            "alder": rng.choice(ages[: 1 + rng.randint(0, 9)]),
            "kon": rng.choice("KM"),
            "postnummer": f"37{rng.randint(0, 7)} 00",
            "insats": rng.choice(["A", "B", "C"]),
        }
        for _ in range(rows)
    ]


def written(folder: Path, rows: list[dict[str, str]], name: str = "personer.csv") -> Path:
    file = folder / name
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def risks(file: Path, folder: Path, type: str = "annan", **more: object) -> list[Risk]:
    snapshot = reading.read(file, folder / f"snapshot-{file.stem}", type=type)
    specification = specifications.load(type) if type in specifications.types() else None
    names = [one.name for one in snapshot.main.columns]
    fields = specifications.match(names, specification) if specification else {}
    return screen(snapshot, fields, specification, type=type, **more).risks  # type: ignore[arg-type]


@pytest.mark.parametrize("case", PYCANON, ids=str)
def test_k_is_pycanons(tmp_path: Path, case: tuple[int, int, tuple[str, ...]]) -> None:
    seed, rows, quasi = case
    table = people(seed, rows)
    classes = Counter(tuple(row[name] for name in quasi) for row in table)
    assert min(classes.values()) == PYCANON[case]
    k = 5
    found = risks(written(tmp_path, table), tmp_path, quasi_identifiers=list(quasi), k=k)
    small = {key: n for key, n in classes.items() if n < k}
    if not small:
        assert found == []
        return
    (risk,) = found
    assert (risk.least, risk.groups, risk.small, risk.rows, risk.total) == (
        PYCANON[case],
        len(classes),
        len(small),
        sum(small.values()),
        rows,
    )
    assert risk.declared and risk.rows_listed == [
        n for n, row in enumerate(table, 2) if tuple(row[name] for name in quasi) in small
    ]


def test_suggested_only_where_the_table_is_of_persons(tmp_path: Path) -> None:
    (risk,) = risks(written(tmp_path, people(2, 400)), tmp_path)
    assert risk.columns == ["alder", "kon", "postnummer"] and not risk.declared
    places = [
        {"namn": f"Lekplats {i}", "postnummer": f"37{i % 8} 00", "kommun": "1080"}
        for i in range(40)
    ]
    assert risks(written(tmp_path, places, "lekplatser.csv"), tmp_path) == []


def test_suppressed_to_k_and_counted_again(tmp_path: Path) -> None:
    table = people(4, 3000)
    quasi = ["alder", "kon", "postnummer"]
    snapshot = reading.read(written(tmp_path, table), tmp_path / "s")
    done = mask(snapshot, {}, None, "annan", tmp_path / "k.csv", quasi_identifiers=quasi, k=5)
    left = duckdb.sql(
        f"select alder, kon, postnummer, count(*) from read_csv('{tmp_path / 'k.csv'}',"
        " all_varchar=true) group by all"
    )
    assert min(row[3] for row in left.fetchall()) >= 5
    classes = Counter(tuple(row[name] for name in quasi) for row in table)
    assert done.rows_after == sum(n for n in classes.values() if n >= 5) and done.after.risks == []


def test_small_counts_of_people_between_places(tmp_path: Path) -> None:
    trips = [
        {"fran": "A", "till": "B", "antal_resor": "120"},
        {"fran": "A", "till": "C", "antal_resor": "1"},
        {"fran": "C", "till": "B", "antal_resor": "4"},
        {"fran": "B", "till": "C", "antal_resor": "0"},
        {"fran": "B", "till": "A", "antal_resor": "5"},
    ]
    (risk,) = risks(written(tmp_path, trips, "resor.csv"), tmp_path, "rorelsedata")
    assert (risk.kind, risk.counted, risk.small, risk.least, risk.rows_listed) == (
        "small_cells",
        "antal_resor",
        2,
        1,
        [3, 4],
    )
    assert risk.left_share == pytest.approx(125 / 130)
    parking = [{"namn": f"P{i}", "antal_platser": str(i)} for i in range(1, 9)]
    assert risks(written(tmp_path, parking, "parkering.csv"), tmp_path) == []


def test_lone_measurements_of_broadband(tmp_path: Path) -> None:
    measured = [
        {"kommunkod": code, "technology": "fiber", "download_mbit": "100", "upload_mbit": "90"}
        for code, n in (("1080", 9), ("1082", 3), ("1060", 1))
        for _ in range(n)
    ]
    (risk,) = risks(written(tmp_path, measured, "bredband.csv"), tmp_path, "bredband")
    assert (risk.kind, risk.groups, risk.small, risk.rows, risk.least) == (
        "few_measurements",
        3,
        2,
        4,
        1,
    )


@pytest.mark.parametrize("system", ["degrees", "metres", "one cell", "both"])
def test_positions_are_rounded_in_their_own_system(tmp_path: Path, system: str) -> None:
    """Forty measurements near one another, twenty alone: the latter are left out, no exact position
    stays in any system."""
    rng = random.Random(3)
    rows = []
    for i in range(60):
        lat, lon = (
            (56.16 + rng.random() / 300, 15.58 + rng.random() / 300)
            if i % 3
            else (56.0 + i / 100, 14.5 + i / 100)
        )
        north, east = (
            round(6224000 + (lat - 56.16) * 111_000),
            round(536000 + (lon - 15.58) * 62_000),
        )
        place = {
            "degrees": {"latitude": f"{lat:.5f}", "longitude": f"{lon:.5f}"},
            "metres": {"N": str(north), "E": str(east)},
            "one cell": {"position": f"{lat:.5f}, {lon:.5f}"},
        }
        place["both"] = place["degrees"] | place["metres"]
        rows.append({"id": str(i), "download_mbit": "100", "upload_mbit": "90"} | place[system])
    broadband = specifications.load("bredband")
    snapshot = reading.read(
        written(tmp_path, rows, "bredband.csv"), tmp_path / "s", type="bredband"
    )
    fields = specifications.match([one.name for one in snapshot.main.columns], broadband)
    done = mask(snapshot, fields, broadband, "bredband", tmp_path / "k.csv")
    assert done.rows_after == 40 and done.after.risks == [] and done.after.content == "fri"
    names, left = (
        (tmp_path / "k.csv").read_text("utf-8").splitlines()[0].split(";")[3:],
        duckdb.read_csv(str(tmp_path / "k.csv")),
    )
    assert all(len(left.project(f'"{name}"').distinct().fetchall()) <= 2 for name in names)
    assert system != "both" or len(names) == 2


def test_what_is_lost_is_told_with_the_rows_it_costs(tmp_path: Path) -> None:
    rows = [
        {
            "id": str(i),
            "kommentar": "Ring Anna Andersson" if i % 4 == 0 else "-",
            "kontakt": "anna.x@gmail.com" if i % 4 == 1 else "-",
            "beskrivning": "Familjehem" if i % 8 == 2 else "-",
        }
        for i in range(40)
    ]
    snapshot = reading.read(written(tmp_path, rows), tmp_path / "s")
    done = mask(snapshot, {}, None, "annan", tmp_path / "k.csv")
    assert [
        (loss.step.action, loss.step.columns, loss.step.rows, loss.cells) for loss in done.steps
    ] == [("mask", ("kommentar", "beskrivning"), 15, 30), ("mask", ("kontakt",), 10, 10)]
    assert done.after.content == "fri" and not any(
        "tom," in line for line in masked.lines(done, "sv")
    )
    alone = [
        {
            "id": str(i),
            "download_mbit": "9",
            "upload_mbit": "9",
            "latitude": f"56.{i:02}1",
            "longitude": f"15.{i:02}1",
        }
        for i in range(20)
    ]
    spread = reading.read(written(tmp_path, alone, "b.csv"), tmp_path / "b", type="bredband")
    done = mask(spread, {}, specifications.load("bredband"), "bredband", tmp_path / "b2.csv")
    assert done.rows_after == 0 and any("tom," in line for line in masked.lines(done, "sv"))
