"""An account on the web is a person's if it stands among LinkedIn's members or ORCID's researchers,
or is called after a first name and a surname and nothing else.

Most accounts that municipalities list are organisations', and how an account is called does not
tell whose it is otherwise. Paths of members and researchers are from memory (linkedin.com/in/,
orcid.org/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed
from helpers.words.folding import fold
from helpers.words.personal import name_lists as names

_SITES = (
    r"instagram\.com|facebook\.com|twitter\.com|//x\.com|tiktok\.com|threads\.net|snapchat\.com/add"
)
_HANDLE = r"(?:^|[ \x{a0}(,;:])@[A-Za-z]"
SIEVE = rf"(?i:linkedin\.com/in/|orcid\.org/[0-9]|(?:{_SITES})/@?[a-z])|{_HANDLE}"
_MEMBER = re.compile(r"linkedin\.com/in/|orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.I)
_NAMED = re.compile(
    rf"(?:(?:{_SITES})/@?|(?<![^\s(,;:])@)(?P<name>[A-Za-zÅÄÖåäö][\w.-]{{3,40}})(?![\w.@-]*@)", re.I
)


def sieve(column: Seen) -> str | None:
    return SIEVE if column.value == "text" else None


def _a_person(handle: str) -> bool:
    """True for a first name and a surname with digits at most beside them.

    >>> [_a_person(one) for one in ("anna.andersson", "anna_andersson_82", "karin.boyes.vag")]
    [True, True, False]
    """
    words = [fold(word) for word in re.split(r"[._\d-]+", handle) if word]
    return (
        len(words) == 2
        and names.is_first(words[0])
        and words[0] not in names.WORDS
        and names.is_surname(words[1])
        and not names.is_body(words[1])
    )


def find(text: str, column: Seen) -> str | None:
    """member | named.

    >>> texts = ("https://www.linkedin.com/in/exempel", "@anna.andersson", "@karlskronakommun")
    >>> [find(text, Seen("t", "a")) for text in texts]
    ['member', 'named', None]
    """
    if _MEMBER.search(text):
        return "member"
    named = any(_a_person(hit["name"].strip(".")) for hit in _NAMED.finditer(text))
    return "named" if named else None


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    yield Weighed("online_account", "probable", level, ("member", "named"))
