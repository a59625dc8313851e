"""A million points to municipalities and squares against DuckDB spatial by hand and geopandas; a
million measurements as a page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.benchmark
N = 1_000_000


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clumped as people live: around places that lie in municipalities, some off the shore."""
    from helpers.ground import geography

    rng = np.random.default_rng(11)
    towns = geography.municipalities().geometry.representative_point().to_crs("EPSG:4326")
    at = rng.integers(0, len(towns), N)
    folder = tmp_path_factory.mktemp("points")
    frame = pd.DataFrame(
        {
            "lon": np.asarray(towns.x)[at] + rng.normal(0, 0.12, N),
            "lat": np.asarray(towns.y)[at] + rng.normal(0, 0.06, N),
        }
    )
    frame.to_parquet(folder / "points.parquet")
    geography.municipalities().to_crs("EPSG:4326")[["kommunkod", "geometry"]].to_wkb().to_parquet(
        folder / "shapes.parquet"
    )
    return folder


READ = (
    "import sys, pandas as pd; f = pd.read_parquet(sys.argv[1] + '/points.parquet'); "
    "lon, lat = f['lon'].to_numpy(), f['lat'].to_numpy()"
)
OURS = (
    "e, n = squares.square_of(lon, lat); found = squares.municipality_of(lon, lat, e, n); "
    "print((found != '').sum(), file=sys.stderr)"
)
SPATIAL = """
con.execute("create table shapes as select kommunkod, st_geomfromwkb(geometry) as shape from '" + sys.argv[1] + "/shapes.parquet'")
con.execute("create table found as with p as (select row_number() over () as i, lon, lat, "
            "st_transform(st_point(lon, lat), 'EPSG:4326', 'EPSG:3006', true) as m "
            "from '" + sys.argv[1] + "/points.parquet') select i, floor(st_x(m) / 1000) as e, "
            "floor(st_y(m) / 1000) as n, "
            "min(kommunkod) as code from p left join shapes on st_within(st_point(lon, lat), shape) group by all")
"""
EXTENSION = """
import sys, duckdb, importlib.metadata
file = next(one for one in importlib.metadata.files('duckdb-extension-spatial') if str(one).endswith('.duckdb_extension'))
con = duckdb.connect(config={'threads': 2, 'allow_unsigned_extensions': True})
con.load_extension(str(file.locate()))
"""
GEOPANDAS = """
g = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lon, lat), crs='EPSG:4326').to_crs('EPSG:3006')
found = geopandas.sjoin(g, geography.municipalities(), how='left', predicate='within')
e, n = (g.geometry.x // 1000), (g.geometry.y // 1000)
"""


def test_a_million_points(points: Path, measure):
    here = str(points)
    ours = measure(
        OURS,
        here,
        setup=READ + "; from helpers.ground import geography, squares; import shapely, pyproj;"
        " geography.municipalities()",
        runs=2,
    )
    hand = measure(SPATIAL, here, setup=EXTENSION, runs=2)
    pandas = measure(
        GEOPANDAS,
        here,
        setup=READ
        + "; import geopandas; from helpers.ground import geography; geography.municipalities()",
        runs=1,
    )
    print(f"\n1,000,000 points: ours {ours}, DuckDB spatial {hand}, geopandas {pandas}")
    assert ours.cpu_s <= 1.3 * hand.cpu_s and ours.cpu_s < pandas.cpu_s
    assert ours.peak_mb < 1024


def test_a_million_measurements_are_a_page_of_five_megabytes(points: Path, tmp_path: Path, measure):
    rng = np.random.default_rng(12)
    frame = pd.read_parquet(points / "points.parquet").round(5)
    frame = frame.assign(
        download_mbit=rng.lognormal(4, 0.9, N).round(1),
        upload_mbit=rng.lognormal(3, 0.9, N).round(1),
        latency_ms=rng.integers(4, 90, N),
        operator=rng.choice(["A", "B", "C"], N),
    )
    frame.rename(columns={"lon": "longitude", "lat": "latitude"}).to_csv(
        tmp_path / "million.csv", index=False
    )
    work = (
        "m = broadband(o.subject, o.subject); open(sys.argv[2], 'w',"
        " encoding='utf-8').write(page.page(m))"
    )
    setup = (
        "import sys, os; os.environ['DATAKOLLEN_SNAPSHOTS'] = sys.argv[2] + '.d'; from pathlib"
        " import Path; from helpers.running.opening import Opened; from helpers.drawing import"
        " page; from helpers.drawing.broadband import broadband; o = Opened(Path(sys.argv[1]),"
        " type='bredband'); o.screening"
    )
    found = measure(
        work, str(tmp_path / "million.csv"), str(tmp_path / "map.html"), setup=setup, runs=1
    )
    size = (tmp_path / "map.html").stat().st_size
    print(f"\n1,000,000 measurements: {found}, page {size / 1e6:.2f} MB")
    assert size <= 5_000_000
