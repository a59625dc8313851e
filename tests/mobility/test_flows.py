"""Journeys between places: small cells hidden, and an attack on what is left by linear programming
brings none back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from helpers import reading
from helpers.traffic.flows import MAX_PLACES, REST, Flows, flows
from helpers.words.suppression import in_table, with_totals

K = 5
FIELDS = {"from_place": "fran", "to_place": "till", "passengers": "antal"}


def reckon(shown: NDArray[np.int64]) -> dict[tuple[int, int], tuple[float, float]]:
    """What an attacker can say of each hidden (-1) cell of a table with totals: its least and
    greatest possible value.

    He knows that every row, column and total adds up, and that a hidden cell holds somebody.
    """
    from scipy.optimize import linprog

    sign = np.ones(shown.shape)
    sign[:-1, -1], sign[-1, :-1] = -1, -1
    unknown = [tuple(map(int, at)) for at in np.argwhere(shown < 0)]
    number = {at: i for i, at in enumerate(unknown)}
    left, right = [], []
    for axis in (0, 1):
        for line in range(shown.shape[axis]):
            row, known = np.zeros(len(unknown)), 0.0
            for other in range(shown.shape[1 - axis]):
                at = (line, other) if axis == 0 else (other, line)
                if shown[at] < 0:
                    row[number[at]] = sign[at]
                else:
                    known -= sign[at] * shown[at]
            left.append(row)
            right.append(known)
    found = {}
    for at in unknown:
        aim = np.eye(len(unknown))[number[at]]
        low, high = (linprog(way * aim, A_eq=left, b_eq=right, bounds=(1, None)) for way in (1, -1))
        assert low.status == 0 and high.status in (0, 3)
        found[at] = (float(low.fun), float("inf") if high.status == 3 else -float(high.fun))
    return found


def test_the_attack_works_on_a_table_that_hides_small_cells_alone():
    cells = np.array([[3, 40, 50], [60, 70, 80], [90, 20, 30]])
    shown = with_totals(cells)
    shown[0, 0] = -1
    assert reckon(shown) == {(0, 0): (3.0, 3.0)}


@pytest.mark.parametrize("seed", range(12))
def test_no_subtraction_reveals_a_small_cell(seed: int):
    rng = np.random.default_rng(seed)
    cells = np.floor(rng.lognormal(1.5, 1.6, rng.integers(1, 7, 2))).astype(np.int64)
    cells[rng.random(cells.shape) < 0.3] = 0
    table, gone = with_totals(cells), in_table(cells, K)
    assert gone[(table > 0) & (table < K)].all() and not gone[table == 0].any()
    for at, (low, high) in reckon(np.where(gone, -1, table)).items():
        if table[at] < K:
            assert high >= K - 1e-6 and high - low > 1 - 1e-6, (cells, at)
            if at[0] < cells.shape[0] and at[1] < cells.shape[1]:
                assert low <= 1 + 1e-6, (cells, at)


def test_a_table_without_small_cells_loses_nothing():
    assert not in_table(np.array([[10, 20], [30, 0]]), K).any()


def read(folder: Path, rows: list[tuple[str, str, object]]) -> Flows:
    file = folder / "resor.csv"
    file.write_text("fran;till;antal\n" + "".join(f"{a};{b};{n}\n" for a, b, n in rows), "utf-8")
    return flows(reading.read(file, folder / "s", type="rorelsedata"), FIELDS, K)


def test_sums_over_all_rows_and_what_is_left_out(tmp_path: Path):
    rows: list[tuple[str, str, object]] = [
        ("Karlskrona", "Ronneby", 30),
        ("Karlskrona", "Ronneby", 12),
        ("Ronneby", "Karlskrona", 41),
    ]
    rows += [
        ("Karlshamn", "Ronneby", 3),
        ("Ronneby", "Karlshamn", 0),
        ("", "Ronneby", 9),
        ("Ronneby", "Karlskrona", -2),
    ]
    found = read(tmp_path, rows)
    assert found.places == ["Ronneby", "Karlskrona", "Karlshamn"] and found.rows_left_out == 2
    table = {
        (found.places[i], found.places[j]): int(n)
        for (i, j), n in np.ndenumerate(found.table[:-1, :-1])
    }
    assert (
        table["Karlskrona", "Ronneby"] == -1
        and table["Karlshamn", "Ronneby"] == -1
        and table["Ronneby", "Karlshamn"] == 0
    )
    assert table["Ronneby", "Karlskrona"] == 41 and found.hidden == 2
    assert found.placed.all() and abs(found.lat[0] - 56.2) < 0.3


def test_many_places_are_summed_as_the_rest(tmp_path: Path):
    rows: list[tuple[str, str, object]] = [
        (f"Ort {i}", f"Ort {(i * 7 + j) % 90}", 1000 - i + j)
        for i in range(90)
        for j in range(1, 5)
    ]
    found = read(tmp_path, rows)
    assert (
        len(found.places) == MAX_PLACES
        and found.places[-1] == REST
        and found.rest == 90 - MAX_PLACES + 1
    )
    assert found.table[-1, -1] == sum(int(str(n)) for _, _, n in rows) and not found.placed.any()


def test_nothing_small_is_in_what_leaves(tmp_path: Path):
    rng = np.random.default_rng(5)
    names = [f"Ort {i}" for i in range(12)]
    rows: list[tuple[str, str, object]] = [
        (a, b, int(rng.lognormal(2, 1.5))) for a in names for b in names if a != b
    ]
    found = read(tmp_path, rows)
    left = json.loads(json.dumps(found.table.tolist()))
    assert not [n for row in left for n in row if 0 < n < K] and found.hidden > 0
    raw = {(a, b): int(str(n)) for a, b, n in rows}
    for (i, j), (low, high) in reckon(found.table).items():
        if i < 12 and j < 12 and raw[found.places[i], found.places[j]] < K:
            assert low <= 1 + 1e-6 and high >= K - 1e-6


def test_the_sample(root: Path, tmp_path: Path):
    snapshot = reading.read(
        root / "data" / "samples" / "region-blekinge-resor.csv", tmp_path, type="rorelsedata"
    )
    found = flows(
        snapshot, {"from_place": "fran", "to_place": "till", "passengers": "antal_resor"}, K
    )
    assert (
        sorted(found.places) == ["Karlshamn", "Karlskrona", "Olofström", "Ronneby", "Sölvesborg"]
        and found.placed.all()
    )
    import pandas as pd

    frame = pd.read_csv(root / "data" / "samples" / "region-blekinge-resor.csv", sep=";")
    sums = frame.groupby(["fran", "till"])["antal_resor"].sum()
    for (i, j), n in np.ndenumerate(found.table[:-1, :-1]):
        if n > 0:
            assert n == sums[found.places[i], found.places[j]] >= K
