"""What an answer says of itself: how sure it is, and why there is none; the notebook that shows it."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
import pytest

from helpers.advising.answers.answer import Answer
from helpers.advising.answers.counting import wilson
from helpers.advising.answers.questions import QUESTIONS, of
from helpers.checking.findings import Finding
from helpers.declared import specifications
from helpers.reporting import contracts
from helpers.reporting.show_answers import Answers, table
from helpers.words.messages import LANGUAGES, part

from .conftest import Asking, Told

INVOICES = "leverantorsfakturor"


def bought(rows: int = 400, missing: int = 0) -> pd.DataFrame:
    days = ["" if i < missing else f"2025-{1 + i % 12:02d}-05" for i in range(rows)]
    return pd.DataFrame(
        {
            "leverantor": "Bolaget AB",
            "leverantor_id": "5560125790",
            "belopp": [100.5 + i for i in range(rows)],
            "datum": days,
            "konto_text": ["El", "Hyra"] * (rows // 2),
        }
    )


def test_rows_that_lack_what_is_asked_for_are_told(asked: Asking, told: Told):
    answer = asked(bought(missing=12), INVOICES)["invoices.months"]
    assert "12 av 400 rader saknar ”Bokföringsdatum” och är inte med." in told(
        answer, INVOICES, "sv"
    )
    frame = bought(missing=12)
    assert sum(mark.value or 0 for mark in answer.marks) == frame.loc[12:, "belopp"].sum()


def test_where_too_many_lack_it_nothing_is_drawn_and_it_says_why(asked: Asking, told: Told):
    answer = asked(bought(missing=100), INVOICES)["invoices.months"]
    assert not answer.marks and not answer.said
    said = told(answer, INVOICES, "sv")
    assert (
        "100 av 400 rader saknar ”Bokföringsdatum”." in said and "när ”Bokföringsdatum” är" in said
    )
    page = Answers([answer], INVOICES, "sv")._repr_html_()
    assert "<svg" not in page and "fel bild" in page and "går inte att svara på än" in page


def test_an_empty_column_is_empty_and_not_of_the_wrong_type(asked: Asking, told: Told):
    """As in a list of bathing places whose ``updated`` nobody has filled in."""
    said = told(asked(bought(missing=400), INVOICES)["invoices.months"], INVOICES, "sv")
    assert (
        "Ingen av de 400 raderna har något i ”Bokföringsdatum”." in said
        and "går inte att läsa" not in said
    )


@pytest.mark.parametrize(("failed", "drawn"), [(40, True), (100, False)])
def test_what_rules_found_is_told_or_forbids_the_chart(
    asked: Asking, told: Told, failed: int, drawn: bool
):
    message = {"sv": f"Gäller {failed} av 400.", "en": f"Concerns {failed} of 400."}
    finding = Finding(
        "datum_one_year", "warning", "consistency", "failed", "datum", 400, failed, message=message
    )
    answer = asked(bought(), INVOICES, findings=[finding])["invoices.months"]
    assert bool(answer.marks) == drawn
    expected = (
        "Gäller 40 av 400." if drawn else "på 100 av 400 rader. Ett diagram skulle vilseleda."
    )
    assert expected in told(answer, INVOICES, "sv")


def test_a_column_that_is_not_there_is_named_as_the_specification_has_it(asked: Asking, told: Told):
    said = told(asked(bought(), INVOICES)["invoices.departments"], INVOICES, "sv")
    assert "ingen kolumn för ”Förvaltning”" in said and "kolumnen ”forvaltning” läggs till" in said


def test_other_currencies_are_left_out_and_told(asked: Asking, told: Told):
    frame = bought(40)
    frame["valuta"] = ["EUR"] * 3 + ["SEK"] * 37
    answer = asked(frame, INVOICES)["invoices.accounts"]
    assert sum(mark.value or 0 for mark in answer.marks) == frame.loc[3:, "belopp"].sum()
    assert "3 rader är i en annan valuta" in told(answer, INVOICES, "sv")
    frame["valuta"] = ["EUR"] * 30 + ["SEK"] * 10
    for answer in asked(frame, INVOICES).values():
        assert not answer.marks
    assert "30 av 40 rader är i en annan valuta" in told(answer, INVOICES, "sv")


def test_no_credit_notes_is_said_as_what_it_is(asked: Asking, told: Told):
    said = told(asked(bought(40), INVOICES)["invoices.credits"], INVOICES, "sv")
    assert "Ingen rad har ett negativt belopp. Antingen fanns det inga kreditfakturor" in said


def test_several_years_are_told_by_year(asked: Asking, told: Told):
    frame = bought(400)
    frame["datum"] = [f"{2015 + i % 8}-05-01" for i in range(400)]
    answer = asked(frame, INVOICES)["invoices.months"]
    sums = frame.groupby(frame["datum"].str[:4])["belopp"].sum()
    assert {mark.label: mark.value for mark in answer.marks} == sums.to_dict()
    assert "kronor om året" in told(answer, INVOICES, "sv")


def test_years_are_compared_over_the_months_that_both_have_whole(asked: Asking, told: Told):
    days = pd.date_range("2024-03-01", "2025-08-12", freq="D")
    frame = pd.DataFrame({"datum": days.strftime("%Y-%m-%d")})
    frame["belopp"] = [100.0 + i for i in range(len(days))]
    frame["leverantor"], frame["leverantor_id"] = "Bolaget AB", "5560125790"
    answer = asked(frame, INVOICES)["invoices.years"]
    same = days.month.isin(range(3, 8))  # August 2025 is not whole
    sums = frame[same]["belopp"].groupby(days[same].year).sum()
    assert {mark.label: mark.value for mark in answer.marks} == {str(y): s for y, s in sums.items()}
    said = told(answer, INVOICES)
    change = sums[2025] / sums[2024] - 1
    assert "mars–juli 2025" in said and f"Det är {round(100 * change)} % mer." in said
    assert "bara månader som båda åren har hela" in said


def test_concentration_is_what_the_sums_say(asked: Asking, told: Told):
    numbers = ["5560125790", "5560743089", "2120000829"]
    amounts = [600.0, 300.0, 100.0]
    frame = pd.DataFrame({"leverantor_id": numbers * 4, "leverantor": ["A", "B", "C"] * 4})
    frame["belopp"], frame["datum"] = amounts * 4, "2025-05-02"
    answer = asked(frame, INVOICES)["invoices.concentration"]
    assert [(mark.n, mark.value) for mark in answer.marks] == [(1, pytest.approx(0.6))]
    assert answer.said[-1].told["share_same"] == pytest.approx(0.6**2 + 0.3**2 + 0.1**2)
    assert "Hälften av summan går till 1 av 3" in told(answer, INVOICES)


def test_an_unknown_artist_made_most_of_nothing(asked: Asking, told: Told):
    names = ["Okänd"] * 9 + ["Ek Alm"] * 4 + ["Al Ask"] * 2
    frame = pd.DataFrame({"id": range(15), "name": [f"Verk {i}" for i in range(15)]})
    answer = asked(frame.assign(artist=names), "offentlig_konst")["art.artists"]
    assert [(mark.label, mark.value) for mark in answer.marks] == [("Ek Alm", 4), ("Al Ask", 2)]
    said = told(answer, "offentlig_konst", "sv")
    assert (
        "Flest är av Ek Alm: 4 av 6." in said
        and "Verk utan känd konstnär, som inte är med: 9." in said
    )


def test_unknown_access_is_not_no(asked: Asking, told: Told):
    access = ["ja"] * 3 + ["nej"] * 2 + [""] * 15
    frame = pd.DataFrame({"id": range(20), "name": [f"Plats {i}" for i in range(20)]})
    frame["latitude"], frame["longitude"], frame["wheelchair"] = 56.2, 15.3, access
    answer = asked(frame, "platsinformation", area="1080")["places.accessibility"]
    assert {m.label or m.code: m.value for m in answer.marks} == {"ja": 3, "nej": 2, "unknown": 15}
    assert "5 av 20 har en uppgift om det. Om de andra 15 säger filen inget" in told(
        answer, "platsinformation", "sv"
    )


def test_when_it_is_slow_is_told_by_hour_where_the_hour_is_known(asked: Asking, told: Told):
    rows = [(f"2026-01-{1 + i % 28:02d} {i % 24:02d}:10", 300 - 10 * (i % 24)) for i in range(480)]
    frame = pd.DataFrame(rows, columns=["measured_at", "download_mbit"])
    frame["technology"], frame["upload_mbit"] = "fiber", 10
    answer = asked(frame, "bredband")["broadband.hours"]
    assert {mark.label: mark.value for mark in answer.marks} == {
        f"{hour:02d}": 300 - 10 * hour for hour in range(24)
    }
    assert (
        "Långsammast är timmen från klockan 23: hälften av mätningarna visar då högst 70"
        in told(answer, "bredband", "sv")
    )


def test_wilson_is_the_published_interval():
    """Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 0 of 20."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)


def test_every_type_and_form_that_has_a_specification_is_asked_at_least_four_questions():
    every = set(contracts.types_of("06_answers"))
    assert every == set(specifications.types()) >= {name.split("/")[0] for name in QUESTIONS}
    for type in every:
        for variant in [one.name for one in specifications.load(type).variants] or [None]:
            assert 4 <= len(of(type, variant)) <= 7, (type, variant)
            assert "06_answers" in contracts.for_candidate(type, positions=True, variant=variant)


def test_each_question_has_its_texts_in_both_languages():
    for name in QUESTIONS:
        type, _, variant = name.partition("/")
        known = specifications.load(type, variant or None)
        assert known.name == type
    for language in LANGUAGES:
        texts = part(language, "answers")
        asked = {key for key in texts if key.endswith(".question")}
        assert len(asked) > 70 and all(texts[key].endswith("?") for key in asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_says_in_words_what_its_table_has_in_figures(asked: Asking, language: str):
    answer = asked(bought(), INVOICES)["invoices.accounts"]
    page = Answers([answer], INVOICES, language)._repr_html_()
    label = unescape(re.findall(r'aria-label="([^"]+)"', page)[0])
    rows = table(answer, INVOICES, language).rows
    assert rows[0][0] in label and rows[0][1] in label
    assert [row[1] for row in rows] == [
        f"{round(mark.value or 0):,}".replace(",", "\xa0" if language == "sv" else ",")
        for mark in answer.marks
    ]
    assert Answer.from_json(answer.to_json()) == answer
    assert answer.frame()["value"].tolist() == [mark.value for mark in answer.marks]
