"""Dates as Sweden and Excel write them, recognised from a whole column. What can be read in two
ways is told, not guessed.

Six digits, five digits and months are dates only in a column that is called so: elsewhere they are
numbers and codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

SHARE = 0.95
LOOK = 50
_compiled = cache(re.compile)
NAMED = re.compile(
    r"datum|date|period|m[åa]nad|month|tidpunkt|giltig|uppdaterad|skapad|[äa]ndrad|bokf"
    r"|(?:^|[^a-zåäö])dag(?:$|[^a-zåäö])|from$|tom$|dat$",
    re.I,
)
CODED = re.compile(r"(?:nr|nummer|id|kod|code|number)$", re.I)
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
DAY2, MONTH2, YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d{2}"
TIME = r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"


@dataclass(frozen=True)
class Form:
    """One way to write a date. ``strptime`` is DuckDB's format, None for an Excel serial; ``told``
    the repair's code."""

    pattern: str
    strptime: str | None
    told: str | None = None
    named: bool = False  # only in a column that is called a date

    def count(self, cells: Sequence[str]) -> int:
        """How many cells are written so; 0 where hardly any of some fifty are."""
        matches = _compiled(self.pattern).fullmatch
        few = cells[:: len(cells) // LOOK + 1]
        if sum(matches(cell) is not None for cell in few) < len(few) / 2:
            return 0
        return sum(matches(cell) is not None for cell in cells)

    def sql(self, cell: str) -> str:
        """DuckDB expression of the date in the text expression ``cell``, which has the pattern."""
        if self.strptime is None:
            return f"(date '1899-12-30' + try_cast(try_cast({cell} as double) as integer))"
        if self.strptime == "%Y-%m-%d":
            return f"try_cast({cell} as date)"
        return f"try_strptime({cell}, '{self.strptime}')::date"


ISO = Form(r"\d{4}-\d{2}-\d{2}", "%Y-%m-%d")
COMPACT = Form(f"{YEAR}{MONTH2}{DAY2}", "%Y%m%d")
SHORT = Form(rf"\d{{2}}{MONTH2}{DAY2}", "%y%m%d", "dates_short", named=True)
SHORT_DAY_FIRST = Form(rf"{DAY2}{MONTH2}\d{{2}}", "%d%m%y", "dates_day_first", named=True)
MONTHS = Form(f"{YEAR}{MONTH2}", "%Y%m", "dates_month", named=True)
SERIAL = Form(r"(?:3[3-9]|4\d|5[0-4])\d{3}(?:\.0+)?", None, "dates_serial", named=True)
PLAIN = (
    ISO,
    COMPACT,
    Form(f"{YEAR}/{MONTH}/{DAY}", "%Y/%m/%d", "dates_slashes"),
    Form(rf"{YEAR}\.{MONTH}\.{DAY}", "%Y.%m.%d", "dates_slashes"),
)
MONTH_DASH = Form(f"{YEAR}-{MONTH2}", "%Y-%m", "dates_month")
DAY_FIRST = tuple(
    Form(
        rf"{DAY}{re.escape(sign)}{MONTH}{re.escape(sign)}{YEAR}",
        f"%d{sign}%m{sign}%Y",
        "dates_day_first",
    )
    for sign in "/.-"
)
MONTH_FIRST = tuple(
    Form(
        rf"{MONTH}{re.escape(sign)}{DAY}{re.escape(sign)}{YEAR}",
        f"%m{sign}%d{sign}%Y",
        "dates_month_first",
    )
    for sign in "/.-"
)


def is_named(name: str) -> bool:
    """True for a column that is called a date or a period.

    >>> is_named("Bokföringsdatum"), is_named("anm_dag"), is_named("Fakturanummer")
    (True, True, False)
    """
    return NAMED.search(name) is not None


def _most(form: Form, cells: Sequence[str]) -> bool:
    return form.count(cells) >= SHARE * len(cells)


def is_coded(name: str) -> bool:
    """True for a column that is called a code: its digits are no date however they look.

    >>> is_coded("artikelnr"), is_coded("datum")
    (True, False)
    """
    return CODED.search(name) is not None


def recognise(
    cells: Sequence[str], *, named: bool, coded: bool = False
) -> tuple[Form | None, bool]:
    """The form of a column's filled cells, and whether it can be read in two ways (then the form is
    None).

    >>> recognise(["31/1/2024", "1/2/2024"], named=False)[0].told
    'dates_day_first'
    >>> recognise(["1/2/2024", "3/4/2024"], named=False)
    (None, True)
    >>> recognise(["240131", "240228"], named=True)[0].strptime
    '%y%m%d'
    >>> recognise(["240131"], named=False)
    (None, False)
    """
    for form in PLAIN:
        if _most(form, cells) and (
            form is not COMPACT or named or (not coded and len(set(cells)) > 1)
        ):
            return form, False
    for day_first, month_first in zip(DAY_FIRST, MONTH_FIRST, strict=True):
        days, months = (form.count(cells) for form in (day_first, month_first))
        if max(days, months) >= SHARE * len(cells):
            form = day_first if days > months else month_first
            # one day after the twelfth settles it
            return (None, True) if days == months else (form, False)
    if not named:
        return None, False
    for form in (MONTH_DASH, SERIAL):
        if _most(form, cells):
            return form, False
    return _six_digits(cells)


def _six_digits(cells: Sequence[str]) -> tuple[Form | None, bool]:
    """240131, 310124 or 202401. A column of dates has fewer years than days: that tells the first
    from the second."""
    could = [form for form in (SHORT, SHORT_DAY_FIRST, MONTHS) if _most(form, cells)]
    if len(could) == 2 and MONTHS not in could:
        first, last = len({cell[:2] for cell in cells}), len({cell[-2:] for cell in cells})
        if first != last:
            return (SHORT if first < last else SHORT_DAY_FIRST), False
    if MONTHS in could and len({cell[:4] for cell in cells}) <= 3:
        return MONTHS, False  # as days they would all be of the year 2020, in one or two months
    return (could[0], False) if len(could) == 1 else (None, len(could) > 1)
