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
FIELDS = ("kommunkod", "kommun", "technology", "measured_at", "coverage_share")


@dataclass(frozen=True)
class Reported:
    """``head`` and ``rows``: the report's first thousand rows as texts; ``shares``: technology,
    municipality, per cent."""

    head: list[str] = field(default_factory=list)
    rows: list[tuple[str | None, ...]] = field(default_factory=list)
    shares: list[tuple[str, str, float]] = field(default_factory=list)


def reported(subject: Subject) -> Reported | None:
    """None where the subject has no shares, or they are marked as personal data.

    Of several reports on a municipality and a technology the latest counts, and of those the
    greatest. Shares are parts of 1 where none is above 1, else per cent.
    """
    main, fields = subject.tables.main, subject.fields
    columns = {
        name: main.column(fields[name])
        for name in FIELDS
        if fields.get(name, "") not in {*subject.hidden, ""}
    }
    if "coverage_share" not in columns:
        return None
    texts = {name: missing.present(column.text) for name, column in columns.items()}
    file = databases.quoted(subject.tables.parquet())
    with databases.connect() as connection:
        listed = [name for name in columns if name != "measured_at"]
        cells = ", ".join(texts[name] for name in listed)
        rows = connection.execute(
            f"select {cells} from {file} order by source_row limit {LISTED}"
        ).fetchall()
        shares = _shares(connection, file, columns, texts)
    return Reported([columns[name].name for name in listed], rows, shares)


def _shares(
    connection: duckdb.DuckDBPyConnection,
    file: str,
    columns: dict[str, Column],
    texts: dict[str, str],
) -> list[tuple[str, str, float]]:
    """Technology, municipality (code, else name), per cent; none where shares are no numbers."""
    share, date = columns["coverage_share"], columns.get("measured_at")
    if share.type not in ("integer", "decimal"):
        return []
    fields = ("kommunkod", "kommun", "technology")
    code, name, technology = (texts.get(key, "null::varchar") for key in fields)
    return connection.execute(
        f"""
        with one as (
            select lpad({code}, 4, '0') as code, {name} as name,
                coalesce({technology}, '') as technology,
                {date.value if date else "null"} as reported,
                {share.value}::double as share
            from {file}
        ),
        scale as (
            select if(max(share) <= 1, 100, 1) as percent
            from one
        ),
        last as (
            select *
            from one
            where share is not null
            qualify rank() over (
                partition by code, name, technology order by reported desc nulls last
            ) = 1
        )
        select technology, coalesce(code, name), max(share) * any_value(percent) as share
        from last, scale
        where coalesce(code, name) is not null
        group by 1, 2
        having share between 0 and 100
        order by 1, 2"""
    ).fetchall()
