"""What points, commas and blanks between digits mean: decimals, thousands, or that the cell is a
list.

``12,345`` may be either number, and ``215,252`` a list of two. A column proves what it can; what it
leaves in doubt is decided by the other columns of its table (``typing.agree``), or told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

INTEGER = re.compile(r"[+\u2212-]?\d{1,18}\Z")
OTHER = {",": ".", ".": ","}
SEPARATORS = (",", ".", " ")
_VALUE = r"""["']?[\w.:-]{1,15}["']?"""
SEVERAL = re.compile(
    rf"\d{{1,6}}(?:, \d{{1,6}})+|{_VALUE}(?: ?; ?{_VALUE})+|{_VALUE}(?: ?\| ?{_VALUE})+"
    rf"|\[ ?{_VALUE}(?:, ?{_VALUE})+ ?\]"
)
ALONE = re.compile(rf"\[? ?{_VALUE} ?\]?|\[ ?\]")
SOME, MOST = 0.05, 0.95  # of the cells hold several values; of the cells hold such values at all
LISTS = 0.01  # of the cells with a sign: so many lists are no slip of the pen
CODE = re.compile(r"\d{6,}-\w{1,4}\Z")  # 0145076-7, a Finnish company's number
# numbers to call, of which the plus is a part; without a header that says so those of Sweden
CALLED, SWEDISH = re.compile(r"\+[1-9]\d{7,14}\Z"), re.compile(r"\+46[1-9]\d{6,8}\Z")
CALLS = re.compile(r"tel|tfn|mobil|phone|fax|växel|sms", re.I)
LETTERED = re.compile(r"(?=.*\d).*[^\W\d]|\d+-\w")
BLANK = re.compile(r"\d[ \u00a0\u202f\u2009]\d{3}(?!\d)")  # between thousands
LEAST_WIDTH = 3  # digits that numbers of one list share


@dataclass(frozen=True)
class Meaning:
    """What one sign is in one column. ``weak``: thousands, as small numbers stand there without
    it."""

    thousands: bool = False
    weak: bool = False
    doubtful: bool = False


@cache
def _shapes(sign: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with ``sign`` between thousands, and one that shows that it stands there."""
    group, other = re.escape(sign), re.escape(OTHER[sign])
    start = rf"[+\u2212-]?\d{{1,3}}(?:{group}\d{{3}})"
    return (
        re.compile(rf"{start}+(?:{other}\d+)?\Z"),
        re.compile(rf"{start}+{other}\d+\Z|{start}{{2,}}\Z"),
    )


def meaning(cells: Sequence[str], sign: str) -> Meaning:
    """What ``sign`` ("," or ".") means in a column's filled cells.

    >>> meaning(["1,234.50", "12"], ",").thousands, meaning(["1,345", "98"], ",").doubtful
    (True, True)
    >>> meaning(["12,5", "1,345"], ",")
    Meaning(thousands=False, weak=False, doubtful=False)
    """
    signed = [cell for cell in cells if sign in cell]
    if not signed:
        return Meaning()
    shape, telling = _shapes(sign)
    if not all(map(shape.match, signed)) or any(
        cell.lstrip("+-\u2212").startswith("0") for cell in signed
    ):
        return Meaning()
    if any(map(telling.match, signed)):
        return Meaning(thousands=True)
    whole = [cell for cell in cells if INTEGER.match(cell)]
    if any(len(cell.lstrip("+-\u2212")) > 3 for cell in whole):
        return Meaning(doubtful=any(map(BLANK.search, cells)))  # written in more ways than one
    weak = sign == "," and len(whole) > 2 and len(signed) > 2
    return Meaning(weak, weak, not weak)


def is_list(cells: Sequence[str]) -> bool:
    """Whether cells hold several numbers each: ``1,2,3``, or ``215,252`` beside ``121``, all of one
    width.

    >>> is_list(["215,252", "254,255,275", "121"]), is_list(["1,250", "98", "12,500"])
    (True, False)
    >>> is_list(["1,2", "3", "1,2,3"]), is_list(["1,234,567", "12,000"])
    (True, False)
    """
    return any(_listed(cells, sign) for sign in SEPARATORS if any(sign in cell for cell in cells))


def _listed(cells: Sequence[str], sign: str) -> bool:
    several = [cell.split(sign) for cell in cells if sign in cell]
    several = [parts for parts in several if all(part.isdecimal() for part in parts)]
    if not several:
        return False
    odd = [parts for parts in several if len(parts) > 2 and not _grouped(parts)]
    if sign == "," and len(odd) >= LISTS * len(several):
        return True
    alone = [[cell] for cell in cells if cell.isdecimal()]
    if len(several) + len(alone) < len(cells):
        return False
    parts = [part for found in several + alone for part in found]
    width = len(parts[0])
    return (
        width >= LEAST_WIDTH
        and all(len(part) == width for part in parts)
        and len({len(found) for found in several + alone}) > 1
        and not any(part.startswith("0") for found in several for part in found[1:])
    )


def _grouped(parts: Sequence[str]) -> bool:
    """Whether parts are groups of thousands."""
    return len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def is_code(cells: Sequence[str], name: str, *, named: bool) -> bool:
    """Whether whole numbers are codes, as a cell among them shows. ``named``: the column's ``name``
    is that of an id or a number.

    >>> cells = (["5560001234", "0145076-7"], ["12", "9 st"], ["+46455303000"], ["+12500000"])
    >>> [is_code(several, "ändring", named=False) for several in cells]
    [True, False, True, False]
    """
    if all(map((CALLED if CALLS.search(name) else SWEDISH).match, cells)):
        return True
    others = [cell for cell in cells if not INTEGER.match(cell)]
    return any(CODE.match(cell) or (named and LETTERED.match(cell)) for cell in others)


def holds_several(cells: Sequence[str]) -> bool:
    """Whether some cells hold several short values, with one sign between them that no single value
    has: ``1, 2, 3``, ``A|B``, ``[4, 5]``. Pairs in all of them are positions or ranges.

    >>> holds_several(["1, 2, 3", "4", "5, 6"]), holds_several(["A|B", "C", "D|E|F"])
    (True, True)
    >>> holds_several(["56.1, 15.5", "56.2, 15.6"]), holds_several(["Storgatan 1, Bro", "Ekvik"])
    (False, False)
    """
    several = [cell for cell in cells if SEVERAL.fullmatch(cell)]
    if len(several) < 2 or len(several) < SOME * len(cells):
        return False
    rest = sum(ALONE.fullmatch(cell) is not None for cell in cells)
    if len(several) + rest < MOST * len(cells):
        return False
    return rest > 0 or {len(re.findall(r"[;|,]", cell)) for cell in several} != {1}
