"""What stands beside the ranking: already elsewhere, what to find out and of whom, and what remains
before publication."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.advising import elsewhere, high_value, publishing_steps, unknowns
from helpers.advising.results import Candidate
from helpers.checking.findings import Finding
from helpers.declared import agencies, organisations, roles
from helpers.declared.catalogue import Entry
from helpers.scoring import effort, scoring
from helpers.screening import gate
from helpers.screening.marks import Mark, Screening
from helpers.words.messages import LANGUAGES

DONE: dict[str, Any] = {
    "source": {"path": "x.csv"},
    "published": {"status": "dataportal", "url": "https://exempel.example/x.csv"},
    "owner": {"role": "Fritidschef", "mailbox": "fritid@exempel.example"},
    "licence": "CC0-1.0",
    "description": "Alla.",
    "keywords": ["bad"],
    "theme": "REGI",
    "contact": "fritid@exempel.example",
    "update_frequency": "MONTHLY",
    "legal": {
        name: {"answer": "no"}
        for name in (
            "personal_data",
            "secrecy",
            "copyright",
            "security",
            "protected_identity",
            "agreement",
        )
    },
    "decision": {"role": "Nämnd", "date": "2026-10-01", "registry_number": "FN 2026/1"},
}


def entry(title: str = "Badplatser", type: str = "platsinformation", **values: Any) -> Entry:
    return Entry(
        id="x",
        title=title,
        type=type,
        organisation=values.pop("organisation", "karlskrona"),
        **values,
    )


def advised(one: Entry, **values: Any) -> Candidate:
    screening = values.get("screening") or Screening()
    said = gate(screening, one, [], one.type)
    return Candidate(
        one,
        screening=screening,
        gate=said,
        advice=elsewhere.advice(one),
        findings=values.get("findings", []),
    )


@pytest.mark.parametrize(
    "title, type, agency",
    [
        ("Badplatser i kommunen", "platsinformation", "hav"),
        ("Kommunala skolor", "platsinformation", "skolverket"),
        ("Tidtabeller", "rorelsedata", "trafiklab"),
        ("Bredband, täckning", "bredband", "pts"),
        ("Musikskola", "platsinformation", None),
        ("Lekplatser", "platsinformation", None),
        ("Badplatser", "annan", None),
        ("Uppmätt bredband", "bredband", None),
        ("Resor mellan orter", "rorelsedata", None),
        ("Evenemang i Tierp", "platsinformation", "visitsweden"),
        ("Sevärdheter", "platsinformation", "visitsweden"),
        ("Bilparkeringar", "platsinformation", "transportstyrelsen"),
        ("Cykelparkeringar", "platsinformation", None),
        ("Hundrastgårdar", "platsinformation", None),
        ("Utbud per hållplats", "rorelsedata", "trafiklab"),
    ],
)
def test_a_national_source_is_found_by_type_and_words(title: str, type: str, agency: str | None):
    found = elsewhere.national(entry(title, type))
    assert (found.agency if found else None) == agency
    advice = elsewhere.advice(entry(title, type))
    assert (advice.code if advice else None) == ("compare" if agency else None)


def test_the_act_on_high_value_datasets_reaches_a_dataset_perhaps_and_never_for_sure():
    titles = ("Bullerkartläggning", "Badplatser", "Detaljplaner", "Lekplatser", "Evenemang")
    found = [high_value.concern(entry(title)) for title in titles]
    assert [one.category if one else None for one in found] == [
        "c_e4358335",
        "c_43f88346",
        "c_ad9ae929",
        None,
        None,
    ]
    for one in filter(None, found):
        assert one.short["sv"] == "Berörs kanske, tolkningarna skiljer sig"
        assert "omtvistat" in one.message["sv"] and "disputed" in one.message["en"]
        assert one.url.startswith("http://data.europa.eu/bna/c_")


@pytest.mark.parametrize(
    "status, code",
    [
        ("national_source", "link"),
        ("own_website", "describe"),
        ("dataportal", "done"),
        ("no", "compare"),
        ("unknown", "compare"),
    ],
)
def test_what_is_declared_counts_first(status: str, code: str):
    advice = elsewhere.advice(
        entry(published={"status": status, "url": "https://exempel.example/"})
    )
    assert advice is not None and advice.code == code
    assert advice.status == ("verified" if code == "compare" else "declared")
    assert "länka" in advice.message["sv"].casefold() or code in ("describe", "done")
    if code == "describe":
        assert "2022:818" in advice.message["sv"] and "skyldiga" in advice.message["sv"]


@given(st.sampled_from(["no", "own_website", "dataportal", "national_source", "unknown"]))
def test_the_advice_never_changes_a_point(status: str):
    cards = [
        scoring.score(entry(published={"status": one}), None, [], conformity=None)
        for one in ("unknown", status)
    ]
    assert cards[0] == cards[1]


def test_every_source_names_an_agency_and_its_status():
    for one in elsewhere.every():
        assert one.agency in agencies.agencies() and one.status in ("verified", "memory")
    for language in LANGUAGES:
        assert "digg.se" in agencies.source("duty").cited(language)


def ids(candidate: Candidate) -> list[str]:
    return [step.id for step in publishing_steps.steps(candidate)]


def test_nothing_said_is_asked_again():
    assert ids(advised(entry(**DONE))) == []
    assert ids(advised(entry(**DONE | {"licence": None, "decision": None}))) == [
        "decision",
        "licence",
    ]


def test_a_stopped_file_gets_no_address_before_it_is_masked_and_decided_on():
    marks = [Mark("x", "pnr", "personnummer", "certain", 3, [2, 3, 4], "stopp")]
    one = advised(entry(source={"path": "x.csv"}), screening=Screening(marks))
    assert one.gate is not None and one.gate.verdict == "stopp"
    steps = {step.id: step for step in publishing_steps.steps(one)}
    order = ["stop", "personal", "questions", "decision", "address", "describe", "register"]
    assert [id for id in steps if id in order] == order
    assert steps["personal"].needs == ["stop"] and "personal" in steps["address"].needs
    assert all(step.why["sv"] and step.who["sv"] for step in steps.values())


def test_a_link_is_the_only_step_where_a_national_source_has_the_data():
    one = entry(
        "Tidtabeller",
        "rorelsedata",
        published={"status": "national_source", "url": "https://www.trafiklab.se/"},
    )
    assert [step.id for step in publishing_steps.steps(advised(one))] == ["link"]


def test_personal_data_and_critical_faults_are_steps_before_the_description():
    screening = Screening([Mark("x", "telefon", "phone", "certain", 3, [2, 3, 4])])
    failed = Finding(
        "r", "critical", "validity", "failed", "id", 9, 2, [2, 3], 2, {"sv": "", "en": ""}, {}, {}
    )
    order = ids(advised(entry(source={"path": "x.csv"}), screening=screening, findings=[failed]))
    assert order.index("personal") < order.index("critical") < order.index("describe")


RULES = st.builds(
    lambda id, severity, outcome, rows: Finding(
        id, severity, "validity", outcome, None, 90, len(rows), rows, len(rows)
    ),
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from(["critical", "warning", "info"]),
    st.sampled_from(["failed", "passed", "error"]),
    st.lists(st.integers(2, 90), unique=True, max_size=60),
)
MARKS = st.lists(
    st.builds(
        lambda kind, level: Mark("x", "c", kind, "certain", 3, [2], level=level),
        st.sampled_from(["phone", "personnummer"]),
        st.sampled_from(["granska", "stopp"]),
    ),
    max_size=2,
)


@settings(max_examples=200, deadline=None)
@given(
    st.sets(st.sampled_from(sorted(DONE))),
    st.lists(RULES, max_size=5, unique_by=lambda one: one.id),
    MARKS,
    st.sampled_from(["yes", "no", "unknown"]),
    st.sampled_from(["yes", "no", "unknown"]),
)
def test_no_step_is_open_before_those_it_needs_and_the_hours_add_up(
    said: set[str], findings: list[Finding], marks: list[Mark], export: str, owned: str
):
    system = {"export": export, "supplier_owns_data": owned}
    values = {name: DONE[name] for name in said} | {"source_system": system}
    has_file = "source" in said
    found = findings if has_file else []
    screening = Screening(marks if has_file else [])
    one = advised(entry(**values), screening=screening, findings=found)
    steps = publishing_steps.steps(one)
    done: set[str] = set()
    for step in steps:
        assert set(step.needs) <= done, step.id
        done.add(step.id)
    if done & {"address", "register"}:
        parts = [step.hours for step in steps if step.hours]
        whole = effort.remaining(one.entry, one.gate, found)
        assert [sum(part[end] for part in parts) for end in (0, 1)] == pytest.approx(whole)


@settings(max_examples=200, deadline=None)
@given(
    st.sets(st.sampled_from(sorted(DONE))),
    st.sampled_from(["leverantorsfakturor", "offentlig_konst", "annan", "bredband"]),
)
@pytest.mark.slow
def test_a_step_less_for_each_thing_said(said: set[str], type: str):
    """Saying more never adds a step, but that a file, once there, can have faults."""
    some = {name: DONE[name] for name in said}
    before = {one.id for one in publishing_steps.steps(advised(entry("X", type, **some)))}
    for name in DONE:
        after = {
            one.id
            for one in publishing_steps.steps(
                advised(entry("X", type, **some | {name: DONE[name]}))
            )
        }
        assert after <= before, name


def test_an_idea_asks_and_a_file_does_not():
    asked = unknowns.to_find_out(entry())
    assert [one.id for one in asked][:2] == ["owner", "system"] and asked[0].of[
        "sv"
    ] == "fritidschefen"
    assert unknowns.to_find_out(entry(source={"path": "x.csv"})) == []
    less = unknowns.to_find_out(
        entry(owner={"role": "Fritidschef"}, inventory={"personal_data": "no"})
    )
    assert {one.id for one in asked} - {one.id for one in less} == {"owner", "personal_data"}


def test_what_was_heard_of_personal_data_answers_no_legal_question():
    heard = entry(inventory={"personal_data": "no"})
    assert gate(Screening(), heard, ["epost"], heard.type) == gate(
        Screening(), entry(), ["epost"], heard.type
    )


def test_roles_follow_the_type_and_the_kind_of_organisation():
    assert roles.roles(entry("X", "leverantorsfakturor"))["board"].usual["sv"] == "kommunstyrelsen"
    assert (
        roles.roles(entry("X", "leverantorsfakturor", organisation="region-blekinge"))[
            "board"
        ].usual["sv"]
        == "regionstyrelsen"
    )
    assert roles.roles(entry("Skolor"))["information_owner"].usual["sv"] == "utbildningschefen"
    assert list(roles.roles(entry("X", "annan"))) == list(roles.roles(entry("Skolor")))
    assert all(organisations.organisation(one) for one in ("karlskrona", "region-blekinge"))


@pytest.mark.parametrize("part", ["between", "elsewhere", "papers", "publishing", "unknowns"])
def test_agencies_are_named_in_their_own_file_only(root: Path, part: str):
    """They change: a text says {digg}, and the reference file what it is called."""
    for language in LANGUAGES:
        said = (
            root / "src" / "helpers" / "words" / "messages" / language / f"{part}.yaml"
        ).read_text("utf-8")
        for one in agencies.agencies().values():
            for name in {one.name[language], one.full[language], one.url.split("/")[2]}:
                assert name not in said, (language, name)
