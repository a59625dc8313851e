"""Dates as Sweden, Excel and English programs write them, recognised from a whole column. What can
be read in two ways is told, not guessed.

Six digits, five digits, years of two digits and months are dates only in a column that is called
so: elsewhere they are numbers and codes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

# Written where a system must have a date and there is none: "until further notice", and the first
# day that SQL Server, Excel, Unix or a form knows.
NO_END = ("2999-12-31", "9999-12-30", "9999-12-31")
NO_START = (
    "0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01", "1900-01-02", "1970-01-01"
)  # fmt: skip
SHARE = 0.95
LOOK = 50
_compiled = cache(re.compile)
NAMED = re.compile(
    r"datum|date|period|m[åa]nad|month|tidpunkt|giltig|uppdaterad|skapad|[äa]ndrad|bokf"
    r"|created|updated|modified|timestamp|(?:^|[^a-zåäö])dag(?:$|[^a-zåäö])|[a-zåäö]{4}[aos]dag$"
    r"|from$|tom$|dat$",
    re.I,
)
CODED = re.compile(r"(?:nr|nummer|id|kod|code|number)$", re.I)
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
DAY2, MONTH2, YEAR = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])", r"(?:19|20)\d{2}"
# A time of day after its date, or between the day and the year as Unix writes it.
HOURS = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?"
HALVES = r"(?i: ?(?:[ap]\.?m\b\.?|[fe]\.?m\b\.?))"  # of the day: AM and PM, fm and em
CLOCK = rf"(?:,? (?:[Kk]l\.? ?)?|T){HOURS}(?:{HALVES}| ?(?:UTC|GMT|Z|[+-]00(?::?00)?)\b|\b)"
WEEKDAY = r"(?:[A-Za-zÅÄÖåäö]{2,9}\.?,? )?"
# In Swedish, English, Danish, Norwegian and German; and the beginnings of those that other
# languages around us have (French, Finnish, Spanish), with the number of the month.
FOREIGN = {
    "may": 5,
    "mai": 5,
    "oct": 10,
    "des": 12,
    "dez": 12,
    "mär": 3,
    "janv": 1,
    "fév": 2,
    "févr": 2,
    "fevr": 2,
    "avr": 4,
    "juin": 6,
    "juil": 7,
    "août": 8,
    "aoû": 8,
    "aout": 8,
    "déc": 12,
    "tammi": 1,
    "helmi": 2,
    "maalis": 3,
    "huhti": 4,
    "touko": 5,
    "kesä": 6,
    "heinä": 7,
    "elo": 8,
    "syys": 9,
    "loka": 10,
    "marras": 11,
    "joulu": 12,
    "ene": 1,
    "abr": 4,
    "ago": 8,
    "dic": 12,
}
NAMES = (
    r"(?i:jan(?:uar[iy]?)?|feb(?:ruar[iy]?)?|m[aä]r(?:s|ch|ts|zo?)?|apr(?:il)?|ma[jyi]|jun[ie]?"
    r"|jul[iy]?|aug(?:ust[i]?)?|sept?(?:i?embe?re?)?|o[ck]t(?:ob[er]{2}|ubre)?|nov(?:i?embe?re?)?"
    r"|de[csz](?:ember)?|janv(?:ier)?|f[ée]vr?(?:ier)?|avr(?:il)?|juin|juil(?:let)?|ao[uû]t"
    r"|d[ée]c(?:embre)?|(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)"
    r"(?:kuu(?:ta|n|ssa)?)?|ene(?:ro)?|febrero|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|dic(?:iembre)?)\.?"
)
ORDER = "janfebmaraprmajjunjulaugsepoktnovdec"
ORDINAL = r"(?:\.|st|nd|rd|th|:[ea])?"


@dataclass(frozen=True)
class Form:
    """One way to write a date. ``strptime`` is DuckDB's format, None for an Excel serial; ``told``
    the repair's code."""

    pattern: str
    strptime: str | None
    told: str | None = None
    named: bool = False  # only in a column that is called a date
    groups: tuple[int, int, int] | None = None  # of year, month and day, where the month is a word

    def count(self, cells: Sequence[str]) -> int:
        """How many cells are written so; 0 where hardly any of some fifty are."""
        matches = _compiled(self.pattern).fullmatch
        few = cells[:: len(cells) // LOOK + 1]
        if sum(matches(cell) is not None for cell in few) < len(few) / 2:
            return 0
        return sum(matches(cell) is not None for cell in cells)

    def sql(self, cell: str) -> str:
        """DuckDB expression of the date in the text expression ``cell``, which has the pattern."""
        if self.groups:
            return self._of_words(cell, *self.groups)
        if self.strptime is None:
            return f"(date '1899-12-30' + try_cast(try_cast({cell} as double) as integer))"
        if self.strptime == "%Y-%m-%d":
            return f"try_cast({cell} as date)"
        return f"try_strptime({cell}, '{self.strptime}')::date"

    def _of_words(self, cell: str, year: int, month: int, day: int) -> str:
        def group(number: int) -> str:
            return f"regexp_extract({cell}, '^{self.pattern}$', {number})"

        whole = f"lower({group(month)})"
        others = "".join(
            f" when starts_with({whole}, '{begun}') then {its}" for begun, its in FOREIGN.items()
        )
        number = f"case{others} else (instr('{ORDER}', left({whole}, 3)) + 2) // 3 end"
        first = group(day) if day else "1"
        return f"try_strptime(concat_ws('-', {group(year)}, {number}, {first}), '%Y-%m-%d')::date"


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
WORDS = (
    Form(
        rf"{WEEKDAY}({DAY}){ORDINAL}[ /-]?({NAMES}),?[ /-]?({YEAR})",
        None,
        "dates_words",
        groups=(3, 2, 1),
    ),
    Form(
        rf"{WEEKDAY}({NAMES}) ?({DAY}){ORDINAL},? ({YEAR})",
        None,
        "dates_words",
        groups=(3, 1, 2),
    ),
    Form(rf"({YEAR})[ /-]?({NAMES})[ /-]?({DAY})", None, "dates_words", groups=(1, 2, 3)),
)
MONTH_WORDS = Form(rf"({NAMES})[ /-]({YEAR})", None, "dates_month", named=True, groups=(2, 1, 0))
# 24-01-31: years of two digits, first or last, each way for each sign
YEARS_OF_TWO = tuple(
    tuple(
        Form(
            rf"{first}{re.escape(sign)}{second}{re.escape(sign)}{third}",
            f"{order[0]}{sign}{order[1]}{sign}{order[2]}",
            told,
            named=True,
        )
        for first, second, third, order, told in (
            (r"\d{2}", MONTH, DAY, ("%y", "%m", "%d"), "dates_short"),
            (DAY, MONTH, r"\d{2}", ("%d", "%m", "%y"), "dates_day_first"),
            (MONTH, DAY, r"\d{2}", ("%m", "%d", "%y"), "dates_month_first"),
        )
    )
    for sign in "/.-"
)
WEEK = r"(?:19|20)\d{2}-?[Ww]\d{2}"
EVIDENT = tuple(
    form.pattern for form in (*PLAIN, *DAY_FIRST, *MONTH_FIRST, *WORDS) if form is not COMPACT
)
POSSIBLE = (
    COMPACT.pattern,
    WEEK,
    *(form.pattern for form in (MONTH_DASH, MONTH_WORDS, SERIAL, SHORT)),
    *(forms[0].pattern for forms in YEARS_OF_TWO),
    *(forms[1].pattern for forms in YEARS_OF_TWO),
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
    for form in WORDS:
        if _most(form, cells):
            return form, False
    if not named:
        return None, False
    for form in (MONTH_DASH, MONTH_WORDS, SERIAL):
        if _most(form, cells):
            return form, False
    for forms in YEARS_OF_TWO:
        could = [form for form in forms if _most(form, cells)]
        if could:
            return _settled(could, cells)
    return _six_digits(cells)


def _settled(could: list[Form], cells: Sequence[str]) -> tuple[Form | None, bool]:
    """Of the ways to read years of two digits the one that is alone, or has fewer years than
    days."""
    if len(could) == 2 and {form.told for form in could} == {"dates_short", "dates_day_first"}:
        first, last = (len({re.split(r"\D", cell)[place] for cell in cells}) for place in (0, -1))
        if first != last:
            return could[0 if first < last else 1], False
    return (could[0], False) if len(could) == 1 else (None, True)


CLOCK_OF_TWELVE = rf"\d{{1,2}}(?:[:.]\d{{2}}){{0,2}}{HALVES}"
DURATION = (
    r"-?P(?=\d|T\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:[\d.,]+S)?)?"
    r"|\d+:\d{2}:\d{2}"
    r"|(?:\d+ ?(?:d|dag(?:ar)?|days?) ?)?(?:\d+ ?(?:h|tim(?:mar|me|\.)?|hours?|hrs?) ?)"
    r"(?:\d+ ?(?:m|min(?:uter|uter?s?|\.)?) ?)?(?:\d+ ?(?:s|sek|sec)\.?)?"
    r"|\d+ ?min(?:uter|utes?|\.)?(?: ?\d+ ?(?:s|sek|sec)\.?)?"
)
OF_TIMETABLE = re.compile(r"_time$|avg[åa]ng|ankomst|departure|arrival", re.I)
CLOCK_OF_DAY = r"(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d"


def times_of(cells: Sequence[str], name: str = "") -> str | None:
    """The code of the repair of a column whose cells are times that no number holds as they stand:
    those of a twelve-hour clock, or durations. Times of the day are neither, nor those of a
    timetable, which go on after midnight.

    >>> times_of(["1:05 PM", "9.15 fm"]), times_of(["25:30:00", "01:15:10"]), times_of(["13:05:00"])
    ('clocks_of_twelve', 'durations', None)
    """
    few = cells[:: len(cells) // LOOK + 1]
    for pattern, code in ((CLOCK_OF_TWELVE, "clocks_of_twelve"), (DURATION, "durations")):
        matches = _compiled(pattern).fullmatch
        if sum(matches(cell) is not None for cell in few) < SHARE * len(few):
            continue
        if sum(matches(cell) is not None for cell in cells) >= SHARE * len(cells):
            day = all(_compiled(CLOCK_OF_DAY).fullmatch(cell) for cell in cells)
            return None if day or OF_TIMETABLE.search(name) else code
    return None


def clock_sql(cell: str, *, halves: bool) -> str:
    """DuckDB expression of the time of day behind the date in a text expression; ``halves``: of a
    twelve-hour clock, where noon is 12 PM and midnight 12 AM."""
    found = f"regexp_extract({cell}, '{CLOCK}')"
    hour = f"try_cast(regexp_extract({found}, '(\\d{{1,2}})[:.]\\d{{2}}', 1) as integer)"
    rest = f"regexp_extract({found}, '\\d{{1,2}}([:.]\\d{{2}}(?:[:.]\\d{{2}})?)', 1)"
    rest = f"replace({rest}, '.', ':')"
    if not halves:
        part = f"regexp_extract({found}, '[:.]\\d{{2}}[:.]\\d{{2}}(\\.\\d+)', 1)"
        return f"try_cast({hour} || {rest} || {part} as time)"
    after = f"regexp_matches({found}, '(?i)[\\d ][pe]\\.?m')"
    whole = f"({hour} % 12 + case when {after} then 12 else 0 end)"
    return f"case when {hour} between 1 and 12 then try_cast({whole} || {rest} as time) end"


def of_twelve(cells: Sequence[str]) -> bool:
    """True where dates stand with the times of a twelve-hour clock: some are in half of the day."""
    halves = _compiled(rf"\d{HALVES}")
    return any(halves.search(cell) for cell in cells)


def without_clock(cells: Sequence[str]) -> list[str] | None:
    """The cells without their time of day; None where hardly any has one.

    >>> without_clock(["Fri Dec 17 14:06:06 UTC 2021", "31/1/2024 08:15"])
    ['Fri Dec 17 2021', '31/1/2024']
    """
    clock = _compiled(CLOCK)
    few = cells[:: len(cells) // LOOK + 1]
    if sum(clock.search(cell) is not None for cell in few) < len(few) / 2:
        return None
    return [clock.sub("", cell, count=1) for cell in cells]


def mixed(cells: Sequence[str], *, named: bool) -> int:
    """How many cells are dates, where a column writes them in several ways; 0 where it does not.

    Half of the cells in a column that is called a date, else nearly all; digits that may be
    something else count beside as many that cannot.

    >>> mixed(["2024-01-31", "31/01/2024", "3 maj 2024"], named=False)
    3
    >>> mixed(["2024-01-31", "3 maj 2024", "20240504", "1201"], named=False)
    0
    """
    patterns = EVIDENT + POSSIBLE
    seen = set[str]()
    count = sure = 0
    cells = without_clock(cells) or cells
    few = cells[:: len(cells) // LOOK + 1]
    if not any(_compiled(pattern).fullmatch(cell) for pattern in patterns for cell in few):
        return 0
    for cell in cells:
        pattern = next((known for known in patterns if _compiled(known).fullmatch(cell)), None)
        if pattern:
            count += 1
            sure += pattern in EVIDENT
            seen.add(pattern)
    least, proved = (0.5, sure > 0) if named else (SHARE, 2 * sure >= len(cells))
    return count if proved and len(seen) > 1 and count >= least * len(cells) else 0


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
