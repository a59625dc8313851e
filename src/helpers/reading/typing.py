"""Types of columns, decided from a sample and verified on all rows; the typed column stands beside the text.

A type is given where the specification says so or where 95 % of the cells that are not missing read as it. Codes stay
text: a column whose integers have leading zeros, or that the specification calls text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.reading import missing

SHARE = 0.95
SPACES = " \u00a0\u202f\u2009"  # what groups the digits of a number
INTEGER = re.compile(r"[+-]?\d{1,18}\Z")
GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d+)?\Z")
POINT = re.compile(r"[+-]?\d*\.\d+\Z")
COMMA = re.compile(r"[+-]?\d*,\d+\Z")
DATES = {
    "%Y-%m-%d": re.compile(r"\d{4}-\d{2}-\d{2}\Z"),
    "%Y%m%d": re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\Z"),
}
TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?\Z")
BOOLEAN = {"true", "false", "ja", "nej", "yes", "no"}


@dataclass(frozen=True)
class Guess:
    """A type and how its text is written."""

    type: str = "text"
    decimal: str | None = None
    grouped: bool = False
    date_format: str | None = None

    def sql(self, text: str) -> str:
        """DuckDB expression of the typed value of the text expression ``text``; null where it does not parse.

        A cast alone is too kind (12.7 becomes the integer 13, 2025-1-2x a date): the whole cell must have the form. What
        a cast gives back as it was needs no proof, and blanks are cut only where a cell does not have the form as it is;
        so the dear steps meet few cells.
        """
        if self.type == "text":
            return text
        form, value = f"'{self._form()}'", self._value(text)
        there_and_back = self.type == "integer" or self.date_format == "%Y-%m-%d"
        proof = f"({value})::varchar = {text}" if there_and_back else f"regexp_full_match({text}, {form})"
        padded = f"trim({text})"
        return f"case when {proof} then {value} when regexp_full_match({padded}, {form}) then {self._value(padded)} end"

    def _form(self) -> str:
        """RE2 pattern of a cell that may be cast."""
        if self.type == "integer":
            return r"[+-]?\d+"
        if self.type == "decimal":
            whole = f"[\\d{SPACES}]*" if self.grouped else r"\d*"
            return rf"[+-]?{whole}{'[.,]' if self.decimal == ',' else '[.]'}?\d*"
        if self.type == "date":
            return r"\d{4}-\d{2}-\d{2}" if self.date_format == "%Y-%m-%d" else r"\d{8}"
        return r"\d{4}-.*" if self.type == "datetime" else r"(?i)true|false|ja|nej|yes|no"

    def _value(self, cell: str) -> str:
        if self.type == "integer":
            return f"try_cast({cell} as bigint)"
        if self.type == "decimal":
            clean = f"regexp_replace({cell}, '[{SPACES}]', '', 'g')" if self.grouped else cell
            pointed = f"replace({clean}, ',', '.')" if self.decimal == "," else clean
            return f"try_cast({pointed} as double)"
        if self.type == "date":
            iso = self.date_format == "%Y-%m-%d"
            return f"try_cast({cell} as date)" if iso else f"try_strptime({cell}, '{self.date_format}')::date"
        return (
            f"try_cast({cell} as timestamp)" if self.type == "datetime" else f"(lower({cell}) in ('true', 'ja', 'yes'))"
        )


def _share(pattern: re.Pattern[str], cells: list[str]) -> float:
    return sum(pattern.match(cell) is not None for cell in cells) / len(cells)


def guess(cells: Iterable[str | None], declared: str | None = None) -> Guess:
    """The type of one column from a sample of its cells. ``declared`` is the specification's type, if matched."""
    filled = [cell.strip() for cell in cells if cell is not None and cell.strip() not in missing.TOKENS]
    if not filled or declared in ("string", "text", "any"):
        return Guess() if declared not in ("decimal", "date") else _declared(declared, filled)
    if {cell.lower() for cell in filled} <= BOOLEAN:
        return Guess("boolean")
    for form, pattern in DATES.items():
        if _share(pattern, filled) >= SHARE and (form != "%Y%m%d" or declared == "date" or len(set(filled)) > 1):
            return Guess("date", date_format=form)
    if _share(TIMESTAMP, filled) >= SHARE:
        return Guess("datetime")
    integers = [cell for cell in filled if INTEGER.match(cell)]
    points = [cell for cell in filled if POINT.match(cell)]
    commas = [cell for cell in filled if COMMA.match(cell)]
    grouped = [cell for cell in filled if GROUPED.match(cell)]
    numeric = len(integers) + len(points) + len(commas) + len(grouped)
    if numeric / len(filled) >= SHARE:
        if any(re.match(r"[+-]?0\d", cell) for cell in integers) and declared not in ("decimal", "integer"):
            return Guess()
        if points or commas or any(re.search(r"[.,]", cell) for cell in grouped):
            comma = len(commas) + sum("," in cell for cell in grouped) > len(points)
            return Guess("decimal", "," if comma else ".", bool(grouped))
        return Guess("decimal", None, True) if grouped else Guess("decimal" if declared == "decimal" else "integer")
    return _declared(declared, filled)


def _declared(declared: str | None, filled: list[str]) -> Guess:
    """The specification's type, even where fewer than 95 % read as it: the rule then names the rows."""
    if declared == "decimal":
        comma = sum("," in cell for cell in filled) > sum("." in cell for cell in filled)
        return Guess("decimal", "," if comma else ".", True)
    if declared == "integer":
        return Guess("integer")
    if declared == "date":
        return Guess("date", date_format="%Y-%m-%d")
    return Guess()
