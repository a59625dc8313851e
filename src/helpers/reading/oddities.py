"""What stands in a column of texts where numbers, codes or times were meant: each kind is told by
a repair of its own, and nothing is guessed from it.

A long number with an exponent has lost its last digits; a spreadsheet makes dates of codes such as
9-2; a formula in a text has no value; amounts written in several ways are no numbers together; <5
is none at all. Moments counted since 1970 are told too, though they read as numbers.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import duckdb

from helpers.reading import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Repair

POWERED = re.compile(r"[+-]?\d[.,]?\d*E\+\d{2}\Z", re.I)
FORMULA = re.compile(
    r"=(?:[A-ZÅÄÖ.]+\(|\$?[A-Z]{1,3}\$?\d+\b|[-+(]*\d[\d.,]*[-+*/]|\".*\"\Z)", re.I
)
MONTH = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
DAY_OF_CODE = re.compile(rf"(?:\d{{1,2}}-(?:{MONTH})|(?:{MONTH})-\d{{2}})\Z", re.I)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
PARTED = re.compile(r"[^\W_]{1,4}[-/][^\W_]{1,4}\Z")  # 1-2, A-3, 16-19
_UNIT = r"(?:kr|sek|eur|usd|tkr|mkr|€|\$|£|%)"
PLAIN = re.compile(r"[+\u2212-]?(?:[1-9]\d*|0)(?:[.,]\d+)?\Z")
AMOUNT = re.compile(
    rf"\(?(?:[+\u2212-]\s?)?(?:{_UNIT}\s?)?(?:\d{{1,3}}(?:[ \u00a0\u202f\u2009.,'’_]\d{{3}})+|\d+)"
    rf"(?:[.,]\d{{1,2}})?(?:[:,.]-)?\s?{_UNIT}?\.?\)?[*†¹²³⁴⁵]*\Z",
    re.I,
)
# less than, more than or about a number: what is hidden among few, or below what can be measured
BOUND = re.compile(
    r"(?:[<>≤≥≈~]=?|c:?a\.?|cirka|(?:mindre|färre|mer|fler) än|under|över|minst|högst)"
    r" ?\d[\d \u00a0.,]*\Z",
    re.I,
)
SINCE_1970 = re.compile(r"1\d{9}(?:\d{3})?\Z")  # in seconds or milliseconds, from 2001 on
WRAPPED_1970 = re.compile(r"/Date\(-?\d+(?:[+-]\d{4})?\)/\Z")  # as ASP.NET writes it
CLOCK = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d\Z")  # 16.30, as Swedish writes it
# in a header whose words are apart; what counts or costs is no time of the day
OF_DAY = re.compile(
    r"\b(?:öppnar|stänger|öppning|stängning|(?:öppet|öppnings|stängnings|start|slut)tid(?:er)?"
    r"|klockslag|klockan|kl|avg[åa]r|avg[åa]ng(?:stid)?|ankommer|ankomst(?:tid)?"
    r"|opens?|closes?|(?:opening|closing)(?: time)?)\b",
    re.I,
)
MEASURED = re.compile(
    r"\b(?:timmar|minuter|antal|andel|per|pris|avgift|kr|k?m|m2|procent|hours|rate)\b", re.I
)
SECTION = re.compile(r"(\d{1,3})\.(\d{1,3})\Z")  # 1.9, 1.10
SECTIONED = re.compile(r"\b(?:version|avsnitt|kapitel|paragraf)(?:s?(?:nummer|nr))?\b|§", re.I)
MOSTLY = 0.8  # of the cells
LEAST = 3  # cells
ZONE = re.compile(r"\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?\Z")
SWEDISH = ({"+01", "+02"}, {"+0100", "+0200"})  # winter and summer: one clock on the wall
# RE2: the cells that a repair counts, where it is not all of the column
COUNTED = {
    "exponents": r"^\s*[+-]?\d[.,]?\d*[eE]\+\d{2}\s*$",
    "formulas_as_text": r"^\s*=",
    "decimal_texts": r"^\s*[+-]?\d*,\d+\s*$",
    "bounds_as_text": r"^\s*[<>≤≥≈~A-Za-zÅÄÖåäö][^0-9]*\d",
}


def of(filled: list[str]) -> str | None:
    """The code of the repair that tells what the column's texts are.

    >>> of(["7,35999E+17", "7,36E+17"]), of(["=A1+B1", "12"]), of(["1-2", "A-3", "2-sep"])
    ('exponents', 'formulas_as_text', 'codes_as_dates')
    >>> of(["1 200 kr", "300:-", "12,50 SEK"]), of(["Eken", "Tallen"]), of(["1-2", "A-3"])
    ('amounts_as_text', None, None)
    """
    if any(POWERED.match(cell) for cell in filled):
        return "exponents"
    if any(cell[0] == "=" and FORMULA.match(cell) for cell in filled):
        return "formulas_as_text"
    if all(map(WRAPPED_1970.match, filled)):
        return "since_1970"
    if _are_bounds(filled):
        return "bounds_as_text"
    if _are_codes(filled):
        return "codes_as_dates"
    amounts = [cell for cell in filled if AMOUNT.match(cell)]
    plain = sum(PLAIN.match(cell) is not None for cell in amounts)
    coded = any(cell[0] == "0" and cell[1:2].isdigit() for cell in filled)
    several = len(filled) >= LEAST and len(amounts) >= MOSTLY * len(filled) and not coded
    return "amounts_as_text" if several and plain < len(amounts) and not _alike(filled) else None


def as_decimals(filled: list[str], name: str) -> str | None:
    """The code of the repair of numbers with a point that are no amounts: times of the day,
    sections and versions (1.9, 1.10, each one after the one above); None of amounts.

    >>> as_decimals(["8.00", "16.30"], "Stänger"), as_decimals(["1.9", "1.10"], "Mål")
    ('clocks_with_point', 'sections')
    >>> as_decimals(["8.00", "16.30"], "Avgångar per dag"), as_decimals(["9.10", "9.25"], "Mål")
    (None, None)
    """
    words = re.sub(r"[\W_]+", " ", name)
    if OF_DAY.search(words) and not MEASURED.search(words):
        return "clocks_with_point" if all(map(CLOCK.match, filled)) else None
    parts = [SECTION.match(cell) for cell in filled]
    if not all(parts):
        return None
    pairs = [(int(one[1]), int(one[2])) for one in parts if one]
    return "sections" if SECTIONED.search(name) or _count_up(pairs) else None


def _count_up(pairs: list[tuple[int, int]]) -> bool:
    """Each section is the one after that above it, and one of them the tenth."""
    steps = [
        here == (above[0], above[1] + 1) or (here[0] == above[0] + 1 and here[1] < 2)
        for above, here in pairwise(pairs)
    ]
    tenth = any(above[1] == 9 and here[1] == 10 for above, here in pairwise(pairs))
    return pairs[0][0] > 0 and tenth and all(steps)


def since_1970(filled: list[str], *, named: bool) -> str | None:
    """The code of the repair of whole numbers that are moments, in a column ``named`` as one."""
    return "since_1970" if named and all(map(SINCE_1970.match, filled)) else None


def _are_bounds(filled: list[str]) -> bool:
    """Bounds among numbers, some of them numbers alone: groups of age are names."""
    bounds = sum(BOUND.match(cell) is not None for cell in filled)
    numbers = sum(AMOUNT.match(cell) is not None for cell in filled) if bounds else 0
    return numbers > 0 and bounds + numbers >= MOSTLY * len(filled)


def _are_codes(filled: list[str]) -> bool:
    """A few days among parted codes."""
    days = [cell for cell in filled if DAY_OF_CODE.match(cell) or ISO_DAY.match(cell)]
    codes = [cell for cell in filled if PARTED.match(cell) and not DAY_OF_CODE.match(cell)]
    return 0 < len(days) < len(filled) and len(codes) >= max(1, MOSTLY * (len(filled) - len(days)))


def _alike(filled: list[str]) -> bool:
    """Every cell is written as every other, but for its digits: 123 45, 12.345.678."""
    return len({re.sub(r"\d+", "9", cell) for cell in filled}) == 1


def zones(filled: list[str]) -> str | None:
    """``zones_mixed`` where some times name another time zone than others, or none.

    >>> zones(["2024-01-31T12:00:00+01:00", "2024-07-31T12:00:00+02:00"])
    >>> zones(["2024-01-31T12:00:00+01:00", "2024-07-31T12:00:00Z"])
    'zones_mixed'
    """
    found = {(hit[1] or "").replace(":", "") for cell in filled if (hit := ZONE.search(cell))}
    return "zones_mixed" if len(found) > 1 and found not in SWEDISH else None


def repair(
    connection: duckdb.DuckDBPyConnection, target: Path, column: Column, code: str, filled: int
) -> Repair:
    """The repair of that code: how many of the column's cells are so, and in which rows; of a kind
    that is the whole column's, how many are ``filled``."""
    if code not in COUNTED:
        return Repair(code, filled, [], column.name)
    found = connection.execute(f"""
        select count(*), min(source_row, {MAX_ROWS_LISTED})
        from {databases.quoted(target)}
        where regexp_matches({column.text}, '{COUNTED[code]}')
    """).fetchone()
    count, rows = found or (0, [])
    return Repair(code, int(count), [int(row) for row in rows or []], column.name)
