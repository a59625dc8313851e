"""A subject's rows with their positions, and what the gate's marks leave of them to draw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from helpers.drawing.numbers.subject import Subject
from helpers.ground import geography
from helpers.reading import databases, missing

CHUNK = 200_000


@dataclass
class Positions:
    """``rows``: source_row, lon, lat, kommunkod, kommun, lanskod and the columns asked for (None
    where missing).

    ``withheld`` rows are not among them: a mark says that their position points to somebody or
    something. Where ``aggregated``, no single position may be drawn at all, and ``rows`` must be
    counted by municipality only.
    """

    rows: pd.DataFrame
    without: int
    withheld: int = 0
    aggregated: bool = False
    hidden: list[str] = field(default_factory=list)  # marked columns that are left out


def read(subject: Subject, fields: list[str]) -> Positions:
    """The rows with the fields of the specification that the source has, marked columns never among
    them."""
    snapshot, hidden = subject.tables, subject.hidden
    table, geometry = snapshot.main, snapshot.main.geometry
    assert geometry is not None
    headers = {name: subject.fields[name] for name in fields if name in subject.fields}
    asked = {name: table.column(header) for name, header in headers.items() if header not in hidden}
    cells = "".join(
        f', {missing.present(column.text)} as "{name}"' for name, column in asked.items()
    )
    with databases.connect(spill=snapshot.folder / "spill") as connection:
        rows = connection.execute(
            f"select source_row, lon, lat{cells} from {databases.quoted(snapshot.parquet())}"
            " order by source_row"
        ).df()
    for name in asked:
        rows[name] = rows[name].astype(object).where(rows[name].notna(), None)
    placed = rows["lon"].notna() & rows["lat"].notna()
    withheld = subject.screening.withheld(table)
    kept = placed if withheld.every else placed & ~rows["source_row"].isin(withheld.rows)
    drawn = rows[kept].reset_index(drop=True)
    return Positions(
        with_municipality(drawn),
        int((~placed).sum()),
        int((placed & ~kept).sum()),
        withheld.every,
        [headers[name] for name in headers if headers[name] in hidden],
    )


def with_municipality(rows: pd.DataFrame) -> pd.DataFrame:
    """``rows`` with ``kommunkod, kommun, lanskod`` (None outside Sweden), found in chunks."""
    lon, lat = rows["lon"].to_numpy(float), rows["lat"].to_numpy(float)
    parts = [
        geography.municipality_of(lon[i : i + CHUNK], lat[i : i + CHUNK])
        for i in range(0, len(lon), CHUNK)
    ]
    municipalities: Any = (
        pd.concat(parts, ignore_index=True) if parts else geography.municipality_of(lon, lat)
    )
    names = ["kommunkod", "kommun", "lanskod"]
    plain = municipalities[names].astype(object).where(municipalities[names].notna(), None)
    return pd.concat([rows, plain], axis=1)


def between_systems(
    subject: Subject,
) -> list[tuple[str, np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """For each further system of the source: its name, the rows that have both, and how far apart
    they lie in metres."""
    import re  # only here

    from pyproj import Geod  # 0.2 s

    snapshot = subject.tables
    geometry, systems = snapshot.main.geometry, []
    names = {column.name: column for column in snapshot.main.columns}
    for system in geometry.beside if geometry else []:
        match = re.fullmatch(r"(EPSG:\d+) \((.*)\)", system)
        pairs = [(a, b) for a in names for b in names if match and f"{a}, {b}" == match.group(2)]
        if not match or not pairs or {*pairs[0]} & subject.hidden:
            continue
        east, north = (names[name].value for name in pairs[0])
        with databases.connect() as connection:
            rows = (
                connection.execute(
                    f"select source_row, lon, lat, {east}::double as x, {north}::double as y"
                    f" from {databases.quoted(snapshot.parquet())}"
                )
                .df()
                .dropna()
            )
        lon, lat = geography.to_wgs84(
            rows["x"].to_numpy(float), rows["y"].to_numpy(float), match.group(1)
        )
        _, _, apart = Geod(ellps="GRS80").inv(
            rows["lon"].to_numpy(float), rows["lat"].to_numpy(float), lon, lat
        )
        systems.append((match.group(1), rows["source_row"].to_numpy(int), np.asarray(apart, float)))
    return systems
