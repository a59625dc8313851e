"""The kinds of personal data, one module each; its first sentence is its truth condition.

A kind is a module with three functions. ``sieve(column)`` gives a pattern (RE2) that every text
with a hit matches, or None where the kind is not looked for. ``find(text, column)`` labels one
text, or gives None. ``weigh(column, hits, texts)`` turns the column's labelled rows into marks: a
header, a share or the check digits of the whole column can make a hit certain, or chance. To add a
kind: write the module, list it here, and give it texts in messages/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, cast

from helpers.screening.column import Found, Seen, Texts, Weighed
from helpers.screening.kinds import (
    addresses,
    bank_accounts,
    birth_dates,
    emails,
    health,
    identity_documents,
    network_ids,
    online_accounts,
    organisations,
    payment_cards,
    person_names,
    personnummer,
    phones,
    properties,
    protected,
    staff_ids,
    storage_places,
    vehicles,
)


class Kind(Protocol):
    def sieve(self, column: Seen) -> str | None: ...
    def find(self, text: str, column: Seen) -> str | None: ...
    def weigh(self, column: Seen, hits: Found, texts: Texts) -> Iterator[Weighed]: ...


ALL: dict[str, Kind] = {
    module.__name__.rsplit(".", 1)[-1]: cast("Kind", module)
    for module in (
        personnummer,
        organisations,
        birth_dates,
        emails,
        phones,
        person_names,
        addresses,
        properties,
        network_ids,
        protected,
        storage_places,
        vehicles,
        bank_accounts,
        payment_cards,
        identity_documents,
        health,
        staff_ids,
        online_accounts,
    )
}
