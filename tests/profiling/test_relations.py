"""Relations of a table: keys and dependencies are those of brute force, measures are pandas', rows
and counts are those of the file, and nothing of a marked column or of a few people is in any."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import combinations, permutations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.profiling.pictures.making import pictures
from helpers.profiling.profile import profile
from helpers.profiling.relations import (
    alike_rows,
    alike_texts,
    associations,
    cells,
    dependencies,
    empty_together,
    keys,
    making,
)
from helpers.profiling.relations.associations import Variable
from helpers.profiling.relations.making import relations
from helpers.reading import read
from helpers.reading.snapshot import Snapshot
from helpers.reporting import relations_in_words as words
from helpers.reporting import show
from helpers.screening.marks import Mark, Risk, Screening
from helpers.words.messages import LANGUAGES

CANARY = "Hallonqvist"
SEEDS = range(40)


def random_codes(seed: int) -> np.ndarray:
    """A small table of codes, 0 is empty: some columns made of others, some nearly."""
    rng = np.random.default_rng(seed)
    rows, width = int(rng.integers(20, 90)), int(rng.integers(2, 6))
    made = [rng.integers(int(rng.integers(0, 2)), int(rng.integers(3, rows + 3)), rows)]
    while len(made) < width:
        kind = rng.integers(0, 4)
        if kind == 0:
            made.append(rng.integers(0, int(rng.integers(2, rows)), rows))
        elif kind == 1:
            made.append(made[-1] // 2 + 1)
        elif kind == 2:
            column = made[int(rng.integers(0, len(made)))] % 7 + 1
            column[rng.integers(0, rows)] = 9
            made.append(column)
        else:
            made.append(rng.permutation(rows) + 1)
    return np.stack(made, axis=1).astype(np.int32)


def broken_by_hand(codes: np.ndarray, columns: tuple[int, ...]) -> int:
    rows = [tuple(int(row[i]) for i in columns) for row in codes]
    counts = Counter(rows)
    return sum(1 for row in rows if counts[row] > 1 or 0 in row)


@pytest.mark.parametrize("seed", SEEDS)
def test_keys_are_those_of_brute_force(seed: int):
    codes = random_codes(seed)
    most = keys.allowed(len(codes))
    expected: list[tuple[int, ...]] = []
    for width in (1, 2, 3):
        for columns in combinations(range(codes.shape[1]), width):
            held = any(set(key) <= set(columns) for key in expected)
            varied = all(len(set(codes[:, i])) > 1 for i in columns)
            if varied and not held and broken_by_hand(codes, columns) <= most:
                expected.append(columns)
    assert keys.found(codes, by_chance=0) == expected


def test_two_columns_that_are_a_key_by_chance_are_not_told():
    rng = np.random.default_rng(1)
    chance = np.stack([rng.integers(1, 900, 300), rng.integers(1, 900, 300)], axis=1)
    crossed = np.stack([np.arange(300) // 20 + 1, np.arange(300) % 20 + 1], axis=1)
    assert keys.found(chance.astype(np.int32)) == []
    assert keys.found(crossed.astype(np.int32)) == [(0, 1)]


def counted_by_hand(of: list[int], on: list[int]) -> tuple[int, int, int]:
    groups: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b in zip(of, on, strict=True):
        if a and b:
            groups[a][b] += 1
    rows = sum(sum(group.values()) for group in groups.values())
    usual = sum(max(group.values()) for group in groups.values())
    return rows, len(groups), rows - usual


@pytest.mark.parametrize("seed", SEEDS)
def test_dependencies_are_those_of_brute_force(seed: int):
    codes = random_codes(seed)
    made = dependencies.pairs(codes)
    for of, on in permutations(range(codes.shape[1]), 2):
        rows, groups, breaking = counted_by_hand(codes[:, of].tolist(), codes[:, on].tolist())
        told = made.get((of, on))
        if told:
            assert (told.rows, told.groups, told.breaking) == (rows, groups, breaking)
            assert breaking <= 0.05 * (rows - groups) and rows - groups >= 20
        elif breaking == 0 and rows - groups >= max(20, rows / 3):
            # left out only where the other column is nearly constant, or it may be chance
            filled = [b for a, b in zip(codes[:, of], codes[:, on], strict=True) if a and b]
            sizes = Counter(a for a, b in zip(codes[:, of], codes[:, on], strict=True) if a and b)
            pairs = sum(n * (n - 1) / 2 for n in sizes.values())
            other = 1 - sum((n / rows) ** 2 for n in Counter(filled).values())
            assert rows - max(Counter(filled).values()) < 10 or pairs * other < 20


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_left_out_follows_from_what_is_told(seed: int):
    codes = random_codes(seed)
    made = dependencies.pairs(codes)
    told = dependencies.told(made, range(codes.shape[1]))
    assert set(told) <= set(made)
    reached = set(told)
    for _ in range(codes.shape[1]):
        reached |= {(a, d) for a, b in reached for c, d in reached if b == c and a != d}
    assert set(made) <= reached


@pytest.mark.parametrize("seed", range(20))
def test_rows_nearly_alike_are_those_of_brute_force(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alike_rows, "BY_CHANCE", 1e9)
    monkeypatch.setattr(alike_rows, "SHARE", 1.0)
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 3, (60, 6)).astype(np.int32)
    codes = np.unique(codes, axis=0)
    expected: dict[tuple[int, ...], set[frozenset[int]]] = defaultdict(set)
    for a, b in combinations(range(len(codes)), 2):
        other = tuple(np.flatnonzero(codes[a] != codes[b]).tolist())
        if len(other) <= 2:
            expected[other].add(frozenset((a, b)))
    found = {
        columns: {frozenset(pair) for group in groups for pair in combinations(group, 2)}
        for columns, groups in alike_rows.found(codes)
    }
    assert {c: p for c, p in expected.items() if len(c) == 1} == {
        c: p for c, p in found.items() if len(c) == 1
    }
    for columns, pairs in found.items():
        assert pairs <= expected[columns]


def test_measures_are_those_of_pandas():
    rng = np.random.default_rng(3)
    a = rng.lognormal(2, 1, 400).round(1)
    frame = pd.DataFrame({"a": a, "b": (a * 2 + rng.normal(0, 9, 400)).round(0)})
    frame["c"] = pd.cut(frame["a"], [0, 4, 9, 1e9], labels=False) + 1
    frame["d"] = np.where(rng.random(400) < 0.6, frame["c"], rng.integers(1, 4, 400))
    number = {n: Variable(n, "number", frame[n].to_numpy(float)) for n in "ab"}
    group = {n: Variable(n, "category", frame[n].to_numpy()) for n in "cd"}
    found = associations.between(number["a"], number["b"])
    ranks = frame[["a", "b"]].rank()
    assert found and found["value"] == round(ranks["a"].corr(ranks["b"]), 2)
    found = associations.between(group["c"], number["b"])
    within = (ranks["b"] - ranks["b"].groupby(frame["c"]).transform("mean")).pow(2).sum()
    whole = (ranks["b"] - ranks["b"].mean()).pow(2).sum()
    assert found and found["value"] == round((1 - within / whole * 399 / 397) ** 0.5, 2)
    table = pd.crosstab(frame["c"], frame["d"]).to_numpy()
    even = np.outer(table.sum(1), table.sum(0)) / 400
    phi = ((table - even) ** 2 / even).sum() / 400 - 2 * 2 / 399
    found = associations.between(group["c"], group["d"])
    assert found and found["value"] == round((phi / (3 - 4 / 399 - 1)) ** 0.5, 2)
    assert found["measure"] == "cramer" and found["rows"] == 400


def test_columns_that_have_nothing_to_do_with_each_other_are_near_nought():
    rng = np.random.default_rng(11)
    for _ in range(20):
        one = Variable("x", "category", rng.integers(1, 9, 300))
        other = Variable("y", "category", rng.integers(1, 9, 300))
        size = Variable("z", "number", rng.random(300))
        for pair in ((one, other), (one, size)):
            found = associations.between(*pair)
            assert found and found["value"] < words.CLEAR


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["Atea Sverige AB", "ATEA SVERIGE AB."], "punctuation"),
        (["Målning", "målning"], "case"),
        (["Hälleviks strand", "Hälleviksstrand"], "blanks"),
        (["Staffan Nihlen", "Staffan Nihlén"], "accents"),
        (["Hus 1-2", "Hus 12"], None),
        (["Häll", "Hall"], None),
        (["5", "-5"], None),
        (["Väg 12", "Väg 13"], None),
    ],
)
def test_texts_that_differ_in_form(texts: list[str], kind: str | None):
    found = alike_texts.found(dict.fromkeys(texts, 1))
    assert [one["kind"] for one in found] == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("common", "rare", "told"),
    [
        ("Karlskrona kommun", "Karlskorna kommun", True),
        ("Side of building", "Side of builiding", True),
        ("1 W. Pratt Street", "1 E. Pratt Street", False),
        ("Storgatan 12", "Storgatan 13", False),
        ("Byvägen", "Bývägen", False),
    ],
)
def test_one_letter_is_told_where_one_is_rare(common: str, rare: str, told: bool):
    kinds = [one["kind"] for one in alike_texts.found({common: 50, rare: 1})]
    assert ("letter" in kinds) is told
    assert "letter" not in [one["kind"] for one in alike_texts.found({common: 9, rare: 8})]


@pytest.mark.parametrize("seed", range(20))
def test_one_edit_is_that_of_brute_force(seed: int):
    rng = np.random.default_rng(seed)
    a, b = ("".join(rng.choice(list("ab"), int(rng.integers(1, 5)))) for _ in range(2))
    near = {a[:i] + a[i + 1 :] for i in range(len(a))}
    near |= {a[:i] + c + a[i:] for i in range(len(a) + 1) for c in "ab"}
    near |= {a[:i] + c + a[i + 1 :] for i in range(len(a)) for c in "ab"}
    near |= {a[:i] + a[i + 1] + a[i] + a[i + 2 :] for i in range(len(a) - 1)}
    assert alike_texts.is_one_edit(a, b) == (b in near and a != b)


def test_columns_that_are_seldom_filled_are_not_empty_together_by_chance():
    rng = np.random.default_rng(5)
    seldom = (rng.random((400, 2)) < 0.05).astype(np.int32)
    same = np.repeat((rng.random((400, 1)) < 0.4).astype(np.int32), 2, axis=1)
    same[0] = (0, 1)
    found = empty_together.found(np.hstack([seldom, same]))
    both = int((same == 0).all(axis=1).sum())
    assert found == [((2, 3), both, 1)]


# --- a file


def invoices() -> pd.DataFrame:
    rng = np.random.default_rng(9)
    rows = 400
    account = rng.integers(0, 12, rows)
    frame = pd.DataFrame(
        {
            "verifikation": [f"V{n:05d}" for n in range(rows)],
            "kontokod": account * 10 + 4010,
            "kontonamn": [f"Konto {chr(65 + n)}" for n in account],
            "leverantör": rng.choice(["Atea Sverige AB", "Region Blekinge", "Telia Company"], rows),
            "handläggare": rng.choice([f"Anna {CANARY}", "Bo Ek", "Cia Al"], rows),
            "timmar": rng.integers(1, 400, rows),
            "mottagare": ["x" if n % 3 else "" for n in range(rows)],
            "motpart": ["y" if n % 3 else "" for n in range(rows)],
        }
    )
    frame["belopp"] = (frame["timmar"] * 812.5 + rng.normal(0, 3000, rows)).round(2)
    frame["handläggarkod"] = frame["handläggare"].map(
        {f"Anna {CANARY}": "A7", "Bo Ek": "B7", "Cia Al": "C7"}
    )
    frame.loc[[17, 205, 311], "kontonamn"] = "Konto Z"
    frame.loc[[40, 41], "leverantör"] = "ATEA SVERIGE AB."
    frame.loc[399, "verifikation"] = "V00007"
    frame.loc[100] = frame.loc[50]
    frame.loc[100, "verifikation"] = "V90000"
    return frame


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return invoices()


@pytest.fixture(scope="module")
def snapshot(frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("relations")
    frame.to_csv(folder / "data.csv", index=False, sep=";", decimal=",")
    return read(folder / "data.csv", folder / "snapshot")


def screened(snapshot: Snapshot, *risks: Risk) -> Screening:
    main = snapshot.main.name
    marks = [
        Mark(main, name, "person_name", "certain", 400, [2], "stopp")
        for name in ("handläggare", "handläggarkod")
    ]
    return Screening(marks, list(risks))


def made_of(snapshot: Snapshot, screening: Screening) -> dict[str, Any]:
    made = relations(snapshot, screening, profile(snapshot, screening))[snapshot.main.name]
    json.dumps(made, allow_nan=False)
    return made


def shown(snapshot: Snapshot, screening: Screening, made: dict[str, Any], language: str) -> Any:
    plain = {snapshot.main.name: made}
    dataset: Any = SimpleNamespace(snapshot=snapshot, screening=screening, relations=plain)
    return show.relations(dataset, language)


@pytest.fixture(scope="module")
def made(snapshot: Snapshot) -> dict[str, Any]:
    return made_of(snapshot, screened(snapshot))


def broken_rows(frame: pd.DataFrame, of: str, on: str) -> list[int]:
    """Rows (as a spreadsheet counts them) that do not have the commonest of their group."""
    usual = frame.groupby(of)[on].agg(lambda texts: texts.value_counts().index[0])
    return [int(i) + 2 for i in frame.index[frame[on] != frame[of].map(usual)]]


@pytest.mark.parametrize("sample", [50_000, 300])
def test_counts_and_rows_are_those_of_the_file(
    snapshot: Snapshot, frame: pd.DataFrame, sample: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cells, "SAMPLE", sample)
    monkeypatch.setattr(making, "SAMPLE", sample)
    made = made_of(snapshot, screened(snapshot))
    assert made["taken"] == min(sample, 400) and made == made_of(snapshot, screened(snapshot))
    (code,) = [one for one in made["dependencies"] if one["of"] == "kontokod"]
    expected = broken_rows(frame, "kontokod", "kontonamn")
    assert code["breaking"] == len(expected) and code["listed"] == expected
    assert (code["rows"], code["groups"]) == (400, frame["kontokod"].nunique())
    (key,) = [one for one in made["keys"] if one["columns"] == ["verifikation"]]
    twice = frame.index[frame["verifikation"].duplicated(keep=False)] + 2
    assert key["rows"] == twice.tolist() and key["breaking"] == len(twice)
    assert "Radnummer: 9, 401." in words.key(key, "sv")
    spelt = [one for one in made["alike_texts"] if one["column"] == "leverantör"]
    (atea,) = [one["texts"] for one in spelt if one["texts"][0]["text"].startswith("Atea")]
    counts = frame["leverantör"].value_counts()
    assert {one["text"]: one["count"] for one in atea} == {
        name: counts[name] for name in ("Atea Sverige AB", "ATEA SVERIGE AB.")
    }
    assert spelt[0]["listed"] == [42, 43]


def test_rows_entered_twice_empty_cells_and_associations(made: dict[str, Any], frame: pd.DataFrame):
    assert {"columns": ["verifikation"], "count": 2, "groups": 1, "listed": [[52, 102]]} in made[
        "alike_rows"
    ]
    empty = int((frame["mottagare"] == "").sum())
    assert made["empty_together"] == [
        {"columns": ["mottagare", "motpart"], "all": empty, "some": 0}
    ]
    (pair,) = [one for one in made["associations"] if one["columns"] == ["timmar", "belopp"]]
    assert pair["value"] == round(frame["timmar"].rank().corr(frame["belopp"].rank()), 2)
    assert made["few"] is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_seen_in_the_square_is_what_stands_in_it(
    snapshot: Snapshot, made: dict[str, Any], language: str
):
    page = shown(snapshot, screened(snapshot), made, language)._repr_html_()
    (label,) = re.findall(r'<svg role="img" aria-label="([^"]+)"', page)
    square = page[page.index("<svg") : page.index("</svg>")]
    strongest = words.strongest(made)[0]
    figure = words.strength(strongest["value"], language)
    assert figure in label and f">{figure}</text>" in square
    assert not re.search(r"\{|None|nan<", page)
    assert all(one["columns"][0] in page for one in made["keys"])


def test_nothing_of_a_marked_column_is_there(snapshot: Snapshot, made: dict[str, Any]):
    result = shown(snapshot, screened(snapshot), made, "sv")
    page = result._repr_html_()
    assert "2 kolumner är inte med" in page and "handläggare" in page
    assert CANARY not in page + repr(result) + json.dumps(made, ensure_ascii=False)
    named = [one for one in made["dependencies"] if "handläggar" in one["of"] + one["on"]]
    assert not named and "handläggare" not in made["kinds"]


def test_of_rows_about_people_no_count_below_k_and_no_row_is_told(snapshot: Snapshot):
    risk = Risk(snapshot.main.name, "k_anonymity", ["kontokod"], 5, 1, 9, 9, 9, 400, 1, 0.5)
    screening = screened(snapshot, risk)
    made = made_of(snapshot, screening)
    for one in [*made["keys"], *made["dependencies"]]:
        assert one["breaking"] is None or one["breaking"] == 0 or one["breaking"] >= 5
        assert not one["examples"] and not (one.get("rows_listed") or one.get("listed"))
    assert not [one for one in made["keys"] if one["rows"]]
    assert any(one["breaking"] is None for one in made["dependencies"])
    assert made["alike_rows"] == []
    assert "ATEA SVERIGE AB." not in json.dumps(made)
    page = shown(snapshot, screening, made, "sv")._repr_html_()
    assert "utom på ett fåtal" in page and "Radnummer" not in page
    for one in made["empty_together"]:
        assert all(n == 0 or n >= 5 for n in (one["all"], one["some"], 400 - one["all"]))


def test_a_value_of_a_count_of_people_is_no_example(tmp_path: Path):
    rows = range(200)
    frame = pd.DataFrame({"linje": [f"L{n % 20}" for n in rows], "resande": [n % 20 for n in rows]})
    frame.loc[[7, 9], "resande"] = 3
    frame.to_csv(tmp_path / "x.csv", index=False)
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    (told,) = [one for one in made_of(snapshot, Screening())["dependencies"] if one["breaking"]]
    assert told["examples"] and told["of"] == "linje"
    risk = Risk(
        snapshot.main.name, "small_cells", [], 5, 1, 9, 9, 9, 200, 1, 0.5, counted="resande"
    )
    (told,) = [
        one for one in made_of(snapshot, Screening([], [risk]))["dependencies"] if one["breaking"]
    ]
    assert told["breaking"] == 2 and told["examples"] == []


def test_hostile_names_and_values_are_texts_and_cut(tmp_path: Path):
    hostile = "<img src=x onerror=alert(1)>\"'&"
    rows = range(200)
    frame = pd.DataFrame(
        {
            hostile: [f"{hostile} {n % 9}" for n in rows],
            "y" * 5000: [f"v{n % 9}" for n in rows],
            "tal": [n % 9 * 3 + n % 2 for n in rows],
        }
    )
    frame.loc[[7, 9], "y" * 5000] = "</svg><script>alert(1)</script>"
    frame.loc[3, hostile] = f"{hostile.upper()} 3"
    frame.to_csv(tmp_path / "x.csv", index=False)
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    made = made_of(snapshot, Screening())
    assert made["dependencies"] and made["alike_texts"] and made["associations"]
    page = shown(snapshot, Screening(), made, "sv")._repr_html_()
    assert "<img" not in page and "<script" not in page and "&lt;img" in page
    assert "y" * 61 not in page
    assert page.count("<svg") == page.count("</svg>") == 1


@pytest.mark.slow
@pytest.mark.parametrize(("width", "sought"), [(30, True), (61, True), (201, False)])
def test_what_is_not_sought_in_a_wide_table_is_told(tmp_path: Path, width: int, sought: bool):
    frame = pd.DataFrame({f"c{n}": np.arange(40) % (n + 2) for n in range(width)})
    frame["c0"] = range(40)
    frame.loc[9] = frame.loc[8]
    frame.loc[9, "c0"] = 999
    frame.to_csv(tmp_path / "x.csv", index=False)
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    said = shown(snapshot, Screening(), made_of(snapshot, Screening()), "sv")
    page = said._repr_html_()
    assert ("Bara de första 60 kolumnerna är jämförda." in page) is (width > 60)
    assert ("Lika i allt utom c0: 2 rader." in page) is sought
    assert "nästan lika rader" not in page
    assert ("bara rader som skiljer sig i en enda kolumn" in page) is (sought and width > 40)


def test_few_rows_say_nothing(tmp_path: Path):
    pd.DataFrame({"id": range(19), "x": ["a", "b"] * 9 + ["a"]}).to_csv(
        tmp_path / "x.csv", index=False
    )
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    made = made_of(snapshot, Screening())
    assert made["few"] and "keys" not in made
    said = repr(shown(snapshot, Screening(), made, "sv"))
    assert said == "För få rader (19) för att säga hur kolumnerna hänger ihop. Det behövs minst 20."


@pytest.mark.slow
def test_pictures_and_relations_of_fifty_columns_are_a_small_page(
    frame: pd.DataFrame, tmp_path: Path
):
    wide = pd.concat([frame.add_suffix(f"_{n}") for n in range(5)], axis=1)
    wide.to_csv(tmp_path / "x.csv", index=False, sep=";", decimal=",")
    snapshot = read(tmp_path / "x.csv", tmp_path / "s")
    assert len(snapshot.main.columns) == 50
    made = made_of(snapshot, Screening())
    page = shown(snapshot, Screening(), made, "sv")._repr_html_()
    drawn = pictures(snapshot, Screening(), profile(snapshot, Screening()))
    dataset: Any = SimpleNamespace(snapshot=snapshot, screening=Screening(), pictures=drawn)
    page += show.pictures(dataset, "sv")._repr_html_()
    assert len(page.encode()) <= 400_000
