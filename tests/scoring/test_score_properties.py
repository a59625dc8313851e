"""What holds of every scorecard, whatever was found: order, repair, a rule that broke, an answer, a column
that is gone."""

from __future__ import annotations

import random
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.checking.findings import DIMENSIONS, Finding

from .cards import findings, lost, score


@settings(deadline=None)
@given(findings(), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(found: list[Finding], chance: random.Random):
    shuffled = found.copy()
    chance.shuffle(shuffled)
    assert score(found) == score(shuffled)


@settings(deadline=None)
@given(findings())
@pytest.mark.slow
def test_repairing_a_finding_never_lowers_a_score(found: list[Finding]):
    before = score(found)
    for number, one in enumerate(found):
        if one.outcome == "failed":
            for left in {0, one.failed // 2, one.failed - 1}:
                better = replace(one, failed=left, outcome="failed" if left else "passed")
                after = score([*found[:number], better, *found[number + 1 :]])
                assert after.low >= before.low and after.high >= before.high


@settings(deadline=None)
@given(findings())
@pytest.mark.slow
def test_a_rule_that_broke_or_was_not_tried_never_raises_what_is_certain(found: list[Finding]):
    before = score(found)
    for number, one in enumerate(found):
        broken = replace(one, outcome="error", checked=0, failed=0)
        after = score([*found[:number], broken, *found[number + 1 :]])
        assert after.low <= before.low
        if one.outcome == "passed":
            fewer = score(
                [
                    *found[:number],
                    replace(one, outcome="not_applicable", checked=0),
                    *found[number + 1 :],
                ]
            )
            assert fewer.low <= before.low


@settings(deadline=None)
@given(
    findings(),
    st.sampled_from([None, 0.5, 1.0]),
    st.sampled_from(["unknown", "MONTHLY"]),
    st.sampled_from([None, 2]),
)
def test_the_range_of_an_idea_contains_what_it_gets_when_its_file_arrives(
    found: list[Finding], conformity: float | None, frequency: str, effort: int | None
):
    idea = score([], conformity=None, source=None, update_frequency=frequency, effort=effort)
    arrived = score(found, conformity=conformity, update_frequency=frequency, effort=effort)
    assert idea.low <= arrived.low <= arrived.high <= idea.high
    for before, after in zip(idea.criteria, arrived.criteria, strict=True):
        assert before.id == after.id and before.low <= after.low <= after.high <= before.high


UNKNOWN = {
    "licence": None,
    "owner": SimpleNamespace(role=None, mailbox=None),
    "description": None,
    "keywords": [],
    "theme": None,
    "contact": None,
    "update_frequency": "unknown",
    "source_system": SimpleNamespace(export="unknown", supplier_owns_data="unknown"),
}
ANSWERS = {
    "licence": ["CC0-1.0", "CC BY-NC 4.0", "egna villkor"],
    "owner": [SimpleNamespace(role="chef", mailbox=None), SimpleNamespace(role="a", mailbox="b")],
    "description": ["d"],
    "keywords": [["k"]],
    "theme": ["t"],
    "contact": ["c"],
    "update_frequency": ["YEARLY"],
    "source_system": [
        SimpleNamespace(export=export, supplier_owns_data=owned)
        for export in ("yes", "no", "unknown")
        for owned in ("yes", "no", "unknown")
    ],
}


@settings(deadline=None)
@given(
    findings(),
    st.sets(st.sampled_from(sorted(UNKNOWN))),
    st.sampled_from(sorted(UNKNOWN)),
    st.data(),
)
def test_answering_what_nobody_has_said_however_badly_never_lowers_the_worst_case(
    found: list[Finding], unknown: set[str], asked: str, data: st.DataObject
):
    before = {name: UNKNOWN[name] for name in {*unknown, asked}}
    answer = data.draw(st.sampled_from(ANSWERS[asked]))
    bare, answered = (
        score(found, effort=None, **given) for given in (before, before | {asked: answer})
    )
    assert answered.low >= bare.low
    assert not set(answered.lacks) - set(bare.lacks)


@settings(deadline=None)
@given(findings(), st.data())
def test_losing_a_mandatory_column_never_raises_the_worst_case(
    found: list[Finding], data: st.DataObject
):
    gone = data.draw(st.sets(st.integers(0, max(len(found) - 1, 0))))
    after = score(
        [lost(one) if number in gone else one for number, one in enumerate(found)], conformity=0.5
    )
    assert after.low <= score(found).low


@settings(deadline=None)
@given(findings(), st.sampled_from([None, 1.0]))
def test_another_type_than_the_known_ones_never_scores_higher(
    found: list[Finding], conformity: float | None
):
    other = score(found, type="annan", conformity=None)
    assert other.low <= score(found, conformity=conformity).low
    for one in other.criteria:
        if one.id.removeprefix("readiness_") in DIMENSIONS:
            assert one.low == 0 and one.source in ("unknown", "finding")
