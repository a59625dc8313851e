"""Ids made unique between organisations: one that only one organisation has stays as it is, and so
does one that an earlier merge gave; of the rest each begins with its organisation's code.

Neither the order of files nor of rows decides anything: docs/decisions/0029-merged.md says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb

from helpers.declared import organisations
from helpers.declared.organisations import Organisation, organisation
from helpers.reading import databases
from helpers.screening.masking.proposal import MASK
from helpers.words.suppression import SUPPRESSED

TRIES = 8  # prefixes before one id, should somebody have an id that looks as ours
GIVEN = "given_ids"  # organisation, old_id, id, why (kept | earlier | clash), rows
EARLIER = "earlier_ids"  # organisation, old_id, id
NO_ID = f"{databases.quoted(MASK)}, {databases.quoted(SUPPRESSED)}, ''"

# An id with its code that somebody has, or has had, by himself takes the code once more.
TAKEN_AGAIN = f"""
    update {GIVEN}
    set id = (select code from codes c where c.organisation = {GIVEN}.organisation) || '-' || id
    where why = 'clash'
    and (
        id in (select id from {GIVEN} group by id having count(*) > 1)
        or id in (
            select e.id
            from {EARLIER} e
            where not (e.organisation = {GIVEN}.organisation and e.old_id = {GIVEN}.old_id)
        )
    )"""


def code(owner: Organisation | None, id: str) -> str:
    """What the organisation's ids begin with where they are shared: its municipality code, else its
    organisation number, else its id.

    >>> code(organisation("karlshamn"), "karlshamn"), code(None, "okand")
    ('1082', 'okand')
    """
    return (owner and (owner.kommunkod or owner.organisationsnummer)) or id


def usable(cell: str) -> str:
    """SQL: the cell where it is an id, null where it is masked or empty."""
    return f"(case when {cell} not in ({NO_ID}) then {cell} end)"


def put_organisations(con: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> None:
    """The tables ``codes`` (organisation, code) of these, and ``owners`` (code, organisation) of
    every code and organisation number that there is."""
    con.execute("create temp table codes (organisation varchar, code varchar)")
    for id in sorted(set(ids)):
        con.execute("insert into codes values (?, ?)", [id, code(organisation(id), id)])
    known = ", ".join(
        f"({databases.quoted(said)}, {databases.quoted(one.id)})"
        for one in organisations.organisations().values()
        for said in (one.kommunkod, one.organisationsnummer)
        if said
    )
    con.execute(f"create temp table owners as from (values {known}) as o(code, organisation)")


def put_earlier(
    con: duckdb.DuckDBPyConnection, earlier: Mapping[tuple[str, str], str] | str | None
) -> None:
    """The table ``EARLIER``: of a mapping (organisation, old id) -> id, or of a relation in SQL
    that has these three columns."""
    con.execute(f"create temp table {EARLIER} (organisation varchar, old_id varchar, id varchar)")
    if isinstance(earlier, str):
        con.execute(
            f"insert into {EARLIER} select distinct organisation, old_id, id from {earlier}"
        )
    elif earlier:
        rows = [(*key, id) for key, id in sorted(earlier.items())]
        con.executemany(f"insert into {EARLIER} values (?, ?, ?)", rows)
    # an id that two have had is nobody's
    con.execute(f"""
        delete from {EARLIER}
        where id in (
            select id from {EARLIER} group by id having count(distinct (organisation, old_id)) > 1
        )""")


def give(con: duckdb.DuckDBPyConnection, pooled: str, old_id: str) -> None:
    """The table ``GIVEN`` of the relation ``pooled``, which has ``_organisation``; ``old_id`` is
    SQL for its rows' ids. ``codes`` and ``EARLIER`` are there."""
    con.execute(f"""
        create temp table {GIVEN} as
        with holders as (
            select _organisation as organisation, {usable(old_id)} as old_id, count(*) as rows
            from {pooled}
            where {usable(old_id)} is not null
            group by all
        ),
        weighed as (
            select h.*, e.id as earlier, count(*) over (partition by h.old_id) as holders,
                exists (
                    from {EARLIER} taken
                    where taken.id = h.old_id
                    and not (taken.organisation = h.organisation and taken.old_id = h.old_id)
                ) as taken
            from holders h
            left join {EARLIER} e using (organisation, old_id)
        )
        select organisation, old_id, rows,
            case
                when earlier is not null then earlier
                when holders = 1 and not taken then old_id
                else code || '-' || old_id
            end as id,
            case
                when earlier is not null then 'earlier'
                when holders = 1 and not taken then 'kept'
                else 'clash'
            end as why
        from weighed
        join codes using (organisation)""")
    for _ in range(TRIES):
        row = con.execute(TAKEN_AGAIN).fetchone()
        if not row or not row[0]:
            return
