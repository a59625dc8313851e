"""A bank account may be a person's if it is an IBAN or a clearing number with an account, by check
digits or by the words beside it; one that is called by its holder's personnummer is a person's for
certain.

Whose an account is cannot be seen in its number: invoices and registers of firms hold firms'
accounts too, so that somebody looks. Only Nordea's personal accounts hold the personnummer, and
stop. Other Swedish accounts have check digits by their bank's own rules: four or five digits and
six to ten count where a word or a header says bank or clearing; "kontonr" alone is bookkeeping's,
as are 19 and two digits after "bankkonto" (BAS, the chart of accounts) and a receiving account
("mottagarkonto") of seven digits or fewer without a clearing number beside it.
Bankgiro is for those who run a business, and plusgiro mostly organisations': both end in Luhn's
check digit, and count where the table holds numbers of sole traders or of persons, as a sole
trader's giro is tied to her personnummer. Sources, read 2026-12 in stored copies: Bankgirot on
account numbers (2017) and on its search, which shows no number that a personal identity number
stands behind. From memory: who may have a giro.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from helpers.screening.column import Found, Seen, Texts, Weighed
from helpers.words.personal import accounts

HEADERS = (
    "bankkonto",
    "bankaccount",
    "utbetalningskonto",
    "lonekonto",
    "personkonto",
    "iban",
)
CLEARING = ("clearing", "clnr")
EITHER = "mottagarkonto"  # a bank's or bookkeeping's
SHORT = 7  # digits that bookkeeping's accounts have at most
ACCOUNTS = ("konto", "kontonr", "kontonummer", "account", "accountnumber", "accountno")
GIROS = ("bankgiro", "plusgiro", "postgiro", "gironr", "gironummer", "bg", "pg", "bgnr", "pgnr")
OF_PERSONS = frozenset({"sole_trader", "personnummer"})
_ACCOUNT = "clearing|l[öo]nekonto|personkonto|sparkonto|bank account"
SAID = rf"(?i:{_ACCOUNT}|bankkonto)[^0-9]{{0,20}}[0-9]{{4}}"
SIEVE = f"{accounts.IBAN}|{accounts.OWN}|{SAID}"
_SAID = re.compile(
    rf"(?:(?:{_ACCOUNT})[^0-9]{{0,20}}"
    r"|bankkonto[^0-9]{0,20}(?!19[0-9]{2}(?![0-9])))"
    r"(?P<clearing>[0-9]{4}(?:[ -][0-9])?)[ ,.\u00a0-]{0,2}"
    r"(?:[^0-9]{0,12}konto[^0-9]{0,12})?(?P<rest>[0-9](?:[ .\u00a0-]?[0-9]){5,9})(?![0-9])",
    re.I,
)
_WHOLE = re.compile(r"\s*[0-9](?:[ .,\u00a0-]?[0-9]){6,15}\s*\Z")
_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}-?[01][0-9]-?[0-3][0-9](?![0-9])")
_GIRO = re.compile(r"\s*(?:[0-9]{3,4}-?[0-9]{4}|[0-9](?: ?[0-9]){0,6}-[0-9])\s*\Z")


def _beside_clearing(column: Seen) -> bool:
    return any(word in name for name in column.beside for word in CLEARING)


def _declared(column: Seen) -> bool:
    """True where the header says bank, or says account beside a column of clearing numbers."""
    beside = column.folded in ACCOUNTS and _beside_clearing(column)
    return beside or column.says(HEADERS) or EITHER in column.folded


def _whole(text: str, column: Seen) -> bool:
    """True where all the text is an account's number under the column's header."""
    if not (_declared(column) and _WHOLE.match(text)):
        return False
    digits = len(re.sub("[^0-9]", "", text))
    return column.says(HEADERS) or digits > SHORT or _beside_clearing(column)


def sieve(column: Seen) -> str | None:
    if column.value not in ("text", "integer"):
        return None
    return r"[0-9]{2}" if _declared(column) or column.says(GIROS) else SIEVE


def find(text: str, column: Seen) -> str | None:
    """own | iban | account (under a header that says so, or after a word of a bank) | giro (under a
    header that says so).

    >>> texts = ("SE45 5000 0000 0583 9825 7466", "3300-121212-1212", "Clearing 5000, 123 45 67")
    >>> [find(text, Seen("t", "a")) for text in texts]
    ['iban', 'own', 'account']
    >>> find("160-9908", Seen("t", "Bankgiro")), find("160-9907", Seen("t", "Bankgiro"))
    ('giro', None)
    """
    labels = {one.label for one in (*accounts.own(text), *accounts.ibans(text))}
    if labels:
        return "own" if "own" in labels else "iban"
    if _SAID.search(_DATE.sub(" ", text)) or _whole(text, column):
        return "account"
    if column.says(GIROS) and _GIRO.match(text) and luhn.is_valid(re.sub("[^0-9]", "", text)):
        return "giro"
    return None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    if "own" in hits:
        yield Weighed("bank_account", "certain", "stopp", ("own",))
    yield Weighed("bank_account", "probable", "granska", ("iban", "account"))
    yield Weighed("giro", "possible", "granska", ("giro",), beside=OF_PERSONS)
