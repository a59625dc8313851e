"""Six digits are a person's date of birth if the calendar has that day, with 60 added to it or
not, and it has come. A samordningsnummer has 00 where its holder's month or day of birth is not
known (of the day, 60).

Source: Skatteverket, personnummer and samordningsnummer.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

CENTURIES = ("18", "19", "20")
FIRST_YEAR = 1850


@lru_cache(maxsize=65_536)
def is_real_day(day: str, century: str | None = None) -> bool:
    """True where six digits are a date, with 60 added to the day or not, in the century given or in
    one of two. A day to come is nobody's.

    >>> is_real_day("850709"), is_real_day("850769"), is_real_day("850229"), is_real_day("000229")
    (True, True, False, True)
    >>> is_real_day("990101", "20"), is_real_day("850060"), is_real_day("850012")
    (False, True, False)
    """
    month, number = int(day[2:4]), int(day[4:6])
    if number >= 60:
        # the first day that it can be; of an unknown month the one that has them all
        month, number = month or 1, number - 60 or 1
    for hundred in [century] if century else ["19", "20"]:
        try:
            born = dt.date(int(hundred + day[:2]), month, number)
        except ValueError:
            continue
        if born <= dt.date.today():
            return True
    return False


def is_unknown_day(day: str) -> bool:
    """True where six digits have 00 for the month or the day of a samordningsnummer: as many more
    codes begin so, it is weak evidence.

    >>> [is_unknown_day(day) for day in ("850072", "850760", "850772")]
    [True, True, False]
    """
    return day[2:4] == "00" or day[4:6] == "60"


def begins_a_date(digits: str) -> bool:
    """True where the first of twelve digits, the rest lost, are a year in which somebody may be
    born and what can be the start of a month and a day.

    >>> [begins_a_date(digits) for digits in ("1985", "19850", "198507", "198513", "1765")]
    [True, True, True, False, False]
    """
    if not FIRST_YEAR <= int(digits[:4]) <= dt.date.today().year:
        return False
    return any(
        is_real_day(f"{digits[2:4]}{month:02}{day:02}", digits[:2])
        for month in range(1, 13)
        if f"{month:02}".startswith(digits[4:6])
        for day in (*range(1, 32), *range(61, 92))
        if f"{day:02}".startswith(digits[6:8])
    )
