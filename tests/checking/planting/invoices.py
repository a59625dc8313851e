"""Defects of invoices."""

from __future__ import annotations

import random

from tests.checking.twins import Made

from ...samples.content import company_number
from .registry import Pick, Planted, defect, said, spoilt
from .texts import NAMED

BOTH = ("fakturor_11", "fakturor_10")


def _numbered(made: Made) -> list[int]:
    return [
        i
        for i, value in enumerate(made.main.values("leverantor_id"))
        if str(value).isdigit() and len(value) == 10
    ]


@defect(*BOTH)
def bad_check_digit(made: Made, pick: Pick) -> Planted:
    at = pick(_numbered(made))
    for i in at:
        number = made.main.get(i, "leverantor_id")
        made.main.put(i, "leverantor_id", number[:9] + str((int(number[9]) + 3) % 10))
    return said("leverantor_id_form", at, *NAMED)


@defect(*BOTH)
def internal_supplier_number(made: Made, pick: Pick) -> Planted:
    at = pick(_numbered(made))
    for n, i in enumerate(at):
        made.main.put(i, "leverantor_id", str(10004007 + n))
    return said("leverantor_id_form", at, *NAMED)


spoilt(
    "buyer_number_wrong",
    "kopare_id",
    ("2120000820",),
    "kopare_id_form",
    "fakturor_11",
)
spoilt(
    "date_of_another_year",
    "datum",
    ("2024-12-30", "2019-03-04", "2026-01-02"),
    "datum_one_year",
    *BOTH,
)
spoilt(
    "date_unreadable",
    "datum",
    ("2025-13-45", "mars", "2025-02-30"),
    "reads_as_type",
    *BOTH,
    most=0.04,
)
spoilt(
    "amount_in_words",
    "belopp",
    ("tre tusen", "12 500 kr", "se bilaga"),
    "reads_as_type",
    *BOTH,
    most=0.04,
)
spoilt("misplaced_decimal_sign", "belopp", (98765432100.0,), "belopp_possible", *BOTH)
spoilt("kommun_id_of_a_neighbour", "kommun_id", ("1081",), "kommun_id_publishers", *BOTH)
spoilt(
    "booked_in_the_future",
    "datum",
    ("2052-05-14",),
    "datum_not_future",
    *BOTH,
    explains=("datum_one_year",),
    amounts=("one", "1 %"),
)


@defect("fakturor_11", amounts=("one", "1 %"))
def decimal_comma_in_a_hundred(made: Made, pick: Pick) -> Planted:
    at = pick(
        i
        for i, value in enumerate(made.main.values("belopp"))
        if isinstance(value, float) and value % 1
    )
    for i in at:
        made.main.put(i, "belopp", f"{made.main.get(i, 'belopp'):.2f}".replace(".", ","))
    return said("reads_as_type", at, "points_exist")


def _in_kronor(made: Made) -> None:
    made.main.header.append("valuta")
    made.main.rows = [[*row, "SEK"] for row in made.main.rows]


def _of_habo(made: Made) -> None:
    """A municipality whose code begins with a zero."""
    made.organisation = "habo"
    for i in range(len(made.main.rows)):
        made.main.put(i, "kommun_id", "0305")


spoilt(
    "other_currency",
    "valuta",
    ("NOK", "EUR", "DKK"),
    "valuta_sek",
    *BOTH,
    most=0.4,
    base=_in_kronor,
)
spoilt(
    "currency_in_words",
    "valuta",
    ("kronor", "sek"),
    "valuta_form",
    *BOTH,
    explains=("valuta_sek",),
    most=0.4,
    base=_in_kronor,
)
spoilt(
    "cut_zeros",
    "kommun_id",
    ("305",),
    "kommun_id_valid",
    *BOTH,
    explains=("kommun_id_publishers",),
    base=_of_habo,
)


@defect(*BOTH)
def supplier_spelled_otherwise(made: Made, pick: Pick) -> Planted:
    """One number under a second name: every row of that number is named."""
    numbers = sorted({made.main.get(i, "leverantor_id") for i in _numbered(made)})
    common = [one for one in numbers if made.main.values("leverantor_id").count(one) >= 3]
    taken = {common[i] for i in pick(range(len(common)))}
    for one in taken:
        i = made.main.where("leverantor_id", one)[0]
        made.main.put(i, "leverantor", made.main.get(i, "leverantor").upper() + " (publ)")
    return said(
        "leverantor_id_one_name",
        made.main.where("leverantor_id", *taken),
        "leverantor_spelled_alike",
    )


@defect(*BOTH)
def supplier_under_two_numbers(made: Made, pick: Pick) -> Planted:
    names = made.main.values("leverantor")
    common = sorted({names[i] for i in _numbered(made) if names.count(names[i]) >= 3})
    taken = {common[i] for i in pick(range(len(common)))}
    for n, one in enumerate(sorted(taken)):
        i = made.main.where("leverantor", one)[0]
        made.main.put(i, "leverantor_id", company_number(random.Random(n)))
    return said("leverantor_one_number", made.main.where("leverantor", *taken))


@defect(*BOTH)
def account_named_otherwise(made: Made, pick: Pick) -> Planted:
    accounts = sorted(set(made.main.values("konto_nr")))
    taken = {accounts[i] for i in pick(range(len(accounts)))}
    for one in taken:
        i = made.main.where("konto_nr", one)[0]
        made.main.put(i, "konto_text", "Övrigt, gammal benämning")
    return said("konto_nr_one_text", made.main.where("konto_nr", *taken))


@defect(*BOTH)
def more_than_ore(made: Made, pick: Pick) -> Planted:
    at = pick(i for i, value in enumerate(made.main.values("belopp")) if isinstance(value, float))
    for i in at:
        made.main.put(
            i,
            "belopp",
            f"{made.main.get(i, 'belopp'):.0f}{',' if made.decimal_comma else '.'}33333",
        )
    return said("belopp_decimals", at)


@defect(*BOTH)
def account_with_text(made: Made, pick: Pick) -> Planted:
    at = pick(range(len(made.main.rows)))
    for i in at:
        made.main.put(
            i, "konto_nr", f"{made.main.get(i, 'konto_nr')} {made.main.get(i, 'konto_text')}"
        )
    return said("konto_nr_form", at)


def _with_kind(made: Made) -> None:
    amounts = made.main.values("belopp")
    made.main.header.append("faktura_typ")
    made.main.rows = [
        [*row, "Kredit" if amount < 0 else "Debet"]
        for row, amount in zip(made.main.rows, amounts, strict=True)
    ]


@defect(*BOTH, base=_with_kind)
def credit_note_of_the_wrong_sign(made: Made, pick: Pick) -> Planted:
    at = pick(made.main.where("faktura_typ", "Kredit"))
    for i in at:
        made.main.put(i, "belopp", -made.main.get(i, "belopp"))
    return said("credit_negative", at)


@defect(*BOTH)
def account_with_a_zero_before(made: Made, pick: Pick) -> Planted:
    """All rows of an account that is written in both ways are named."""
    at = pick(made.main.where("konto_nr", made.main.get(0, "konto_nr")), most=0.5)
    both = made.main.where("konto_nr", made.main.get(0, "konto_nr"))
    for i in at:
        made.main.put(i, "konto_nr", "0" + made.main.get(i, "konto_nr"))
    return said("konto_nr_leading_zeros", both)
