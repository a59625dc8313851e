"""A folder with a shapefile is one dataset, not five files."""

from __future__ import annotations

from pathlib import Path

from helpers.declared import catalogue
from helpers.filling_in import adding
from helpers.running.single import looked_at


def test_the_parts_of_a_shapefile_are_one_entry(tmp_path: Path):
    import geopandas
    from shapely.geometry import Point

    folder = tmp_path / "export"
    folder.mkdir()
    points = [Point(536000, 6225000), Point(537000, 6226000)]
    geopandas.GeoDataFrame({"namn": ["Ön", "Ån"]}, geometry=points, crs="EPSG:3006").to_file(
        folder / "bad.shp"
    )
    (folder / "fakturor.csv").write_text("a;b\n1;2\n3;4\n")
    written = adding.add([folder], tmp_path / "katalog", looked_at).written
    assert sorted(one.name for one in written) == ["bad.yaml", "fakturor.yaml"]
    assert [one.name for one in catalogue.sources([folder])] == ["bad.shp", "fakturor.csv"]
