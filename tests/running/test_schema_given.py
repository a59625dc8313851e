"""A schema that is named with a file, or in its entry, is what the stages rest on: what it says is
tried, and tried again where it or a table that it points to has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.declared import catalogue
from helpers.reporting import terminal
from helpers.running import single
from helpers.running.opening import Opened
from helpers.running.stages.checking import CHECKING
from helpers.running.stages.reading import READING
from helpers.running.store import Store
from helpers.words.errors import ConfigurationError
from helpers.words.printing import Terminal

ROWS = "kod;antal;stad\na;1;x\nb;två;y\nb;3;z\n"


def written(folder: Path, content: Any, name: str = "schema.json") -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


def package(minimum: int = 0, **more: Any) -> dict[str, Any]:
    fields = [
        {"name": "kod", "type": "string"},
        {"name": "antal", "type": "integer", "constraints": {"minimum": minimum, "step": 1}},
        {"name": "stad", "type": "string"},
    ]
    key = {"fields": "stad", "reference": {"resource": "cities", "fields": "namn"}}
    schema = {"fields": fields, "primaryKey": "kod", "foreignKeys": [key]}
    own = {"name": "own", "path": "t.csv", "dialect": {"delimiter": ";"}, "schema": schema}
    cities = {"name": "cities", "path": "cities.csv", "schema": {"fields": [{"name": "namn"}]}}
    return {"resources": [{**own, **more}, cities]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path, ROWS, "t.csv")
    written(tmp_path, "namn;nr\nx;1\ny;2\n", "cities.csv")
    written(tmp_path, package(), "datapackage.json")
    return tmp_path


def test_a_key_is_of_all_files_that_the_schema_is_made_of(folder: Path):
    def keys() -> tuple[str, str]:
        opened = Opened(
            folder / "t.csv", store=Store(folder / "store"), schema=folder / "datapackage.json"
        )
        return opened.key(CHECKING), opened.key(READING)

    first = keys()
    assert keys() == first
    written(folder, package(minimum=1), "datapackage.json")
    second = keys()
    assert second[0] != first[0] and second[1] == first[1]
    written(folder, "namn;nr\nz;1\n", "cities.csv")
    third = keys()
    assert third[0] != second[0] and third[1] == first[1]
    written(folder, package(minimum=1, dialect={"delimiter": ","}), "datapackage.json")
    assert keys()[1] != first[1]  # how the file is read


@pytest.mark.slow
def test_a_file_checked_with_a_schema(folder: Path, capsys: pytest.CaptureFixture[str]):
    checked, code = single.check_file(folder / "t.csv", schema=folder / "datapackage.json")
    assert code == 0
    failed = {
        (one["id"], one["column"]): one["rows"]
        for one in checked["findings"]
        if one["outcome"] == "failed" and one["id"].startswith("schema_")
    }
    assert failed == {
        ("schema_field_1_unique", "kod"): [3, 4],
        ("schema_field_2_type", "antal"): [3],
        ("schema_key_1_reference", "stad"): [4],
    }
    said = checked["table_schema"]
    assert (said["file"], said["kind"], said["fields"]) == ("datapackage.json", "data_package", 3)
    assert "resources.0.schema.fields.1.constraints.step" in said["not_tried"]["sv"]
    for language in ("sv", "en"):
        terminal.show(checked, Terminal(), language)
    page = " ".join(capsys.readouterr().out.split())
    assert "datapackage.json (Data Package): 3 fält" in page
    assert (
        "Det här i schemat prövas inte" in page and "According to the schema the values are" in page
    )


def test_a_schema_with_a_fault_refuses_the_file(folder: Path):
    written(folder, {"fields": [{"name": "kod", "type": "kod"}]})
    checked, code = single.check_file(folder / "t.csv", schema=folder / "schema.json")
    assert code == 2 and checked["error"]["code"] == "schemas.wrong"
    assert "schema.json: fields.0.type" in checked["error"]["message"]["sv"]


ENTRY = """id: t
title: Antal
type: annan
organisation: karlshamn
source: {{path: t.csv, schema: {schema}}}
"""


def test_an_entry_names_its_schema(folder: Path):
    written(folder, ENTRY.format(schema="datapackage.json"), "t.yaml")
    (entry,) = catalogue.load(folder)
    assert entry.schema_file(folder) == folder / "datapackage.json"
    opened = Opened(
        entry.file(folder),
        entry=entry,
        store=Store(folder / "store"),
        schema=entry.schema_file(folder),
    )
    assert opened.hints == {"delimiter": ";"} and len(opened.table_schema.fields) == 3
    written(folder, ENTRY.format(schema="https://example.org/s.json"), "t.yaml")
    with pytest.raises(ConfigurationError) as refused:
        catalogue.load(folder)
    (fault,) = refused.value.values["errors"]
    assert (fault.place, fault.kind) == ("source.schema", "schema_address")
