"""A column holds payment cards' numbers if digits in groups as on a card begin as an issuer's and
end in Luhn's check digit, three of them or under a header that says so.

A card's number is never to be published, whoever holds it. References to pay by (OCR) end in the
same check digit, and some of them begin as cards do: bare digits count after a word of a card, and
else ask for a look, where nearly all of sixteen digits in the column are cards' by their issuer.
``accounts`` names the sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.screening.column import Found, Seen, Texts, Weighed, together
from helpers.screening.kinds.personnummer import AGREE
from helpers.words.personal import accounts

HEADERS = (
    "kreditkort",
    "betalkort",
    "kontokort",
    "bankkort",
    "kortnummer",
    "kortnr",
    "creditcard",
    "paymentcard",
    "cardnumber",
    "cardno",
)
# numbers of as many digits that are no cards'
OTHERS = ("ocr", "faktur", "referens", "invoice", "ean", "gsrn", "anlaggning", "matar", "uuid")
SIXTEEN = r"^\s*[0-9]{15,16}\s*$"
MOST = 0.9
_WORD = re.compile(r"kort|card|visa|amex", re.I)


def sieve(column: Seen) -> str | None:
    if column.value not in ("text", "integer") or column.says(OTHERS):
        return None
    return accounts.CARD


def find(text: str, column: Seen) -> str | None:
    """card | bare | wrong, as ``accounts.cards`` has it; a bare one after a word of a card is a
    card.

    >>> texts = ("4111-1111-1111-1111", "4111111111111111", "Visa 4111111111111111")
    >>> [find(text, Seen("t", "a")) for text in texts]
    ['card', 'bare', 'card']
    """
    labels = {one.label for one in accounts.cards(text)}
    if "bare" in labels and _WORD.search(text):
        labels.add("card")
    return next((label for label in ("card", "bare", "wrong") if label in labels), None)


def weigh(column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]:
    declared = column.says(HEADERS)
    labels = ("card", "bare") if declared else ("card",)
    right, wrong = together(hits, labels), together(hits, ["wrong"])
    if right.count:
        sure = declared or right.texts >= max(AGREE, 2 * wrong.texts)
        certainty, level = ("certain", "stopp") if sure else ("probable", "granska")
        yield Weighed("payment_card", certainty, level, labels)
    bare = together(hits, ["bare"])
    if not declared and bare.texts >= AGREE and bare.texts >= MOST * texts.count(SIXTEEN):
        yield Weighed("payment_card", "possible", "granska", ("bare",))
