"""Numbers are written by locale, whatever their size: a column may hold one of three hundred
digits, and a page that shows its greatest value must still come out."""

from __future__ import annotations

import math

import pytest

from helpers.words.messages import exact, listed, measure, number, percent, span

NUMBERS = {
    "grouped": (12345.6, None, "12\u00a0345,6", "12,345.6"),
    "rounded": (1234.5, 0, "1\u00a0234", "1,234"),
    "of 21 digits": (10**20, None, *(mark.join(["100", *["000"] * 6]) for mark in ("\u00a0", ","))),
    "of 31 digits": (10**30, None, "1×10^30", "1E30"),
    "of 401 digits": (10**400, 2, "1×10^400", "1E400"),
    "the largest float": (1.7976931348623157e308, 0, None, None),
    "far below zero": (-2.5e29, 1, "−2,5×10^29", "−2.5E29"),
    "below zero": (-1234.5, 1, "−1\u00a0234,5", "−1,234.5"),
    "without an end": (math.inf, None, "∞", "∞"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_written_whatever_its_size(name: str):
    value, decimals, swedish, english = NUMBERS[name]
    said = [number(value, language, decimals) for language in ("sv", "en")]
    assert all(said) if swedish is None else said == [swedish, english]


def test_a_span_of_huge_ends_is_written():
    assert span(1e300, 2e300) == "1×10^300–2×10^300"


def test_what_is_below_zero_has_a_minus_sign_and_no_hyphen():
    said = [exact(-15.5), exact(-3), measure(-40), measure(-0.25), percent(-0.5)]
    assert said == ["−15,5", "−3", "−40", "−0,25", "−50\u00a0%"]


def test_a_list_of_words_that_hold_an_and_of_their_own():
    assert listed(["Tierp", "Älvkarleby"], "sv") == "Tierp och Älvkarleby"
    assert listed(["Kultur och fritid", "Skola"], "sv") == "Kultur och fritid samt Skola"
    assert listed(["a", "b and c", "d"], "en") == "a, b and c, and d"
