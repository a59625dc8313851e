"""Whom a table names beside the column that is looked at: those of its public roles, and owners who
are organisations all of them."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.reading import databases, missing
from helpers.reading.snapshot import Column
from helpers.screening.kinds import properties
from helpers.words.folding import fold
from helpers.words.personal.persons import whom

BATCH = 20_000  # different texts of a column that are looked at


def in_public(source: databases.Source, columns: list[Column]) -> frozenset[frozenset[str]]:
    """First name and surname, folded, of all whom these columns name: artists, say.

    Of at most ``BATCH`` different texts of each; beyond them a name is looked at as any other.
    """
    named: set[frozenset[str]] = set()
    for column in columns:
        source.show(column.text)
        texts = source.connection.execute(
            f"select distinct {column.text} as text from source order by text limit {BATCH}"
        ).fetchall()
        named.update(who for (text,) in texts if text for who in whom(str(text)))
    return frozenset(named)


def bodies(source: databases.Source, columns: Iterable[Column]) -> frozenset[str]:
    """Folded headers of the columns of owners that name organisations alone."""
    owners = [
        column for column in columns if any(part in fold(column.name) for part in properties.OWNERS)
    ]
    return frozenset(fold(column.name) for column in owners if _all_bodies(source, column))


def _all_bodies(source: databases.Source, column: Column) -> bool:
    """True where all whom the column names are organisations, of at most ``BATCH`` that differ."""
    source.show(column.text)
    cell = missing.present(column.text)
    texts = source.connection.execute(
        f"select distinct {cell} as text from source where {cell} is not null limit {BATCH}"
    ).fetchall()
    return 0 < len(texts) < BATCH and all(properties.a_body(str(text)) for (text,) in texts)
