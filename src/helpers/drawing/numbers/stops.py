"""A list of stops with positions: one row for each name and place, with how many travel from it
or how many departures it has where the source says so."""

from __future__ import annotations

import pandas as pd

from helpers.drawing.numbers.subject import Subject
from helpers.reading import missing
from helpers.reading.databases import connect, quoted


def stops(subject: Subject) -> pd.DataFrame:
    """``row`` (the first in the source), ``name``, ``lon``, ``lat``, ``n`` (persons; missing
    where not counted) and ``departures`` (a day, of all positions of the name)."""
    table, fields, hidden = subject.tables.main, subject.fields, subject.hidden
    shown = {
        field: table.column(fields[field])
        for field in ("stop_name", "stop_id", "passengers", "departures")
        if field in fields and fields[field] not in hidden
    }
    named = shown.get("stop_name") or shown.get("stop_id")
    name = missing.present(named.text) if named else "null"
    count, departures = (
        column.value if column and column.type in ("integer", "decimal") else "null"
        for column in (shown.get("passengers"), shown.get("departures"))
    )
    with connect(spill=subject.tables.folder) as con:
        return con.execute(
            f"""
            select min(source_row) as row, {name}::varchar as name, lon, lat,
                ceil(sum({count}::double))::bigint as n,
                round(sum({departures}::double), 1) as departures
            from {quoted(subject.tables.parquet())}
            where lat is not null
            group by name, lon, lat
            order by row"""
        ).df()
