"""Types of columns, decided from a sample and verified on all rows; the typed column stands beside
the text.

A type is given where the specification says so or where 95 % of the cells that are not missing read
as it. Codes stay text: a column whose integers have leading zeros, or that the specification calls
text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from helpers.reading import axes, booleans, dates, missing, oddities, signs
from helpers.reading.dates import SHARE
from helpers.reading.signs import INTEGER

SPACES = " \u00a0\u202f\u2009"  # what groups the digits of a number
MINUS = "\u2212"  # what Swedish Excel and ICU write before a negative number
GROUPED = re.compile(r"[+\u2212-]?\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?\Z")
DOTTED = re.compile(r"[+\u2212-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")  # 1.234,50: the comma tells
# 1,234.50, where one cell shows which sign is which
COMMAED = re.compile(r"[+\u2212-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
TRAILING = re.compile(r"\d-\Z")  # 1234,50- as ledgers write what is negative
# (1 234,50) as accounting writes it; (1950) may be a year that is not certain
ENCLOSED = re.compile(r"\(\d[\d \u00a0\u202f\u2009]*(?:[.,]\d{3})*[.,]\d{1,2}\)\Z")
POINT = re.compile(r"[+\u2212-]?\d*\.\d+\Z")
COMMA = re.compile(r"[+\u2212-]?\d*,\d+\Z")
# RE2 of what stands before and after a number in its cell, and whether it may be left out
UNITS = (
    ("", r"[ \x{a0}\x{202f}]?(?i:kr|sek)\.?", True),
    (r"(?:(?i:sek|kr|eur)\.?|£|€|\$)[ \x{a0}\x{202f}]?", "", True),
    ("", r"[ \x{a0}\x{202f}]?%", False),
    ("", ":-", False),  # 300:- as prices are written
)
NUMERIC = ("decimal", "integer")
SIGNS = {"integer": b"0123456789", "decimal": b"0123456789.,-"}  # that no cast is too kind to
TIMESTAMPS = {  # a date alone may stand among them, not throughout
    "iso": re.compile(
        r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?\Z"
    ),
    "digits": re.compile(
        f"{dates.YEAR}{dates.MONTH2}{dates.DAY2}(?:(?:[01]\\d|2[0-3])[0-5]\\d[0-5]\\d)?\\Z"
    ),
}


@dataclass(frozen=True)
class Guess:
    """A type and how its text is written. ``ambiguous``: dates that can be read in two ways, left
    as text."""

    type: str = "text"
    decimal: str | None = None
    grouped: bool = False
    minus: bool = False
    dotted: bool = False
    commaed: bool = False
    trailing: bool = False  # the minus may stand after the number
    enclosed: bool = False  # brackets may stand for the minus
    unit: int | None = None  # which of ``UNITS``
    doubtful: str = ""  # the sign with three digits after it in every cell: decimals, or thousands
    weak: bool = False  # commas are thousands unless the table's other columns say otherwise
    proves: frozenset[str] = (
        frozenset()
    )  # what signs are here beyond doubt: ",decimal" ".thousands"
    both: bool = False  # a comma in some cells, a point in others, before the decimals
    listed: bool = False  # several numbers in a cell: text
    date: dates.Form = dates.ISO
    timestamp: str = "iso"
    ambiguous: bool = False
    mixed: bool = False  # dates in several forms
    halves: bool = False  # the times of a twelve-hour clock
    times: str | None = None  # what its times or texts are: the repair's code

    @property
    def is_number(self) -> bool:
        return self.type in NUMERIC

    @property
    def written(self) -> str | None:
        """The code of the repair that tells how the dates are written, where not as 2024-01-31."""
        if self.type == "datetime" and self.timestamp == "digits":
            return "dates_digits"
        return self.date.told if self.type == "date" or self.timestamp == "form" else None

    def sql(self, text: str, among: bytes | None = None) -> str:
        """DuckDB expression of the typed value of the text expression ``text``; null where it does
        not parse. ``among``: the bytes that stand in its texts, where they are known.

        A cast alone is too kind (12.7 becomes the integer 13, 2025-1-2x a date): the whole cell
        must have the form. What a cast gives back as it was needs no proof, and blanks are cut only
        where a cell does not have the form as it is; so the dear steps meet few cells.
        """
        if self.type == "text":
            return text
        if self.timestamp == "form":
            return self._of_clock(text)
        form, value = "'" + self._form() + "'", self._value(text)
        plain = not (self.minus or self.trailing or self.enclosed) and self.unit is None
        bare = self.is_number and plain and not (self.dotted or self.commaed)
        if bare and among is not None and not among.translate(None, SIGNS[self.type]):
            return value
        iso = self.type == "date" and self.date is dates.ISO
        there_and_back = iso or (self.type == "integer" and plain)
        proof = (
            f"({value})::varchar = {text}"
            if there_and_back
            else f"regexp_full_match({text}, {form})"
        )
        padded = f"trim({text})"
        return (
            f"case when {proof} then {value}"
            f" when regexp_full_match({padded}, {form}) then {self._value(padded)} end"
        )

    def _of_clock(self, text: str) -> str:
        """A date as ``date`` writes it, and a time of day; midnight where there is none."""
        day = f"trim(regexp_replace({text}, '{dates.CLOCK}', ''))"
        clock = dates.clock_sql(text, halves=self.halves)
        return (
            f"case when regexp_full_match({day}, '{self.date.pattern}')"
            f" then {self.date.sql(day)} + coalesce({clock}, time '00:00') end"
        )

    def _form(self) -> str:
        """RE2 pattern of a cell that may be cast."""
        if self.is_number:
            before, after = _around(self.unit)
            number = self._number() + ("-?" if self.trailing else "")
            number = rf"(?:{number}|\({number}\))" if self.enclosed else number
            return f"{before}{number}{after}"
        if self.type == "date":
            return self.date.pattern
        if self.type == "datetime":
            return r"\d{4}-\d{2}-\d{2}.*" if self.timestamp == "iso" else r"\d{8}(?:\d{6})?"
        return booleans.FORM

    def _number(self) -> str:
        sign = f"[+{MINUS}-]?" if self.minus else "[+-]?"
        if self.type == "integer":
            return rf"{sign}\d+"
        if self.dotted:
            return rf"{sign}(?:\d{{1,3}}(?:\.\d{{3}})+|\d*)(?:,\d*)?"
        if self.commaed:
            return rf"{sign}(?:\d{{1,3}}(?:,\d{{3}})+|\d*)(?:\.\d*)?"
        whole = f"[\\d{SPACES}]*" if self.grouped else r"\d*"
        return rf"{sign}{whole}{'[.,]' if self.decimal == ',' else '[.]'}?\d*"

    def _value(self, cell: str) -> str:
        if self.type == "date":
            return self.date.sql(cell)
        for part, place in zip(_around(self.unit), ("^{}", "{}$"), strict=True):
            cell = f"regexp_replace({cell}, '{place.format(part)}', '')" if part else cell
        signed = f"replace({cell}, '{MINUS}', '-')" if self.minus else cell
        if self.trailing:
            signed = rf"regexp_replace({signed}, '^(.*\d)-$', '-\1')"
        if self.enclosed:
            signed = rf"regexp_replace({signed}, '^\((.*)\)$', '-\1')"
        if self.type == "integer":
            return f"try_cast({signed} as bigint)"
        if self.type == "decimal":
            clean = f"regexp_replace({signed}, '[{SPACES}]', '', 'g')" if self.grouped else signed
            clean = f"replace({clean}, '.', '')" if self.dotted else clean
            clean = f"replace({clean}, ',', '')" if self.commaed else clean
            pointed = f"replace({clean}, ',', '.')" if self.decimal == "," else clean
            return f"try_cast({pointed} as double)"
        if self.type == "boolean":
            return booleans.sql(cell)
        return (
            f"try_cast({cell} as timestamp)"
            if self.timestamp == "iso"
            else f"try_strptime(rpad({cell}, 14, '0'), '%Y%m%d%H%M%S')::timestamp"
        )


def _around(unit: int | None) -> tuple[str, str]:
    """RE2 of what stands before and after a number."""
    if unit is None:
        return "", ""
    before, after, optional = UNITS[unit]
    end = "?" if optional else ""
    return f"(?:{before}){end}" if before else "", f"(?:{after}){end}" if after else ""


@cache
def _bare(unit: int) -> re.Pattern[str]:
    """A number's cell with its unit; the number is group 1."""
    before, after, _ = UNITS[unit]
    plain = (
        (before + "|" + after)
        .replace(r"\x{a0}", "\u00a0")
        .replace(r"\x{202f}", "\u202f")
        .strip("|")
    )
    number = rf"([+\u2212-]?\d[\d{SPACES}.,]*-?)"
    return re.compile(f"(?:{plain}){number}" if before else f"{number}(?:{plain})")


def _units(filled: list[str]) -> tuple[int | None, list[str]]:
    """The unit that stands in nearly every cell (in most, where it may be left out), and the cells
    without it."""
    if not any(cell[0] in "£€$sSkKeE" or cell[-1] in "rRkK.%-" for cell in filled[:20]):
        return None, filled
    for unit, (_, _, optional) in enumerate(UNITS):
        matches = [_bare(unit).fullmatch(cell) for cell in filled]
        least = (0.5 if optional else SHARE) * len(filled)
        if sum(match is not None for match in matches) >= least:
            return unit, [
                match[1].strip() if match else cell
                for match, cell in zip(matches, filled, strict=True)
            ]
    return None, filled


def guess(cells: Iterable[str | None], declared: str | None = None, name: str = "") -> Guess:
    """The type of one column from a sample of its cells. ``declared`` is the specification's type,
    if matched.

    >>> guess(["0180", "0305"]).type, guess(["1 250,50", "\u22123"]).type
    ('text', 'decimal')
    >>> guess(["5E03", "12"]).type
    'text'
    """
    filled = [
        cell.strip() for cell in cells if cell is not None and cell.strip() not in missing.TOKENS
    ]
    if not filled or declared in ("string", "text", "any"):
        return Guess() if declared not in ("decimal", "date") else _declared(declared, filled)
    if booleans.are_they(filled, declared):
        return Guess("boolean")
    form, ambiguous = dates.recognise(
        filled, named=declared == "date" or dates.is_named(name), coded=dates.is_coded(name)
    )
    if form is not None and declared not in NUMERIC:
        return Guess("date", date=form)
    for timestamp, pattern in TIMESTAMPS.items():
        alike = sum(pattern.match(cell) is not None for cell in filled)
        if alike >= SHARE * len(filled) and any(len(cell) > 10 for cell in filled):
            return Guess("datetime", timestamp=timestamp, times=oddities.zones(filled))
    form, twofold = _with_clock(filled)
    if form is not None and declared not in NUMERIC:
        return Guess("datetime", date=form, timestamp="form", halves=dates.of_twelve(filled))
    if (ambiguous or twofold) and declared not in NUMERIC:
        return Guess(ambiguous=True) if declared != "date" else Guess("date", ambiguous=True)
    number = _of_number(filled, declared, position=axes.is_axis(name))
    coded = number.type == "integer" and declared not in NUMERIC
    if coded and signs.is_code(filled, name, named=dates.is_coded(name)):
        return Guess()
    named = declared == "date" or dates.is_named(name)
    pointed = number.decimal == "." and number.unit is None and declared not in NUMERIC
    if pointed and (other := oddities.as_decimals(filled, name)) is not None:
        return Guess(times=other)
    if number.is_number or number.listed:
        return replace(number, times=oddities.since_1970(filled, named=named))
    mixed = dates.mixed(filled, named=named) > 0
    several = signs.holds_several(filled)
    times = dates.times_of(filled, name) or (None if mixed or several else oddities.of(filled))
    return replace(number, mixed=mixed, times=times, listed=several)


def _with_clock(filled: list[str]) -> tuple[dates.Form | None, bool]:
    """The form of dates that stand with a time of day; whether they can be read in two ways."""
    bare = dates.without_clock(filled)
    return (None, False) if bare is None else dates.recognise(bare, named=False)


def _of_number(filled: list[str], declared: str | None, *, position: bool) -> Guess:
    """The kind of number that the cells are; the declared type where too few are numbers.

    A spreadsheet that took a latitude for thousands (5.912.345) has lost it: of a ``position`` that
    is no number.
    """
    unit, filled = _units(filled)
    if declared not in NUMERIC and signs.is_list(filled):
        return Guess(listed=True)
    trailing = any(map(TRAILING.search, filled))
    if trailing:
        filled = [f"-{cell[:-1]}" if TRAILING.search(cell) else cell for cell in filled]
    enclosed = any(map(ENCLOSED.match, filled)) and not all(map(ENCLOSED.match, filled))
    if enclosed:
        filled = [f"-{cell[1:-1]}" if (cell[0] + cell[-1]) == "()" else cell for cell in filled]
    commas, points = (signs.meaning(filled, sign) for sign in ",.")
    if commas.thousands:
        filled = [cell.replace(",", "") if COMMAED.match(cell) else cell for cell in filled]
    kinds = _kinds(filled, dotted=points.thousands and not position)
    if kinds.numeric / len(filled) < SHARE:
        return _declared(declared, filled)
    if kinds.coded and declared not in NUMERIC:
        return Guess()
    minus = any(cell[0] == MINUS for cell in filled)
    number = Guess(
        "decimal", None, kinds.grouped, minus, trailing=trailing, enclosed=enclosed, unit=unit
    )
    if commas.thousands:
        number = replace(number, decimal=".", grouped=False, commaed=True, weak=commas.weak)
        return replace(number, proves=frozenset() if commas.weak else frozenset({",thousands"}))
    if kinds.dotted:
        proof = frozenset({".thousands", ",decimal"} if kinds.comma else {".thousands"})
        return replace(number, decimal=",", dotted=True, proves=proof)
    if kinds.comma or kinds.point:
        sign, meaning = (",", commas) if kinds.comma > kinds.point else (".", points)
        both = kinds.comma > 0 and kinds.point > 0
        doubtful = sign if meaning.doubtful else ""
        proved = not (doubtful or (position and sign == "."))  # which a machine wrote
        proof = frozenset(
            [f"{sign}decimal"] * proved + [",decimal"] * (both and not commas.doubtful)
        )
        return replace(number, decimal=sign, doubtful=doubtful, proves=proof, both=both)
    if kinds.grouped or declared == "decimal":
        return number
    # 556- is a part of a number, no amount
    return Guess() if trailing else replace(number, type="integer")


@dataclass(frozen=True)
class _Kinds:
    """How many cells are numbers, and have a comma or a point for their decimals; ``coded``: one
    has a leading zero."""

    numeric: int
    comma: int
    point: int
    grouped: bool
    dotted: bool
    coded: bool


def _kinds(filled: list[str], *, dotted: bool) -> _Kinds:
    """``dotted``: points are known to stand between thousands, though no comma says so."""
    integers = [cell for cell in filled if INTEGER.match(cell)]
    points = [] if dotted else [cell for cell in filled if POINT.match(cell)]
    commas = [cell for cell in filled if COMMA.match(cell)]
    grouped = [cell for cell in filled if GROUPED.match(cell)]
    thousands = [cell for cell in filled if DOTTED.match(cell) and (dotted or "," in cell)]
    thousands = [] if points or grouped else thousands
    comma = len(commas) + sum("," in cell for cell in grouped + thousands)
    return _Kinds(
        len(integers) + len(points) + len(commas) + len(grouped) + len(thousands),
        comma,
        len(points) + sum("." in cell for cell in grouped),
        bool(grouped),
        bool(thousands),
        any(re.match(r"[+-]?0\d", cell) for cell in integers),
    )


def agree(guesses: Sequence[Guess], names: Sequence[str], *, spelled: bool) -> list[Guess]:
    """The guesses of a table's columns once they agree on what a comma is, and a point.

    What one column leaves in doubt another may prove: decimals where its sign has other than three
    digits after it, thousands where a cell shows them or the other sign is the decimals'. What
    nothing settles, or is contradicted, is decimals, and told. ``spelled``: numbers were written by
    somebody; where a format writes them, a point is no doubt.
    """
    proofs = frozenset[str]().union(*(guessed.proves for guessed in guesses))
    proofs |= {",thousands" for guessed in guesses if guessed.weak and ",decimal" not in proofs}
    return [
        _agreed(guessed, name, proofs, spelled=spelled)
        for guessed, name in zip(guesses, names, strict=True)
    ]


def _agreed(guessed: Guess, name: str, proofs: frozenset[str], *, spelled: bool) -> Guess:
    if guessed.both and not spelled and ",decimal" in guessed.proves:
        return replace(guessed, both=False, decimal=",", times="decimal_texts")
    if guessed.weak and ",decimal" in proofs:
        return replace(guessed, commaed=False, weak=False, decimal=",", doubtful=",")
    sign = guessed.doubtful
    if not sign:
        return guessed
    if sign == "." and (not spelled or axes.is_axis(name)):
        return replace(guessed, doubtful="")
    decimals = f"{sign}decimal" in proofs
    thousands = f"{sign}thousands" in proofs or f"{signs.OTHER[sign]}decimal" in proofs
    if decimals == thousands:
        return guessed
    if decimals:
        return replace(guessed, doubtful="")
    if sign == ",":
        return replace(guessed, doubtful="", decimal=".", commaed=True, grouped=False)
    return replace(guessed, doubtful="", decimal=",", dotted=True, grouped=False)


def _declared(declared: str | None, filled: list[str]) -> Guess:
    """The specification's type, even where fewer than 95 % read as it: the rule then names the
    rows."""
    if declared == "decimal":
        comma = sum("," in cell for cell in filled) > sum("." in cell for cell in filled)
        return Guess(
            "decimal",
            "," if comma else ".",
            any(map(GROUPED.match, filled)),
            any(MINUS in cell for cell in filled),
        )
    if declared in ("integer", "date"):
        return Guess(declared)
    return Guess()
