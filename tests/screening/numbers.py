"""Synthetic personal numbers in every spelling, and numbers that look like them. No number is a
living person's.

Birth numbers 980-999 are those that Skatteverket keeps for tests.
"""

from __future__ import annotations

import base64
import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterator

from stdnum import luhn

Write = Callable[[str, str], str]


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


def _wide(text: str, nought: str) -> str:
    return "".join(chr(ord(nought) + int(c)) if c.isdigit() else c for c in text)


def _misread(written: str, digit: str, letter: str) -> str:
    """One digit taken for a letter that looks like it; for a T where it has none such."""
    if digit in written[2:]:
        return written[:2] + written[2:].replace(digit, letter, 1)
    return f"{written[:-4]}T{written[-4:-1]}"


def _thousands(between: str, *, long: bool = False) -> Write:
    return lambda c, t: f"{int(c + t if long else t):,}".replace(",", between)


def _last(between: str) -> Write:
    """A date on end, and the last four after ``between``."""
    return lambda c, t: f"{t[:6]}{between}{t[6:]}"


def _dated(within: str, between: str, *, long: bool = True) -> Write:
    return lambda c, t: within.join(((c if long else "") + t[:2], t[2:4], t[4:6])) + between + t[6:]


SPELLINGS: dict[str, Write] = {
    "10 digits": lambda c, t: t,
    "12 digits": lambda c, t: c + t,
    "10 with -": _last("-"),
    "12 with -": lambda c, t: f"{c}{t[:6]}-{t[6:]}",
    "10 with +": _last("+"),
    "10 with blank": _last(" "),
    "12 with blank": lambda c, t: f"{c}{t[:6]} {t[6:]}",
    "no-break blank": _last("\u00a0"),
    "no-break hyphen": _last("\u2011"),
    "en dash": lambda c, t: f"{c}{t[:6]}\u2013{t[6:]}",
    "em dash": _last("\u2014"),
    "minus sign": _last("\u2212"),
    "blanks around -": _last(" - "),
    "float .0": lambda c, t: f"{c}{t}.0",
    "float e11, whole": lambda c, t: _power(c, t, 12),
    "float e11, cut": lambda c, t: _power(c, t, 6),
    "float e11, comma": lambda c, t: _power(c, t, 6).replace(".", ",").replace("e", "E+"),
    "VAT number": lambda c, t: f"SE{t}01",
    "in free text": lambda c, t: f"Avser brukare {t[:6]}-{t[6:]}, mars",
    "bare in free text": lambda c, t: f"Avser brukare {t}, mars",
    "in nested JSON": lambda c, t: f'{{"kund": {{"id": "{c}{t}", "n": 3}}}}',
    # separators
    "two dashes": _last("--"),
    "slash": _last("/"),
    "point": _last("."),
    "underscore": _last("_"),
    "colon": _last(":"),
    "dash and blank": _last("- "),
    "three blanks": _last("   "),
    "tab": _last("\t"),
    "line break": _last("\n"),
    "dash and line break": _last("-\r\n"),
    "slash and blanks": _last(" / "),
    "bar": _last("|"),
    "tilde": _last("~"),
    "stars": _dated("*", "*"),
    "backslashes": _dated("\\", "-"),
    "a box for each digit": lambda c, t: " ".join(c + t),
    "ISO date, dash": _dated("-", "-"),
    "ISO date, blank": _dated("-", " "),
    "points, dash": _dated(".", "-"),
    "slashes, dash": _dated("/", "-"),
    "underscores": _dated("_", "_"),
    "short date, dashes": _dated("-", "-", long=False),
    "short date, blanks, dash": _dated(" ", "-", long=False),
    "short date, blanks": _dated(" ", " ", long=False),
    "short date, points": _dated(".", ".", long=False),
    "short date, slashes, blank": _dated("/", " ", long=False),
    "last four in pairs": lambda c, t: f"{t[:6]}-{t[6:8]} {t[8:]}",
    "pairs": lambda c, t: " ".join(t[n : n + 2] for n in range(0, 10, 2)),
    "four and pairs": lambda c, t: f"{t[:4]} {t[4:6]} {t[6:8]} {t[8:]}",
    "12 in fours": lambda c, t: f"{c}{t[:2]} {t[2:6]} {t[6:]}",
    # signs that look like a dash or a blank, or like nothing
    "en space": _last("\u2002"),
    "ideographic space": _last("\u3000"),
    "narrow no-break blank": _last("\u202f"),
    "left-to-right mark and -": _last("\u200e-"),
    "zero-width joiner and -": _last("\u200d-"),
    "soft hyphen": _last("\u00ad"),
    "horizontal bar": _last("\u2015"),
    "full-width dash": _last("\uff0d"),
    "zero-width blank within": lambda c, t: f"{c}{t[:4]}\u200b{t[4:]}",
    "full-width digits": lambda c, t: _wide(_last("-")(c, t), "\uff10"),
    "Arabic digits": lambda c, t: _wide(c + t, "\u0660"),
    "mathematical digits": lambda c, t: _wide(c + t, "\U0001d7ce"),
    # codes of web pages and programs
    "&#45;": _last("&#45;"),
    "&#x2D;": _last("&#x2D;"),
    "&nbsp;": _last("&nbsp;"),
    "&ndash;": _last("&ndash;"),
    "&amp;#45;": _last("&amp;#45;"),
    "%2D": _last("%2D"),
    "%20": _last("%20"),
    "%E2%80%93": _last("%E2%80%93"),
    "u-code": _last("\\u002d"),
    "entities for digits": lambda c, t: "".join(f"&#{ord(one)};" for one in c + t),
    # in words, names and quotes
    "in a file name": lambda c, t: f"beslut_{t[:6]}_{t[6:]}.pdf",
    "in a file name, bare": lambda c, t: f"beslut_{c}{t}_slutlig.pdf",
    "before a letter": lambda c, t: f"{t}A",
    "within words": lambda c, t: f"avser{t}hem",
    "after a word": lambda c, t: f"pnr{t}",
    "in quotes": lambda c, t: f'"{t[:6]}-{t[6:]}"',
    "after an apostrophe": lambda c, t: f"'{c}{t}",
    "prefix 16": lambda c, t: f"16{t}",
    "prefix 00": lambda c, t: f"00{t}",
    "VAT number with blanks": lambda c, t: f"SE {t[:6]}-{t[6:]} 01",
    # numbers
    "float ,00": lambda c, t: f"{t},00",
    "float e11, decimal comma": lambda c, t: _power(c, t, 12).replace(".", ","),
    "12 in thousands, blank": _thousands(" ", long=True),
    "12 in thousands, narrow blank": _thousands("\u202f", long=True),
    "12 in thousands, comma": _thousands(",", long=True),
    "12 in thousands, point": _thousands(".", long=True),
    "12 in thousands, apostrophe": _thousands("'", long=True),
}
# Of one century: the year of birth is one of these.
NINETIES, NOUGHTIES = range(1925, 2000), range(2001, 2010)
OF_YEARS: dict[str, tuple[range, Write]] = {
    "10 in thousands, blank": (NINETIES, _thousands(" ")),
    "10 in thousands, no-break blank": (NINETIES, _thousands("\u00a0")),
    "10 in thousands, comma": (NINETIES, _thousands(",")),
    "10 in thousands, point": (NINETIES, _thousands(".")),
    "10 in thousands, quote": (NINETIES, _thousands("\u2019")),
    "float e9": (NINETIES, lambda c, t: f"{t[0]}.{t[1:]}E+09"),
    "century 18": (range(1880, 1900), lambda c, t: f"{c}{t[:6]}-{t[6:]}"),
    "nought lost": (NOUGHTIES, lambda c, t: t[1:]),
    "nought lost, .0": (NOUGHTIES, lambda c, t: f"{t[1:]}.0"),
    "nought lost, dash": (NOUGHTIES, lambda c, t: f"{t[1:6]}-{t[6:]}"),
    "nought lost, thousands": (NOUGHTIES, _thousands(" ")),
    "nought lost, e8": (NOUGHTIES, lambda c, t: f"{t[1]},{t[2:]}E+08"),
}
# Those that ask for a look, as digits are lost or a letter stands for one.
TO_REVIEW: dict[str, tuple[range, Write]] = {
    "float e11, four digits": (NINETIES, lambda c, t: _power(c, t, 4).replace(".", ",")),
    "T-number": (NINETIES, lambda c, t: f"{t[:6]}T{t[6:9]}"),
    "T-number with -": (NINETIES, lambda c, t: f"{c}{t[:6]}-T{t[6:9]}"),
    "l for 1": (NINETIES, lambda c, t: _misread(f"{t[:6]}-{t[6:]}", "1", "l")),
    "O for 0": (NINETIES, lambda c, t: _misread(f"{c}{t[:6]}-{t[6:]}", "0", "O")),
    "base64": (NINETIES, lambda c, t: base64.b64encode((c + t).encode()).decode()),
    "base64, with -": (
        NINETIES,
        lambda c, t: base64.b64encode(f"{t[:6]}-{t[6:]}".encode()).decode(),
    ),
    "reserve number": (NINETIES, lambda c, t: f"{c}{t[:6]}-{t[6:8]}K{t[9:]}"),
}


def _organisation(rng: random.Random) -> str:
    nine = (
        f"{rng.choice('25678')}{rng.randint(0, 9)}{rng.randint(2, 9)}{rng.randint(0, 10**6 - 1):06}"
    )
    return nine + luhn.calc_check_digit(nine)


def _ocr(rng: random.Random, digits: int = 10) -> str:
    whole = f"{rng.randint(10 ** (digits - 2), 10 ** (digits - 1) - 1)}"
    return whole + luhn.calc_check_digit(whole)


def _moment(rng: random.Random, form: str) -> str:
    moment = dt.datetime(2015, 1, 1) + dt.timedelta(minutes=rng.randint(0, 5_250_000))
    return moment.strftime(form)


def _hex(rng: random.Random, digits: int) -> str:
    return f"{rng.getrandbits(4 * digits):0{digits}x}"


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
    "date and time": lambda rng: _moment(rng, "%Y-%m-%d %H:%M"),
    "amount": lambda rng: f"{rng.uniform(1, 9_999_999):.2f}",
    # the weak spellings have look-alikes of their own
    "longitude": lambda rng: f"{rng.uniform(11, 24):.8f}",
    "longitude, long": lambda rng: f"{rng.uniform(18, 21):.10f}",
    "mobile number, spaced": lambda rng: (
        f"070-{rng.randint(100, 999)} {rng.randint(0, 99):02} {rng.randint(0, 99):02}"
    ),
    "mobile number, fours": lambda rng: (
        f"070{rng.randint(0, 9)} {rng.randint(0, 99):02} {rng.randint(0, 99):02} {rng.randint(0, 99):02}"
    ),
    "mobile number without nought": lambda rng: f"7{rng.choice('02369')}{rng.randint(0, 10**7):07}",
    "telephone abroad": lambda rng: (
        f"+46 {rng.choice(['70', '8', '455'])} {rng.randint(100, 999)} {rng.randint(10, 99)}"
        f" {rng.randint(10, 99)}"
    ),
    "telephone, area 010": lambda rng: (
        f"010-{rng.randint(100, 999)} {rng.randint(10, 99)} {rng.randint(10, 99)}"
    ),
    "nine digits": lambda rng: f"{rng.randint(10**8, 10**9 - 1)}",
    "nine digits with a check digit": lambda rng: _ocr(rng, 9),
    "card number": lambda rng: (lambda n: " ".join(n[i : i + 4] for i in range(0, 16, 4)))(
        _ocr(rng, 16)
    ),
    "EAN": lambda rng: f"73{rng.randint(0, 10**11 - 1):011}",
    "IBAN": lambda rng: (
        f"SE{rng.randint(10, 99)} " + " ".join(f"{rng.randint(0, 9999):04}" for _ in range(5))
    ),
    "bankgiro": lambda rng: f"{rng.randint(100, 9999)}-{rng.randint(0, 9999):04}",
    "amount in thousands": lambda rng: f"{rng.uniform(10**8, 10**10):,.2f}".replace(
        ",", "\u00a0"
    ).replace(".", ","),
    "whole amount in thousands": lambda rng: f"{rng.randint(10**8, 10**10):,}".replace(",", " "),
    "amount of ten digits": lambda rng: f"{rng.uniform(10**7, 10**9):.2f}",
    "date, time without colon": lambda rng: _moment(rng, "%Y-%m-%d %H%M"),
    "date, time with point": lambda rng: _moment(rng, "%Y-%m-%d %H.%M"),
    "date, hours": lambda rng: _moment(rng, "%Y-%m-%d %H-") + str(rng.randint(10, 23)),
    "time stamp": lambda rng: _moment(rng, "%Y%m%d%H%M%S"),
    "time stamp in a file name": lambda rng: _moment(rng, "export_%Y%m%d_%H%M.csv"),
    "date and a number": lambda rng: _moment(rng, f"%Y-%m-%d {rng.randint(1000, 9999)} kr"),
    "dates from and to": lambda rng: _moment(rng, "%Y%m%d-") + _moment(rng, "%Y%m%d"),
    "ISO dates from and to": lambda rng: _moment(rng, "%Y-%m-%d--") + _moment(rng, "%Y-%m-%d"),
    "month and a year": lambda rng: _moment(rng, "%Y-%m-%d - ") + _moment(rng, "%Y"),
    "case number": lambda rng: _moment(rng, f"KS %Y/%m%d-{rng.randint(1, 9999):04}"),
    "case number, short": lambda rng: f"KS-{rng.randint(2000, 2026)}/{rng.randint(1, 9999):05}",
    "property": lambda rng: f"PÅHITTAD {rng.randint(1, 99)}:{rng.randint(1, 9999)}",
    "GTFS id": lambda rng: f"9011{rng.randint(0, 999):03}{rng.randint(0, 10**9):09}",
    "hash": lambda rng: _hex(rng, 40),
    "UUID": lambda rng: str(uuid.UUID(int=rng.getrandbits(128))),
    "web address": lambda rng: _moment(rng, f"https://x.se/%Y/%m/%d/{rng.randint(1000, 9999)}"),
    "version": lambda rng: f"{rng.randint(1, 30)}.{rng.randint(0, 40)}.{rng.randint(0, 9999)}",
    "postcode and number": lambda rng: f"{rng.randint(100, 984)} {rng.randint(10, 99)} 0455-303000",
    "float": lambda rng: f"{rng.uniform(1, 10):.8f}E+{rng.choice(['05', '07', '12'])}",
    "code with a letter": lambda rng: f"{rng.randint(0, 999999):06}A{rng.randint(0, 999):03}",
}


def persons(seed: int, count: int, years: range | None = None) -> Iterator[tuple[str, str]]:
    """``count`` test numbers, every tenth a samordningsnummer."""
    rng = random.Random(seed)
    for i in range(count):
        yield person(rng, coordination=i % 10 == 0, year=rng.choice(years) if years else None)
