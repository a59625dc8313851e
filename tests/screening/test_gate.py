"""The gate: only questions that the dataset raises; decisions that lapse; more personal data never
opens it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpers.declared.catalogue import Decision, Entry
from helpers.screening import decisions, gate, questions
from helpers.screening.marks import VERDICTS, Mark, Risk, Screening

KINDS = [
    "personnummer",
    "sole_trader",
    "person_name",
    "email",
    "phone",
    "address",
    "protected",
    "ip_address",
]
LEVELS = ["told", "granska", "stopp"]


def mark(kind: str, level: str = "granska", column: str = "a") -> Mark:
    return Mark("t", column, kind, "probable", 1, [2], level)


def entry(decision: Decision | None = None, **answers: str) -> Entry:
    legal = {one.id: {"answer": answers.get(one.id, "no")} for one in questions.every()}
    return Entry(
        id="x", title="X", type="annan", organisation="karlskrona", legal=legal, decision=decision
    )


def asked(type: str, columns: list[str], screening: Screening | None = None) -> set[str]:
    return {one.id for one in questions.raised(type, columns, screening or Screening(), None)}


def test_only_the_questions_that_the_dataset_raises() -> None:
    assert asked("platsinformation", ["id", "name", "latitude"]) == {"secrecy"}
    assert asked("offentlig_konst", ["id", "fotograf", "placering"]) == {
        "secrecy",
        "copyright",
        "security",
    }
    assert asked("bredband", ["download_mbit"]) == {"secrecy", "security", "agreement"}
    assert asked("leverantorsfakturor", ["belopp"]) == {"secrecy", "protected_identity"}
    assert asked("matsvinn", ["storage_waste", "Förvaringssvinn (kg)"]) == {"secrecy"}
    assert asked("annan", ["storage_waste", "storage_place"]) == {"secrecy", "security"}
    assert "security" in asked("livsmedelsinspektioner", ["facility.type"])
    found = Screening([mark("person_name")])
    assert asked("annan", ["a"], found) == {"personal_data", "secrecy", "protected_identity"}


def test_a_reason_names_the_question_the_law_and_who_answers() -> None:
    reasons = gate(Screening([mark("personnummer", "stopp")]), None, ["a"]).reasons
    found = next(one for one in reasons if one.code == "found_personnummer")
    assert found.question == "personal_data"
    secrecy = next(one for one in reasons if one.code == "unanswered_secrecy")
    assert "2009:400" in secrecy.message["sv"] and "kommunjuristen" in secrecy.opens["sv"]
    assert all(one.message["en"] and one.opens["en"] for one in reasons)


def test_public_roles_are_told_and_stop_nothing() -> None:
    found = gate(Screening([mark("person_name", "told")]), entry(), ["a"], "offentlig_konst")
    assert found.verdict == "fri" and [one.level for one in found.reasons] == ["told"]


def test_what_may_be_a_public_role_is_not_said_to_be_one() -> None:
    unclear = Mark("t", "a", "service_email", "possible", 1, [2], "told")
    (reason,) = gate(Screening([unclear]), entry(), ["a"], "platsinformation").reasons
    assert reason.message["sv"].startswith("Kolumnen a kan innehålla")
    assert reason.message["en"].startswith("The column a may hold")


def test_a_decision_settles_the_review_and_lapses_when_something_is_new() -> None:
    reviewed = Screening([mark("person_name")])
    decision = Decision(
        role="Förvaltningschef",
        date="2026-11-24",
        registry_number="KS 2026/17",
        columns=["a", "b"],
        findings=decisions.findings(reviewed),
    )
    assert gate(reviewed, entry(), ["a", "b"]).verdict == "granska"
    valid = gate(reviewed, entry(decision), ["a", "b"])
    assert (valid.verdict, valid.decision) == ("fri", "valid")
    assert (
        gate(reviewed, entry(decision), ["a"]).decision == "valid"
    )  # a column less is nothing new
    assert gate(Screening(), entry(decision), ["a", "b"]).decision == "valid"
    for screening, columns in (
        (reviewed, ["a", "b", "c"]),
        (Screening([mark("person_name"), mark("email")]), ["a", "b"]),
        (Screening([mark("person_name", "stopp")]), ["a", "b"]),
    ):
        lapsed = gate(screening, entry(decision), columns)
        assert lapsed.decision == "lapsed" and lapsed.verdict != "fri"
    stopped = Screening([mark("personnummer", "stopp")])
    own = decision.model_copy(update={"findings": decisions.findings(stopped)})
    assert gate(stopped, entry(own), ["a", "b"]).verdict == "stopp"  # a decision never opens a stop
    assert gate(reviewed, entry(decision, secrecy="unknown"), ["a", "b"]).verdict == "granska"


@given(
    st.lists(
        st.builds(mark, st.sampled_from(KINDS), st.sampled_from(LEVELS), st.sampled_from("abc")),
        max_size=5,
    ),
    st.lists(
        st.builds(mark, st.sampled_from(KINDS), st.sampled_from(LEVELS), st.sampled_from("abc")),
        max_size=3,
    ),
    st.sampled_from(["none", "decided"]),
    st.sampled_from(["yes", "no", "unknown"]),
)
def test_monotone(some: list[Mark], more: list[Mark], decided: str, answer: str) -> None:
    """Adding personal data never opens the gate, removing them never closes it, decision or
    none."""
    columns, less, all_ = ["a", "b", "c"], Screening(some), Screening([*some, *more])
    for basis in (less, all_):
        made = (
            Decision(
                role="R",
                date="2026-01-01",
                registry_number="1",
                columns=columns,
                findings=decisions.findings(basis),
            )
            if decided == "decided"
            else None
        )
        own = entry(made, secrecy=answer)
        milder, harder = gate(less, own, columns), gate(all_, own, columns)
        assert VERDICTS.index(milder.verdict) <= VERDICTS.index(harder.verdict)


def test_a_risk_is_a_reason_too() -> None:
    risk = Risk("t", "k_anonymity", ["alder", "kon"], 5, 1, 40, 3, 4, 400, 37, 0.99)
    found = gate(Screening([], [risk]), entry(), ["alder", "kon"])
    assert (found.content, found.verdict) == ("granska", "granska")
    (reason,) = found.reasons
    assert reason.question == "personal_data" and "1,0\u00a0%" in reason.message["sv"]


def test_a_reason_knows_what_does_not_come_along_when_the_table_is_written_anew() -> None:
    def lone(where: str, column: str = "", place: str = "") -> bool:
        found = Mark("t", column, "email", "probable", 1, [], "granska", where, place)
        return gate(Screening([found]), entry(), ["a"]).reasons[0].beside

    assert lone("outside", place="property") and lone("name")
    assert not lone("name", "a") and not lone("cells", "a")
