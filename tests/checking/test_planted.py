"""Defects planted in known rows: the right rule names the right rows, and no other rule newly fails
without a reason."""

from __future__ import annotations

import random
import shutil
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from helpers.checking import running, suites
from helpers.running.opening import Opened

from .conftest import opened, unscreened
from .planting import AMOUNTS, DEFECTS, Defect, Pick, Score
from .twins import TWINS, Made, twin

SEED = 7
RULES = {rule.id for name in (suites.COMMON, *suites.types()) for rule in suites.load(name).rules}
RECALL: dict[tuple[str, str, str], Score] = defaultdict(Score)  # by kind, type and amount


@dataclass
class Said:
    """What the product says: rule -> rows that fail (over its columns and tables), and what reading
    tells of its repairs."""

    rows: dict[tuple[str, str], set[int]]
    failing: set[tuple[str, str, str | None]]
    errors: list[str]


def said(one: Opened) -> Said:
    one = unscreened(one)
    assert one.snapshot is not None
    rows: dict[tuple[str, str], set[int]] = defaultdict(set)
    for repair in one.snapshot.repairs:
        rows[f"reading:{repair.code}", ""] |= set(repair.rows)
    bad = [finding for finding in one.findings if finding.outcome == "failed"]
    for finding in bad:
        rows[finding.id, finding.table] |= set(finding.rows)
    return Said(
        rows,
        {(finding.id, finding.table, finding.column) for finding in bad},
        [finding.id for finding in one.findings if finding.outcome == "error"],
    )


Clean = dict[tuple[str, Any], Said]  # what is said of a twin, on the base that a defect asks for


@pytest.fixture(scope="module")
def clean() -> Clean:
    return {}


@cache
def _twin(name: str) -> Made:
    return twin(name, SEED)


def planted(one: Defect, name: str) -> tuple[Made, Made]:
    base = _twin(name).copy()
    if one.base:
        one.base(base)
    return base, base.copy()


def wrong(one: Defect, name: str, amount: str, folder: Path, clean: Clean) -> list[str]:
    """What is not as it should be, in words; and the recall, noted in ``RECALL``."""
    base, made = planted(one, name)
    key = (name, one.base)
    if key not in clean:
        clean[key] = said(opened(base, folder / "clean"))
    plan = one.plant(made, Pick(random.Random(f"{one.kind}:{name}:{amount}"), AMOUNTS[amount]))
    before = {"before": base.write(folder / "before")} if one.delivered else {}
    found = said(opened(made, folder / "planted", **before))
    score, errors = RECALL[one.kind, made.type, amount], [f"error: {rule}" for rule in found.errors]
    for rule, records in plan.found.items():
        must = set(made.rows_of(records))
        ids = rule.split("|")
        named = set().union(
            *(
                rows
                for (id, table), rows in found.rows.items()
                if id in ids and plan.table in (None, table, "")
            )
        )
        if must:
            score.planted, score.named = score.planted + len(must), score.named + len(must & named)
        else:  # a defect of the whole dataset
            fails = rule in {id for id, _, _ in found.failing}
            score.planted, score.named = score.planted + 1, score.named + fails
            errors += [] if fails else [f"{rule} does not fail"]
            continue
        score.rules |= set(ids)
        if must - named:
            errors.append(f"{rule} does not name {sorted(must - named)[:8]} of {len(must)}")
        before = set().union(*(rows for (id, _), rows in clean[key].rows.items() if id in ids))
        if named - must - before:
            errors.append(f"{rule} accuses {sorted(named - must - before)[:8]}")
    if plan.any:
        must, new = set(made.rows_of(plan.any)), found.failing - clean[key].failing
        named = set().union(*(found.rows[id, table] for id, table, _ in new))
        score.planted, score.named = score.planted + len(must), score.named + len(must & named)
        errors += [f"nobody names {sorted(must - named)[:8]}"] if must - named else []
    explained = {*plan.explains, *(id for rule in plan.found for id in rule.split("|"))}
    if "*" not in explained:
        new = {id for id, _, _ in found.failing - clean[key].failing} - explained
        errors += [f"newly fails without a reason: {rule}" for rule in sorted(new)]
    return errors


EVERY = 45  # kind of defect is in the quick set


def each() -> Iterator[Any]:
    """For each kind of defect one of its twins, not always of the same type. Of four
    three are ``long``: CI has half an hour."""
    for number, one in enumerate(DEFECTS):
        name = one.twins[zlib.crc32(one.kind.encode()) % len(one.twins)]
        mark = pytest.mark.long if number % 4 else pytest.mark.slow
        yield pytest.param(
            one, name, id=f"{one.kind}-{name}", marks=[mark] if number % EVERY else []
        )


@pytest.mark.parametrize(("one", "name"), [*each()])
def test_a_defect_is_named_and_nothing_else(one: Defect, name: str, tmp_path, clean, monkeypatch):
    """One amount each; the second count by Great Expectations is made in the long test."""
    monkeypatch.setattr(running, "_second_count", lambda built: {})
    assert wrong(one, name, one.amounts[-1], tmp_path, clean) == []


@pytest.mark.long
@pytest.mark.parametrize("name", TWINS)
def test_defects_in_many_amounts(
    name: str, tmp_path: Path, clean: Clean, monkeypatch: pytest.MonkeyPatch
):
    """Every kind and amount; the greatest amount is counted by Great Expectations too."""
    errors = []
    for one in (one for one in DEFECTS if name in one.twins):
        for amount in one.amounts:
            with monkeypatch.context() as patched:
                if amount != one.amounts[-1]:
                    patched.setattr(running, "_second_count", lambda built: {})
                found = wrong(one, name, amount, tmp_path / f"{one.kind} {amount}", clean)
            shutil.rmtree(tmp_path / f"{one.kind} {amount}")
            errors += [f"{one.kind} {amount}: {error}" for error in found]
    assert errors == []


def summed(**of: str) -> Score:
    """The scores of that kind, type or amount together."""
    mine = [
        one
        for key, one in RECALL.items()
        if of.items() <= dict(zip(("kind", "type", "amount"), key, strict=True)).items()
    ]
    return Score(sum(one.planted for one in mine), sum(one.named for one in mine))


@pytest.mark.long
def test_recall_by_kind_and_type():
    """Stands after the test above, whose scores it shows: named of planted, in all amounts."""
    assert RECALL, "to be run together with the test of many amounts"
    types = sorted({type for _, type, _ in RECALL})
    print("\n" + "recall".ljust(32), *(type[:18].ljust(19) for type in types))
    for kind in dict.fromkeys(kind for kind, _, _ in RECALL):
        shown = [summed(kind=kind, type=type) for type in types]
        print(
            kind.ljust(32),
            *((f"{one.named}/{one.planted}" if one.planted else "").ljust(19) for one in shown),
        )
    for type in types:
        kinds = {kind for kind, other, _ in RECALL if other == type}
        told = ", ".join(
            f"{amount}: {summed(type=type, amount=amount).recall:.4f}" for amount in AMOUNTS
        )
        print(f"{type}: {len(kinds)} kinds, {summed(type=type).planted} planted, recall {told}")
        assert summed(type=type).recall >= 0.99 and len(kinds) >= 12
    assert {key: one for key, one in RECALL.items() if one.recall < 0.99} == {}


# rules that no planted defect is for, and why; their own examples prove them
ELSEWHERE = {
    "replaced by source_form": ("source_kommunkod",),
    "of the whole delivery": (
        "datum_fresh",
        "updated_fresh",
        "date_fresh",
        "measured_at_fresh",
        "inspection_date_fresh",
        "start_fresh",
    ),
    "of records that no row came of": ("rows_read", "rows_there"),
    "of several sheets, or of what the file says of itself": (
        "codes_alike_in_tables",
        "numbers_of_one_kind",
        "points_declared_system",
    ),
    "of the zip's bytes, no cell": (
        "gtfs_utf8",
        "gtfs_rows_whole",
        "gtfs_files_at_the_top",
        "gtfs_commas",
    ),
    "tells what stands beside, accuses nobody": ("gtfs_on_demand_told_apart",),
}


@pytest.mark.slow
def test_every_rule_has_its_defect():
    planned = {rule for listed in ELSEWHERE.values() for rule in listed}
    for one in DEFECTS:
        for name in one.twins if one.kind == "repeated_rows" else one.twins[:1]:
            _, made = planted(one, name)
            planned |= {
                id
                for rule in one.plant(made, Pick(random.Random(1), 0.1)).found
                for id in rule.split("|")
            }
    assert sorted(RULES - planned) == []
