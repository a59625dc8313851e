"""Between organisations: who is ready, who needs what, what could be done once; nobody is ranked or
named unasked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from helpers.advising import between, naming
from helpers.declared import subtypes
from helpers.declared.catalogue import Entry
from helpers.reporting.papers.between import Asked, document
from helpers.reporting.papers.document import Items, Table, Text
from helpers.running.commands import app

STEPS = [
    "address",
    "file",
    "questions",
    "owner",
    "licence",
    "format",
    "decision",
    "register",
    "critical",
]
Plain = dict[str, Any]


def plain(
    owner: str,
    type: str = "leverantorsfakturor",
    *,
    steps: tuple[str, ...] = ("address",),
    verdict: str = "fri",
    agreed: bool = False,
    synthetic: bool = False,
    **values: Any,
) -> Plain:
    return {
        "id": f"{owner}-x",
        "title": f"Hemlig titel {owner}",
        "type": type,
        "subtype": None,
        "synthetic": synthetic,
        "organisation": {
            "id": owner,
            "name": f"{owner.title()} kommun",
            "kind": "kommun",
            "named_in_public": agreed,
        },
        "published": "no",
        "system": None,
        "gate": {"verdict": verdict},
        "advice": None,
        "findings": [],
        "steps": [
            {"id": one, "short": {"sv": f"kort {one}", "en": f"short {one}"}} for one in steps
        ],
    } | values


def words(candidates: list[Plain], language: str = "sv", **values: Any) -> str:
    asked = Asked(**values)
    paper = document(candidates, "2026-11-24T12:00:00+01:00", language, asked=asked)
    parts = [paper.title]
    for block in paper.blocks:
        if isinstance(block, Table):
            parts += [cell for row in block.rows for cell in row]
        elif isinstance(block, Items):
            parts += [said for item in block.items for said in item]
        else:
            parts.append(block.text if isinstance(block, Text) else getattr(block, "text", ""))
    return "\n".join(parts)


def test_nobody_is_named_who_has_not_agreed():
    some = [plain("habo"), plain("tierp"), plain("nyköping", agreed=True)]
    said = words(some)
    assert (
        "Nyköping kommun" in said
        and "Habo" not in said
        and "Tierp" not in said
        and "Hemlig" not in said
    )
    assert {"Kommun A", "Kommun B"} <= set(said.split("\n"))
    told = words(some, named=True)
    assert "Habo kommun" in told and "Bara för internt bruk" in told


def test_one_real_candidate_hides_an_organisation_whose_others_are_made_up():
    some = [
        plain("habo", synthetic=True),
        plain("habo", synthetic=False, id="y"),
        plain("tierp", synthetic=True),
    ]
    said = words(some)
    assert "Habo" not in said and "Tierp kommun" in said and "påhittade" not in said


def test_states_and_needs():
    some = [
        plain("a", steps=("address", "register"), synthetic=True),
        plain("b", steps=("file", "licence"), verdict="granska", synthetic=True),
        plain("c", steps=("personal",), verdict="stopp", synthetic=True),
        plain("d", published="dataportal", synthetic=True),
        plain("e", steps=("licence", "questions"), verdict="granska", synthetic=True),
        plain("f", gate=None, steps=(), synthetic=True),
    ]
    group = between.compare(some).groups[0]
    assert [one.state for one in group.standings] == [
        "ready",
        "idea",
        "stopped",
        "published",
        "on_the_way",
        "failed",
    ]
    assert [need["sv"] for need in group.standings[4].needs] == ["licens", "en rättslig fråga"]
    assert {one.id for one in between.compare(some).together} == {"licence"}


FAULT: Plain = {
    "id": "source_utgivaren",  # as 0.1.0 wrote it
    "outcome": "failed",
    "severity": "warning",
    "message": {"sv": "Hemlig mening.", "en": "Secret sentence."},
}


def test_shared_faults_and_systems_are_done_once():
    fault = FAULT | {"id": "id_unique"}
    some = [
        plain(one, "offentlig_konst", findings=[fault], system=system, synthetic=True)
        for one, system in (("a", "Ekonomisystem X"), ("b", "ekonomisystem-x"))
    ] + [plain("c", "offentlig_konst", synthetic=True)]
    said = words(some)
    assert (
        "Flera har samma brist. Ett id ska aldrig användas för två objekt. Ge varje objekt ett eget id."
        in said
    )
    assert "leverantören av Ekonomisystem X tillsammans" in said
    assert "Several have the same fault." in words(some, "en")


def test_a_fault_is_shared_under_an_earlier_id_of_its_rule_but_not_with_another_meaning():
    first = plain("a", "offentlig_konst", findings=[FAULT], synthetic=True)
    for version, shared in ((1, True), (2, False)):
        later = FAULT | {"id": "source_publishers", "version": version}
        said = words([first, plain("b", "offentlig_konst", findings=[later], synthetic=True)])
        assert ("Flera har samma brist." in said) is shared and "Hemlig" not in said


def test_a_fault_by_a_rule_that_is_not_known_is_told_without_a_word_of_it():
    some = [plain(one, findings=[FAULT | {"id": "hemlig"}], synthetic=True) for one in "ab"]
    said = words(some)
    assert "en regel som den här versionen inte känner" in said and "emlig" not in said.lower()


def test_a_kind_in_one_organisation_only_stands_last():
    some = [plain("a", synthetic=True), plain("b", "offentlig_konst", synthetic=True)]
    said = words(some)
    assert (
        "Ingen typ av datamängd finns ännu hos fler än en" in said
        and "Leverantörsfakturor, Offentlig konst." in said
    )


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"),
            st.sets(st.sampled_from(STEPS)),
            st.sampled_from(["fri", "granska", "stopp"]),
        ),
        max_size=9,
    ),
    st.randoms(),
)
def test_no_place_and_no_points_and_the_order_says_nothing(
    drawn: list[tuple[str, set[str], str]], chance: Any
):
    some = [
        plain(owner, steps=tuple(sorted(steps)), verdict=verdict, id=f"{owner}{i}")
        for i, (owner, steps, verdict) in enumerate(drawn)
    ]
    shuffled = some[:]
    chance.shuffle(shuffled)
    said = words(some)
    assert sorted(said.split("\n")) == sorted(words(shuffled).split("\n"))
    assert not re.search(r"poäng|plats \d|\d+–\d+", said)
    for group in between.compare(some).groups:
        assert [one.label["sv"] for one in group.standings] == sorted(
            one.label["sv"] for one in group.standings
        )
        assert all(len({one["sv"] for one in shared.labels}) >= 2 for shared in group.together)


@pytest.mark.parametrize(
    "title, subtype",
    [
        ("Lekplatser i Håbo", "lekplats"),
        ("Badplatser", "badplats"),
        ("Grundskolor", "skola"),
        ("Vårdcentraler", "vardcentral"),
        ("Parkbänkar", None),
    ],
)
def test_subtypes_are_told_by_words(title: str, subtype: str | None):
    assert (
        subtypes.subtype_of(
            Entry(id="x", title=title, type="platsinformation", organisation="habo")
        )
        == subtype
    )


def test_results_made_at_home_are_put_together(
    tmp_path: Path, make_results: Callable[[Path, list[Plain], str], Path]
):
    old = make_results(
        tmp_path / "a.json", [plain("habo", steps=("file",))], "2026-01-01T00:00:00+01:00"
    )
    new = make_results(tmp_path / "b.json", [plain("habo")], "2026-02-01T00:00:00+01:00")
    other = make_results(tmp_path / "c.json", [plain("tierp")], "2026-01-15T00:00:00+01:00")
    page = tmp_path / "between.html"
    done = CliRunner().invoke(
        app, ["between", str(new), str(old), str(other), "--output", str(page)]
    )
    assert done.exit_code == 0, done.output
    html = page.read_text("utf-8")
    assert (
        html.count("<td>Redo</td>") == 2
        and "Idé" not in html
        and "Kommun A" in html
        and "Habo" not in html
    )
    (tmp_path / "d.json").write_text('{"schema": "annat"}', "utf-8")
    wrong = CliRunner().invoke(app, ["between", str(tmp_path / "d.json"), "--output", str(page)])
    assert wrong.exit_code == 3 and "inte resultat" in wrong.output


@pytest.fixture
def make_results() -> Callable[[Path, list[Plain], str], Path]:
    def made(file: Path, candidates: list[Plain], finished: str) -> Path:
        plain = {"schema": "datakollen/results/2", "finished": finished, "candidates": candidates}
        file.write_text(json.dumps(plain), "utf-8")
        return file

    return made


def test_who_compares_reads_its_own_name_and_no_other():
    home = [plain("habo"), plain("habo", id="y"), plain("tierp")]
    ours = naming.own(home)
    assert ours == "habo"
    named = naming.names(home, ours=ours).labels
    assert named["habo"]["sv"] == "Habo kommun" and named["tierp"]["sv"] == "Kommun A"
    paper = document(home, "2026-11-23T15:00:00+01:00", "sv", asked=Asked(ours=ours))
    told = " ".join(block.text for block in paper.blocks if isinstance(block, Text))
    assert "Er egen organisation står med namn" in told
    assert naming.own([plain("habo"), plain("tierp")]) is None  # nobody's own more than another's
    assert naming.own([plain("okand") | {"organisation": {"id": "okand", "kind": "okand"}}]) is None
