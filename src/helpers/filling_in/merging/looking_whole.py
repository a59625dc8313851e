"""A merged table counted for what only the whole can show (see ``whole``): positions, kinds and
medians by organisation. A column of which masking has touched a cell is not counted there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb

from helpers.declared.fields import Field
from helpers.declared.organisations import organisation
from helpers.filling_in.merging import identity, measures, whole
from helpers.filling_in.merging.carrying import FILE_ROW, PART
from helpers.filling_in.merging.table import CANDIDATE, ORGANISATION, Merged
from helpers.filling_in.merging.whole import Lacking, Level, Outside, Whole
from helpers.ground import geography
from helpers.reading import databases

NUMBERS = ("integer", "decimal")
LEVELS = (None, "amount", "count")  # roles of a field whose size says something


def _number(header: str) -> str:
    return f"try_cast({databases.named(header)} as double)"


class _Looked:
    """One merged table in ``con``."""

    def __init__(self, con: duckdb.DuckDBPyConnection, merged: Merged) -> None:
        self.con, self.merged = con, merged
        self.headers = identity.headers_of(merged.specification, merged)
        self.hidden = {
            part.owned.candidate: identity.withheld(part, self.headers) for part in merged.parts
        }

    def fields(self) -> Iterator[Field]:
        """The fields that the table has."""
        for field in self.merged.specification.fields:
            if field.name in self.headers:
                yield field

    def _open(self, field: str) -> str:
        """True in SQL for rows of candidates whose cells of the field are as they were."""
        closed = [name for name, hidden in sorted(self.hidden.items()) if field in hidden]
        listed = ", ".join(databases.quoted(name) for name in closed)
        return f"{CANDIDATE} not in ({listed})" if closed else "true"

    def kinds(self, field: Field) -> list[Lacking]:
        """What ``whole.lacking`` says of a column of kinds."""
        cell = databases.named(self.headers[field.name])
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        spelt: dict[str, str] = {}
        query = (
            f"select {cell}, {ORGANISATION}, count(*) from {self.merged.kept}"
            f" where {cell} is not null and {self._open(field.name)} group by all order by 1, 2"
        )
        for value, whose, count in self.con.execute(query).fetchall():
            key = str(value).strip().casefold()
            spelt.setdefault(key, str(value))
            counts[key][whose] = counts[key].get(whose, 0) + int(count)
        return whole.lacking(field.name, {spelt[key]: of for key, of in counts.items()})

    def level(self, field: Field) -> list[Level]:
        """What ``whole.levels`` says of a column of numbers."""
        value = f"abs({_number(self.headers[field.name])})"
        query = (
            f"select {ORGANISATION}, median({value}), count(*) from {self.merged.kept}"
            f" where {value} > 0 and isfinite({value}) and {self._open(field.name)} group by 1"
        )
        found = self.con.execute(query).fetchall()
        return whole.levels(field.name, {who: (float(own), int(n)) for who, own, n in found})

    def positions(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Candidate, organisation, and rows with longitude and latitude, of each that has any."""
        axes = [self.headers.get(name, "") for name in (identity.LONGITUDE, identity.LATITUDE)]
        if not all(axes):
            return
        asked = f"select distinct {CANDIDATE}, {ORGANISATION} from {self.merged.kept} order by all"
        lon, lat = map(_number, axes)
        for candidate, whose in self.con.execute(asked).fetchall():
            query = (
                f"select {FILE_ROW} as row, {lon} as lon, {lat} as lat from {self.merged.kept}"
                f" where {CANDIDATE} = ? and {ORGANISATION} = ? and {PART} = 0"
                f" and {lon} is not null and {lat} is not null order by 1"
            )
            found = self.con.execute(query, [candidate, whose]).fetchnumpy()
            if len(found["row"]):
                yield candidate, whose, found

    def places(self) -> tuple[list[Outside], set[str]]:
        """Rows outside their organisation's area, and the municipalities that have rows."""
        told, having = [], set[str]()
        for candidate, whose, at in self.positions():
            having |= {code for code in geography.codes_of(at["lon"], at["lat"]) if code}
            known = organisation(whose)
            if known is not None and known.area:
                away = whole.outside(candidate, whose, known.area, at["row"], at["lon"], at["lat"])
                told += [away] if away else []
        return told, having


def _own(merged: Merged) -> set[str]:
    """The municipalities among the organisations."""
    known = [organisation(part.owned.organisation) for part in merged.parts]
    return {one.kommunkod for one in known if one and one.kommunkod}


def look(merged: Merged) -> Whole:
    """What only the whole of a merged table shows."""
    telling = measures.telling(merged.specification.name)
    kind = telling.kind if telling else None
    with databases.connect() as con:
        looked = _Looked(con, merged)
        away, having = looked.places()
        missing, counties = whole.gaps(having | _own(merged))
        lacks = [
            one
            for field in looked.fields()
            if field.choices or field.name == kind or field.type == "boolean"
            for one in looked.kinds(field)
        ]
        differ = [
            one
            for field in looked.fields()
            if field.type in NUMBERS and field.role in LEVELS
            for one in looked.level(field)
        ]
    return Whole(missing, away, lacks, differ, counties, bool(having))
