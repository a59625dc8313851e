"""Dates as Sweden and Excel write them; what can be read in two ways is told, not guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from .conftest import Reader, codes, repair, rows

DAYS = [dt.date(2024, 1, 31), dt.date(2024, 2, 28), dt.date(2023, 12, 13)]
WRITTEN = {
    "2024-01-31": ("datum", "%Y-%m-%d", None),
    "20240131": ("x", "%Y%m%d", None),
    "240131": ("datum", "%y%m%d", "dates_short"),
    "310124": ("datum", "%d%m%y", "dates_day_first"),
    "31/1/2024": ("x", "%-d/%-m/%Y", "dates_day_first"),
    "31.01.2024": ("x", "%d.%m.%Y", "dates_day_first"),
    "31-01-2024": ("x", "%d-%m-%Y", "dates_day_first"),
    "1/31/2024": ("x", "%-m/%-d/%Y", "dates_month_first"),
    "2024/01/31": ("x", "%Y/%m/%d", "dates_slashes"),
    "2024.01.31": ("x", "%Y.%m.%d", "dates_slashes"),
}


@pytest.mark.parametrize("example", WRITTEN)
def test_a_column_of_dates(read: Reader, example: str):
    name, form, told = WRITTEN[example]
    found = read(
        f"id;{name}\n" + "".join(f"a{i};{day.strftime(form)}\n" for i, day in enumerate(DAYS))
    )
    assert found.main.column(name).type == "date" and rows(found, "v1") == [(day,) for day in DAYS]
    assert told is None or repair(found, told).column == name


def test_months_are_read_as_their_first_day_and_told(read: Reader):
    found = read("id;period\na;202401\nb;202312\n")
    assert rows(found, "v1") == [
        (dt.date(2024, 1, 1),),
        (dt.date(2023, 12, 1),),
    ] and "dates_month" in codes(found)


def test_the_serial_numbers_of_excel(read: Reader):
    found = read("id;Fakturadatum\na;45322\nb;45350\n")
    assert rows(found, "v1") == [
        (dt.date(2024, 1, 31),),
        (dt.date(2024, 2, 28),),
    ] and "dates_serial" in codes(found)


def test_times_of_digits_alone(read: Reader):
    found = read("id;redigerad\na;20201005090616\nb;20201231235959\n")
    assert rows(found, "v1")[0] == (
        dt.datetime(2020, 10, 5, 9, 6, 16),
    ) and "dates_digits" in codes(found)


@pytest.mark.parametrize("cells", [("1/2/2024", "3/4/2024"), ("05.06.2023", "07.08.2023")])
def test_what_can_be_read_in_two_ways_stays_text_and_is_told(read: Reader, cells: tuple[str, str]):
    found = read("id;dag\na;{}\nb;{}\n".format(*cells))
    assert (
        found.main.column("dag").type == "text" and repair(found, "ambiguous_dates").column == "dag"
    )


def test_one_day_after_the_twelfth_settles_a_column(read: Reader):
    cells = "".join(
        f"a;{day}/3/2024\n" for day in [*range(1, 10), *range(1, 10), *range(1, 10), 25]
    )
    assert read("id;dag\n" + cells).main.column("dag").type == "date"


def test_six_digits_that_are_not_called_a_date_are_a_number(read: Reader):
    assert read("id;artikel\na;240131\nb;240228\n").main.column("artikel").type == "integer"
    assert (
        read("id;fakturanummer\na;45322\nb;45350\n").main.column("fakturanummer").type == "integer"
    )


def test_a_date_that_is_none_is_told_as_unparsed(read: Reader):
    found = read("id;datum\n" + "a;2024-01-31\n" * 40 + "b;2024-02-30\n")
    assert found.main.column("datum").unparsed == 1 and rows(found, "v1")[-1] == (None,)


def test_eight_digits_that_are_called_a_number_are_no_date(read: Reader):
    assert (
        read("artikelnr;namn\n20240101;a\n20240102;b\n").main.column("artikelnr").type == "integer"
    )
