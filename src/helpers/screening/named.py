"""Whom a table names beside the column that is looked at: those of its public roles, and owners who
are organisations all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from helpers.reading import databases, missing
from helpers.reading.snapshot import Column
from helpers.screening.kinds import properties
from helpers.words.folding import fold
from helpers.words.personal.persons import whom

BATCH = 20_000  # different texts of a column that are looked at


# What a field of names, and that of the numbers beside it, end with.
PAIRS = (("", "_id"), ("", "_orgnr"), ("_name", "_organization_number"))


def number_of(name: str, fields: Mapping[str, str]) -> str | None:
    """The column of the organisation numbers whose owners the field of that name calls by name;
    None where there is none.

    >>> number_of("leverantor", {"leverantor": "Leverantör", "leverantor_id": "Orgnr"})
    'Orgnr'
    """
    ends = [(of_names, of_numbers) for of_names, of_numbers in PAIRS if name.endswith(of_names)]
    columns = (fields.get(name[: len(name) - len(one)] + other) for one, other in ends)
    return next((column for column in columns if column is not None), None)


def name_of(number: str, fields: Mapping[str, str]) -> str | None:
    """The column that calls by name the owners of the numbers in the field of that name; None where
    there is none.

    >>> name_of("facility_organization_number", {"facility_name": "facility.name"})
    'facility.name'
    """
    ends = [(of_names, of_numbers) for of_names, of_numbers in PAIRS if number.endswith(of_numbers)]
    columns = (fields.get(number[: len(number) - len(other)] + one) for one, other in ends)
    return next((column for column in columns if column is not None), None)


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
    cell = missing.cell(column)
    texts = source.connection.execute(
        f"select distinct {cell} as text from source where {cell} is not null limit {BATCH}"
    ).fetchall()
    return 0 < len(texts) < BATCH and all(properties.a_body(str(text)) for (text,) in texts)
