"""Places of a map or a Parquet beside its cells: a small file for each, by container. Each module
registers its own."""

from . import columnar, geojson, gpkg, kml

__all__ = ["columnar", "geojson", "gpkg", "kml"]
