"""What cells mean: words that are codes, errors of a spreadsheet, what is read as empty. Nothing in
silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.reading import missing
from helpers.reading.typing import guess

from .conftest import Reader, codes, repair, rows


@pytest.mark.parametrize("words", [["NO"], ["JA"], ["no", "ja"], ["Yes"]])
def test_one_word_of_yes_and_no_may_be_a_code_and_stays_text(words: list[str]):
    assert guess(words * 20).type == "text" and guess(words * 20, "boolean").type == "boolean"


@pytest.mark.parametrize("words", [["ja", "nej"], ["Yes", "NO"], ["true"], ["FALSE", "True"]])
def test_both_words_of_a_pair_are_true_and_false(words: list[str]):
    assert guess(words * 20).type == "boolean"


def test_errors_of_a_spreadsheet_are_told_where_they_stand_and_the_numbers_are_numbers(
    read: Reader,
):
    found = read("id;v;ort\n1;#REF!;Ekvik\n2;#DIV/0!;Bro\n3;#VÄRDEFEL!;Stad\n4;5;Bro\n5;7;#N/A\n")
    told = repair(found, "error_values")
    assert (told.count, told.rows, told.column) == (4, [2, 3, 4, 6], "v, ort")
    assert found.main.column("v").type == "integer" and rows(found, "v1")[3] == (5,)


@given(st.sampled_from(sorted(missing.ERRORS)), st.integers(1, 40))
@settings(max_examples=20, deadline=None)
def test_no_error_makes_text_of_numbers(error: str, count: int):
    assert guess([error] * count + ["12", "13"]).type == "integer"


def test_words_that_are_read_as_empty_are_told_with_count_and_column(read: Reader):
    found = read("id;kemi\n" + "".join(f"{i};NA\n" for i in range(1500)) + "x;Cl\n")
    told = repair(found, "missing_words")
    assert (told.count, len(told.rows), told.column) == (1500, 1000, "kemi")
    assert "missing_words" not in codes(read("id;v\n1;-\n2;saknas\n"))
