"""An e-mail address is a person's if what stands before @ is not the name of a function, such as
info@.

anna.exempel@gmail.com is a person's own; anna.exempel@kommun.se is a service address, a kind of its
own whose cure is a function's mailbox; info@kommun.se is neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed
from helpers.words.personal import addresses


def sieve(column: Seen) -> str | None:
    return addresses.ADDRESS


def find(text: str, column: Seen) -> str | None:
    """private | service | unclear (a single word that may be a person's or a unit's) | function.

    >>> texts = ("a.svensson@gmail.com", "anna.ek@karlskrona.se", "info@karlskrona.se")
    >>> [find(text, Seen("t", "e")) for text in texts]
    ['private', 'service', 'function']
    """
    labels = {address.label for address in addresses.find(text)}
    return next(
        (label for label in ("private", "service", "unclear", "function") if label in labels), None
    )


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    level = "told" if column.public else "granska"
    for label, kind, certainty in (
        ("private", "email", "probable"),
        ("service", "service_email", "probable"),
        ("unclear", "service_email", "possible"),
    ):
        if label in hits:
            # one's own address is no function's, whatever the field
            yield Weighed(kind, certainty, "granska" if label == "private" else level, (label,))
