"""Dates as Sweden and Excel write them; what can be read in two ways is told, not guessed."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.reading.typing import guess

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


MOMENT = dt.datetime(2021, 12, 17, 14, 6, 6)
OF_ENGLISH = {  # how other programs write days and moments
    "15-Jun-2012": dt.date(2012, 6, 15),
    "3 maj 2024": dt.date(2024, 5, 3),
    "fredag 17 december 2021": dt.date(2021, 12, 17),
    "May 3, 2024": dt.date(2024, 5, 3),
    "1. Oktober 2024": dt.date(2024, 10, 1),
    "2nd March 2024": dt.date(2024, 3, 2),
    "2024-Jan-31": dt.date(2024, 1, 31),
    "Fri Dec 17 14:06:06 UTC 2021": MOMENT,
    "Fri, 17 Dec 2021 14:06:06 GMT": MOMENT,
    "17-Dec-2021 14:06:06": MOMENT,
    "31/01/2024 8:15": dt.datetime(2024, 1, 31, 8, 15),
    "1/31/2024 14:06": dt.datetime(2024, 1, 31, 14, 6),
    "31/01/2024 14.06": dt.datetime(2024, 1, 31, 14, 6),
    "Dec 17 2021 12:00AM": dt.datetime(2021, 12, 17),
    "12/17/2021 2:06:06 PM": MOMENT,
    "tor 17 dec 2021 kl. 14:06": dt.datetime(2021, 12, 17, 14, 6),
    "3. März 2022": dt.date(2022, 3, 3),
    "15-juin-2012": dt.date(2012, 6, 15),
    "1 août 2012": dt.date(2012, 8, 1),
    "5 juillet 2013": dt.date(2013, 7, 5),
    "12 décembre 2013": dt.date(2013, 12, 12),
    "17 joulukuuta 2021": dt.date(2021, 12, 17),
    "15 marraskuuta 2021": dt.date(2021, 11, 15),
    "16 maaliskuuta 2022": dt.date(2022, 3, 16),
}


@pytest.mark.parametrize("cell", OF_ENGLISH)
def test_months_in_words_and_clocks_are_read_whatever_the_header(read: Reader, cell: str):
    found = read(f'id;Reported\na;"{cell}"\nb;"{cell}"\n')
    moment = isinstance(OF_ENGLISH[cell], dt.datetime)
    assert found.main.column("Reported").type == ("datetime" if moment else "date")
    assert rows(found, "v1") == [(OF_ENGLISH[cell],)] * 2
    assert any(code.startswith("dates_") for code in codes(found))


@given(st.dates(dt.date(1950, 1, 1), dt.date(2040, 1, 1)))
@settings(max_examples=20, deadline=None)
@pytest.mark.slow
def test_every_day_in_words_is_that_day(day: dt.date):
    for form in ("%d-%b-%Y", "%d %B %Y", "%B %d, %Y"):
        guessed = guess([day.strftime(form)])
        value = duckdb.sql(
            f"select {guessed.sql('c')} from (values (?)) t(c)", params=[day.strftime(form)]
        )
        assert value.fetchall() == [(day,)]


@pytest.mark.parametrize("name", ["datum", "Created"])
def test_years_of_two_digits_are_dates_where_one_order_fits(read: Reader, name: str):
    found = read(f"id;{name}\na;24-01-31\nb;24-02-28\nc;24-02-27\n")
    assert rows(found, "v1")[0] == (dt.date(2024, 1, 31),) and "dates_short" in codes(found)
    assert "ambiguous_dates" in codes(read(f"id;{name}\na;05/06/07\nb;07/05/06\n"))


def test_dates_in_several_forms_stay_text_and_are_told(read: Reader):
    forms = ["2024-01-31", "31/01/2024", "1/2/2024", "3 maj 2024", "2024-W05", "44927", "24-05-06"]
    found = read("id;datum\n" + "".join(f"a;{form}\n" for form in forms))
    assert found.main.column("datum").type == "text"
    assert repair(found, "mixed_dates").column == "datum"
    assert "mixed_dates" in codes(read("id;x\na;2024-01-31\nb;31.12.2023\nc;1 maj 2023\n"))
    day = ["2024-01-02", "02.01.2024", "2 januari 2024", "20240103", "jan 2024", "2024/05/06"]
    for header in ("inspektionsdag", "när"):
        assert "mixed_dates" in codes(read(f"id;{header}\n" + "".join(f"a;{d}\n" for d in day)))
    assert "mixed_dates" in codes(read("id;x\na;2024-01-31 08:00\nb;31/12/2023 09:00\n"))


@pytest.mark.parametrize("cells", [("mars 2024", "okänt"), ("12", "2024-01-31x"), ("Maj", "Juni")])
def test_what_is_no_date_is_not_told_as_one(read: Reader, cells: tuple[str, str]):
    assert "mixed_dates" not in codes(read("id;x\na;{}\nb;{}\n".format(*cells)))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["1:05 PM", "9:15 AM", "11:30 p.m."], "clocks_of_twelve"),
        (["1.05 em", "9.15 fm", "11.30 em"], "clocks_of_twelve"),
        (["25:30:00", "01:15:10", "100:00:00"], "durations"),
        (["PT1H30M", "PT25M", "P1DT2H"], "durations"),
        (["1 h 5 min", "25 min", "2 tim"], "durations"),
        (["13:05", "09:15", "23:30"], None),
        (["13:05:00", "09:15:00", "23:30:00"], None),
        (["PM", "AM 3", "12 m"], None),
    ],
)
def test_times_that_are_no_number_are_told(read: Reader, cells: list[str], told: str | None):
    found = read("id;tid\n" + "".join(f"{i};{cell}\n" for i, cell in enumerate(cells)))
    both = {"clocks_of_twelve", "durations"}
    assert both & set(codes(found)) == ({told} if told else set())
    assert found.main.column("tid").type == "text"


def test_a_twelve_hour_clock_beside_its_date_is_read(read: Reader):
    found = read("id;dag\n1;1/31/2024 1:05:00 PM\n2;2/14/2024 12:30:00 AM\n3;2/15/2024 12:00:00 PM")
    assert [str(row[0]) for row in rows(found, found.main.column("dag").value)] == [
        "2024-01-31 13:05:00",
        "2024-02-14 00:30:00",
        "2024-02-15 12:00:00",
    ]
    assert repair(found, "dates_clock").column == "dag"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15 juin 2012", "2012-06-15"),
        ("2 févr. 2015", "2015-02-02"),
        ("1 août 2013", "2013-08-01"),
        ("15. marraskuuta 2012", "2012-11-15"),
        ("3. mars 2012", "2012-03-03"),
        ("1. heinäkuuta 2013", "2013-07-01"),
        ("5 enero 2014", "2014-01-05"),
        ("15-Jun-2012", "2012-06-15"),
        ("5 octubre 2014", "2014-10-05"),
        ("5 december 2014", "2014-12-05"),
        ("4 maaliskuu 2014", "2014-03-04"),
    ],
)
def test_months_of_other_languages(read: Reader, cell: str, day: str):
    found = read(f"id;datum\n1;{cell}\n2;{cell}\n")
    assert [str(row[0]) for row in rows(found, found.main.column("datum").value)] == [day, day]
