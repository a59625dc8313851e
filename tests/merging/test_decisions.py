"""People decide what is the same object, in a file that is kept and never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.declared import catalogue
from helpers.filling_in.merging import decisions, measures, proposing
from helpers.filling_in.merging.decisions import DIFFERENT, SAME, Gone
from helpers.filling_in.merging.same_objects import Pair, Ref, Row, find
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES

A, B, C = Ref("karlskrona", "K1"), Ref("region-blekinge", "17"), Ref("ronneby", "R5")
ART = measures.telling("offentlig_konst")
assert ART is not None
FLOW = (
    "{pairs: [{type: offentlig_konst, objects: [{organisation: karlskrona, id: K9}, {organisation:"
    " ronneby, id: '4'}], decision: different, by: arkivarie, date: 2026-11-30}]}"
)


def pair(one: Ref, other: Ref, decision: str = SAME, **said: str) -> str:
    """A pair as people write it."""
    filled = {"by": "kultursamordnare", "date": "2026-11-30"} | said
    if decision == SAME:
        filled = {"keep": one.organisation} | filled
    lines = [f"  {name}: {value}" for name, value in {"decision": decision, **filled}.items()]
    objects = [f"  - {{organisation: {ref.organisation}, id: '{ref.id}'}}" for ref in (one, other)]
    return "\n".join(["- type: offentlig_konst", "  objects:", *objects, *lines, ""])


def file(*pairs: str) -> str:
    return "pairs:\n" + "".join(pairs)


def standing(text: str, *there: Ref) -> decisions.Standing:
    return decisions.standing(decisions.parsed(text), "offentlig_konst", there)


def wrong(text: str) -> list[tuple[int, str]]:
    """Line and kind of each fault."""
    with pytest.raises(ConfigurationError) as refused:
        decisions.parsed(text)
    assert "same_objects.yaml" in refused.value.text("sv")
    return [(fault.line, fault.kind) for fault in refused.value.values["errors"]]


def pairs_of(*rows: Row) -> list[Pair]:
    return find(rows, ART).pairs


def works(*refs: Ref, name: str = "Befrielsen") -> list[Row]:
    return [Row(*ref, {"name": name}, 15.6, 56.2, 4) for ref in refs]


def test_a_catalogue_without_decisions_has_none(tmp_path: Path):
    assert decisions.read(tmp_path).pairs == ()


def test_the_file_is_no_entry_of_the_catalogue(tmp_path: Path):
    (tmp_path / decisions.FILE).write_text(file(pair(A, B)), "utf-8")
    assert catalogue.load(tmp_path) == [] and len(decisions.read(tmp_path).pairs) == 1


def test_the_same_object_is_one_row_and_the_yaml_says_whose_values_hold():
    known = standing(file(pair(A, B)), A, B, C)
    assert known.instead == {B: A} and known.decided == {frozenset((A, B)): SAME}
    assert standing(file(pair(A, B, keep=B.organisation)), A, B).instead == {A: B}


def test_what_is_the_same_as_the_same_is_the_same():
    known = standing(file(pair(A, B), pair(B, C)), A, B, C)
    assert known.instead == {B: A, C: A} and known.decided[frozenset((A, C))] == SAME


def test_different_and_undecided_leave_both_rows():
    known = standing(file(pair(A, B, DIFFERENT), pair(A, C, "undecided")), A, B, C)
    assert known.instead == {} and known.decided == {frozenset((A, B)): DIFFERENT}
    assert known.different == 1


def test_a_decision_whose_row_is_gone_is_told_and_the_other_row_stays():
    known = standing(file(pair(A, B)), B)
    assert known.instead == {}
    assert known.gone == [Gone(decisions.parsed(file(pair(A, B))).pairs[0], (A,))]
    assert standing(file(pair(A, B), pair(B, C)), B, C).instead == {}


def test_decisions_of_another_type_are_not_asked():
    known = decisions.standing(decisions.parsed(file(pair(A, B))), "platsinformation", [A, B])
    assert not known.decided and not known.gone


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (file(pair(A, B, keep="ronneby")), [(7, "among")]),
        (file(pair(A, B, keep="")), [(7, "missing")]),
        (file(pair(A, B, by="")), [(8, "missing")]),
        (file(pair(A, B, by="Anna Andersson")), [(8, "role")]),
        (file(pair(A, B, date="i går")), [(9, "day")]),
        (file(pair(A, Ref("karlskrona", "K2"))), [(3, "one_owner")]),
        (file(pair(A, Ref("nowhere", "K2"))), [(5, "organisation")]),
        (file(pair(A, B), pair(B, A, DIFFERENT)), [(10, "same_pair"), (14, "contradiction")]),
        (file(pair(A, B), pair(B, C), pair(A, C, DIFFERENT)), [(22, "contradiction")]),
        (file(pair(A, B), pair(C, B)), [(7, "winners"), (15, "winners")]),
        (file(pair(A, B, "maybe")), [(6, "among")]),
        ("pairs:\n- type: konst\n  objects: []\n", [(3, "fewest")]),
        ("par: []\n", [(1, "unknown")]),
        ("# inget ännu\n", [(1, "empty")]),
    ],
    ids=lambda value: str(value)[-60:] if isinstance(value, list) else "",
)
def test_what_is_wrong_is_told_with_its_line(text: str, faults: list[tuple[int, str]]):
    assert wrong(text) == faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_holds_each_pair_undecided_with_its_evidence(language: str):
    text, new = proposing.proposal("", pairs_of(*works(A, B)), "offentlig_konst", language)
    declared = decisions.parsed(text).pairs
    assert new == 1 == len(declared) and declared[0].refs == {A, B}
    assert declared[0].decision == "undecided" and declared[0].keep is None
    assert text.count("# ") >= 7 and "Befrielsen" in text and "id 17, r" in text


def test_what_people_wrote_is_kept_letter_by_letter_and_the_new_comes_after():
    mine = "# våra egna ord\n" + file(pair(A, B, DIFFERENT, note="två olika  # samma park"))
    text, new = proposing.proposal(mine, pairs_of(*works(B, C)), "offentlig_konst", "sv")
    assert text.startswith(mine) and new == 1
    assert [one.decision for one in decisions.parsed(text).pairs] == [DIFFERENT, "undecided"]
    assert proposing.proposal(text, pairs_of(*works(B, C)), "offentlig_konst", "sv") == (text, 0)


@pytest.mark.parametrize(
    "mine",
    [
        "pairs: []\n",
        FLOW,
        file(pair(Ref("karlskrona", "K9"), Ref("ronneby", "4"), DIFFERENT)).replace("\n", "\n    "),
    ],
)
def test_a_file_in_another_form_keeps_its_decisions(mine: str):
    before = decisions.parsed(mine).pairs if "type" in mine else ()
    text, new = proposing.proposal(mine, pairs_of(*works(B, C)), "offentlig_konst", "sv")
    assert new == 1 and decisions.parsed(text).pairs[:-1] == before


def test_a_proposal_is_yaml_whatever_ids_and_names_are():
    odd = [Ref("karlskrona", "no: [1]"), Ref("ronneby", "'007 # ")]
    text, _ = proposing.proposal(
        "", pairs_of(*works(*odd, name="Ro\n- {x: y}")), "offentlig_konst", "sv"
    )
    assert decisions.parsed(text).pairs[0].refs == set(odd)


def test_names_of_persons_are_not_in_the_proposal():
    rows = works(A, B, name="Porträtt av Anna Andersson")
    text, new = proposing.proposal("", pairs_of(*rows), "offentlig_konst", "sv")
    assert new == 1 and "Andersson" not in text
