"""Two columns hold personal identity numbers if what stands in a row of them, put together, is one:
the date in one and the last four in the other, or the year and the rest.

One in ten has a right check digit by chance. So three different ones must be right, and twice as
many as those that are wrong; under headers of birth or of the last four, one is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from stdnum import luhn

from helpers.reading import databases
from helpers.reading.snapshot import MAX_ROWS_LISTED, Column, Table
from helpers.screening.kinds import birth_dates, personnummer
from helpers.screening.marks import Mark
from helpers.words import personal_numbers
from helpers.words.folding import fold
from helpers.words.personal_numbers.spelling import centuried

LOOKED_AT = 2000  # rows
LOOKED_AT_CELLS = 200_000
MOST = 0.5  # of the cells must be of the kind
BATCH = 20_000
LITERALS = 2_000
LAST = (
    "sistafyra",
    "fyrasista",
    "sista4",
    "4sista",
    "lastfour",
    "last4",
    "kontrollsiffror",
    "lopnr",
)
_DAY = re.compile(
    r"\s*(?P<day>(?:\d\d)?\d\d[-./ ]?\d\d[-./ ]?\d\d)(?:[T ]00:00(?::00)?(?:\.0+)?|[.,]0)?\s*\Z",
    re.ASCII,
)
_FOUR = re.compile(r"\s*[-+]?(?P<four>\d{1,4})(?:[.,]0)?\s*\Z", re.ASCII)
_YEAR = re.compile(r"\s*(?P<day>(?:18|19|20)\d\d)(?:[.,]0)?\s*\Z", re.ASCII)
_REST = re.compile(r"\s*(?P<four>\d\d[-./ ]?\d\d[-+ ]?\d{4})\s*\Z", re.ASCII)
# The first half and the second, and how many digits the second has.
WAYS = ((_DAY, _FOUR, 4), (_YEAR, _REST, 8))


@dataclass
class _Pair:
    """Two columns, and the different numbers that their rows make: ``right`` and ``wrong`` check
    digits."""

    first: Column
    second: Column
    halves: tuple[re.Pattern[str], re.Pattern[str], int]
    right: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)

    def number(self, one: str | None, other: str | None) -> str | None:
        """The ten digits of a row, None where there is no date."""
        first, second, many = self.halves
        day, four = first.match(one or ""), second.match(other or "")
        if not day or not four:
            return None
        digits = re.sub(r"\D", "", day["day"]) + re.sub(r"\D", "", four["four"]).rjust(many, "0")
        parts = centuried(digits, 10)
        if parts is None or not personal_numbers.is_real_day(parts[1][:6], parts[0]):
            return None
        return parts[1]

    def look(self, one: str | None, other: str | None) -> None:
        ten = self.number(one, other)
        if ten:
            (self.right if luhn.is_valid(ten) else self.wrong).add(ten)

    @property
    def declared(self) -> bool:
        heads = fold(self.first.name), fold(self.second.name)
        return any(word in heads[0] for word in birth_dates.HEADERS) or any(
            word in heads[1] for word in (*LAST, *personnummer.HEADERS)
        )

    @property
    def agree(self) -> bool:
        return len(self.right) >= personnummer.AGREE and len(self.right) >= 2 * len(self.wrong)

    @property
    def possible(self) -> bool:
        return (
            self.declared
            and bool(self.right)
            and not personnummer.weak_chance(len(self.right), len(self.wrong))
        )


def _mostly(cells: list[str | None], form: re.Pattern[str]) -> bool:
    filled = Counter(cell for cell in cells if cell and cell.strip())
    of_the_kind = sum(many for cell, many in filled.items() if form.match(cell))
    return bool(filled) and of_the_kind >= MOST * filled.total()


def _pairs(columns: list[Column], rows: list[tuple[str | None, ...]]) -> Iterator[_Pair]:
    """The pairs of columns whose first rows make numbers."""
    cells = {column.position: [row[n] for row in rows] for n, column in enumerate(columns)}
    for way in WAYS:
        firsts = [one for one in columns if _mostly(cells[one.position], way[0])]
        seconds = [one for one in columns if _mostly(cells[one.position], way[1])]
        for first, second in product(firsts, seconds):
            if first.position == second.position:
                continue
            pair = _Pair(first, second, way)
            for both in set(zip(cells[first.position], cells[second.position], strict=True)):
                pair.look(*both)
            if pair.agree or pair.possible:
                yield pair


def marks(source: databases.Source, table: Table, keep: bool) -> Iterator[Mark]:
    """A mark for each of the two columns of a find, on the same rows, each with the names of both
    in ``parts``. ``keep``: all rows, in ``hits``."""
    placed = set(table.geometry.columns) if table.geometry else set()
    columns = [column for column in table.columns if column.name not in placed]
    if len(columns) < 2:
        return
    source.show(*(column.text for column in columns))
    listed = ", ".join(column.text for column in columns)
    most = max(20, min(LOOKED_AT, LOOKED_AT_CELLS // len(columns)))
    rows = source.connection.execute(f"select {listed} from source limit {most}").fetchall()
    for pair in _pairs(columns, rows):
        yield from _of_pair(source, table, pair, keep)


def _of_pair(source: databases.Source, table: Table, pair: _Pair, keep: bool) -> Iterator[Mark]:
    names = [pair.first.name, pair.second.name]
    reader = source.connection.execute(
        f"select source_row, {pair.first.text}, {pair.second.text} from source order by source_row"
    )
    rows: list[int] = []
    while batch := reader.fetchmany(BATCH):
        rows += [
            int(row)
            for row, one, other in batch
            if (ten := pair.number(one, other)) and (pair.agree or luhn.is_valid(ten))
        ]
    certainty, level = ("certain", "stopp") if pair.agree else ("possible", "granska")
    for name in names:
        if keep:
            _keep(source, name, rows)
        yield Mark(
            table.name,
            name,
            "personnummer",
            certainty,
            len(rows),
            rows[:MAX_ROWS_LISTED],
            level,
            parts=names,
        )


def _keep(source: databases.Source, column: str, rows: list[int]) -> None:
    for start in range(0, len(rows), LITERALS):
        numbers = ", ".join(map(str, rows[start : start + LITERALS]))
        source.connection.execute(
            f"insert into hits select {databases.quoted(column)}, 'personnummer',"
            f" unnest([{numbers}]::bigint[])"
        )
