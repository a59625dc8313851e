"""A number is found where digits written as one begin with a real date; whether its check digit is
right is told with it."""

from __future__ import annotations

import base64
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

from helpers.words.personal_numbers.dates import begins_a_date, is_real_day, is_unknown_day
from helpers.words.personal_numbers.runs import runs
from helpers.words.personal_numbers.spelling import WEAK, SpelledNumber, centuried, written
from helpers.words.personal_numbers.unfolding import CODED, unfold

_S = "[^0-9A-Za-z]*"
_LAST = "[^0-9A-Za-z:]*"  # 12:30 is a time
_MONTH = f"(?:0{_S}[0-9]|1{_S}[0-2])"
_DAY = f"(?:0{_S}[1-9]|[12678]{_S}[0-9]|3{_S}[01]|9{_S}[01])"
# T of those without a number of their own; l and o of what was read from paper for 1 and 0.
_SIGN = "[A-Zlo]"
_WITH_LETTER = (
    f"(?:{_SIGN}[0-9]{{3}}|[0-9]{_SIGN}[0-9]{{2}}|[0-9]{{2}}{_SIGN}[0-9]|[0-9]{{3}}{_SIGN})"
)
# RE2: codes with a letter where a number may have one, whatever their digits are.
LETTERED = rf"(?:^|[^0-9A-Za-z])(?:[0-9]{{2}})?[0-9]{{6}}[-+ ]?{_WITH_LETTER}(?:$|[^0-9A-Za-z])"
# Whole cells of seven or eight digits: of 2000, when a spreadsheet has eaten the noughts.
SHORT = r"^\s*(?:[1-9]|1[0-2])(?:0[1-9]|[1278][0-9]|3[01]|6[1-9]|9[01])[0-9]{4}(?:[.,]00?)?\s*$"
_DIGITS = f"[0-9]{_S}{_MONTH}{_S}{_DAY}{_S}[0-9]{_LAST}[0-9]{_LAST}[0-9]{_LAST}[0-9]"
_POWERED = r"[0-9](?:[.,][0-9]+)?[eE]\+?[0-9]"
_T_NUMBER = rf"[0-9]{_MONTH}{_DAY}[-+ ]?{_WITH_LETTER}"
# Letters that scanning and fingers put for 1 and 0, in a date and four more.
_MISTAKES = str.maketrans("lIoO", "1100")
_L = "[0-9lIoO]"
# One of them in the date or among the last four; digits alone are not meant here.
_MISREAD = "|".join(
    [
        rf"(?:[lIoO]{_L}{{5,7}}|{_L}{{5,7}}[lIoO])[-+ ]?{_L}{{4}}",
        *(rf"{_L}{{{n}}}[lIoO]{_L}{{{5 - n},{7 - n}}}[-+ ]?{_L}{{4}}" for n in range(1, 5)),
        *(rf"{_L}{{6}}[-+ ]?{_L}{{{n}}}[lIoO]{_L}{{{3 - n}}}" for n in range(4)),
    ]
)
# Digits in base64: three of them are four letters, each of a few.
_CODED_DIGITS = r"(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){2}[A-Za-z0-9+/]{6,8}={0,2}"
# For DuckDB (RE2), a cheap first sieve: every text in which `find` finds anything matches it. The
# last but one are digits that are not 0-9.
_PLAIN = f"{_DIGITS}|{SHORT}|{_POWERED}|{_T_NUMBER}|{_MISREAD}|{_CODED_DIGITS}"
SIEVE = rf"{_PLAIN}|[^\P{{Nd}}0-9]|{CODED}"
_MAYBE = re.compile(_PLAIN)
_SHORT = re.compile(SHORT)
_LETTER = re.compile(r"[0-9][-+ ]?[A-Za-z]|[A-Za-z][ -]?[0-9]")
_ENOUGH = re.compile(rf"(?:\d\D*){{5}}|{_CODED_DIGITS}")
_BASE64 = re.compile(rf"(?<![A-Za-z0-9+/]){_CODED_DIGITS}(?![A-Za-z0-9+/=])")
_HALF_READ = re.compile(
    rf"(?<![0-9A-Za-z])(?P<day>(?:{_L}{{2}})?{_L}{{6}})[-+ ]?(?P<last>{_L}{{4}})(?![0-9A-Za-z])"
)
MOST_MISREAD = 4  # letters in a number, beside digits
_VAT = re.compile(r"(?<![A-Za-z])SE[ -]?([0-9]{6})[ -]?([0-9]{4})[ -]?01(?![0-9])", re.I)
# What a spreadsheet makes of long numbers: 1,98507E+11. The last digits may be lost.
_POWER = re.compile(
    r"(?<![0-9A-Za-z.,])(?P<first>[0-9]{1,12})(?:[.,](?P<rest>[0-9]{1,12}))?[eE]\+?(?P<power>[0-9]{1,2})"
    r"(?![0-9A-Za-z])"
)
_T = re.compile(
    rf"(?<![0-9A-Za-z])(?P<day>(?:18|19|20)?[0-9]{{2}}{_MONTH}{_DAY})[-+ ]?(?P<last>{_WITH_LETTER})"
    r"(?![0-9A-Za-z])"
)
# Forms that are shown by their shape and counted whatever their check digit is.
ANYWAY = frozenset({"separated", "dated", "cut", "letter"})


@dataclass(frozen=True)
class Number:
    """One number found, from ``start`` to ``end`` of the text as it was given.

    ``form``: separated | dated | long (12 digits) | vat (SE..01) | bare (10 digits) | cut (digits
    lost) | letter (a letter stands for one of the last four, for a digit that it looks like, or the
    whole stands in base64) | loose, lost, embedded (weak: see spelling) |
    short (7 or 8 digits, three noughts or two lost). A number whose month or day is 00 is loose,
    however written. ``right``: the check digit is right (of a cut number and one with a letter:
    unknown, so False).
    """

    start: int
    end: int
    form: str
    right: bool
    digits: str

    @property
    def weak(self) -> bool:
        return self.form in WEAK or self.form == "short"

    @property
    def shown_as_shape(self) -> bool:
        return self.right or self.form in ANYWAY


def find(text: str) -> Iterator[Number]:
    """Every number in ``text`` that has a real date; no two share a place. Weak ones and bare ones
    come with a wrong check digit too: a column of them is weighed as a whole.

    >>> [number.form for number in find("Avser 19121212-1212 och 191212121212")]
    ['separated', 'long']
    >>> list(find("556012-5790")), [number.form for number in find("1,91212E+11")]
    ([], ['cut'])
    >>> [(one.start, one.end, one.form) for one in find("beslut_121212_1212.pdf")]
    [(7, 18, 'loose')]
    """
    if _ENOUGH.search(text) is None:
        return
    plain, places = unfold(text)
    if _MAYBE.search(plain) is None:
        return
    for number in _apart(plain):
        if places is None:
            yield number
        else:
            start, end = places[number.start][0], places[number.end - 1][1]
            yield Number(start, end, number.form, number.right, number.digits)


def _apart(plain: str) -> list[Number]:
    """What is found in a plain text, in order; of two that share a place the one that counts, and
    of those the first that was found."""
    starts: list[int] = []
    found: list[Number] = []
    candidates = [*_of_runs(plain), *_short(plain)]
    if _LETTER.search(plain):
        candidates = [*_coded(plain), *_misread(plain), *candidates]
    candidates += _in_base64(plain)
    if len(candidates) < 2:
        return candidates
    for number in sorted(candidates, key=lambda one: not one.shown_as_shape):
        place = bisect_left(starts, number.start)
        before, after = found[max(0, place - 1) : place], found[place : place + 1]
        if all(one.end <= number.start for one in before) and all(
            number.end <= one.start for one in after
        ):
            starts.insert(place, number.start)
            found.insert(place, number)
    return found


def _of_runs(plain: str) -> Iterator[Number]:
    for run in runs(plain):
        for one in written(run):
            if one.dated:
                yield _number(one)


def _number(written: SpelledNumber) -> Number:
    form = "loose" if is_unknown_day(written.ten[:6]) else written.form
    return Number(written.start, written.end, form, luhn.is_valid(written.ten), written.ten)


def _coded(plain: str) -> Iterator[Number]:
    """Numbers with letters in or around them: of VAT, with a power of ten, with a letter for a
    digit."""
    for hit in _VAT.finditer(plain):
        ten = hit[1] + hit[2]
        if is_real_day(ten[:6]):
            yield Number(hit.start(), hit.end(), "vat", luhn.is_valid(ten), ten)
    for hit in _POWER.finditer(plain):
        yield from _of_power(hit)
    for hit in _T.finditer(plain):
        day = centuried(re.sub("[^0-9]", "", hit["day"]), 6)
        if day and is_real_day(day[1], day[0]):
            yield Number(hit.start(), hit.end(), "letter", False, day[1] + hit["last"])


def _misread(plain: str) -> Iterator[Number]:
    """Numbers in which l, I, o or O stands for a digit. As words do that too, only with a right
    check digit, and mostly digits."""
    for hit in _HALF_READ.finditer(plain):
        written = hit["day"] + hit["last"]
        if 0 < sum(map(str.isalpha, written)) <= MOST_MISREAD:
            parts = centuried(written.translate(_MISTAKES), 10)
            if parts and is_real_day(parts[1][:6], parts[0]) and luhn.is_valid(parts[1]):
                yield Number(hit.start(), hit.end(), "letter", False, parts[1])


def _in_base64(plain: str) -> Iterator[Number]:
    """Words that are a number and nothing else when they are decoded."""
    for hit in _BASE64.finditer(plain):
        try:
            text = base64.b64decode(hit.group() + "=" * (-len(hit.group()) % 4)).decode("ascii")
        except ValueError:
            continue
        inner = _apart(text)
        if len(inner) == 1 and (inner[0].start, inner[0].end) == (0, len(text)) and inner[0].right:
            yield Number(hit.start(), hit.end(), "letter", False, inner[0].digits)


def _known_day(parts: tuple[str | None, str]) -> bool:
    day = parts[1][:6]
    return is_real_day(day, parts[0]) and not is_unknown_day(day)


def _of_power(hit: re.Match[str]) -> Iterator[Number]:
    """The whole number that a power of ten stands for, or what is left of it."""
    digits, size = hit["first"] + (hit["rest"] or ""), len(hit["first"]) + int(hit["power"])
    if size not in (9, 10, 12):
        return
    if len(digits) >= size:
        parts = centuried(digits[:size], 10) if size > 9 else (None, "0" + digits[:size])
        if not digits[size:].strip("0") and parts and _known_day(parts):
            form = "long" if parts[0] else "bare" if size > 9 else "lost"
            yield Number(hit.start(), hit.end(), form, luhn.is_valid(parts[1]), parts[1])
            return
    if size == 12 and len(digits) >= 4 and begins_a_date(digits):
        yield Number(hit.start(), hit.end(), "cut", False, digits)


def _short(plain: str) -> Iterator[Number]:
    if _SHORT.match(plain):
        digits = re.split("[.,]", plain.strip())[0].rjust(10, "0")
        if is_real_day(digits[:6]):
            start = len(plain) - len(plain.lstrip())
            yield Number(start, len(plain.rstrip()), "short", luhn.is_valid(digits), digits)
