"""Rules that a table keeps already, or nearly: what its profile says, as rules that a person may
take. Sees no data; what a rule would fail is counted by whoever has them.

Every threshold here is ours: a rule is proposed where hardly a row breaks it, so that what breaks
it is worth a look.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.checking.suites import Rule
from helpers.words.messages import LANGUAGES, both, exact, number, text
from helpers.words.suppression import SUPPRESSED

LEAST_ROWS = 20  # of fewer, nothing is usual
NEARLY = 0.98  # of the cells: the others are told, as rows that the rule would fail
MOST_VALUES = 10  # as many as a profile lists
RARE = 0.01  # of the rows: a value that seldom may be a misspelling
FENCE = 3  # times the middle half's width: what lies farther out is far out (Tukey, 1977)
MOST_FAILED = 0.05  # of the rows: a rule that more break is none of this table
REGEX, IN_SET = "expect_column_values_to_match_regex", "expect_column_values_to_be_in_set"
LENGTHS = "expect_column_value_lengths_to_be_between"
BETWEEN, FUTURE = "expect_column_values_to_be_between", "expect_dates_not_in_the_future"
FILLED, UNIQUE = "expect_column_values_to_not_be_null", "expect_column_values_to_be_unique"
SIGNS = {"A": r"\p{L}", "9": "[0-9]"}


@dataclass(frozen=True)
class Proposal:
    """``kind`` is a text below ``suggesting.``; ``values`` fill it: what was seen in the column."""

    kind: str
    type: str
    column: str  # the source's header
    dimension: str
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def evidence(self, language: str) -> str:
        """What was seen, in one sentence."""
        return both(f"suggesting.{self.kind}", **self.values)[language]

    def asked(self, language: str) -> str:
        """What the rule asks of each row, in one sentence."""
        bounds = {
            end: exact(self.kwargs[name], language)
            for end, name in (("least", "min_value"), ("most", "max_value"))
            if name in self.kwargs
        }
        return text(f"suggesting.asked.{self.kind}", language, **{**self.values, **bounds})

    def rule(self, name: str) -> Rule:
        """The rule as a suite holds it; ``name``: the field of the specification, or the header."""
        because = {language: self.evidence(language) for language in LANGUAGES}
        plain = re.sub(r"\W+", "_", name.casefold()).strip("_")
        return Rule(
            f"{plain}_{self.kind}",
            self.type,
            {"column": name, **self.kwargs},
            "warning",
            self.dimension,
            because,
            both(f"suggesting.fix.{self.kind}"),
            examples=self.examples,
        )


def _of(part: int, whole: int) -> dict[str, str]:
    """How many of how many, written alike in both languages."""
    return {"there": number(part), "rows": number(whole)}


def _filled(column: Mapping[str, Any], rows: int) -> Iterator[Proposal]:
    there = rows - column["missing"]
    if there >= NEARLY * rows:
        name = column["name"]
        yield Proposal("filled", FILLED, name, "completeness", values=_of(there, rows))


def _unique(column: Mapping[str, Any], rows: int) -> Iterator[Proposal]:
    there = rows - column["missing"]
    if column["type"] in ("text", "integer") and column["distinct"] >= max(
        NEARLY * there, LEAST_ROWS
    ):
        values = {"distinct": number(column["distinct"]), "rows": number(there)}
        yield Proposal("unique", UNIQUE, column["name"], "uniqueness", values=values)


def _listed(column: Mapping[str, Any], rows: int) -> Iterator[Proposal]:
    top, distinct = column["top"], column["distinct"]
    if column["type"] != "text" or not 1 < distinct <= min(len(top), MOST_VALUES, rows // 5):
        return
    kept = [str(one["value"]) for one in top if one["count"] >= max(2, RARE * rows)]
    if len(kept) > 1 and SUPPRESSED not in kept:
        values = {"distinct": distinct, "values": ", ".join(kept)}
        examples = {"right": (kept[0],), "wrong": (f"{kept[0]}?",)}
        yield Proposal(
            "listed", IN_SET, column["name"], "validity", {"value_set": kept}, values, examples
        )


def _round_up(value: float) -> float:
    """Away from zero to two digits: ``0.0123`` to ``0.013``, ``1234`` to ``1300``.

    >>> _round_up(1234), _round_up(-0.0123), _round_up(0)
    (1300, -0.013, 0)
    """
    if not value:
        return 0
    power = math.floor(math.log10(abs(value))) - 1
    steps = math.ceil(round(abs(value) / 10**power, 9))
    rounded = math.copysign(steps * 10.0**power, value)
    return int(rounded) if power >= 0 else round(rounded, -power)


def _bounded(column: Mapping[str, Any], rows: int) -> Iterator[Proposal]:
    quantiles, low, high = column["quantiles"], column["min"], column["max"]
    plain = all(isinstance(one, int | float) for one in (low, high))
    if not quantiles or not plain or column["distinct"] <= MOST_VALUES or SUPPRESSED in quantiles:
        return
    quarter, three = (quantiles.get(name) for name in ("0.25", "0.75"))
    if not all(isinstance(one, int | float) for one in (quarter, three)):
        return
    fence = FENCE * (three - quarter)
    least = 0 if low >= 0 else _round_up(max(low, quarter - fence))
    most = _round_up(min(high, three + fence)) if three + fence > 0 else high
    values = {"low": number(low, "sv", 2), "high": number(high, "sv", 2)}
    outside = _round_up(most + max(abs(most), 1) * 10)
    yield Proposal(
        "bounded",
        BETWEEN,
        column["name"],
        "validity",
        {"min_value": least, "max_value": most},
        values,
        {"right": (str(most),), "wrong": (str(outside),)},
    )


def _shaped(column: Mapping[str, Any], rows: int) -> Iterator[Proposal]:
    """One shape for nearly all cells; else one length for all of them."""
    there, patterns = rows - column["missing"], column["patterns"]
    if column["type"] != "text" or column["distinct"] <= MOST_VALUES or not patterns:
        return
    shape, count, length = str(patterns[0]["shape"]), patterns[0]["count"], column["length_max"]
    usual = "9" in shape and set(shape) & set("ÅX") == set() and len(shape) < 40
    if usual and count >= NEARLY * there:
        runs = re.findall(r"A+|9+|[^A9]+", shape)
        regex = "".join(
            SIGNS[run[0]] + (f"{{{len(run)}}}" if len(run) > 1 else "")
            if run[0] in SIGNS
            else re.escape(run)
            for run in runs
        )
        yield Proposal(
            "shaped",
            REGEX,
            column["name"],
            "validity",
            {"regex": f"^{regex}$"},
            {"shape": shape, **_of(count, there)},
            {"right": (shape,), "wrong": (f"{shape}?",)},
        )
    elif column["length_min"] == length and 2 <= length <= 40:
        yield Proposal(
            "long",
            LENGTHS,
            column["name"],
            "validity",
            {"min_value": length, "max_value": length},
            {"length": length, "rows": number(there)},
            {"right": ("a" * length,), "wrong": ("a" * (length + 1),)},
        )


def _past(column: Mapping[str, Any], today: str) -> Iterator[Proposal]:
    if column["type"] in ("date", "datetime") and column["max"] and str(column["max"]) <= today:
        values = {"latest": str(column["max"])[:10]}
        yield Proposal("past", FUTURE, column["name"], "timeliness", values=values)


def proposals(
    table: Mapping[str, Any], placing: Iterable[str], known: Iterable[Rule], today: str
) -> list[Proposal]:
    """What a table's profile (``profiling.profile``, one of its tables) gives reason to ask, but
    for what ``known`` rules ask already: the same of a column, or another form of its values.

    ``placing``: the columns that hold positions, of which places are asked; ``known``: with headers
    as columns; ``today``: YYYY-MM-DD.
    """
    rows, placed = table["rows"], set(placing)
    asked = {(rule.type, rule.column) for rule in known}
    formed = {rule.column for rule in known if rule.dimension == "validity"}
    found: list[Proposal] = []
    if rows < LEAST_ROWS:
        return found
    for column in table["columns"]:
        made = [*_filled(column, rows), *_unique(column, rows), *_past(column, today)]
        if column["name"] not in placed | formed:
            made += [*_listed(column, rows), *_bounded(column, rows), *_shaped(column, rows)]
        found += [one for one in made if (one.type, one.column) not in asked]
    return found
