"""What holds for every rule of timetables, whatever the feed: form, order, other ids, the feed
twice, repair, deletion.

The feeds are small and broken on purpose: the quick ones together by every kind of defect, so that
each rule of the suite fails in one of them; hypothesis draws a rule from the registry and breaks it
in company.
"""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checking import running, suites
from helpers.checking.expectations import EXPECTATIONS
from helpers.checking.findings import Finding
from helpers.scoring.scoring import score
from helpers.traffic import gtfs_reference

from ..samples import forms
from .conftest import opened, unscreened
from .planting import DEFECTS, Defect, Pick, feeds
from .test_invariances import MANY, SOME, tried
from .test_planted import ELSEWHERE
from .twins import Made, twin

BASES = dict.fromkeys(one.base for one in DEFECTS if one.twins == (feeds.FEED,) and one.base)
# a table or a column taken away comes last: what spoils it must find it
ORDER = {"whole": 0, "put": 2}
TAKEN_AWAY = ("no_agency", "no_route_type", "no_stop_times")
# Of names, whole files and where the whole feed lies, which hold for a feed and not for its rows:
# each is planted alone.
ALONE = {
    "header_misspelt": "gtfs_names_spelt",
    "shapes_left_out": "gtfs_ids_have_their_file",
    "file_of_another_name": "gtfs_files_known",
    "all_stops_in_another_county": "gtfs_stop_near_county",
}
KINDS = sorted(
    (one for one in DEFECTS if one.twins == (feeds.FEED,) and one.kind not in ALONE),
    key=lambda one: 3 if one.kind in TAKEN_AWAY else ORDER.get(one.plant.__name__, 1),
)
RULES = {one.id: one for one in suites.rules_for("rorelsedata", "gtfs")}
Key = tuple[str, str, str | None]


@pytest.fixture(autouse=True)
def _counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second count by Great Expectations has a proof of its own."""
    monkeypatch.setattr(running, "_second_count", lambda built: {})


@dataclass
class Feed:
    """A broken feed, its clean twin row by row, and what the product says of it."""

    clean: Made
    made: Made
    resized: frozenset[str]  # tables that a defect gave more rows or fewer

    def __post_init__(self) -> None:
        self.found, self.points = said(self.made)


class Otherwise(Made):
    """The same cells as other bytes: a byte order mark, CRLF, all quoted, the files in another
    order."""

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        members = {}
        for name, table in reversed(self.tables.items()):
            out = io.StringIO(newline="")
            csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
                [table.header, *table.rows]
            )
            members[f"{name}.txt"] = b"\xef\xbb\xbf" + out.getvalue().encode()
        forms.packed(folder / f"{self.name}.zip", members)
        return folder / f"{self.name}.zip"


def said(made: Made) -> tuple[dict[Key, Finding], dict[str, tuple[float, float]]]:
    """Findings by rule, table and column; points (low, high) of each criterion of readiness."""
    with tempfile.TemporaryDirectory() as folder:
        one = unscreened(opened(made, Path(folder)))
        card = score(one.entry, None, one.findings, conformity=one.conformity)
        found = {(each.id, each.table, each.column): each for each in one.findings}
    return found, {one.id: (one.low, one.high) for one in card.criteria if one.group == "readiness"}


def counts(found: dict[Key, Finding]) -> dict[Key, tuple[str, int, int]]:
    return {key: (one.outcome, one.checked, one.failed) for key, one in found.items()}


def by_suite(found: dict[Key, Finding]) -> dict[Key, Finding]:
    """The findings of the suite's own rules."""
    return {key: one for key, one in found.items() if one.id in RULES}


def of_rows(found: dict[Key, Finding]) -> dict[Key, Finding]:
    """Those that judge rows, not the source as a whole."""
    return {
        key: one
        for key, one in by_suite(found).items()
        if EXPECTATIONS[RULES[one.id].type].scope != "source"
    }


def broken(seed: int, kinds: list[Defect]) -> Feed:
    clean = twin(feeds.FEED, seed % 5)
    for base in BASES:
        base(clean)
    made, pick = clean.copy(), Pick(random.Random(seed), 0.01)
    resized: set[str] = set()
    for one in kinds:
        before = {name: len(table.rows) for name, table in made.tables.items()}
        one.plant(made, pick)
        resized |= {
            name for name, table in made.tables.items() if len(table.rows) != before.get(name)
        }
    for (
        table
    ) in made.tables.values():  # a planted row may be shorter than a base has made its table
        table.rows = [row + [""] * (len(table.header) - len(row)) for row in table.rows]
    return Feed(clean, made, frozenset(resized))


@cache
def few(number: int) -> Feed:
    """One of three feeds that together have every kind of defect; those that would hide others by
    themselves."""
    others = ("calendar_backwards", "feed_backwards", "route_named_as_another")
    apart = [one for one in KINDS if one.kind in (*TAKEN_AWAY, *others)]
    there = [one for one in KINDS if one not in apart]
    return broken(number + 1, (there[::2], there[1::2], apart)[number])


def form(feed: Feed, rng: random.Random) -> None:
    """Order of rows, of columns and of files, a column nobody knows, line ends, quotes: no count
    changes, no row.

    Of two rows that are equal in every cell either may be named.
    """
    other, where = Otherwise(**vars(feed.made.copy())), {}
    for name, table in other.tables.items():
        where[name] = rng.sample(range(len(table.rows)), len(table.rows))
        columns = rng.sample(range(len(table.header)), len(table.header))
        table.rows = [[*(table.rows[i][k] for k in columns), "eget"] for i in where[name]]
        table.header = [*(table.header[k] for k in columns), "egen_kolumn"]
    found, points = said(other)
    found = {key: one for key, one in found.items() if one.column != "egen_kolumn"}
    # the rule on names of columns looks at one more
    asked, before = (
        {key: one for key, one in each.items() if one.id != "gtfs_names_spelt"}
        for each in (found, feed.found)
    )
    assert counts(asked) == counts(before) and points == feed.points
    for key, one in of_rows(feed.found).items():
        rows = feed.made.tables[one.table].rows if one.rows else []
        named = sorted(map(str, (rows[where[one.table][row - 2]] for row in found[key].rows)))
        assert named == sorted(map(str, (rows[row - 2] for row in one.rows))), key


def _ids(made: Made, other: Callable[[str], str]) -> None:
    """Every id of the feed under another name, the same wherever it stands."""
    for name, table in made.tables.items():
        file = gtfs_reference.load().files[name]
        for column in table.header:
            if column in file.fields and file.fields[column].kind == "id":
                for row in range(len(table.rows)):
                    if (id := table.get(row, column)) not in ("", None):
                        table.put(row, column, other(str(id)))


def ids(feed: Feed, rng: random.Random) -> None:
    """Other ids, of other lengths and in another order: no count changes, no row."""
    other: dict[str, str] = {}
    made = feed.made.copy()
    _ids(
        made,
        lambda id: other.setdefault(id, f"{rng.choice('abcåÖ')}{len(other):0{rng.randint(1, 9)}}:"),
    )
    found, points = said(made)
    before, after = by_suite(feed.found), by_suite(found)
    assert counts(after) == counts(before) and points == feed.points
    assert {key: one.rows for key, one in after.items()} == {
        key: one.rows for key, one in before.items()
    }


def doubling(feed: Feed, rng: random.Random) -> None:
    """The feed once more under other ids, its stops some steps away: every rule checks and fails
    twice as many rows."""
    double, copy = feed.made.copy(), feed.made.copy()
    _ids(copy, lambda id: f"{id}-2")
    for name, column, change in (
        ("agency", "agency_name", lambda name: f"{name} 2"),
        ("stops", "stop_lat", lambda lat: round(lat + 0.0005, 6) if lat else lat),
        ("routes", "route_short_name", lambda name: f"{name} 2" if name else name),
        ("routes", "route_long_name", lambda name: f"{name} 2" if name else name),
    ):
        if name in copy.tables and column in copy.tables[name].header:
            table = copy.tables[name]
            for row in range(len(table.rows)):
                table.put(row, column, change(table.get(row, column)))
    for name, table in double.tables.items():
        table.rows += copy.tables[name].rows if name != "feed_info" else []
    found, _ = said(double)
    for key, one in of_rows(feed.found).items():
        if one.table != "feed_info":
            assert (found[key].checked, found[key].failed) == (2 * one.checked, 2 * one.failed), key


def repair(feed: Feed, rng: random.Random) -> None:
    """A third of the spoilt rows as they were: no rule is worse, no criterion has fewer points."""
    mended = feed.made.copy()
    for name, table in mended.tables.items():
        right = feed.clean.tables[name]
        if table.header == right.header and name not in feed.resized:
            spoilt = [i for i, row in enumerate(table.rows) if row != right.rows[i]]
            for i in rng.sample(spoilt, -(-len(spoilt) // 3)):
                table.rows[i] = list(right.rows[i])
    found, points = said(mended)
    for key, one in feed.found.items():
        if one.id in feeds.ORPHANS:
            continue  # an end that is mended first leaves behind what nothing refers to
        if one.share is not None and key in found and found[key].share is not None:
            assert found[key].share >= one.share, key
    for name, (low, _) in feed.points.items():
        assert points[name][0] >= low, name


def deletion(feed: Feed, rng: random.Random) -> None:
    """A field that the reference requires taken away from a file: no criterion has more points at
    worst; at best what it would have shown is unknown."""
    files = gtfs_reference.load().files
    there = [
        (name, column)
        for name, table in feed.made.tables.items()
        for column in table.header
        if column in files[name].fields and files[name].fields[column].required
    ]
    less, (name, column) = feed.made.copy(), rng.choice(there)
    less.tables[name].drop(column)
    _, points = said(less)
    for criterion, (low, _) in feed.points.items():
        assert points[criterion][0] <= low, (
            name,
            column,
            criterion,
        )


PROPERTIES: dict[str, Callable[[Feed, random.Random], None]] = {
    "form": form,
    "ids": ids,
    "doubling": doubling,
    "repair": repair,
    "deletion": deletion,
}


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        pytest.param(name, feed, marks=[pytest.mark.slow] if feed or number > 1 else [])
        for number, name in enumerate(PROPERTIES)
        for feed in (0, 1, 2)
    ],
)
def test_holds_for_a_few(name: str, feed: int):
    PROPERTIES[name](few(feed), random.Random(f"{name}:{feed}"))


@pytest.mark.slow
def test_every_rule_fails_in_one_of_them():
    failing = {
        one.id
        for number in range(3)
        for one in few(number).found.values()
        if one.outcome == "failed"
    }
    elsewhere = {rule for rules in ELSEWHERE.values() for rule in rules} | set(ALONE.values())
    assert sorted(set(RULES) - failing - elsewhere) == []


@cache
def kinds_of(rule: str) -> list[Defect]:
    """The kinds of defect that this rule must name."""
    clean = twin(feeds.FEED, 0)
    for base in BASES:
        base(clean)
    return [
        one for one in KINDS if rule in one.plant(clean.copy(), Pick(random.Random(1), 0.0)).found
    ]


@pytest.mark.parametrize(
    "examples",
    [
        pytest.param(SOME, marks=pytest.mark.slow),
        pytest.param(2 * MANY, marks=pytest.mark.long),
    ],
)
@pytest.mark.parametrize("name", PROPERTIES)
def test_holds_for_every_rule_in_company(name: str, examples: int):
    asked = [rule for rule in RULES if kinds_of(rule)]

    @tried(examples)
    @given(
        st.sampled_from(asked),
        st.lists(st.sampled_from(range(len(KINDS))), max_size=5),
        st.integers(0, 10_000),
    )
    def holds(rule: str, company: list[int], seed: int) -> None:
        rng: Any = random.Random(seed)
        chosen = {rng.choice(kinds_of(rule)).kind, *(KINDS[i].kind for i in company)}
        PROPERTIES[name](broken(seed, [one for one in KINDS if one.kind in chosen]), rng)

    holds()
