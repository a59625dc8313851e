"""Synthetic personal numbers in every spelling, and numbers that look like them. No number is a
living person's.

Birth numbers 980-999 are those that Skatteverket keeps for tests.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator

from stdnum import luhn


def person(
    rng: random.Random, *, coordination: bool = False, year: int | None = None
) -> tuple[str, str]:
    """(century, ten digits) of a test number."""
    day = dt.date(year or rng.randint(1925, 2015), 1, 1) + dt.timedelta(days=rng.randint(0, 364))
    date = day.day + (60 if coordination else 0)
    nine = f"{day.year % 100:02}{day.month:02}{date:02}{rng.randint(980, 999)}"
    return str(day.year)[:2], nine + luhn.calc_check_digit(nine)


def _power(century: str, ten: str, digits: int) -> str:
    whole = century + ten
    return f"{whole[0]}.{whole[1:digits]}e11"


SPELLINGS: dict[str, Callable[[str, str], str]] = {
    "10 digits": lambda c, t: t,
    "12 digits": lambda c, t: c + t,
    "10 with -": lambda c, t: f"{t[:6]}-{t[6:]}",
    "12 with -": lambda c, t: f"{c}{t[:6]}-{t[6:]}",
    "10 with +": lambda c, t: f"{t[:6]}+{t[6:]}",
    "10 with blank": lambda c, t: f"{t[:6]} {t[6:]}",
    "12 with blank": lambda c, t: f"{c}{t[:6]} {t[6:]}",
    "no-break blank": lambda c, t: f"{t[:6]}\u00a0{t[6:]}",
    "no-break hyphen": lambda c, t: f"{t[:6]}\u2011{t[6:]}",
    "en dash": lambda c, t: f"{c}{t[:6]}\u2013{t[6:]}",
    "em dash": lambda c, t: f"{t[:6]}\u2014{t[6:]}",
    "minus sign": lambda c, t: f"{t[:6]}\u2212{t[6:]}",
    "blanks around -": lambda c, t: f"{t[:6]} - {t[6:]}",
    "float .0": lambda c, t: f"{c}{t}.0",
    "float e11, whole": lambda c, t: _power(c, t, 12),
    "float e11, cut": lambda c, t: _power(c, t, 6),
    "float e11, comma": lambda c, t: _power(c, t, 6).replace(".", ",").replace("e", "E+"),
    "VAT number": lambda c, t: f"SE{t}01",
    "in free text": lambda c, t: f"Avser brukare {t[:6]}-{t[6:]}, mars",
    "bare in free text": lambda c, t: f"Avser brukare {t}, mars",
    "in nested JSON": lambda c, t: f'{{"kund": {{"id": "{c}{t}", "n": 3}}}}',
}


def _organisation(rng: random.Random) -> str:
    nine = (
        f"{rng.choice('25678')}{rng.randint(0, 9)}{rng.randint(2, 9)}{rng.randint(0, 10**6 - 1):06}"
    )
    return nine + luhn.calc_check_digit(nine)


def _ocr(rng: random.Random) -> str:
    nine = f"{rng.randint(10**8, 10**9 - 1)}"
    return nine + luhn.calc_check_digit(nine)


LOOKALIKES: dict[str, Callable[[random.Random], str]] = {
    "organisation number": _organisation,
    "organisation number with -": lambda rng: (lambda ten: f"{ten[:6]}-{ten[6:]}")(
        _organisation(rng)
    ),
    "mobile number": lambda rng: f"07{rng.choice('02369')}{rng.randint(0, 10**7 - 1):07}",
    "telephone with -": lambda rng: f"0{rng.randint(410, 499)}-{rng.randint(10**5, 10**6 - 1)}",
    "invoice number": lambda rng: f"{rng.randint(10**9, 10**10 - 1)}",
    "account number": lambda rng: f"{rng.randint(1000, 9999)}-{rng.randint(10**6, 10**7 - 1)}",
    "article number": lambda rng: f"{rng.choice('ABKX')}{rng.randint(10**9, 10**10 - 1)}",
    "OCR number": _ocr,
    "northing and easting": lambda rng: (
        f"{rng.randint(6_100_000, 7_600_000)}.{rng.randint(0, 999):03}"
        f" {rng.randint(280_000, 900_000)}.{rng.randint(0, 999):03}"
    ),
    "latitude": lambda rng: f"{rng.uniform(55, 69):.10f}",
    "date and time": (
        lambda rng: (
            dt.datetime(2024, 1, 1) + dt.timedelta(minutes=rng.randint(0, 525_000))
        ).strftime("%Y-%m-%d %H:%M")
    ),
    "amount": lambda rng: f"{rng.uniform(1, 9_999_999):.2f}",
}


def persons(seed: int, count: int) -> Iterator[tuple[str, str]]:
    rng = random.Random(seed)
    for i in range(count):
        yield person(rng, coordination=i % 10 == 0)
