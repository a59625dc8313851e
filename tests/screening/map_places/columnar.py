"""Places in FlatGeobuf and Parquet."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from tests.screening.map_places.standing import (
    stands,
)

# FlatGeobuf ---------------------------------------------------------------------------------------


def flatgeobuf(folder: Path, frame: dict[str, Any] | None = None, **given: Any) -> Path:
    file = folder / "karta.fgb"
    columns = {"namn": ["Bollplan", "Badplats", "Hundrastgård"], **(frame or {})}
    shapes = [shapely.Point(15.5 + i / 100, 56.1) for i in range(3)]
    geopandas.GeoDataFrame(columns, geometry=shapes, crs="EPSG:4326").to_file(file, **given)
    return file


@stands("map_header")
def flatgeobuf_title(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, TITLE=text)


@stands("map_header")
def flatgeobuf_description(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, DESCRIPTION=text)


@stands("map_header")
def flatgeobuf_metadata(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, layer_metadata={"kontakt": text})


@stands("map_header")
def flatgeobuf_name(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, layer=text)


@stands("binary_cell")
def flatgeobuf_bytes(folder: Path, text: str) -> Path:
    return flatgeobuf(folder, {"bild": [b"\1\2" + text.encode()] * 3}, use_arrow=True)


# Parquet ------------------------------------------------------------------------------------------

NAMES = pa.array(["Bollplan", "Badplats", "Hundrastgård"])


def parquet(folder: Path, table: pa.Table, **given: Any) -> Path:
    file = folder / "karta.parquet"
    pq.write_table(table, file, **given)
    return file


@stands("file_metadata")
def parquet_metadata(folder: Path, text: str) -> Path:
    table = pa.table({"namn": NAMES}).replace_schema_metadata({"kontakt": text})
    return parquet(folder, table)


@stands("file_metadata")
def parquet_key(folder: Path, text: str) -> Path:
    return parquet(folder, pa.table({"namn": NAMES}).replace_schema_metadata({text: "1"}))


@stands("file_metadata")
def parquet_json_in_metadata(folder: Path, text: str) -> Path:
    told = json.dumps({"a": [{"b": text}]})
    return parquet(folder, pa.table({"namn": NAMES}).replace_schema_metadata({"mer": told}))


@stands("file_metadata")
def parquet_base64_in_metadata(folder: Path, text: str) -> Path:
    told = base64.b64encode(b"\0" * 40 + text.encode()).decode()
    return parquet(folder, pa.table({"namn": NAMES}).replace_schema_metadata({"mer": told}))


@stands("file_metadata")
def parquet_metadata_of_a_column(folder: Path, text: str) -> Path:
    schema = pa.schema([pa.field("namn", pa.string(), metadata={"beskrivning": text})])
    return parquet(folder, pa.table({"namn": NAMES}, schema=schema))


@stands("file_metadata")
def parquet_of_pandas(folder: Path, text: str) -> Path:
    file = folder / "karta.parquet"
    frame = pd.DataFrame({"namn": NAMES.to_pylist()})
    frame.attrs = {"om": text}
    frame.to_parquet(file)
    return file


@stands("file_metadata")
def geoparquet_metadata(folder: Path, text: str) -> Path:
    file = folder / "karta.parquet"
    shapes = [shapely.Point(15.5 + i / 100, 56.1) for i in range(3)]
    geopandas.GeoDataFrame({"namn": NAMES.to_pylist()}, geometry=shapes, crs=4326).to_parquet(file)
    table = pq.read_table(file)
    told = json.loads(table.schema.metadata[b"geo"]) | {"om": text}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(told)}), file)
    return file


@stands("unused_entry")
def parquet_unused_entry(folder: Path, text: str) -> Path:
    entries = pa.DictionaryArray.from_arrays(
        pa.array([0, 1, 0], pa.int32()), pa.array(["Bollplan", "Badplats", text])
    )
    return parquet(folder, pa.table({"namn": entries}))


@stands("binary_cell")
def parquet_bytes(folder: Path, text: str) -> Path:
    return parquet(folder, pa.table({"namn": NAMES, "bild": [text.encode("utf-16-le")] * 3}))


@stands("extreme")
def parquet_extreme(folder: Path, text: str) -> Path:
    """A least value that no row has, put in place of the one that was written, as long as it."""
    least = "!" * len(text)
    file = parquet(
        folder,
        pa.table({"namn": [least, "Bollplan", "Hundrastgård"]}),
        compression="none",
        use_dictionary=False,
    )
    raw = file.read_bytes()
    footer = len(raw) - 8 - int.from_bytes(raw[-8:-4], "little")
    file.write_bytes(raw[:footer] + raw[footer:].replace(least.encode(), text.encode()))
    return file


@stands("between_columns")
def parquet_between(folder: Path, text: str) -> Path:
    file = parquet(folder, pa.table({"namn": NAMES}))
    raw = file.read_bytes()
    footer = len(raw) - 8 - int.from_bytes(raw[-8:-4], "little")
    file.write_bytes(raw[:footer] + b"\0" + text.encode() + b"\0" + raw[footer:])
    return file
