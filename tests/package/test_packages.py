"""Whole packages: what is written, what is refused, what a draft looks like in every file, and what a
new delivery changes."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest
import yaml
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS
from tests.running.artefacts import contents
from tests.running.canaries import KINDS
from tests.sampling import every
from typer.testing import CliRunner

from helpers.declared import organisations
from helpers.metadata import validating
from helpers.running import opening, single
from helpers.running.commands import app
from helpers.running.packages import one, papers
from helpers.words import paths
from helpers.words.errors import ConfigurationError, Stopped

from . import making

DAY = dt.date(2026, 11, 30)
SAMPLES = (
    "karlskrona-badplatser",
    "region-blekinge-vardcentraler",
    "karlshamn-offentlig-konst",
    "karlskrona-leverantorsfakturor",
    "region-blekinge-bredband",
    "region-blekinge-hjalpmedel",
    "region-blekinge-resor",
    "tierp-hundrastgardar",
    "region-blekinge-tidtabeller",
)
ROWS = "id,name,latitude,longitude,email\n" + "".join(
    f"bad-{n},Badplats {n},56.1{n},15.5{n},bad@example.se\n" for n in range(1, 6)
)
ANSWERED = {"answer": "no", "by": "informationsägaren", "when": "2026-10-01"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_this_process: None) -> Iterator[Path]:
    """A catalogue of one dataset that may go out, of an organisation that has all it needs."""
    owner = making.publisher()
    known = organisations.organisation

    def found(id: str) -> Any:
        return owner if id == owner.id else known(id)

    monkeypatch.setattr(organisations, "organisation", found)
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "bad.csv").write_text(ROWS, "utf-8")
    declare(tmp_path)
    yield tmp_path


def declare(home: Path, id: str = "bad", *, decided: bool = True, **more: Any) -> None:
    """Write the entry, with a decision that rests on all that the file holds now."""
    questions = "personal_data secrecy copyright security protected_identity agreement".split()
    plain = {
        "id": id,
        "title": "Badplatser",
        "type": "platsinformation",
        "variant": "badplats",
        "organisation": "karlskrona",
        "source": {"path": "../bad.csv"},
        "legal": dict.fromkeys(questions, ANSWERED),
        "owner": {"role": "Fritidschef", "mailbox": "fritid@example.se"},
        **making.WHOLE,
        **more,
    }
    file = home / "catalogue" / f"{id}.yaml"
    file.write_text(yaml.safe_dump(json.loads(json.dumps(plain, default=str))), "utf-8")
    if decided:
        said = ("--role", "Fritidschef", "--date", "2026-11-01", "--registry-number", "KS 1")
        run("decide", id, *said, home=home)


def run(*arguments: str, home: Path, code: int = 0) -> str:
    done = CliRunner().invoke(app, [*arguments, "--catalogue", str(home / "catalogue")])
    assert done.exit_code == code, done.output
    return done.output


def published(home: Path, *more: str, code: int = 0) -> str:
    return run("publish", "bad", "--output", str(home / "out"), *more, home=home, code=code)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def graph_of(file: Path) -> Graph:
    return Graph().parse(file)


def made(id: str, work: Path, catalogue: Path | None = None) -> tuple[one.Package, list[Path]]:
    opened = opening.open_candidate(id, catalogue or paths.catalogue())
    package = one.made(opened, work, work / "nothing", DAY, "sv")
    return papers.write(package, work, DAY, "sv")


def fits_its_schema(folder: Path, prefix: str) -> list[str]:
    """What Frictionless has against the table, by the schema beside it."""
    table = next(folder.glob("*.csv"))
    descriptor = json.loads((folder / f"{prefix}tableschema.json").read_text("utf-8"))
    schema = frictionless.Schema.from_descriptor(descriptor)
    report = frictionless.Resource(path=table.name, basepath=str(folder), schema=schema).validate()
    return [error.note for task in report.tasks for error in task.errors]


@pytest.mark.parametrize("id", every(9, SAMPLES, long=2))
@pytest.mark.usefixtures("in_this_process")
def test_a_sample_is_written_whole_and_nothing_is_wrong_with_it(id: str, tmp_path: Path):
    package, files = made(id, tmp_path)
    assert package.standing.draft and "synthetic" in package.standing.reasons
    assert package.violations == ()
    graph = graph_of(tmp_path / "utkast-metadata.rdf")
    assert validating.violations(graph) == []
    for suffix in (".ttl", ".jsonld"):
        assert isomorphic(graph, graph_of(tmp_path / f"utkast-metadata{suffix}"))
    assert all(file.is_file() and file.name.startswith("utkast-") for file in files)
    if package.tabled is None:
        return
    assert fits_its_schema(tmp_path, "utkast-") == []
    table = next(tmp_path.glob("*.csv"))
    assert b"\r\n" in table.read_bytes() and not table.read_bytes().startswith(b"\xef\xbb\xbf")
    with single.opened(table, type=package.entry.type) as again:
        told = [f for f in again.findings if f.outcome == "failed" and f.severity in one.TOLD]
        assert [(f.id, f.failed) for f in told] == [(f.id, f.failed) for f in package.left]
        assert again.screening is not None and again.screening.content != "stopp"


@pytest.mark.slow
def test_the_schema_beside_the_file_is_taken_by_check(home: Path):
    published(home)
    for schema in ("tableschema.json", "bad.csv-metadata.json"):
        done = CliRunner().invoke(
            app,
            [
                "check",
                str(home / "out" / "bad.csv"),
                "--schema",
                str(home / "out" / schema),
                "--json",
            ],
        )
        told = json.loads(done.stdout)
        wrong = [f for f in told["findings"] if f["id"].startswith("schema_")]
        assert told["table_schema"]["fields"] == 42 and told["table_schema"]["not_tried"] is None
        assert [f["id"] for f in wrong if f["outcome"] == "failed"] == []


def test_a_package_that_may_go_out(home: Path):
    said = published(home)
    assert "färdigt att publicera" in said and "UTKAST" not in said
    out = home / "out"
    assert names(out) == {
        *("bad.csv", "bad.geojson", "tableschema.json", "bad.csv-metadata.json"),
        *("formular.html", "formular.xlsx", "lasmig.html", "lasmig.docx", "quality.ttl"),
        *("metadata.rdf", "metadata.ttl", "metadata.jsonld"),
    }
    for name, data in contents(out):
        assert b"UTKAST" not in data and b"utkast" not in data, name
    rows = list(csv.reader((out / "bad.csv").read_text("utf-8").splitlines()))
    assert rows[0][:4] == ["place_id", "name", "latitude", "longitude"] and len(rows) == 6
    features = json.loads((out / "bad.geojson").read_text("utf-8"))["features"]
    assert features[0]["geometry"] == {"type": "Point", "coordinates": [15.51, 56.11]}
    graph = graph_of(out / "metadata.rdf")
    assert validating.violations(graph) == []
    addresses = {str(address) for address in graph.objects(None, DCAT.accessURL)}
    assert addresses == {f"{making.FILES}/bad/{name}" for name in ("bad.csv", "bad.geojson")}
    page = (out / "lasmig.html").read_text("utf-8")
    assert f"{making.FILES}/bad/bad.csv" in page and "[V: " in page and "[M: " in page


@pytest.mark.slow
def test_a_draft_says_so_in_every_file(home: Path):
    declare(home, decided=False)
    published(home)
    out = home / "out"
    assert all(name.startswith("utkast-") for name in names(out))
    for file in out.iterdir():
        if file.suffix == ".csv":
            continue  # a line more would be no row of the specification: its name says it
        held = b"".join(data for _, data in contents(file.parent) if _.startswith(file.name))
        assert b"utkast" in held.lower(), file.name


@pytest.mark.slow
def test_what_lacks_makes_a_draft_and_is_asked_of_whoever_knows(home: Path):
    lacking = dict.fromkeys(("description", "licence", "contact", "theme", "update_frequency"))
    declare(home, **lacking)
    said = " ".join(published(home).split())
    assert "Ingen licens som skörden förstår är vald." in said
    assert "Fråga Fritidschef" in said and "en beskrivning av datamängden" in said
    page = (home / "out" / "utkast-formular.html").read_text("utf-8")
    assert "Förslag efter typen av data. Fråga Fritidschef" in page


@pytest.mark.slow
def test_a_new_delivery_changes_its_day_and_not_the_day_of_issue(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    node, days = URIRef(f"{making.BASE}/dataset/bad"), []

    def on(day: dt.date) -> None:
        class Day(dt.date):
            @classmethod
            def today(cls) -> dt.date:
                return day

        monkeypatch.setattr("helpers.running.commands.publish.dt.date", Day)
        published(home)
        graph = graph_of(home / "out" / "metadata.rdf")
        days.append(
            (str(graph.value(node, DCTERMS.issued)), str(graph.value(node, DCTERMS.modified)))
        )

    on(dt.date(2026, 1, 1))
    on(dt.date(2026, 2, 1))  # the same file
    (home / "bad.csv").write_text(ROWS + "bad-9,Badplats 9,56.19,15.59,bad@example.se\n", "utf-8")
    on(dt.date(2026, 3, 1))
    shutil.rmtree(home / "out")  # nothing remembers it
    declare(home, published={"issued": dt.date(2025, 5, 5)})
    on(dt.date(2026, 4, 1))
    assert days == [
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01", "2026-01-01"),
        ("2026-01-01", "2026-03-01"),
        ("2025-05-05", "2026-04-01"),
    ]


@pytest.mark.slow
def test_drafts_go_when_the_package_may_go_out_and_what_went_out_stays(home: Path):
    declare(home, decided=False)
    published(home)
    declare(home)
    assert "Borttaget" in published(home)
    out = home / "out"
    final = names(out)
    assert not any(name.startswith("utkast-") for name in final)
    (home / "bad.csv").write_text(ROWS.replace("email", "kontaktuppgift"), "utf-8")
    published(home)  # the decision has lapsed: another draft beside it
    assert final < names(out)


@pytest.mark.slow
def test_what_somebody_has_edited_is_not_written_over(home: Path):
    published(home)
    file = home / "out" / "metadata.rdf"
    file.write_text(file.read_text("utf-8").replace("Badplatser", "Våra badplatser"), "utf-8")
    edited = file.read_bytes()
    assert "metadata.rdf" in published(home, code=2)
    assert file.read_bytes() == edited
    published(home, "--overwrite")
    assert file.read_bytes() != edited


def test_a_dataset_that_the_gate_stops_is_refused_with_its_reasons(home: Path):
    (home / "bad.csv").write_text(
        ROWS.replace("bad@example.se", "19121212-1212").replace("email", "personnummer"), "utf-8"
    )
    said = published(home, code=1)
    assert "Grinden stoppar bad" in said and "personnummer" in said and "1212" not in said
    assert not (home / "out").exists()


@pytest.mark.usefixtures("in_this_process")
def test_a_sample_that_the_gate_stops_is_refused(tmp_path: Path):
    with pytest.raises(Stopped) as refused:
        made("karlshamn-leverantorsfakturor", tmp_path)
    assert refused.value.exit_code == 1 and "enskild firma" in refused.value.text("sv")
    with pytest.raises(ConfigurationError):
        made("habo-leverantorsfakturor", tmp_path)  # an idea


def test_marked_columns_are_masked_until_a_decision_lets_them_through(home: Path):
    text = ROWS.replace("email", "handlaggare").replace("bad@example.se", "Fatima Hallonqvist")
    (home / "bad.csv").write_text(text, "utf-8")
    declare(home, decided=False, type="annan", variant=None)
    said = published(home)
    assert "UTKAST" in said
    for name, data in contents(home / "out"):
        assert b"Hallonqvist" not in data, name
    declare(home, type="annan", variant=None)
    published(home)
    assert "Hallonqvist" in (home / "out" / "bad.csv").read_text("utf-8")


# alone they point to nobody: they are marked beside persons or sole traders, and tried so elsewhere
MARKED = [kind for kind in KINDS if kind not in ("fastighetsbeteckning", "bankgirokonto")]


@pytest.mark.parametrize("kind", every(6, MARKED))
def test_no_canary_of_a_marked_column_is_in_any_file(home: Path, kind: str):
    """Of many kinds: the gate stops it, or a draft masks it."""
    cells = [KINDS[kind](number) for number in range(40, 45)]
    head, *rows = ROWS.splitlines()
    lines = [f"{row},{cell}" for row, (cell, _) in zip(rows, cells, strict=True)]
    (home / "bad.csv").write_text("\n".join([f"{head},{kind}", *lines]) + "\n", "utf-8")
    declare(home, decided=False, type="annan", variant=None)
    done = CliRunner().invoke(
        app,
        ["publish", "bad", "--output", str(home / "out"), "--catalogue", str(home / "catalogue")],
    )
    assert done.exit_code in (0, 1), done.output
    held = (home / "bad.csv").read_bytes()
    written = b"".join(data for _, data in contents(home / "out")) if done.exit_code == 0 else b""
    assert (done.exit_code == 1) == (not written)
    for cell, texts in cells:
        assert cell.encode() in held  # it is looked for where it is
        for text in texts:
            assert text.encode() not in written and text not in done.output, text


@pytest.mark.slow
def test_a_type_without_a_specification_is_written_by_its_own_columns(home: Path):
    (home / "bad.csv").write_text(
        "Namn;Längd;Datum\nBrygga;12,5;2024-01-31\nStrand;3;2024-02-01\n", "utf-8"
    )
    declare(home, type="annan", variant=None)
    published(home)
    table = (home / "out" / "bad.csv").read_bytes().decode("utf-8")
    assert table == "Namn,Längd,Datum\r\nBrygga,12.5,2024-01-31\r\nStrand,3,2024-02-01\r\n"
    assert fits_its_schema(home / "out", "") == []


@pytest.mark.slow
def test_a_large_table_is_columnar_too(home: Path, monkeypatch: pytest.MonkeyPatch):
    import pyarrow.parquet as pq

    monkeypatch.setattr("helpers.filling_in.packaging.table.LARGE", 5)
    published(home)
    table = pq.read_table(home / "out" / "bad.parquet")
    assert table.num_rows == 5 and str(table.schema.field("latitude").type) == "double"
    declare(home, decided=False)
    published(home)
    notes = pq.read_metadata(home / "out" / "utkast-bad.parquet").metadata
    assert b"UTKAST" in notes[b"utkast"]


@pytest.mark.slow
def test_values_that_are_long_or_turned_or_forbidden_go_through(home: Path):
    odd = ["x" * 10_000, "\u202eשפה\u202c", "a\x0bb", '"citat", komma\nrad']
    with (home / "bad.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "name", "latitude", "longitude"])
        for number, name in enumerate(odd):
            writer.writerow([f"bad-{number}", name, f"56.1{number}", f"15.5{number}"])
    declare(home, title="\u202eשפה\u202c \x0b", description="y" * 10_000)
    said = published(home)
    assert "färdigt att publicera" in said
    graph = graph_of(home / "out" / "metadata.rdf")
    assert validating.violations(graph) == []
    with (home / "out" / "bad.csv").open(encoding="utf-8", newline="") as stream:
        names_written = [row[1] for row in csv.reader(stream)][1:]
    assert names_written[0] == odd[0] and names_written[3] == odd[3]
    page = (home / "out" / "lasmig.html").read_text("utf-8")
    assert (
        "bytts mot � i metadata. Antal: 3." in page
    )  # in the title of the dataset and of two files


@pytest.mark.slow
def test_all_of_an_organisation_and_all_of_a_region_are_one_catalogue(home: Path):
    declare(home, "torg", title="Torg")
    declare(home, "resor", organisation="region-blekinge", decided=False)
    run("publish", "--organisation", "karlskrona", "--output", str(home / "one"), home=home)
    graph = graph_of(home / "one" / "metadata.rdf")
    assert len(set(graph.subject_objects(DCAT.dataset))) == 2
    assert validating.violations(graph) == []
    assert (home / "one" / "bad" / "bad.csv").is_file()
    run("publish", "--output", str(home / "all"), home=home)
    whole = graph_of(home / "all" / "utkast-metadata.rdf")
    assert len(set(whole.subject_objects(DCTERMS.hasPart))) == 1
    assert validating.violations(whole) == []
    single_catalogue = graph_of(home / "all" / "karlskrona" / "metadata.rdf")
    assert set(single_catalogue.subjects(DCAT.dataset)) == set(graph.subjects(DCAT.dataset))
    said = run("publish", "--organisation", "habo", "--output", str(home / "x"), home=home, code=2)
    assert "karlskrona" in said
    run("publish", "bad", "--organisation", "habo", "--output", "x", home=home, code=2)


@pytest.mark.slow
def test_one_that_is_stopped_leaves_the_others(home: Path):
    (home / "pnr.csv").write_text("namn;personnummer\nA;19121212-1212\nB;19121212-1212\n", "utf-8")
    declare(home, "pnr", source={"path": "../pnr.csv"}, type="annan", variant=None, decided=False)
    out = str(home / "one")
    said = run("publish", "--organisation", "karlskrona", "--output", out, home=home, code=1)
    assert "pnr: inget paket" in said and (home / "one" / "bad" / "bad.csv").is_file()
    assert not (home / "one" / "pnr").exists()


@pytest.mark.slow
def test_the_form_as_a_workbook_runs_nothing(home: Path):
    declare(home, title="=cmd|' /C calc'!A0", description="+46 (0)1|x")
    published(home)
    book = openpyxl.load_workbook(home / "out" / "formular.xlsx")
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any("=cmd" in str(cell.value) and cell.quotePrefix for cell in cells)
    labels = {str(row[0].value) for row in book.active.iter_rows()}
    assert {"Titel", "Webbadress för åtkomst", "Uppdateringsfrekvens"} <= labels


@pytest.mark.slow
def test_english_is_written_too(home: Path):
    declare(home, decided=False)
    said = published(home, "--language", "en")
    assert "DRAFT" in said
    page = (home / "out" / "utkast-lasmig.html").read_text("utf-8")
    assert "Three ways to the portal" in page and not re.search(r"\bDet här saknas\b", page)


def parks(home: Path, **properties: str) -> None:
    """Two areas, in the form of a map."""
    ring = [[15.5, 56.1], [15.6, 56.1], [15.6, 56.2], [15.5, 56.1]]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {"id": f"park-{n}", "name": f"Park {n}", **properties},
        }
        for n in (1, 2)
    ]
    plain = {"type": "FeatureCollection", "features": features}
    (home / "parker.geojson").write_text(json.dumps(plain), "utf-8")


@pytest.mark.slow
def test_areas_stay_areas_on_the_map_and_are_points_in_the_table(home: Path):
    parks(home)
    declare(home, source={"path": "../parker.geojson"}, variant=None)
    published(home)
    features = json.loads((home / "out" / "bad.geojson").read_text("utf-8"))["features"]
    assert [one["geometry"]["type"] for one in features] == ["Polygon", "Polygon"]
    assert [one["properties"]["name"] for one in features] == ["Park 1", "Park 2"]
    parks(home, kontaktperson="Fatima Hallonqvist")
    published(home)  # a column more: the decision has lapsed
    drawn = json.loads((home / "out" / "utkast-bad.geojson").read_text("utf-8"))["features"]
    assert [one["geometry"]["type"] for one in drawn] == ["Polygon", "Polygon"]
    for name, data in contents(home / "out"):
        assert b"Hallonqvist" not in data, name
