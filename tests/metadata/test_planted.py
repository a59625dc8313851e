"""Each fault that is planted in a right catalogue is found by its name, and a right one is found
right."""

from __future__ import annotations

import pytest
from tests.metadata import right
from tests.metadata.planted import PLANTED
from tests.sampling import every

from helpers.metadata import checking, telling, validating
from helpers.metadata.checking import Checked
from helpers.metadata.faults.registry import all_faults


def names(checked: Checked) -> set[str]:
    """All that a catalogue is told to have, faults and what else is against the profile."""
    return {fault.name for fault in checked.faults} | {
        group.first.name for group in checked.others + checked.advice
    }


def test_a_right_catalogue_has_no_fault_no_violation_and_no_advice():
    checked = checking.check(right.right())
    assert names(checked) == set()
    assert (checked.violations, checked.mended_places) == (0, 0)
    assert all(result.swedish for result in checked.european)


@pytest.mark.parametrize("case", every(4, list(PLANTED)))
def test_a_planted_fault_is_found_by_name(case: str):
    old, new, told = PLANTED[case]
    checked = checking.check(right.changed(old, new))
    assert told in names(checked)
    for language in ("sv", "en"):
        sentences = [
            telling.said(one, checked.graph, language) for one in validating.judged(checked.graph)
        ]
        assert all(sentence.strip() and "{" not in sentence for sentence in sentences)
    assert telling.told(checked, "fil.ttl", "turtle")["faults"] or checked.others or checked.advice


def test_there_are_forty_and_every_fault_is_among_them():
    told = {name for _, _, name in PLANTED.values()}
    assert len(PLANTED) >= 40
    assert set(all_faults()) - told == {"identifier_twice"}  # needs a second dataset: below


def test_two_datasets_of_one_identifier():
    uuid = "8a2f1c3e-1111-4222-8333-444455556666"
    graph = right.with_lines(
        f'<{right.SET}> dcterms:identifier "{uuid}" .',
        f'<{right.SET}2> a dcat:Dataset ; dcterms:identifier "urn:uuid:{uuid.upper()}" .',
    )
    assert "identifier_twice" in names(checking.check(graph))


def test_the_ten_commonest_have_each_their_rank():
    ranks = {fault.rank for fault in all_faults().values()} - {0}
    assert ranks == set(range(1, 11))


def test_what_a_fault_says_is_not_said_once_more():
    old, new, _ = PLANTED["no contact"]
    checked = checking.check(right.changed(old, new))
    assert [fault.name for fault in checked.faults] == ["dataset_without_contact"]
    assert checked.others == checked.advice == ()


def test_another_vocabulary_beside_the_right_one_is_no_fault():
    graph = right.with_lines(
        f'<{right.SET}> <http://schema.org/description> "Badplatser."@sv ; adms:contactPoint _:x .'
    )
    assert names(checking.check(graph)) == set()
