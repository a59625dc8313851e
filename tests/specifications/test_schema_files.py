"""A schema of others is read safely: what is wrong in it is told by place, what lies outside its
folder is refused, and what cannot be tried is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.declared.schemas import reading as schemas
from helpers.words.errors import ConfigurationError
from helpers.words.messages import LANGUAGES

FIELD = {"name": "a", "type": "integer"}


def written(folder: Path, content: Any, name: str = "schema.json") -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


def faults(file: Path, source: str = "t.csv") -> list[tuple[str, str]]:
    """Place and kind of each fault of a schema that is refused."""
    with pytest.raises(ConfigurationError) as refused:
        schemas.read(file, source)
    for language in LANGUAGES:
        assert "{" not in refused.value.text(language)
    return [(one.place, one.kind) for one in refused.value.values["errors"]]


def field(**more: Any) -> dict[str, Any]:
    return {"fields": [FIELD | more]}


WRONG = {
    "a field without a name": ({"fields": [{"type": "integer"}]}, ("fields.0.name", "missing")),
    "a type that is none": (field(type="heltal"), ("fields.0.type", "among")),
    "a truth as text": (
        field(constraints={"required": "ja"}),
        ("fields.0.constraints.required", "truth"),
    ),
    "a length below nothing": (
        field(constraints={"minLength": -1}),
        ("fields.0.constraints.minLength", "least"),
    ),
    "a list that is none": (
        field(constraints={"enum": "a"}),
        ("fields.0.constraints.enum", "list"),
    ),
    "no fields": ({"fields": []}, ("fields", "fewest")),
    "fields that are none": ({"fields": {"a": 1}}, ("fields", "list")),
    "a field twice": ({"fields": [FIELD, FIELD]}, ("fields.1.name", "twice")),
    "a key that is no field": (field() | {"primaryKey": "b"}, ("primaryKey", "no_schema_field")),
    "a bound that is a list": (
        field(constraints={"minimum": [1]}),
        ("fields.0.constraints.minimum", "invalid"),
    ),
    "a foreign key of another width": (
        field()
        | {"foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": ["a", "a"]}}]},
        ("foreignKeys.0.reference.fields", "schema_as_many"),
    ),
    "a datatype that is none": (
        {"tableSchema": {"columns": [{"name": "a", "datatype": "heltal"}]}},
        ("tableSchema.columns.0.datatype", "among"),
    ),
    "a schema on a network": (
        {"resources": [{"path": "t.csv", "schema": "https://example.org/s.json"}]},
        ("resources.0.schema", "schema_address"),
    ),
    "a schema above the folder": (
        {"resources": [{"path": "t.csv", "schema": "../s.json"}]},
        ("resources.0.schema", "schema_outside"),
    ),
    "a schema of the system": (
        {"resources": [{"path": "t.csv", "schema": "/etc/hostname"}]},
        ("resources.0.schema", "schema_outside"),
    ),
    "a reference above the folder": (
        {"fields": [{"$ref": "../fields.json#/0"}]},
        ("fields.0.$ref", "schema_outside"),
    ),
    "a reference on a network": (
        {"fields": [{"$ref": "http://example.org/f.json"}]},
        ("fields.0.$ref", "schema_address"),
    ),
    "a reference to itself": ({"fields": [{"$ref": "#/fields/0"}]}, None),
    "a reference to nothing": (
        {"fields": [{"$ref": "#/no/0"}]},
        ("fields.0.$ref", "schema_reference"),
    ),
    "half a character": ('{"fields": [{"name": "\\ud800"}]}', ("fields.0.name", "half_letter")),
    "no JSON": ("{fields: a}", ("", "json")),
    "a key twice": ('{"fields": [], "fields": []}', ("fields", "twice")),
    "too deep": ('{"fields": ' + "[" * 90 + "]" * 90 + "}", ("", "deep")),
    "so deep that nobody parses it": ("[" * 200_000, ("", "deep")),
    "a list": ("[]", ("", "no_mapping")),
    "nothing": ("", ("", "empty")),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_by_place(name: str, tmp_path: Path):
    content, expected = WRONG[name]
    told = faults(written(tmp_path, content))
    assert expected in told if expected else told[0][1] == "schema_reference"


def test_a_schema_that_is_not_there_and_one_that_is_too_large(tmp_path: Path):
    assert faults(tmp_path / "no.json") == [("", "absent")]
    assert faults(written(tmp_path, " " * 5_000_001)) == [("", "large")]


@pytest.mark.parametrize("address", ["https://example.org/s.json", "ftp://a/b", "//host/s.json"])
def test_nothing_is_fetched(address: str):
    with pytest.raises(ConfigurationError) as refused:
        schemas.path_of(address)
    assert refused.value.key == "schemas.address"
    assert "webbläsaren" in refused.value.text("sv") and address not in refused.value.text("sv")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    inside = tmp_path / "in"
    inside.mkdir()
    written(tmp_path, field(), "secret.json")
    (inside / "s.json").symlink_to(tmp_path / "secret.json")
    file = written(inside, {"resources": [{"path": "t.csv", "schema": "s.json"}]})
    assert faults(file) == [("resources.0.schema", "schema_outside")]


def test_what_is_no_schema_and_a_package_of_other_tables(tmp_path: Path):
    with pytest.raises(ConfigurationError, match="inget schema"):
        schemas.read(written(tmp_path, {"a": 1}), "t.csv")
    resources = [{"path": name, "schema": field()} for name in ("a.csv", "b.csv")]
    with pytest.raises(ConfigurationError, match=r"a\.csv, b\.csv"):
        schemas.read(written(tmp_path, {"resources": resources}), "t.csv")
    tables = [{"url": name, "tableSchema": {"columns": [{"name": "a"}]}} for name in ("a", "b")]
    with pytest.raises(ConfigurationError, match="a, b"):
        schemas.read(written(tmp_path, {"tables": tables}), "t.csv")


def test_a_schema_in_parts_within_its_folder(tmp_path: Path):
    written(tmp_path, {"shared": {"id": FIELD}}, "fields.json")
    written(tmp_path, {"fields": [{"$ref": "fields.json#/shared/id"}]}, "table.json")
    package = {"resources": [{"path": "data/t.csv", "schema": "table.json", "encoding": "latin-1"}]}
    taken = schemas.read(written(tmp_path, package), "t.csv")
    assert [one.written.type for one in taken.fields] == ["integer"]
    assert taken.hints == {"encoding": "latin-1"} and taken.said_in == "table.json"
    assert {one.name for one in taken.files} == {"schema.json", "table.json", "fields.json"}


def not_tried(folder: Path, content: Any) -> set[tuple[str, str]]:
    taken = schemas.read(written(folder, content), "t.csv")
    return {(one.place, one.why) for one in taken.not_tried}


def test_what_is_not_tried_of_a_table_schema_is_told(tmp_path: Path):
    one = {
        "name": "a",
        "type": "boolean",
        "title": "A",
        "rdfType": "x",
        "decimals": 2,
        "constraints": {"minimum": "a", "maxLength": 3, "jsonSchema": {}},
    }
    key = {"fields": "a", "reference": {"resource": "other", "fields": "id"}}
    assert not_tried(tmp_path, {"fields": [one], "foreignKeys": [key], "checks": []}) == {
        ("fields.0.decimals", "unknown"),
        ("fields.0.constraints.minimum", "not_ordered"),
        ("fields.0.constraints.maxLength", "no_length"),
        ("fields.0.constraints.jsonSchema", "unknown"),
        ("foreignKeys.0.reference.resource", "no_table"),
        ("checks", "unknown"),
    }
    resource = {
        "path": "t.csv",
        "hash": "x",
        "dialect": {"delimiter": ";", "quoteChar": "'", "header": False},
        "schema": field(),
    }
    assert not_tried(tmp_path, {"resources": [resource]}) == {
        ("resources.0.hash", "unknown"),
        ("resources.0.dialect.quoteChar", "dialect"),
        ("resources.0.dialect.header", "dialect"),
    }


def test_what_is_not_tried_of_csvw_is_told(tmp_path: Path):
    columns = [
        {"name": "a", "datatype": {"base": "decimal", "format": {"pattern": "#0.0"}}},
        {"name": "b", "datatype": {"base": "dateTime", "format": "EEE d MMM"}},
        {"name": "c", "datatype": "gMonthDay", "default": "x"},
        {"name": "d", "datatype": {"base": "integer", "minimum": 1}, "separator": ";"},
        {"name": "e", "propertyUrl": "http://example.org", "dc:title": "x", "kind": 1},
        {"name": "f", "virtual": True, "datatype": "html"},
    ]
    schema = {"columns": columns, "rowTitles": ["a"]}
    metadata = {"url": "t.csv", "tableSchema": schema, "dialect": {"skipColumns": 1, "skipRows": 2}}
    at = "tableSchema.columns"
    assert not_tried(tmp_path, metadata) == {
        (f"{at}.0.datatype.format.pattern", "unknown"),
        (f"{at}.1.datatype.format", "format"),
        (f"{at}.2.datatype.gMonthDay", "datatype"),
        (f"{at}.2.default", "default"),
        (f"{at}.3.datatype", "in_list"),
        (f"{at}.4.kind", "unknown"),
        ("dialect.skipColumns", "dialect"),
    }
    assert schemas.read(written(tmp_path, metadata), "t.csv").hints == {"header_row": 3}


def test_what_a_group_of_tables_says_holds_for_its_columns(tmp_path: Path):
    columns = [{"name": "a"}, {"name": "b", "null": "-", "datatype": "string"}]
    tables = [
        {"url": "other.csv", "tableSchema": {"columns": [{"name": "x"}]}},
        {
            "url": "https://example.org/t.csv",
            "null": ["", "NA"],
            "tableSchema": {"columns": columns},
        },
    ]
    taken = schemas.read(written(tmp_path, {"datatype": "integer", "tables": tables}), "t.csv")
    assert [(one.written.type, one.missing) for one in taken.fields] == [
        ("integer", ("", "NA")),
        ("string", ("-",)),
    ]
