"""What of screening an engine can be asked: which different texts of a column may hold what a kind
looks for. Those that pass are looked at here, by the kind itself.

All kinds that look at one cell are asked so. What is found in several cells of a row together is
not: identity numbers in two columns, partnerships, small groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from helpers.checking.engines import patterns
from helpers.checking.engines.relations import Dialect
from helpers.screening import kinds
from helpers.screening.column import Seen
from helpers.screening.kinds import addresses as homes
from helpers.screening.kinds import (
    bank_accounts,
    birth_dates,
    network_ids,
    online_accounts,
    organisations,
    person_names,
    phones,
    properties,
    vehicles,
)
from helpers.words import personal_numbers
from helpers.words.personal import accounts, addresses, name_lists

# What each text that passes a sieve holds, found in a fraction of the time: by far most texts hold
# none of it. Java tries all that may stand at a place, for each letter of a text.
HOLD: Mapping[str, str] = {
    personal_numbers.SIEVE: (
        r"(?:[0-9lIoO][^0-9lIoO]*){9}|^\s*[0-9]{7}|(?:[0-9][^0-9]*){5}[0-9]{0,3}[A-Zlo]|[&%\\]"
        "|[0-9][.,0-9]*[eE]|[MNO][DTjz][A-Za-z]|[^\x01-\u024f]"
    ),
    addresses.ADDRESS: r"@|[(\[](?:at|a|snabel-?a)[)\]]",
    person_names.SIEVE: "[ ,.]",
    homes.SIEVE: " |[lL][gG][hH]",
    properties.SIEVE: " ",
    network_ids.SIEVE: "[.:-]",
    phones.SIEVE: "[0-9](?:[^0-9]*[0-9]){2}",
    bank_accounts.SIEVE: "[A-Ze][0-9]{2}|[0-9]{4}",
    accounts.CARD: "[0-9]{4}",
    online_accounts.SIEVE: "[@/]",
}
LETTERS = "[^\x01-\x40]{3}"  # words without regard to capitals: protected, health
SHAPE = "translate(one, '012345678', '999999999')"  # DuckDB's
NINES = str.maketrans("012345678", "9" * 9)
NO_TEXT = ("date", "datetime", "boolean")  # over there: such a value holds no other text


@dataclass
class Held:
    """Texts that are held here, asked as those of a column (``column.Texts``)."""

    texts: Sequence[str]

    def count(self, pattern: str) -> int:
        return len(self.some(pattern, len(self.texts)))

    def some(self, pattern: str, most: int, below: str = "") -> list[str]:
        return [text for text in self.texts if re.search(pattern, text)][:most]


def with_content(seen: Seen, texts: Sequence[str]) -> Seen:
    """With whether it holds organisation numbers, by header or by some of its texts."""
    return replace(seen, organisations=organisations.are_held(seen, Held(texts)))


@cache
def _names() -> tuple[str, ...]:
    """First names and surnames that are known, folded."""
    return tuple(sorted(name_lists.first_names() | name_lists.surnames()))


def shape(text: str) -> str:
    """The text with nine in the place of each digit (``SHAPE``).

    >>> shape("Faktura 2024-17")
    'Faktura 9999-99'
    """
    return text.translate(NINES)


def _asked(dialect: Dialect, cell: str, pattern: str, alike: bool) -> str:
    """SQL of the engine's that is true at least where the sieve lets the text through, or, where
    ``alike``, one of the text's shape."""
    hold = LETTERS if pattern.startswith("(?i:") and pattern not in HOLD else HOLD.get(pattern)

    def sieve(of: str) -> str:
        return dialect.sieve(cell, patterns.of_any_digits(of) if alike else of)

    asked = sieve(pattern)
    if pattern == person_names.SIEVE:
        # two words are in most texts: one of them is a name that is known
        asked = f"{asked} and {dialect.among(cell, _names())}"
    return f"({sieve(hold)} and {asked})" if hold else f"({asked})"


def passes(dialect: Dialect, cell: str, seen: Seen, *, alike: bool = False) -> str:
    """SQL of the engine's that is true where a kind may find something in the text ``cell``, or,
    where ``alike``, in one of its shape; '' where none looks for anything in the column. Raises
    ``Untranslated``."""
    looked_for = (
        kind.sieve(seen)
        for kind in kinds.ALL.values()
        if seen.value not in NO_TEXT or kind in (birth_dates, vehicles)
    )
    sieves = [one for one in dict.fromkeys(looked_for) if one]
    return " or ".join(_asked(dialect, cell, one, alike) for one in sieves)


def shapes_that_pass(
    dialect: Dialect,
    rows: Callable[[str], list[tuple[Any, ...]]],
    shapes: Sequence[str],
    seen: Seen,
) -> list[str]:
    """Those of the shapes in which, or in a text of which, a kind may find something, as the engine
    says whose query ``rows`` answers."""
    listed = ", ".join(f"({dialect.quoted(one)})" for one in shapes)
    where = passes(dialect, "shape", seen, alike=True)
    found = rows(f"select shape from (values {listed}) as shapes(shape) where {where}")
    return [str(one) for (one,) in found]
