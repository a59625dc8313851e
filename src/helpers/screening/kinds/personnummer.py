"""A text holds a personal identity number if ten digits in it have a real date and a right check
digit, however written; a column that is headed as one is looked at whatever it holds.

Skatteverket's personnummer and samordningsnummer; with a letter among the last four the reserve
numbers of care and T-numbers of studies and authorities [M]. Ten bare digits pass by chance: one in
ten of those with a date has a right check digit, and a column of OCR or telephone numbers has many
with a date. So a column of bare numbers is weighed as a whole; a number with a dash or twelve
digits is taken at its word unless the column shows that it is chance. Weak spellings
(``personal_numbers.spelling``) are the other way round: they say nothing in a column that shows
chance, ask for a look alone, and stop where several agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from stdnum import luhn

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.words import personal_numbers
from helpers.words.personal_numbers import Number

HEADERS = (
    "personnummer",
    "personnr",
    "persnr",
    "persnummer",
    "pnr",
    "samordningsnummer",
    "samordningsnr",
    "ssn",
    "personid",
    "personalid",
    "personidentitet",
    "personbeteckning",
    "fodelsenummer",
    "fodelsenr",
    # of the neighbours: other numbers, as much a person's
    "fodselsnummer",
    "fodselsnr",
    "henkilotunnus",
    "kennitala",
    "cpr",
    "cprnr",
    "cprnummer",
    "reservnummer",
    "socialsecurity",
    "nationalidentity",
    "personalnumber",
    "personalidentity",
    "personnumber",
    "civicregistration",
)
TELEPHONES = ("telefon", "tel", "tfn", "mobil", "phone")
# seconds since 1970 are ten digits, and one in ten of a day's has a right check digit
MOMENTS = ("timestamp", "tidsstampel", "tidpunkt", "epoch", "unix", "tid")
MANY, SOME = 20, 6
# One in ten of what has a date has a right check digit by chance: fewer right ones than a third of
# the wrong ones are no evidence. The wrong ones alone are counted as the crowd, so that one more
# personal number never makes chance likelier.
CROWD = 5
CHANCE_RIGHT = 1 / 3
# Of random 10-digit numbers about 0.4 % have a real date and a right check digit; of 9-digit ones,
# whose year has but one digit, 0.8 %.
CHANCE_OF_RANDOM = 0.004
CHANCE_OF_LOST = 0.008
MANY_BARE = 40
FEW = 3  # so few among so many are as likely chance: somebody looks, nothing is stopped
AGREE = 3  # weak ones, and twice as many as those with a wrong check digit: one time in a thousand
CUT = 6  # digits left, year and month: fewer are any large number's
BARE = r"(?:^|[^0-9])[0-9]{10}(?:[0-9]{2})?(?:$|[^0-9])"
NINE = (
    r"(?:^|[^0-9])(?:[0-9]{9}|[0-9]{5}-[0-9]{4}|[0-9]{3}([ .,'][0-9]{3}){2})(?:[.,]0+)?(?:$|[^0-9])"
)
WHOLE = r"^\s*[0-9]{1,12}(?:[ .,'-][0-9]{1,4}){0,4}\s*$"
MOBILES = (
    r"^\s*0?7[236][0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{3}\s*$|^\s*0?7[236][0-9](?:[ -]?[0-9]{2}){3}\s*$"
)
SAMPLE = 2000
# From the most to the least evidence: the label of a text is that of its best number.
LABELS = (
    "written",
    "bare",
    "bare_07",
    "loose",
    "loose_07",
    "cut",
    "letter",
    "cut_short",
    "short",
    "wrong",
    "wrong_bare",
    "wrong_loose",
    "held",  # anything under a header that says what it is
)


def sieve(column: Seen) -> str | None:
    if column.organisations:
        return None
    return r"[^\s]" if column.says(HEADERS) else personal_numbers.SIEVE


def find(text: str, column: Seen) -> str | None:
    """The best label of the text's numbers.

    >>> column = Seen("t", "a")
    >>> find("19121212-1212", column), find("1912121212", column), find("121212-1213", column)
    ('written', 'wrong_bare', 'wrong')
    >>> find("12 12 12 1212", column), find("121212-T121", column), find("ja", Seen("t", "pnr"))
    ('loose', 'letter', 'held')
    """
    labels = {_label(number) for number in personal_numbers.find(text)}
    if column.says(HEADERS):
        labels.add("held")
    return next((label for label in LABELS if label in labels), None)


def _label(number: Number) -> str:
    # a mobile number, or somebody born in 2007
    seven = "_07" if number.digits.startswith("07") and number.right else ""
    if number.form == "cut":
        return "cut" if len(number.digits) >= CUT else "cut_short"
    if number.form == "letter":
        return "letter"
    if number.form == "short":
        return "short" if number.right else "wrong_loose"
    if number.weak:
        return f"loose{seven}" if number.right else "wrong_loose"
    if number.form == "bare":
        return f"bare{seven}" if number.right else "wrong_bare"
    return "written" if number.right else "wrong"


def chance(right: int, wrong: int) -> bool:
    """True where so few of the dated numbers have a right check digit that it is chance."""
    return wrong >= CROWD and right < CHANCE_RIGHT * wrong


def weak_chance(right: int, wrong: int) -> bool:
    """True where weak numbers are chance: fewer than three right ones beside as many wrong ones,
    or as few as ``chance`` takes for it.

    >>> [weak_chance(right, wrong) for right, wrong in ((1, 0), (1, 1), (1, 2), (3, 6), (3, 12))]
    [False, False, True, False, True]
    """
    return wrong >= 2 and right < max(CHANCE_RIGHT * wrong, min(wrong, AGREE))


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    declared = column.says(HEADERS)
    written, wrong = together(hits, ["written"]), together(hits, ["wrong"])
    if written.count:
        doubt = not declared and chance(written.texts, wrong.texts)
        yield _weighed("possible" if doubt else "certain", "written")
    yield from _bare(column, hits, texts, declared)
    yield from _loose(column, hits, texts, declared)
    if "cut" in hits:
        yield _weighed("probable", "cut")
    if "cut_short" in hits:
        yield _weighed("possible", "cut_short")
    if "letter" in hits:
        # codes of the same pattern whose digits are no date
        others = texts.count(personal_numbers.LETTERED) - hits["letter"].texts
        if declared or not weak_chance(hits["letter"].texts, others):
            yield _weighed("possible", "letter")
    if declared and any(label in hits for label in ("wrong", "wrong_bare")):
        yield _weighed("probable", "wrong", "wrong_bare")
    if declared and any(label in hits for label in ("wrong_loose", "held")):
        yield Weighed("personnummer", "probable", "granska", ("wrong_loose", "held"))


@dataclass(frozen=True)
class _Counted:
    """Numbers of ten digits or weak ones that count: their labels, how many different texts agree,
    and whether those that begin with 07 are to be told apart, as not all are telephone numbers."""

    labels: list[str]
    agree: int
    sevens_apart: bool


def _counted(column: Seen, hits: Found, texts: Texts, label: str, declared: bool) -> _Counted:
    """Numbers that begin with 07 count beside as many that do not, and cells of seven or eight
    digits beside as many whose noughts are left; no more of them agree than those they stand
    beside."""
    plain = together(hits, [label]).texts
    sevens, short = together(hits, [f"{label}_07"]).texts, together(hits, ["short"]).texts
    labels, agree = [label], plain + min(plain, sevens)
    apart = False
    if sevens and (declared or plain >= sevens):
        labels.append(f"{label}_07")
    elif sevens and not column.says(TELEPHONES):
        apart = texts.count(MOBILES) < 2
    if label == "loose" and short:
        beside = plain + together(hits, ["bare"]).texts
        agree += min(beside, short)
        if declared or beside >= short:
            labels.append("short")
    return _Counted(labels, agree, apart)


def _bare(column: Seen, hits: Found, texts: Texts, declared: bool) -> Iterator[Weighed]:
    counted = _counted(column, hits, texts, "bare", declared)
    if counted.sevens_apart:
        yield _weighed("possible", "bare_07")
    if any(label in hits for label in counted.labels):
        doubt = not declared and (
            column.says(MOMENTS)
            or chance(counted.agree, together(hits, ["wrong_bare"]).texts)
            or _random(counted.agree, texts, BARE, CHANCE_OF_RANDOM)
        )
        # A person's name may be public by role; bare ones may be telephone numbers there.
        unsure = doubt or (column.public and not declared)
        yield _weighed("possible" if unsure else "certain", *counted.labels)


def _loose(column: Seen, hits: Found, texts: Texts, declared: bool) -> Iterator[Weighed]:
    """Weak spellings: nothing where the column shows chance."""
    counted = _counted(column, hits, texts, "loose", declared)
    wrong = together(hits, ["wrong_loose"]).texts
    sevens = together(hits, ["loose_07"]).texts
    if counted.sevens_apart and not (
        weak_chance(sevens, wrong) or _random(sevens, texts, NINE, CHANCE_OF_LOST, SOME)
    ):
        yield _weighed("possible", "loose_07")
    if not any(label in hits for label in counted.labels):
        return
    if not declared and (
        weak_chance(counted.agree, wrong)
        or _random(counted.agree, texts, NINE, CHANCE_OF_LOST, SOME)
    ):
        return
    agree = counted.agree >= max(AGREE, 2 * wrong)
    sure = declared or (agree and not column.public)
    yield _weighed("certain" if sure else "possible", *counted.labels)


def _weighed(certainty: str, *labels: str) -> Weighed:
    return Weighed(
        "personnummer", certainty, "granska" if certainty == "possible" else "stopp", labels
    )


def _random(right: int, texts: Texts, alike: str, chance: float, many: int = MANY) -> bool:
    """True where the column is of numbers (``alike``, RE2) among which so few personal ones are
    chance, or all have check digits."""
    others = texts.count(alike) - right
    if others >= MANY_BARE and right < max(FEW, 2.5 * chance * others):
        return True
    whole = [re.sub("[^0-9]", "", text) for text in texts.some(WHOLE, SAMPLE)]
    whole = [digits.rjust(10, "0")[-10:] for digits in whole if len(digits) in (9, 10, 12)]
    undated = [digits for digits in whole if not personal_numbers.is_real_day(digits[:6])]
    # numbers that all end in a check digit and seldom begin with a date: OCR numbers, cards
    checked = sum(map(luhn.is_valid, undated))
    return (
        len(undated) >= many
        and checked >= 0.9 * len(undated)
        and len(whole) - len(undated) < len(undated) / 3
    )
