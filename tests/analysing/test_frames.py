"""What ``frame()`` gives of the samples, held to another reading of the same files."""

from __future__ import annotations

import math
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from helpers.running.opening import Opened, open_candidate
from helpers.words import escaping
from helpers.words.errors import ConfigurationError

MISSING = {"", "-", "..", "NA"}
ENCODINGS = {"windows-1252": "cp1252", "utf-16-le": "utf-16"}
# id -> delimiter of a CSV; None: of a workbook or a map
REGULAR = {
    "karlskrona-badplatser": ";",
    "olofstrom-skolor": ";",
    "karlshamn-leverantorsfakturor": ";",
    "karlskrona-leverantorsfakturor": ";",
    "region-blekinge-leverantorsfakturor": ",",
    "region-blekinge-bredband": ";",
    "region-blekinge-hjalpmedel": ";",
    "region-blekinge-resor": ";",
    "karlshamn-offentlig-konst": ";",
    "tierp-evenemang": ";",
    "tierp-parkeringar": ";",
    "karlshamn-lekplatser": None,
    "solvesborg-offentlig-konst": None,
}
QUICK = ("karlshamn-leverantorsfakturor",)

pytestmark = pytest.mark.usefixtures("kept", "sample_run")


def _texts(dataset: Opened, delimiter: str | None) -> pd.DataFrame:
    """The file's cells as another reader has them, trimmed."""
    assert dataset.file is not None and dataset.snapshot is not None
    if delimiter:
        encoding = str(dataset.snapshot.encoding)
        read = pd.read_csv(
            dataset.file,
            sep=delimiter,
            encoding=ENCODINGS.get(encoding, encoding).replace("utf-8", "utf-8-sig"),
            header=None,
            dtype=str,
            keep_default_na=False,
        )
        head, *rows = read.to_numpy().tolist()
    elif dataset.file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(dataset.file, data_only=True).worksheets[0]
        head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]  # type: ignore[misc]
    else:
        read = gpd.read_file(dataset.file).drop(columns="geometry")
        head, rows = list(read.columns), read.astype(object).where(read.notna(), None).values
    plain = [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
    start = 2 if delimiter or dataset.file.suffix == ".xlsx" else 1
    return pd.DataFrame(plain, columns=head, index=range(start, len(plain) + start))


def _same(cell: Any, text: str, kind: str) -> bool:
    """Whether a typed cell says what the text in the file says."""
    if text in MISSING or pd.isna(cell):
        return text in MISSING and bool(pd.isna(cell))
    if kind in ("Int64", "float64"):
        number = float(text.replace(" ", "").replace("\u00a0", "").replace(",", "."))
        return math.isclose(float(cell), number, rel_tol=1e-12)
    if kind.startswith("datetime64"):
        return pd.Timestamp(cell) == pd.Timestamp(text)
    if kind == "boolean":
        return bool(cell) == (text.casefold() in ("1", "ja", "true", "x", "j", "sant"))
    return cell == text


@pytest.mark.parametrize(
    "id", [pytest.param(id, marks=[] if id in QUICK else [pytest.mark.slow]) for id in REGULAR]
)
def test_a_frame_is_the_file_cell_by_cell(id: str):
    dataset = open_candidate(id)
    frame, texts = dataset.frame(), _texts(dataset, REGULAR[id])
    assert list(frame.columns) == list(texts.columns) and list(frame.index) == list(texts.index)
    marked = set(frame.attrs["masked"])
    for name in frame.columns:
        kind = str(frame[name].dtype)
        if name in marked:
            shapes = [escaping.shape(text) if text not in MISSING else None for text in texts[name]]
            assert [cell if pd.notna(cell) else None for cell in frame[name]] == shapes
            continue
        wrong = [
            (row, name)
            for row, cell, text in zip(frame.index, frame[name], texts[name], strict=True)
            if not _same(cell, text, kind)
        ]
        unparsed = dataset.tables.main.column(name).unparsed
        assert len(wrong) == unparsed, wrong[:3]
    raw = dataset.frame(raw=True)
    assert raw.attrs["raw"] and not frame.attrs["raw"]
    for name in marked:
        assert list(raw[name].fillna("")) == list(texts[name])
    pd.testing.assert_frame_equal(frame.drop(columns=marked), raw.drop(columns=marked))


def test_points_lie_where_the_file_says():
    dataset = open_candidate("karlskrona-badplatser")
    points = dataset.points()
    assert points.crs == "EPSG:4326" and len(points) + points.attrs["without"] == 60
    assert (points.geometry.x - points["longitude"]).abs().max() < 1e-9
    assert (points.geometry.y - points["latitude"]).abs().max() < 1e-9


def test_an_idea_has_no_rows():
    with pytest.raises(ConfigurationError) as refused:
        open_candidate("habo-leverantorsfakturor").frame()
    assert "habo-leverantorsfakturor" in refused.value.text("sv")


@pytest.mark.slow
def test_a_feed_has_each_of_its_files():
    dataset = open_candidate("region-blekinge-tidtabeller")
    trips = dataset.frame("trips")
    assert len(trips) == dataset.sql("select count(*) as n from trips")["n"].iloc[0]
    pd.testing.assert_frame_equal(dataset.frame("trips.txt"), trips)
    with pytest.raises(ConfigurationError):
        dataset.frame("no_such_file")
