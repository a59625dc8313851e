"""What holds for every rule, whatever the data: order, doubling, repair, deletion, renaming
(hypothesis, from the registry)."""

from __future__ import annotations

import itertools
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from helpers.checking import running, suites
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import DIMENSIONS, Finding
from helpers.declared import specifications
from helpers.scoring.scoring import score

from .conftest import opened, unscreened
from .planting import DEFECTS, Pick
from .twins import TWINS, Made, twin

FEW, SOME, MANY = 1, 1, 25
TABLES = [name for name in TWINS if name != "tidtabell"]
ADDS_ROWS = {"repeated_rows", "journey_counted_twice", "share_counted_twice"}
Result = dict[tuple[str, str | None], Finding]


@pytest.fixture(autouse=True)
def _counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second count by Great Expectations has a proof of its own."""
    monkeypatch.setattr(running, "_second_count", lambda built: {})


def tried(examples: int) -> Callable[..., Any]:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def messy(name: str, seed: int) -> tuple[Made, Made]:
    """A dataset with three to seven kinds of defect, and its clean twin row by row."""
    rng = random.Random(seed)
    clean = twin(name, seed % 5)
    made = clean.copy()
    kinds = [
        one for one in DEFECTS if name in one.twins and not one.base and one.kind not in ADDS_ROWS
    ]
    for one in rng.sample(kinds, min(len(kinds), rng.randint(3, 7))):
        one.plant(made, Pick(rng, rng.choice((0.01, 0.03))))
    return clean, made


def found(made: Made) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        one = unscreened(opened(made, Path(folder)))
        names = {header: field for field, header in one.fields.items()}
        return {
            (finding.id, names.get(finding.column or "", finding.column)): finding
            for finding in one.findings
        }


def points(findings: Result, made: Made) -> dict[str, tuple[float, float]]:
    """The points (low, high) of each criterion of readiness."""
    with tempfile.TemporaryDirectory() as folder:
        one = opened(made, Path(folder))
        card = score(one.entry, None, list(findings.values()), conformity=one.conformity)
    return {one.id: (one.low, one.high) for one in card.criteria if one.group == "readiness"}


def counts(result: Result) -> dict[tuple[str, str | None], tuple[str, int, int]]:
    return {key: (one.outcome, one.checked, one.failed) for key, one in result.items()}


def order(names: list[str], examples: int) -> None:
    @tried(examples)
    @given(st.sampled_from(names), st.integers(0, 10_000))
    def holds(name: str, seed: int) -> None:
        _, made = messy(name, seed)
        where = list(range(len(made.main.rows)))
        random.Random(seed).shuffle(where)
        mixed = made.copy()
        mixed.main.rows = [made.main.rows[i] for i in where]
        before, after = found(made), found(mixed)
        assert counts(before) == counts(after)
        at = dict(zip(made.rows_of(where), [0] * len(where), strict=True))
        first = min(at)
        for key, one in before.items():
            assert sorted(first + where[row - first] for row in after[key].rows) == one.rows, key

    holds()


def doubling(names: list[str], examples: int) -> None:
    @tried(examples)
    @given(st.sampled_from(names), st.integers(0, 10_000))
    def holds(name: str, seed: int) -> None:
        _, made = messy(name, seed)
        double = made.copy()
        double.main.rows += [list(row) for row in made.main.rows]
        before, after = found(made), found(double)
        for rule in rules():
            for key in (
                key
                for key in before
                if key[0] == rule.id and EXPECTATIONS[rule.type].groups is None
            ):
                assert before[key].share == after[key].share, key

    holds()


def repair(names: list[str], examples: int) -> None:
    @tried(examples)
    @given(st.sampled_from(names), st.integers(0, 10_000))
    def holds(name: str, seed: int) -> None:
        clean, made = messy(name, seed)
        spoilt = [i for i, row in enumerate(made.main.rows) if row != clean.main.rows[i]]
        mended = made.copy()
        at = random.Random(seed).sample(spoilt, 1 + len(spoilt) // 3)
        for i in at:
            mended.main.rows[i] = list(clean.main.rows[i])
        before, after = found(made), found(mended)
        several = {rule.id for rule in rules() if EXPECTATIONS[rule.type].groups is not None}
        for key, one in before.items():
            if one.share is None or key not in after or after[key].share is None:
                continue
            if (
                key[0] in several
            ):  # a mended row may join others that are wrong, and accuses no row beside it
                assert set(after[key].rows) - set(one.rows) <= set(made.rows_of(at)), key
            else:  # a share may fall: a mended row may leave a cell empty that was right by chance
                assert set(after[key].rows) <= set(one.rows), key
        worse, better = points(before, made), points(after, mended)
        for name, (low, _) in worse.items():
            assert better[name][0] >= low, (name, worse[name], better[name])

    holds()


def deletion(names: list[str], examples: int) -> None:
    names = [
        name
        for name in names
        if any(one.required for one in specifications.load(twin(name, 0).type).fields)
    ]
    if not names:
        pytest.skip("no column of it is mandatory")

    @tried(examples)
    @given(st.sampled_from(names), st.integers(0, 10_000))
    def holds(name: str, seed: int) -> None:
        _, made = messy(name, seed)
        whole, headers = specifications.load(made.type), made.main.header
        variant = specifications.variant_of(made.type, headers)
        called = specifications.match(headers, specifications.load(made.type, variant))
        required = [called[one.name] for one in whole.fields if one.required and one.name in called]
        less = made.copy()
        less.main.drop(random.Random(seed).choice(required))
        before, after = points(found(made), made), points(found(less), less)
        for name, (low, _) in before.items():
            # at best it may be more: what the column would have shown is then unknown
            assert after[name][0] <= low, (name, before[name], after[name])

    holds()


# what a publisher calls both coordinates: never one in this way and the other in that
PAIRS = (("latitude", "longitude"), ("Latitud", "Longitud"), ("LAT", "LON"), ("y_wgs84", "x_wgs84"))


def _pairs(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Those pairs that the specification knows."""
    known = {
        specifications.fold(name)
        for axis in ("latitude", "longitude")
        if axis in fields
        for name in (axis, *fields[axis].synonyms, fields[axis].title["sv"])
    }
    return [pair for pair in PAIRS if {*map(specifications.fold, pair)} <= known] or [PAIRS[0]]


def renaming(names: list[str], examples: int) -> None:
    @tried(examples)
    @given(st.sampled_from(names), st.integers(0, 10_000))
    def holds(name: str, seed: int) -> None:
        _, made = messy(name, seed)
        rng = random.Random(seed)
        fields = {one.name: one for one in specifications.load(made.type).fields}
        other = made.copy()
        where = list(range(len(made.main.header)))
        rng.shuffle(where)
        if made.form == "geojson":  # positions are no columns there
            fields = {
                name: one for name, one in fields.items() if name not in ("latitude", "longitude")
            }
        for header in _telling(made.type, made.main.header):
            fields.pop(header, None)
        subtypes = {
            specifications.fold(header)
            for variant in specifications.load(made.type).variants
            for group in variant.headers
            for header in group
        }
        headers = [made.main.header[i] for i in where]
        others = _other_names(headers, fields, subtypes, rng)
        pair = dict(zip(("latitude", "longitude"), rng.choice(_pairs(fields)), strict=True))
        other.main.header = [
            pair.get(header, name) if header in fields else name
            for header, name in zip(headers, others, strict=True)
        ]
        other.main.rows = [[row[i] for i in where] for row in made.main.rows]
        assert counts(found(made)) == counts(found(other))

    holds()


def _telling(type: str, headers: list[str]) -> set[str]:
    """Headers of a version that calls its columns otherwise: by them alone it is told apart."""
    whole = specifications.load(type)
    variant = specifications.variant_of(type, headers)
    (version,) = [one for one in whole.variants if one.name == variant] or [None]
    if version is None or not version.names:
        return set()
    return {*version.names.values(), *(name for group in version.headers for name in group)}


def _other_names(
    headers: list[str], fields: dict[str, Any], subtypes: set[str], rng: random.Random
) -> list[str]:
    """Synonyms, titles and capitals; none that may mean another field as well (faktura_nr and
    fakturanr fold alike), nor one that tells of another subtype (lekplatskategori) or of traffic
    (stop_id). What tells of its own subtype stays."""
    meant = Counter(
        name
        for one in fields.values()
        for name in {
            specifications.fold(name) for name in (one.name, *one.synonyms, one.title["sv"])
        }
    )
    names = []
    subtypes = subtypes | {specifications.fold("stop_id")}
    for header in headers:
        one = fields.get(header) if specifications.fold(header) not in subtypes else None
        other = [header.upper(), *one.synonyms, one.title["sv"]] if one else [header]
        clear = [name for name in other if meant[specifications.fold(name)] <= 1]
        clear = [name for name in clear if specifications.fold(name) not in subtypes]
        names.append(rng.choice(clear or [header]))
    return names


PROPERTIES = {
    "order": order,
    "doubling": doubling,
    "repair": repair,
    "deletion": deletion,
    "renaming": renaming,
}


@cache
def rules() -> tuple[suites.Rule, ...]:
    return tuple(
        rule for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules
    )


@pytest.mark.parametrize(("number", "name"), [*enumerate(PROPERTIES)], ids=list(PROPERTIES))
def test_holds_for_a_few(number: int, name: str):
    """Each property on types of its own."""
    PROPERTIES[name](TABLES[number :: len(PROPERTIES)], FEW)


EACH = list(itertools.product(PROPERTIES, TABLES))


@pytest.mark.parametrize(
    ("name", "kind", "examples"),
    [
        *(pytest.param(*pair, SOME, marks=pytest.mark.slow) for pair in EACH[::5]),
        *(pytest.param(*pair, MANY, marks=pytest.mark.long) for pair in EACH),
    ],
)
def test_holds_for_many(name: str, kind: str, examples: int):
    """Some examples of every fifth pair, and so of each property and of each type."""
    PROPERTIES[name]([kind], examples)


def test_without_rules_quality_is_unknown_and_not_perfect():
    with tempfile.TemporaryDirectory() as folder:
        entry = opened(twin("badplats", 0), Path(folder)).entry
        card = score(entry, None, [], conformity=None)
    quality = [one for one in card.criteria if one.id.removeprefix("readiness_") in DIMENSIONS]
    assert quality and all(
        (one.low, one.high, one.source) == (0.0, 5.0, "unknown") for one in quality
    )
