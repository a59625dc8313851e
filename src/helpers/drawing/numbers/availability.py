"""What operators report as available: the report as it stands, and the latest share of each
municipality and technology."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpers.drawing.numbers.subject import Subject
from helpers.reading import databases, missing
from helpers.reading.snapshot import Column

if TYPE_CHECKING:
    import duckdb

LISTED = 1000
PLACES = ("kommunkod", "kommun")
WHOLE = ("alla", "total", "totalt", "hela kommunen")  # of a kind of settlement: all of them


@dataclass(frozen=True)
class Reported:
    """``head`` and ``rows``: the report's first thousand rows as texts; ``shares``: technology,
    municipality, per cent."""

    head: list[str] = field(default_factory=list)
    rows: list[tuple[str | None, ...]] = field(default_factory=list)
    shares: list[tuple[str, str, float]] = field(default_factory=list)


def _shown(subject: Subject) -> tuple[dict[str, Column], dict[str, tuple[Column, str | None]]]:
    """The fields that may be shown, and the columns of shares by header, each with its technology
    where the header stands for one."""
    main, hidden = subject.tables.main, subject.hidden
    columns = {
        name: main.column(header)
        for name, header in subject.fields.items()
        if header not in {*hidden, ""}
    }
    if "coverage_share" in columns:
        share = columns["coverage_share"]
        return columns, {share.name: (share, None)}
    wide = subject.wide.columns if subject.wide and subject.wide.by == "technology" else {}
    return columns, {
        name: (main.column(name), technology)
        for name, technology in wide.items()
        if name not in hidden
    }


def reported(subject: Subject) -> Reported | None:
    """None where the subject has no shares, or they are marked as personal data.

    Of several reports on a municipality and a technology the latest counts, of those the one on the
    whole municipality, and else the greatest. Shares are parts of 1 where none is above 1, else per
    cent.
    """
    columns, shares = _shown(subject)
    if not shares:
        return None
    named = [*PLACES, "settlement", "technology", "speed_mbit", "year"]
    listed = [columns[name] for name in named if name in columns]
    listed += [column for column, _ in shares.values()]
    file = databases.quoted(subject.tables.parquet())
    with databases.connect() as connection:
        cells = ", ".join(missing.present(column.text) for column in listed)
        rows = connection.execute(
            f"select {cells} from {file} order by source_row limit {LISTED}"
        ).fetchall()
        numbers = [share for share in shares.values() if share[0].type in ("integer", "decimal")]
        found = _shares(connection, file, columns, numbers) if numbers else []
    return Reported([column.name for column in listed], rows, found)


def _of_year(column: Column | None) -> str:
    """SQL of the day that a year's report is of: 1 October."""
    if column is None or column.type != "integer":
        return "null::date"
    within = f"{column.value} between 1900 and 2100"
    return f"case when {within} then make_date({column.value}::bigint, 10, 1) end"


def _shares(
    connection: duckdb.DuckDBPyConnection,
    file: str,
    columns: dict[str, Column],
    numbers: list[tuple[Column, str | None]],
) -> list[tuple[str, str, float]]:
    """Technology, municipality (code, else name), per cent."""
    texts = {name: missing.present(column.text) for name, column in columns.items()}
    fields = (*PLACES, "technology", "settlement")
    code, name, technology, settlement = (texts.get(key, "null::varchar") for key in fields)
    date = columns.get("measured_at")
    dated = f"{date.value}::date" if date and date.type in ("date", "datetime") else "null::date"
    whole = ", ".join(map(databases.quoted, WHOLE))
    one = " union all ".join(
        f"""
        select lpad({code}, 4, '0') as code, {name} as name,
            coalesce({databases.quoted(meant) if meant else technology}, '') as technology,
            coalesce({dated}, {_of_year(columns.get("year"))}) as reported,
            coalesce(lower({settlement}) in ({whole}), true) as whole,
            {share.value}::double as share
        from {file}"""
        for share, meant in numbers
    )
    return connection.execute(
        f"""
        with one as ({one}),
        scale as (
            select if(max(share) <= 1, 100, 1) as percent
            from one
        ),
        last as (
            select *
            from one
            where share is not null
            qualify rank() over (
                partition by code, name, technology
                order by reported desc nulls last, whole desc
            ) = 1
        )
        select technology, coalesce(code, name), max(share) * any_value(percent) as share
        from last, scale
        where coalesce(code, name) is not null
        group by 1, 2
        having share between 0 and 100
        order by 1, 2"""
    ).fetchall()
