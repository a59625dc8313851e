"""The search for canaries sees a text wherever a file can hold it; otherwise its silence would
prove nothing."""

from __future__ import annotations

import base64
import gzip
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from .artefacts import contents

TEXT = "Anna Kabcsson"


def word(file: Path) -> None:
    paper = docx.Document()
    paragraph = paper.add_paragraph("Anna ")
    paragraph.add_run("Kabcsson").bold = True
    paper.save(str(file))


def book(file: Path) -> None:
    made = openpyxl.Workbook()
    made.worksheets[0].append(["id", TEXT])
    made.save(file)


def geopackage(file: Path) -> None:
    with sqlite3.connect(file) as base:
        base.execute("create table points (name text)")
        base.execute("insert into points values (?)", ["x" * 9000 + TEXT + "x" * 9000])
    base.close()


def picture(file: Path) -> None:
    import matplotlib.figure

    matplotlib.figure.Figure().savefig(file, metadata={"Title": TEXT})


def pdf(file: Path) -> None:
    import matplotlib.backends.backend_pdf as backend
    import matplotlib.figure

    figure = matplotlib.figure.Figure()
    figure.text(0.1, 0.5, TEXT)
    with backend.PdfPages(file) as pages:
        pages.savefig(figure)


def parquet(file: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [TEXT]}), file, compression="zstd")


def packed_twice(file: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", inner.getvalue())


MAKERS: dict[str, Callable[[Path], object]] = {
    "docx": word,
    "xlsx": book,
    "gpkg": geopackage,
    "png": picture,
    "pdf": pdf,
    "parquet": parquet,
    "zip": packed_twice,
    "gz": lambda file: file.write_bytes(gzip.compress(TEXT.encode())),
    "txt": lambda file: file.write_text(TEXT, "utf-16"),
    "json": lambda file: file.write_text(
        json.dumps({"a": json.dumps({"b": "\u00e5" + TEXT})}).replace("K", "\\u004b"), "utf-8"
    ),
    "html": lambda file: file.write_text(
        f"<iframe srcdoc='&lt;b&gt;Anna &amp;#75;abcsson&lt;/b&gt;'></iframe>{'x' * 9}", "utf-8"
    ),
    "svg": lambda file: file.write_text(
        "<img"
        f" src='data:text/plain;base64,{base64.b64encode(('y' * 60 + TEXT).encode()).decode()}'>",
        "utf-8",
    ),
}


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_text_is_seen_in(tmp_path: Path, suffix: str):
    MAKERS[suffix](tmp_path / f"file.{suffix}")
    assert any(TEXT.encode() in data for _, data in contents(tmp_path))


def test_a_files_name_is_looked_at_too(tmp_path: Path):
    (tmp_path / f"{TEXT}.txt").write_bytes(b"")
    assert any(TEXT.encode() in data for _, data in contents(tmp_path))
