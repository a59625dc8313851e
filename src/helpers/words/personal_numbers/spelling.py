"""Groups of digits are written as a personal number if they part it where people and programs do:
before the last four, around month and day, in pairs, or in thousands.

``separated``, ``dated`` and ``long`` (twelve digits) are spellings of nothing else, ``bare`` are
ten digits. The weak ones, ``loose``, ``lost`` (the leading nought eaten) and ``embedded`` (in a
word), are also those of amounts, times and telephone numbers: they say something only with a right
check digit, and in a column where that is more often than chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.words.personal_numbers.dates import CENTURIES, is_real_day
from helpers.words.personal_numbers.runs import Run

WEAK = frozenset({"loose", "lost", "embedded"})
# 16 stands before a legal person's ten digits, and before a sole trader's by mistake; 00 before
# those of systems that have no century.
PREFIXES = ("16", "00")
_STRONG = re.compile(r"\s{0,2}[-+]{1,2}\s{0,2}|[^\S\n]{1,2}")
_WORD_BEFORE, _WORD_AFTER = re.compile(r"[^\W_]+\Z"), re.compile(r"[^\W_]+")
LONGEST_WORD = 40


@dataclass(frozen=True)
class SpelledNumber:
    """Ten digits as they stand, from ``start`` to ``end`` in the plain text."""

    start: int
    end: int
    form: str
    ten: str
    century: str | None = None

    @property
    def dated(self) -> bool:
        return is_real_day(self.ten[:6], self.century)


def centuried(digits: str, short: int) -> tuple[str | None, str] | None:
    """The century (None if unsaid) and the ``short`` digits after it; None where it is none.

    >>> centuried("19850709", 6), centuried("850709", 6), centuried("17850709", 6)
    (('19', '850709'), (None, '850709'), None)
    """
    if len(digits) == short:
        return None, digits
    if len(digits) == short + 2 and digits[:2] in CENTURIES:
        return digits[:2], digits[2:]
    if len(digits) == short + 2 and digits[:2] in PREFIXES:
        return None, digits[2:]
    return None


def written(run: Run) -> Iterator[SpelledNumber]:
    """The numbers of a run, whether their dates are real or not: strong ones and bare ones
    first."""
    for first, group in enumerate(run.groups):
        if len(group) in (2, 4, 6, 8, 10, 12) and run.before(first) not in (".", ","):
            found = _whole(run, first) or _parted(run, first) or _dated(run, first)
            if found:
                yield found
                whole = first == 0 and found.end == run.end(len(run.groups) - 1)
                if whole and found.dated:
                    return
    if len(run.groups) > 1 or len(run.groups[0]) == 9:
        yield from _weak(run)


def _whole(run: Run, first: int) -> SpelledNumber | None:
    """Ten or twelve digits on end."""
    group = run.groups[first]
    parts = centuried(group, 10)
    last = run.noughts(first)
    side = _side(run.plain, run.start(first), run.end(last))
    if parts is None or side is None or run.tails(first):
        return None
    form = "bare" if len(group) == 10 else "long"
    if side == "embedded" or _prefixed(group, parts):
        form = "embedded"
    return SpelledNumber(run.start(first), run.end(last), form, parts[1], parts[0])


def _prefixed(group: str, parts: tuple[str | None, str]) -> bool:
    """True where something that is no century stands before the number."""
    return parts[0] is None and group != parts[1]


def _side(plain: str, start: int, end: int) -> str | None:
    """alone | embedded (a word goes on after it); None where it is part of a code with other
    digits in it, such as a hash."""
    if not plain[start - 1 : start].isalnum() and not plain[end : end + 1].isalnum():
        return "alone"
    left = _WORD_BEFORE.search(plain, max(0, start - LONGEST_WORD), start)
    right = _WORD_AFTER.match(plain, end)
    words = (left.group() if left else "") + (right.group() if right else "")
    if any(character.isdigit() for character in words):
        return None
    return "embedded" if right else "alone"


def _parted(run: Run, first: int) -> SpelledNumber | None:
    """A date on end, and the last four."""
    day = centuried(run.groups[first], 6)
    last = first + 1
    if day is None or last == len(run.groups) or len(run.groups[last]) != 4 or run.tails(last):
        return None
    between = run.parted[first]
    strong = _STRONG.fullmatch(between) and not _prefixed(run.groups[first], day)
    form = "separated" if strong else "loose"
    if form == "loose" and run.plain[run.start(first) - 1 : run.start(first)] == "/" == between:
        return None  # in the path of a web address
    end = run.noughts(last)
    return SpelledNumber(run.start(first), run.end(end), form, day[1] + run.groups[last], day[0])


def _dated(run: Run, first: int) -> SpelledNumber | None:
    """A date with its separators, and after a dash the last four."""
    groups, parted = run.groups[first : first + 4], run.parted[first : first + 3]
    if list(map(len, groups)) != [4, 2, 2, 4] or groups[0][:2] not in CENTURIES:
        return None
    if parted[0] != parted[1] or parted[0] not in ("-", ".", "/") or parted[2] not in ("-", "+"):
        return None
    if run.after(first + 3) in ("-", ".", "/") and groups[3][:2] in CENTURIES:
        return None  # from a date to another
    day = "".join(groups[:3])
    return SpelledNumber(
        run.start(first), run.end(first + 3), "dated", day[2:] + groups[3], day[:2]
    )


def _weak(run: Run) -> Iterator[SpelledNumber]:
    """Windows of groups that together have as many digits as a number, parted in other ways."""
    most = len(run.groups)
    for first in range(most):
        if not _begins(run.before(first)):
            continue
        digits = ""
        for last in range(first, most):
            digits += run.groups[last]
            if len(digits) > 12:
                break
            if len(digits) < 9:
                continue
            end = run.noughts(last)
            if not _begins(run.after(end)):
                continue
            whole = first == 0 and end == most - 1
            found = _window(run, first, last, end, digits, whole)
            if found:
                yield found


def _begins(parted: str) -> bool:
    """True where what is parted so may be two things: words in a sentence."""
    return not parted.strip()


def _window(
    run: Run, first: int, last: int, end: int, digits: str, whole: bool
) -> SpelledNumber | None:
    sizes = [len(group) for group in run.groups[first : last + 1]]
    parted = run.parted[first:last]
    start, stop = run.start(first), run.end(end)
    if len(digits) == 9:
        likely = sizes == [9] or (whole and (sizes == [5, 4] or _thousands(sizes, parted)))
        if not likely or digits[0] == "0" or _side(run.plain, start, stop) != "alone":
            return None
        return SpelledNumber(start, stop, "lost", "0" + digits)
    parts = centuried(digits, 10)
    if parts is None or len(sizes) == 1 or _side(run.plain, start, stop) is None:
        return None
    century, ten = parts
    if not _thousands(sizes, parted) and not _aligned(sizes, parted, len(digits)):
        return None
    if not whole and sizes[-3:] != [2, 2, 4]:
        return None
    in_a_path = "/" in parted and run.plain[start - 1 : start] == "/"
    return None if in_a_path else SpelledNumber(start, stop, "loose", ten, century)


def _thousands(sizes: list[int], parted: list[str]) -> bool:
    """True for groups of three with the same separator: ``198 507 099 805``."""
    return (
        len(sizes) > 2
        and sizes[0] <= 3
        and set(sizes[1:]) == {3}
        and len(set(parted)) == 1
        and parted[0] in (" ", ".", ",", "'")
    )


def _aligned(sizes: list[int], parted: list[str], length: int) -> bool:
    """True where the groups end where year, month, day and pairs of the last four do, parted as one
    would."""
    ends = [sum(sizes[: n + 1]) - (length - 10) for n in range(len(sizes) - 1)]
    alike = len(set(parted)) == 1
    if alike and set(sizes) == {1}:
        return parted[0].isspace()  # a form with a box for each digit
    if any(end % 2 for end in ends) or (6 not in ends and (not alike or len(sizes) < 3)):
        return False
    if 2 in ends and 4 not in ends and not alike:
        return False  # a year and a running number: KS 2019/0709-9805
    return all(_parts(end, sep, alike) for end, sep in zip(ends, parted, strict=True))


def _parts(end: int, sep: str, alike: bool) -> bool:
    """True where ``sep`` can stand after so many of the ten digits: a colon or a comma only before
    the last four, and in those only blanks, for 12.30 is a time and 12-14 two hours."""
    if end == 6:
        return True
    return sep not in (":", ",") and (end < 6 or alike or sep.isspace())
