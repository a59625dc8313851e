"""No value of a marked column is seen where an analyst looks: frame, page, tooltip, SQL,
traceback."""

from __future__ import annotations

import io
import json
import sys
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import folium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core import ultratb

import helpers
from helpers.checking import exporting
from helpers.reading import missing
from helpers.reading.snapshot import Column, Geometry, Snapshot, Table
from helpers.running.opening import Opened, open_candidate
from helpers.screening.marks import Mark, Screening
from helpers.screening.masking import database
from helpers.words import escaping, personal_numbers
from helpers.words.errors import ConfigurationError

INVOICES = {"leverantor", "leverantor_id"}  # marked in the sample of Karlshamn


def _canaries(dataset: Opened) -> set[str]:
    """Every value of the marked columns that is no word of another column."""
    raw = dataset.frame(raw=True)
    marked = dataset.frame().attrs["masked"]
    others = raw.drop(columns=marked).to_csv()
    return {value for name in marked for value in raw[name].dropna() if value not in others}


def _traceback(failing: Any) -> str:
    """What JupyterLab shows of an error, with the values of all variables."""
    written = io.StringIO()
    try:
        failing()
    except Exception:
        written.write(ultratb.VerboseTB().text(*sys.exc_info()))
    assert written.getvalue()
    return written.getvalue()


@pytest.mark.parametrize(
    "id",
    [
        "olofstrom-skolor",
        pytest.param("karlshamn-leverantorsfakturor", marks=pytest.mark.slow),
    ],
)
def test_nothing_marked_is_shown(id: str, kept: None, sample_run: Any, tmp_path: Path):
    """Of the sample region as it was computed."""
    dataset = open_candidate(id)
    canaries = _canaries(dataset)
    assert len(canaries) >= 1
    frame = dataset.frame()
    [name, *_] = frame.attrs["masked"]
    pages = [
        frame.to_csv(),
        repr(frame),
        frame.to_html(),
        repr(dataset),
        *dataset._repr_mimebundle_().values(),
        dataset.findings_frame().to_html(),
        dataset.sql("select * from data").to_html(),
        _traceback(lambda: frame[name].astype(float)),
        _traceback(lambda: dataset.sql(f'select "{name}"::int from data')),
        _traceback(lambda: dataset.frame("no such table")),
    ]
    if id == "olofstrom-skolor":
        drawn = dataset.map()
        folium.GeoJson(
            dataset.points()[[name, "geometry"]], tooltip=folium.GeoJsonTooltip([name])
        ).add_to(drawn)
        drawn.save(tmp_path / "map.html")
        pages += [drawn._repr_html_(), (tmp_path / "map.html").read_text("utf-8")]
    seen = {number for number, page in enumerate(pages) for one in canaries if one in page}
    assert not seen


NOTEBOOK = """import helpers
dataset = helpers.open_candidate("olofstrom-skolor")
frame = dataset.frame()
[name, *_] = frame.attrs["masked"]
###
frame
###
helpers.show.table(frame)
###
helpers.show.table(dataset.frame(raw=True))
###
dataset
###
dataset.findings_frame()
###
helpers.suggest_rules(dataset)
###
dataset.rows_of(dataset.findings_frame()["rule"][0])
###
dataset.map()
###
frame[name].astype(float)
###
dataset.sql(f'select "{name}"::int from data')"""


@pytest.mark.slow
def test_nothing_marked_is_in_a_notebook_that_is_exported(
    kept: None, sample_run: Any, tmp_path: Path
):
    """Run by a kernel of its own with tracebacks and all, and made a page by nbconvert as it
    is."""
    import nbformat
    from nbclient import NotebookClient
    from nbconvert import HTMLExporter

    canaries = _canaries(open_candidate("olofstrom-skolor"))
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in NOTEBOOK.split("\n###\n")]
    NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    outputs = [one for cell in notebook.cells for one in cell.outputs]
    failed = [one.ename for one in outputs if one.output_type == "error"]
    assert failed == ["ValueError", "ConversionException"] and len(outputs) == 10
    page, _ = HTMLExporter().from_notebook_node(notebook)
    kept_in_file = nbformat.writes(notebook)
    assert "sparas inte" in page and "SpryMedia" not in kept_in_file
    assert len(canaries) >= 1
    assert not [one for one in canaries if one in unescape(page) or one in kept_in_file]
    assert len(json.dumps(notebook.metadata.get("widgets", {}))) < 10_000


def test_rules_of_a_marked_column_are_asked_for_rows_alone(
    kept: None, sample_run: Any, tmp_path: Path
):
    plain = open_candidate("karlshamn-leverantorsfakturor").export_rules(tmp_path)
    marked = [one for one in plain["expectations"] if one["meta"]["column"] in INVOICES]
    assert len(marked) >= 10
    assert {one["type"] for one in marked} <= {exporting.QUERY, exporting.NULL}
    for one in plain["expectations"]:
        query = one["kwargs"].get("unexpected_rows_query")
        assert query is None or " select source_row from (select source_row, (" in query


@pytest.mark.slow
def test_great_expectations_shows_nothing_marked(kept: None, sample_run: Any):
    dataset = open_candidate("karlshamn-leverantorsfakturor")
    canaries = _canaries(dataset)
    assert len(canaries) >= 20
    result = dataset.validation().run(result_format="COMPLETE")
    told = json.dumps(result.to_json_dict(), ensure_ascii=False, default=str) + repr(result)
    suggested = helpers.suggest_rules(dataset)
    assert len(suggested.expectations().expectations) == len(suggested) >= 5
    told += repr(dataset.expectations()) + repr(suggested.expectations())
    assert "source_row" in told and not [value for value in canaries if value in told]


def test_a_question_reaches_nothing_but_the_masked_tables(
    kept: None, sample_run: Any, tmp_path: Path
):
    dataset = open_candidate("karlskrona-badplatser")
    assert dataset.sql("select count(*) as n from data")["n"].iloc[0] == 60
    parquet = dataset.tables.parquet()
    assert parquet.is_file()
    frame = dataset.frame()
    for query in (
        f"from '{parquet}'",
        f"from read_parquet('{parquet}')",
        f"attach '{tmp_path / 'other.duckdb'}'",
        f"copy data to '{tmp_path / 'out.csv'}'",
        "from glob('*')",
        "select * from frame",
        "create table more as select 1",
        "drop table data",
        "set enable_external_access = true",
        "install spatial",
    ):
        with pytest.raises(duckdb.Error):
            dataset.sql(query)
    assert len(frame) == 60 and not (tmp_path / "out.csv").exists()


def test_a_map_fetches_nothing(tmp_path: Path):
    from helpers.drawing import open_map
    from helpers.drawing.map import Map
    from helpers.drawing.page import leaflet_map

    made = leaflet_map(Map("places", "Prov", "se", "källa"), open_map.OpenMap)
    made.drawn = Map("places", "Prov", "se", "källa")
    folium.Marker([56.2, 15.3], popup="<b>hej</b>").add_to(made)
    page = made._repr_html_()
    assert "hej" in page and "default-src 'none'" in unescape(unescape(page))
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="x").add_to(made)
    with pytest.raises(ConfigurationError) as refused:
        made._repr_html_()
    assert "TileLayer" in refused.value.text("sv")


@pytest.mark.slow
@pytest.mark.browser
def test_what_is_added_to_a_map_is_seen(chromium: Any, tmp_path: Path):
    from helpers.drawing import open_map
    from helpers.drawing.map import Map
    from helpers.drawing.page import leaflet_map

    made = leaflet_map(Map("places", "Prov", "se", "källa", area="1080"), open_map.OpenMap)
    made.drawn = Map("places", "Prov", "se", "källa", area="1080")
    folium.Marker([56.2, 15.6], popup="<b>hej</b>").add_to(made)
    folium.CircleMarker([56.15, 15.5]).add_to(made)
    folium.LayerControl().add_to(made)
    made.save(tmp_path / "own.html")
    page, wrong, asked = chromium.new_page(), [], []
    page.on("console", lambda one: wrong.append(one.text))
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.on("request", lambda one: asked.append(one.url))
    page.goto((tmp_path / "own.html").as_uri())
    page.locator("img.leaflet-marker-icon").click()
    page.wait_for_selector(".leaflet-popup b")
    above = page.evaluate(
        "getComputedStyle(document.querySelector('.leaflet-overlay-pane')).zIndex"
    )
    assert int(above) > 450 and page.locator(".leaflet-overlay-pane path").count() == 1
    assert not wrong and not [url for url in asked if not url.startswith(("file:", "data:"))]
    page.close()


def _written(texts: list[str], folder: Path, marked: bool) -> list[str]:
    """The texts as a column of the database, as they are shown."""
    folder.mkdir(exist_ok=True)
    (folder / "out.duckdb").unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(
            "create table t as select unnest(range(len(?))) as source_row, unnest(?::varchar[]) as t0",
            [texts, texts],
        )
        connection.execute(f"copy t to '{folder / 'a.parquet'}' (format parquet)")
    table = Table("a", "a.parquet", len(texts), [Column(0, "C")])
    snapshot = Snapshot(folder, "a.csv", "", "csv", [table])
    marks = [Mark("a", "C", "personnummer", "certain", 1)] if marked else []
    file = database.write(snapshot, Screening(marks), folder / "out.duckdb")
    with database.asked(file, folder / "spill") as connection:
        return [
            row[0]
            for row in connection.execute("select C from data order by source_row").fetchall()
        ]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=3)
NUMBERS = st.sampled_from(
    ["121212-1212", "19121212-1212", "Anna 17", "x121212-1212 y", "½ Ⅷ ª", "Åsa" * 20, "Ω٣", "ab_c"]
)


@settings(max_examples=2)
@given(st.lists(CELLS | NUMBERS, min_size=50, max_size=200))
def test_shapes_in_sql_are_those_of_python(tmp_path_factory: Any, texts: list[str]):
    folder = tmp_path_factory.mktemp("shapes")
    kept = [text for text in texts if text == text.strip() and text not in missing.TOKENS]
    for marked, python in ((True, escaping.shape), (False, personal_numbers.hide)):
        assert _written(kept, folder, marked) == [python(text) for text in kept]


def test_a_position_that_points_to_somebody_is_left_out(tmp_path: Path):
    with duckdb.connect() as connection:
        connection.execute(
            "copy (select i as source_row, 'Vägen ' || i as t0, '56.1' as t1, 56.1 as v1,"
            " '15.2' as t2, 15.2 as v2, 15.2 as x, 56.1 as y, 15.2 as lon, 56.1 as lat"
            f" from range(2, 6) r(i)) to '{tmp_path / 'a.parquet'}' (format parquet)"
        )
    columns = [Column(0, "Adress"), Column(1, "Lat", "decimal"), Column(2, "Long", "decimal")]
    place = Geometry("EPSG:4326", "declared", "point", ["Long", "Lat"])
    table = Table("a", "a.parquet", 4, columns, geometry=place)
    snapshot = Snapshot(tmp_path, "a.csv", "", "csv", [table])
    home = Mark("a", "Adress", "address", "probable", 1, [3])
    for count, left in ((1, [2, 4, 5]), (2000, [])):
        screening = Screening([Mark(**vars(home) | {"count": count})])
        file = database.write(snapshot, screening, tmp_path / f"{count}.duckdb")
        with database.asked(file, tmp_path / "spill") as connection:
            placed = connection.execute("select source_row from positions order by 1").fetchall()
            cells = connection.execute('select source_row from data where "Lat" is not null')
            assert [row[0] for row in placed] == left == [row[0] for row in cells.fetchall()]
