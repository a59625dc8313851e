"""A text touches what is protected if it names a kind of help to a single person: family homes,
HVB, contact persons.

The words, with the reason for each, stand in data/reference/protected.yaml. In invoices they stand
in the account's text, the department or the supplier; in places it is the address itself that is
sensitive. Account numbers differ from plan to plan, so they only inform.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from helpers.declared import files
from helpers.declared.files import Declared, Listed, Maturity, Pattern, Said
from helpers.screening.column import Found, Seen, Texts, Weighed
from helpers.words.files.ours import File, remembered

WORDS = File("data/reference/protected.yaml")
# where the words mean other things; a type that nobody has thought of is looked into
NOT_IN = ("offentlig_konst", "bredband")


class Word(Declared):
    """Words that name a kind of help, as an expression that RE2 and Python read alike; ``unless``:
    what stands beside them where they mean something else."""

    pattern: Pattern
    because: Said
    unless: Pattern | None = None

    def named(self, text: str) -> bool:
        """True where the text names this kind of help."""
        beside = self.unless is not None and re.search(self.unless, text, re.I)
        return re.search(self.pattern, text, re.I) is not None and not beside


class Account(Declared):
    """How the number of an account of such help begins."""

    prefix: Annotated[str, Field(pattern=r"^\d+$")]
    because: Said


class Reference(Declared):
    """The whole file."""

    status: Maturity
    words: Annotated[Listed[Word], Field(min_length=1)]
    accounts: Annotated[Listed[Account], Field(min_length=1)]


@remembered
def _reference() -> Reference:
    return files.read(WORDS.path, Reference)


@remembered
def _accounts() -> tuple[str, ...]:
    return tuple(account.prefix for account in _reference().accounts)


def sieve(column: Seen) -> str | None:
    if column.type in NOT_IN or column.value in ("date", "datetime", "boolean"):
        return None
    if column.field == "konto_nr":
        return "^(?:" + "|".join(_accounts()) + ")"
    if column.value in ("decimal", "integer"):
        return None
    return "(?i:" + "|".join(word.pattern for word in _reference().words) + ")"


def find(text: str, column: Seen) -> str | None:
    """word | account.

    >>> column = Seen("t", "konto_text")
    >>> find("Ersättning familjehem", column), find("Kontorsmaterial", column)
    ('word', None)
    """
    if column.field == "konto_nr":
        return "account" if text.strip().startswith(_accounts()) else None
    return "word" if any(word.named(text) for word in _reference().words) else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    if "word" in hits:
        yield Weighed("protected", "probable", "granska", ("word",))
    if "account" in hits:
        yield Weighed("protected_account", "possible", "told", ("account",))
