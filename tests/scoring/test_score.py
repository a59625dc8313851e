"""Scoring: fixed anchors, one vote a rule, unknown is a range, and nothing that was not checked
raises a score."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from helpers.checking.findings import DIMENSIONS, Finding
from helpers.scoring import criteria
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES

from .cards import finding, lost, of, score


def test_weights_sum_to_100_for_every_type():
    for type in ("platsinformation", "leverantorsfakturor", "annan"):
        assert sum(one.weight for one in score([], type=type).criteria) == pytest.approx(100)


def test_a_rule_that_broke_is_a_range_between_all_wrong_and_all_right():
    others = [finding(id=f"r{number}") for number in range(4)]
    broken = finding(id="x", outcome="error", checked=0, severity="critical")
    known = of(score([*others, broken]), "readiness_geography")
    assert (known.low, known.high, known.source) == (2, 5, "finding")
    assert of(score([broken]), "readiness_geography").source == "unknown"


def test_an_absent_column_counts_once_and_what_it_would_have_shown_is_unknown():
    columns = finding(
        "conformity",
        2,
        id="mandatory_columns",
        column=None,
        checked=14,
        message={"sv": "2 av 14 obligatoriska kolumner saknas: a, b.", "en": "x"},
    )
    whole = [finding("consistency", id="r1"), finding("completeness", id="r2")]
    card = score([columns, *whole, lost(finding("consistency", id="r3"))], conformity=12 / 14)
    said = of(card, "readiness_conformity")
    assert said.message["sv"].endswith("2 av 14 obligatoriska kolumner saknas: a, b.")
    full = of(card, "readiness_completeness")
    assert (full.low, full.high) == (5, 5) and full.findings == ["r2"]
    some = of(card, "readiness_consistency")
    assert some.low < some.high == 5 and "En regel gick inte att pröva" in some.message["sv"]
    alone = of(score([columns, lost(finding("validity"))]), "readiness_validity")
    assert (alone.low, alone.high, alone.source) == (0, 5, "unknown")


def test_of_another_type_it_is_told_what_was_not_checked():
    one = of(score([finding("validity")], type="annan"), "readiness_validity")
    assert (one.low, one.high, one.source) == (0, 5, "unknown")
    assert "bara det som gäller alla filer är prövat" in one.message["sv"]


@pytest.mark.parametrize(
    ("found", "lacks"),
    [
        ([finding("completeness", 1, id="rows_there", checked=1)], ["no_rows"]),
        ([finding("conformity", 1, id="gtfs_files_there", checked=7)], ["unusable"]),
        ([finding("conformity", 3, id="mandatory_columns", checked=4)], ["unrecognised"]),
        ([finding("conformity", 2, id="mandatory_columns", checked=4)], []),
        ([finding(id="points_in_sweden", failed=101)], ["abroad"]),
        ([finding(id="points_in_sweden", failed=100)], []),
        ([lost(finding(id="points_in_sweden"))], ["no_positions"]),
        ([], []),
    ],
)
def test_a_file_that_is_of_no_use_yet_is_told_by_its_findings(
    found: list[Finding], lacks: list[str]
):
    assert score(found).lacks == lacks
    assert score(found, source=None).lacks == ["idea"]


def test_a_sentence_says_what_its_findings_count_the_gravest_first():
    said = {"sv": "Id är dubbelt. Gäller 12 av 300 granskade.", "en": "x"}
    mild = {"sv": "Raden är dubbel. Gäller 2 av 300 granskade.", "en": "x"}
    found = [
        finding("uniqueness", 2, id="b", column=None, message=mild),
        finding("uniqueness", 12, id="a", severity="critical", column="id", message=said),
        finding("uniqueness", id="c"),
    ]
    assert of(score(found), "readiness_uniqueness").message["sv"] == (
        "Inga dubbletter: 1 av 3 prövade regler är uppfyllda. id: Id är dubbelt. Gäller 12 av 300"
        " granskade. Raden är dubbel. Gäller 2 av 300 granskade."
    )


def test_a_rule_has_one_vote_however_many_columns_it_looks_at():
    wide = [finding("validity", id="wide", column=f"c{n}", failed=0) for n in range(50)]
    bad = finding("validity", id="bad", failed=200)
    assert (
        of(score([*wide, bad]), "readiness_validity").low
        == of(score([wide[0], bad]), "readiness_validity").low
        == 0
    )


def test_freshness_is_measured_against_the_declared_frequency_only():
    late = [finding("timeliness", failed=20)]
    known = of(score(late), "readiness_timeliness")
    assert known.low == known.high == 3
    undeclared = of(score(late, update_frequency=None), "readiness_timeliness")
    assert (undeclared.low, undeclared.high, undeclared.source) == (0, 3, "unknown")


def test_effort_is_estimated_in_hours_where_nobody_declared_it():
    many = [finding(d, 150, id=f"{d}{n}") for d in DIMENSIONS for n in range(6)]
    little, much = (of(score(found, effort=None), "effort_work") for found in ([], many))
    assert little.source == much.source == "estimated" and much.high < little.high
    assert "antagande" in much.message["sv"] and set(much.findings) == {one.id for one in many}
    exported = SimpleNamespace(export="yes", supplier_owns_data="no")
    sure = of(score([], effort=None, source_system=exported), "effort_work")
    assert sure.low == sure.high > little.low
    owned = SimpleNamespace(export="no", supplier_owns_data="yes")
    worst = of(score([], effort=None, source_system=owned), "effort_work")
    assert worst.low == worst.high >= little.low  # no answer is worse than not knowing
    assert "visar sig sakna export" in little.message["sv"]
    assert "visar sig" not in worst.message["sv"]
    assert of(score([]), "effort_work").source == "declared"


@pytest.mark.parametrize(
    ("title", "type", "level"),
    [
        ("Lekplatser i kommunen", "platsinformation", 3),
        ("Grundskolor", "platsinformation", 4),
        ("Musikskolan", "annan", None),
        ("Register", "offentlig_konst", 2),
        ("Sevärdheter", "platsinformation", 4),
    ],
)
def test_demand_knows_the_seven_places_of_the_national_list_and_no_other(
    title: str, type: str, level: int | None
):
    unknown = SimpleNamespace(level="unknown", because=None)
    value = SimpleNamespace(
        **dict.fromkeys(("internal", "business", "citizens", "transparency", "demand"), unknown),
        requests_last_year=None,
    )
    one = of(score([], value=value, title=title, type=type), "value_demand")
    assert (one.low, one.high) == ((0, 5) if level is None else (level, level))
    value.requests_last_year = 25
    assert of(score([], value=value, title=title, type=type), "value_demand").low == 5


def test_every_point_is_traced_to_a_finding_a_declaration_or_an_unknown():
    for card in (
        score(
            [finding(d, 3) for d in DIMENSIONS] + [finding("completeness", id="mandatory_columns")]
        ),
        score([]),
    ):
        for one in card.criteria:
            assert one.source in ("finding", "declared", "unknown", "estimated")
            if one.source == "finding" and one.id != "readiness_conformity":
                assert one.findings
            if one.source == "unknown":
                assert one.low < one.high


def test_without_rules_every_dimension_is_unknown_and_not_perfect():
    card = score([])
    for dimension in DIMENSIONS:
        one = of(card, f"readiness_{dimension}")
        assert (one.low, one.high, one.source) == (0, 5, "unknown")
    assert card.low < score([finding(d) for d in DIMENSIONS]).low


def test_one_vote_for_each_rule_not_each_row():
    small = [finding(failed=20, id="a"), finding(id="b", checked=100)]
    large = [finding(failed=20, id="a"), finding(id="b", checked=1_000_000)]
    assert score(small) == score(large)


def test_information_and_special_rules_have_no_vote():
    base = [finding()]
    extra = [finding(failed=200, id="x", severity="info"), finding(failed=12, id="y", special=True)]
    assert (
        score(base).low == score(base + extra).low and score(base).high == score(base + extra).high
    )
    assert of(score(extra), "readiness_geography").source == "unknown"


def test_twelve_critical_rows_cap_the_dimension_at_two():
    others = [finding(id=f"r{number}") for number in range(11)]
    held = of(score([*others, finding(failed=12, severity="critical")]), "readiness_geography")
    assert held.low == held.high == 2
    warned = of(score([*others, finding(failed=12)]), "readiness_geography")
    assert warned.low == 4
    assert of(score([*others, finding()]), "readiness_geography").low == 5


def test_geography_is_left_out_where_a_type_has_none_and_its_weight_is_shared():
    card = score([finding("validity")], type="leverantorsfakturor")
    assert not [one for one in card.criteria if one.id == "readiness_geography"]
    assert sum(one.weight for one in card.criteria if one.group == "readiness") == pytest.approx(45)
    assert of(score([], type="annan"), "readiness_geography").source == "unknown"


def test_an_idea_is_ready_from_0_to_5_in_everything():
    card = score([], conformity=None, source=None, stage="idea")
    ready = [one for one in card.criteria if one.group == "readiness"]
    assert all((one.low, one.high) == (0, 5) for one in ready)
    assert card.high - card.low == pytest.approx(45)
    assert card.stage == "idea"


def test_nothing_declared_is_the_whole_range_and_nothing_breaks():
    bare = dict.fromkeys(
        ("value", "effort", "licence", "owner", "description", "keywords", "theme", "contact")
    )
    card = score([], conformity=None, **bare, update_frequency="unknown")
    assert (
        of(card, "value_citizens").source == "unknown"
        and of(card, "effort_work").source == "estimated"
    )
    assert of(card, "readiness_metadata").high == 0  # what the entry lacks is known


@pytest.mark.parametrize(
    ("licence", "level"),
    [
        ("CC0-1.0", 5),
        ("https://creativecommons.org/publicdomain/zero/1.0/", 5),
        ("CC BY 4.0", 4),
        ("CC-BY-SA-4.0", 3),
        ("https://creativecommons.org/licenses/by/4.0/", 4),
        ("CC BY-NC 4.0", 1),
        ("ODbL-1.0", 3),
        ("egna villkor", 2),
    ],
)
def test_licences_have_their_level(licence: str, level: int):
    one = of(score([], licence=licence), "readiness_licence")
    assert one.low == one.high == level


@pytest.mark.parametrize(("requests", "level"), [(0, 0), (1, 1), (6, 3), (24, 4), (25, 5)])
def test_demand_comes_from_requests_where_no_level_is_declared(requests: int, level: int):
    unknown = SimpleNamespace(level="unknown", because=None)
    value = SimpleNamespace(
        internal=unknown,
        business=unknown,
        citizens=unknown,
        demand=unknown,
        requests_last_year=requests,
    )
    assert of(score([], value=value), "value_demand").low == level


def test_every_criterion_says_why_in_both_languages():
    for card in (score([]), score([finding(d, 3) for d in DIMENSIONS]), score([], source=None)):
        for one in card.criteria:
            assert set(one.message) == set(LANGUAGES) and all(
                text.strip() for text in one.message.values()
            )


def test_a_broken_model_tells_every_fault_with_its_line_at_once():
    source = (paths.suites() / "scoring.yaml").read_text("utf-8")
    lines = source.splitlines()
    because = next(number for number, line in enumerate(lines) if "Medelvärdet" in line)
    broken = "\n".join(line for number, line in enumerate(lines) if number != because).replace(
        "weight: 15", "weight: much"
    )
    with pytest.raises(ConfigurationError) as caught:
        criteria.parse(broken + "\nnew: 1\n", "scoring.yaml")
    said = caught.value.text("sv")
    for part in (
        "steps.quality.because.sv: Saknas",
        "criteria.effort.work.weight: Ska vara ett tal",
        "new: Okänt fält",
    ):
        assert re.search(rf"^scoring\.yaml:\d+:\d+: {re.escape(part)}", said, re.M), said


@pytest.mark.parametrize(
    "source", ["", "[]", "a: [", "criteria: {value: 1}", "weight: 1\nweight: 2"]
)
def test_nonsense_is_refused_as_configuration(source: str):
    with pytest.raises(ConfigurationError):
        criteria.parse(source, "scoring.yaml")


def test_weights_that_do_not_sum_to_100_are_refused():
    source = (
        (paths.suites() / "scoring.yaml").read_text("utf-8").replace("weight: 15", "weight: 16")
    )
    with pytest.raises(ConfigurationError, match="criteria"):
        criteria.parse(source, "scoring.yaml")


def test_a_criterion_named_twice_is_refused():
    source = (
        (paths.suites() / "scoring.yaml")
        .read_text("utf-8")
        .replace("  effort:", "  effort: {}\n  effort:")
    )
    with pytest.raises(ConfigurationError, match="effort"):
        criteria.parse(source, "scoring.yaml")
