"""A text holds a personal identity number if ten digits in it have a real date and a right check
digit, however written.

Skatteverket's personnummer and samordningsnummer. Ten bare digits pass by chance: one in ten of
those with a date has a right check digit, and a column of OCR or telephone numbers has many with a
date. So a column of bare numbers is weighed as a whole; a number with a separator or twelve digits
is taken at its word unless the column shows that it is chance.
"""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import luhn

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.words import personal_numbers

HEADERS = (
    "personnummer",
    "personnr",
    "persnr",
    "persnummer",
    "pnr",
    "samordningsnummer",
    "ssn",
    "personid",
    "fodelsenummer",
)
MANY = 20
# One in ten of what has a date has a right check digit by chance: fewer right ones than a third of
# the wrong ones are no evidence. The wrong ones alone are counted as the crowd, so that one more
# personal number never makes chance likelier.
CROWD = 5
CHANCE_RIGHT = 1 / 3
# Of random 10-digit numbers about 0.4 % have a real date and a right check digit.
CHANCE_OF_RANDOM = 0.004
MANY_BARE = 40
FEW = 3  # so few among so many are as likely chance: somebody looks, nothing is stopped
BARE = r"(?:^|[^0-9])[0-9]{10}(?:[0-9]{2})?(?:$|[^0-9])"
WHOLE = r"^\s*[0-9]{10}(?:[0-9]{2})?\s*$"
SAMPLE = 2000


def sieve(column: Seen) -> str | None:
    return None if column.organisations else personal_numbers.SIEVE


def find(text: str, column: Seen) -> str | None:
    """The best label of the text's numbers.

    >>> column = Seen("t", "a")
    >>> find("19121212-1212", column), find("1912121212", column), find("121212-1213", column)
    ('written', 'wrong_bare', 'wrong')
    """
    labels = set()
    for number in personal_numbers.find(text):
        if number.form == "cut":
            labels.add("cut")
        elif number.form == "bare":
            phone = number.digits.startswith("07")  # a mobile number, or somebody born in 2007
            labels.add(("bare_07" if phone else "bare") if number.right else "wrong_bare")
        else:
            labels.add("written" if number.right else "wrong")
    return next(
        (
            label
            for label in ("written", "bare", "bare_07", "cut", "wrong", "wrong_bare")
            if label in labels
        ),
        None,
    )


def _chance(right: int, wrong: int) -> bool:
    return wrong >= CROWD and right < CHANCE_RIGHT * wrong


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    declared = column.says(HEADERS)
    written, wrong = together(hits, ["written"]), together(hits, ["wrong"])
    if written.count:
        doubt = not declared and _chance(written.texts, wrong.texts)
        yield _weighed("possible" if doubt else "certain", "written")
    bare, bare_07 = together(hits, ["bare"]), together(hits, ["bare_07"])
    labels = ["bare"]
    if bare_07.count and (declared or bare.texts >= bare_07.texts):
        labels, bare = ["bare", "bare_07"], bare + bare_07
    elif (
        bare_07.count and not column.says(("tel", "tfn", "mobil", "phone")) and not _mobiles(texts)
    ):
        yield _weighed("possible", "bare_07")
    if bare.count and labels:
        doubt = not declared and (
            _chance(bare.texts, together(hits, ["wrong_bare"]).texts) or _random(bare.texts, texts)
        )
        # A person's name may be public by role; bare ones may be telephone numbers there.
        yield _weighed(
            "possible" if doubt or (column.public and not declared) else "certain", *labels
        )
    if "cut" in hits:
        yield _weighed("probable", "cut")
    if declared and (wrong.count or "wrong_bare" in hits):
        yield _weighed("probable", "wrong", "wrong_bare")


def _weighed(certainty: str, *labels: str) -> Weighed:
    return Weighed(
        "personnummer", certainty, "granska" if certainty == "possible" else "stopp", labels
    )


def _mobiles(texts: Texts) -> bool:
    """True where other numbers of the column begin as mobile telephone numbers do, with digits that
    are no date."""
    return texts.count(r"^\s*07[236][0-9]{7}\s*$") >= 2


def _random(right: int, texts: Texts) -> bool:
    """True where the column is of numbers among which so few personal ones are chance, or all have
    check digits."""
    others = texts.count(BARE) - right
    if others >= MANY_BARE and right < max(FEW, 2.5 * CHANCE_OF_RANDOM * others):
        return True
    whole = [text.strip()[-10:] for text in texts.some(WHOLE, SAMPLE)]
    undated = [text for text in whole if not personal_numbers.is_real_day(text[:6])]
    # numbers that all end in a check digit and seldom begin with a date: OCR numbers, cards
    checked = sum(map(luhn.is_valid, undated))
    return (
        len(undated) >= MANY
        and checked >= 0.9 * len(undated)
        and len(whole) - len(undated) < len(undated) / 3
    )
