"""An object of the delivery before, known by a name and an id that only it has there, keeps its id.

Whoever links to the object loses it; an id that several objects shared was no link, and may be
mended. Source: ``id`` is unique and stable over time in the point specifications. Deliveries are
compared by keyed hashes; without one before nothing is asked.
"""

from __future__ import annotations

from helpers.checking.deliveries import hashed
from helpers.checking.expectations.expectation import Expectation, Target


def _wrong(on: Target) -> str | None:
    if on.secret is None:
        return None
    name = on.columns["name"].cell
    return f"""
        with now as (
            select
                {on.cell} as id,
                {hashed(on.cell, on.secret)} as h,
                {hashed(name, on.secret)} as n
            from base
            where {on.cell} is not null and {name} is not null
        ),
        once as (
            select n from now group by n having count(*) = 1
        ),
        gone as (
            select name_hash
            from previous
            where id_hash not in (select h from now)
                and name_hash in (
                    select name_hash from previous group by name_hash having count(*) = 1
                )
                and id_hash in (
                    select id_hash from previous group by id_hash having count(*) = 1
                )
        )
        select id
        from now
        where h not in (select id_hash from previous)
            and n in (select n from once)
            and n in (select name_hash from gone)
    """


EXPECTATION = Expectation(
    lambda on: on.cell if on.secret is not None else None,
    columns=("name",),
    groups=_wrong,
    right=(
        {
            "previous": [{"id": "1", "name": "Eken"}],
            "example": [{"id": "1", "name": "Eken"}, {"id": "2", "name": "Boken"}],
        },
        {
            "previous": [{"id": "1", "name": "Eken"}, {"id": "1", "name": "Boken"}],
            "example": [{"id": "2", "name": "Eken"}, {"id": "3", "name": "Boken"}],
        },
    ),
    wrong=(
        {"previous": [{"id": "1", "name": "Eken"}], "example": [{"id": "A-1", "name": "Eken"}]},
    ),
)
