"""The outlines of Swedish municipalities, in the order of their codes: with their sea, and their
land alone.

Read without pandas, which takes longer to import than all of them to read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from helpers.words.files.ours import File, Setting, remembered, use

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

Objects = NDArray[np.object_]

MUNICIPALITIES = Setting("DATAKOLLEN_MUNICIPALITIES", of_file=True)
BORDERS = File("data/borders/municipalities.parquet")
LAND = File("data/land/land.parquet")
SYSTEM = "EPSG:3006"
COUNTY = 2  # digits of a county's code, the first of a municipality's
# In lower case, as map files call the columns of codes and names.
CODES = ("kommun_kod", "kommunkod", "kommun_code", "kom_code", "kom_kod", "id")
NAMES = ("kommun_namn", "kommunnamn", "kommun", "kommun_name", "kom_namn")


@dataclass(frozen=True, eq=False)
class Areas:
    """``outlines``: shapely's, in metres of EPSG:3006; beside them ``codes`` of four digits and
    ``names``, empty for the land of other countries."""

    codes: Objects
    names: Objects
    outlines: Objects

    @property
    def counties(self) -> Objects:
        """The code of each one's county."""
        return np.array([code[:COUNTY] for code in self.codes], object)

    def within(self, area: str | None) -> Objects:
        """The outlines in a municipality or a county, by its code; in all of Sweden for None."""
        chosen = [bool(code) and code.startswith(area or "") for code in self.codes]
        kept: Objects = self.outlines[np.array(chosen, bool)]
        return kept

    def frame(self) -> GeoDataFrame:
        """``kommunkod, kommun, geometry, lanskod``, a new one each time."""
        import geopandas  # 0.7 s

        columns = {"kommunkod": list(self.codes), "kommun": list(self.names)}
        shapes = geopandas.GeoDataFrame(columns, geometry=self.outlines, crs=SYSTEM)
        shapes["lanskod"] = list(self.counties)
        return shapes


@remembered
def municipalities() -> Areas:
    """The municipalities with their sea, out to Sweden's border, or those of the map file that
    ``DATAKOLLEN_MUNICIPALITIES`` names."""
    import shapely  # 0.2 s

    given = MUNICIPALITIES.value()
    found = _given(use(Path(given))) if given else _read(use(BORDERS.path))
    order = np.argsort(found.codes.astype(str), kind="stable")
    found = Areas(found.codes[order], found.names[order], found.outlines[order])
    shapely.prepare(found.outlines)
    return found


@remembered
def land() -> Areas:
    """The land of each municipality, and last, with empty names, the land of the countries around.
    Made from OpenStreetMap: whoever shows it names its contributors."""
    return _read(use(LAND.path))


def _read(file: Path) -> Areas:
    import pyarrow.parquet as pq  # 0.2 s
    import shapely  # 0.2 s

    table = pq.ParquetFile(file).read(columns=["kommunkod", "kommun", "geometry"])
    codes, names, outlines = (
        np.array(table[name].to_pylist(), object) for name in table.column_names
    )
    return Areas(codes, names, shapely.from_wkb(outlines))


def _given(file: Path) -> Areas:
    """A map file, by the names that such files use."""
    import geopandas  # 0.7 s

    shapes: Any = geopandas.read_file(file).to_crs(SYSTEM)
    by_name = {name.lower(): name for name in shapes.columns}
    code = next(by_name[usual] for usual in CODES if usual in by_name)
    name = next(by_name[usual] for usual in NAMES if usual in by_name)
    codes = np.array(list(shapes[code].astype(str).str.zfill(4)), object)
    return Areas(codes, np.array(list(shapes[name]), object), shapes.geometry.to_numpy())
