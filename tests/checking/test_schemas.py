"""A schema that came with the data, as rules: which rows they name, in which words, and what is told
as not tried."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from helpers.checking import schema_columns, schema_rules
from helpers.checking.findings import NOT_TRIED, Finding
from helpers.declared.schemas import reading as schemas
from helpers.words.errors import ConfigurationError

from .schema_trials import COLUMNS, CSVW, FEATURES, columns_of, rows_of, table, tried


def together(
    cases: list[dict[str, Any]], folder: Path, name: str, schema: dict[str, Any]
) -> dict[str, list[int]]:
    """All features that one column shows, a column each in one table: which rows each names."""
    most = max(len(case["values"]) for case in cases)
    rows = []
    for n in range(most):
        # a row beyond the feature's own repeats a right value, where none may be empty
        cells = [
            case["values"][n]
            if n < len(case["values"])
            else case["values"][0]
            if "required" in str(case)
            else ""
            for case in cases
        ]
        rows.append([str(n + 1), *cells])
    header = ["rad", *(case.get("header", f"c{n}") for n, case in enumerate(cases))]
    table(folder, header, rows)
    found = tried(folder, schema, name, "t.csv")
    assert not [one for one in found if one.id == NOT_TRIED]
    assert not columns_of(found)
    by_column: dict[str, list[int]] = {name: [] for name in header}
    for one in found:
        if one.column:
            by_column[one.column] += one.rows
            assert all(one.message[language] for language in ("sv", "en"))
    return {
        case["feature"]: sorted(set(by_column[name]))
        for name, case in zip(header[1:], cases, strict=True)
    }


WHOLE = [case for case in FEATURES if case not in COLUMNS]
EVERY = 4  # table is in the quick set


@pytest.fixture(scope="module")
def of_columns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    fields = [
        {"name": "rad"},
        *({"name": f"c{n}", **one["field"]} for n, one in enumerate(COLUMNS)),
    ]
    folder = tmp_path_factory.mktemp("columns")
    return together(COLUMNS, folder, "schema.json", {"fields": fields})


@pytest.mark.parametrize("case", COLUMNS, ids=lambda case: case["feature"])
def test_a_feature_of_table_schema(case: dict[str, Any], of_columns: dict[str, list[int]]):
    assert of_columns[case["feature"]] == case["rows"]
    assert ("frictionless" in case) is ("because" in case)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["feature"], marks=[pytest.mark.slow] if n % EVERY else [])
        for n, case in enumerate(WHOLE)
    ],
)
def test_a_feature_of_the_whole_table(case: dict[str, Any], tmp_path: Path):
    fields = case.get("fields") or [{"name": "rad"}, {"name": "c", **case["field"]}]
    header = case.get("header") or [one["name"] for one in fields]
    rows = case.get("table") or [[str(n + 1), one] for n, one in enumerate(case["values"])]
    table(tmp_path, header, rows)
    found = tried(tmp_path, {"fields": fields, **case.get("schema", {})}, "schema.json", "t.csv")
    assert rows_of(found) == case["rows"]
    assert columns_of(found) == case.get("columns", {})


@pytest.fixture(scope="module")
def of_csvw(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[int]]:
    columns = [{"name": f"c{n}", **case["column"]} for n, case in enumerate(CSVW)]
    schema = {"columns": [{"name": "rad"}, *columns], "primaryKey": "rad"}
    metadata = {"@context": "http://www.w3.org/ns/csvw", "url": "t.csv", "tableSchema": schema}
    return together(CSVW, tmp_path_factory.mktemp("csvw"), "t.csv-metadata.json", metadata)


@pytest.mark.slow
@pytest.mark.parametrize("case", CSVW, ids=lambda case: case["feature"])
def test_a_feature_of_csvw(case: dict[str, Any], of_csvw: dict[str, list[int]]):
    assert of_csvw[case["feature"]] == case["rows"]


def one_column(
    folder: Path, field: dict[str, Any], values: list[str], **schema: Any
) -> list[Finding]:
    """A table of one column ``c`` beside its row numbers, held against a schema."""
    table(folder, ["rad", "c"], [[str(n), one] for n, one in enumerate(values)])
    fields = [{"name": "rad"}, {"name": "c", **field}]
    return tried(folder, {"fields": fields, **schema}, "schema.json", "t.csv")


WORDS = {
    "integer": ({"type": "integer"}, "vara heltal.", "are whole numbers."),
    "date": (
        {"type": "date", "format": "%d/%m/%Y"},
        "vara datum skrivna dd/mm/åååå.",
        "are dates written dd/mm/yyyy.",
    ),
    "number": (
        {"type": "number", "decimalChar": ","},
        "vara tal med , som decimaltecken.",
        "are numbers with , as decimal sign.",
    ),
    "boolean": (
        {"type": "boolean", "trueValues": ["ja"], "falseValues": ["nej"]},
        "vara ett av orden ja, nej.",
        "are one of the words ja, nej.",
    ),
    "enum": (
        {"constraints": {"enum": [f"v{n}" for n in range(10)]}},
        "vara ett av: v0, v1, v2, v3, v4, v5, v6, v7 och 2 till.",
        "is one of: v0, v1, v2, v3, v4, v5, v6, v7 and 2 more.",
    ),
    "bounds": (
        {"type": "integer", "constraints": {"minimum": 1000, "maximum": 2000}},
        "vara minst 1\u00a0000 och högst 2\u00a0000.",
        "is at least 1,000 and at most 2,000.",
    ),
    "a small bound": (
        {"type": "number", "constraints": {"minimum": 0.0001, "exclusiveMaximum": 1e300}},
        "vara minst 0,0001 och mindre än 1e+300.",
        "is at least 0.0001 and less than 1e+300.",
    ),
    "a year": (
        {"type": "year", "constraints": {"minimum": 1900}},
        "vara minst 1900.",
        "is at least 1900.",
    ),
    "length": (
        {"type": "string", "constraints": {"minLength": 1, "maxLength": 20}},
        "ha minst 1 tecken och högst 20 tecken.",
        "has at least 1 character and at most 20 characters.",
    ),
    "list": (
        {"type": "list", "itemType": "date", "delimiter": ";"},
        "vara listor med ; mellan delarna, där varje del är datum skrivna åååå-mm-dd.",
        "are lists with ; between the parts, each of which is dates written yyyy-mm-dd.",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_rule_says_what_the_schema_asks(name: str, tmp_path: Path):
    field, swedish, english = WORDS[name]
    file = tmp_path / "schema.json"
    file.write_text(json.dumps({"fields": [{"name": "c", **field}]}), "utf-8")
    asked = schema_rules.made(schemas.read(file, "t.csv"), {"c": "t0"})
    rule = asked.rules[-1]
    assert rule.because["sv"].endswith(swedish), rule.because
    assert rule.because["en"].endswith(english), rule.because
    assert all(rule.fix[language] for language in ("sv", "en"))


def test_a_rule_has_another_version_where_it_means_something_else(tmp_path: Path):
    def versions(**field: Any) -> dict[str, int]:
        file = tmp_path / "schema.json"
        file.write_text(json.dumps({"fields": [{"name": "c", **field}]}), "utf-8")
        asked = schema_rules.made(schemas.read(file, "t.csv"), {"c": "t0"})
        return {rule.id: rule.version for rule in asked.rules}

    first = versions(type="integer", constraints={"minimum": 1})
    assert versions(type="integer", constraints={"minimum": 1}, title="Antal") == first
    other = versions(type="integer", constraints={"minimum": 2})
    assert other["schema_field_1_type"] == first["schema_field_1_type"]
    assert other["schema_field_1_bounds"] != first["schema_field_1_bounds"]


UNMEANT = {
    "a pattern that is none": ({"constraints": {"pattern": "("}}, "constraints.pattern", "regex"),
    "a bound of another type": (
        {"type": "date", "constraints": {"minimum": "1 maj"}},
        "constraints.minimum",
        "schema_bound",
    ),
    "a number for a date": (
        {"type": "date", "constraints": {"maximum": 2024}},
        "constraints.maximum",
        "schema_bound",
    ),
    "a member of another type": (
        {"type": "integer", "constraints": {"enum": [1, "två"]}},
        "constraints.enum.1",
        "schema_member",
    ),
}


@pytest.mark.parametrize("name", UNMEANT)
def test_what_cannot_be_meant_is_a_fault_of_the_schema(name: str, tmp_path: Path):
    field, place, kind = UNMEANT[name]
    file = tmp_path / "schema.json"
    file.write_text(json.dumps({"fields": [{"name": "c", **field}]}), "utf-8")
    with pytest.raises(ConfigurationError) as refused:
        schema_rules.made(schemas.read(file, "t.csv"), {"c": "t0"})
    (fault,) = refused.value.values["errors"]
    assert (fault.place, fault.kind) == (f"fields.0.{place}", kind)


BEYOND = {
    "a pattern that looks ahead": ({"constraints": {"pattern": "(?=a).*"}}, "pattern"),
    "a pattern without end": ({"constraints": {"pattern": "(a{999}){999}"}}, "pattern"),
    "any date": ({"type": "date", "format": "any"}, "any_format"),
    "a date of weeks": ({"type": "date", "format": "%G-W%V"}, "format"),
    "a date with a zone": ({"type": "datetime", "format": "%Y%m%d%z"}, "format"),
    "a date of nothing": ({"type": "date", "format": "åååå"}, "format"),
    "a format of another type": ({"type": "integer", "format": "hex"}, "format"),
    "a text in a form of its own": ({"type": "string", "format": "hostname"}, "format"),
}


@pytest.mark.parametrize("name", BEYOND)
def test_what_cannot_be_tried_is_told(name: str, tmp_path: Path):
    field, why = BEYOND[name]
    file = tmp_path / "schema.json"
    file.write_text(json.dumps({"fields": [{"name": "c", **field}]}), "utf-8")
    taken = schemas.read(file, "t.csv")
    asked = schema_rules.made(taken, {"c": "t0"})
    assert [one.why for one in asked.not_tried] == [why]
    (told,) = [one for one in schema_rules.findings_of_schema(asked, taken, "t") if not one.checked]
    assert told.id == NOT_TRIED and "fields.0" in told.message["sv"]


CAPITALS = {"name": "capitals", "path": "capitals.csv", "schema": {"fields": [{"name": "id"}]}}


def pointing(folder: Path, capitals: str | None, their: str = "id") -> list[Finding]:
    """Countries whose capital stands in another table, as a data package has them."""
    table(folder, ["id", "capital"], [["1", "01"], ["2", "9"], ["3", ""]])
    if capitals is not None:
        (folder / "capitals.csv").write_text(capitals, "utf-8")
    key = {"fields": "capital", "reference": {"resource": "capitals", "fields": their}}
    fields = [{"name": "id", "type": "integer"}, {"name": "capital", "type": "integer"}]
    own = {"name": "own", "path": "t.csv", "schema": {"fields": fields, "foreignKeys": [key]}}
    return tried(folder, {"resources": [own, CAPITALS]}, "datapackage.json", "t.csv")


def test_a_foreign_key_points_to_the_other_table(tmp_path: Path):
    found = pointing(tmp_path, "id,name\n1,London\n2,Paris\n")
    (failed,) = [one for one in found if one.outcome == "failed"]
    assert (failed.column, failed.rows, failed.checked) == ("capital", [3], 2)
    assert "tabellen capitals (kolumn: id)" in failed.message["sv"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("capitals", "their", "why"),
    [
        (None, "id", "finns inte i schemats mapp"),
        ("", "id", "gick inte att läsa"),
        ("id,name\n1,London\n", "code", "saknar kolumnen"),
    ],
    ids=["not there", "empty", "without the column"],
)
def test_a_foreign_key_that_points_to_nothing_is_told(
    capitals: str | None, their: str, why: str, tmp_path: Path
):
    found = pointing(tmp_path, capitals, their)
    assert not [one for one in found if one.outcome == "failed"]
    (told,) = [one for one in found if one.id == NOT_TRIED]
    assert why in told.message["sv"]


@pytest.mark.slow
def test_a_foreign_key_of_csvw(tmp_path: Path):
    table(tmp_path, ["id", "Stad"], [["1", "London"], ["2", "Rom"]])
    table(tmp_path, ["Namn"], [["London"], ["Paris"]], "cities.csv")
    reference = {"resource": "cities.csv", "columnReference": "name"}
    key = {"columnReference": "city", "reference": reference}
    columns = [{"name": "id"}, {"name": "city", "titles": "Stad"}]
    own = {"url": "t.csv", "tableSchema": {"columns": columns, "foreignKeys": [key]}}
    names = [{"name": "name", "titles": {"sv": "Namn"}}]
    other = {"url": "cities.csv", "tableSchema": {"columns": names}}
    found = tried(tmp_path, {"tables": [own, other]}, "cities-metadata.json", "t.csv")
    assert rows_of(found) == [3]


@pytest.mark.parametrize(
    ("match", "wrong"),
    [
        ("exact", {"missing": 1, "unknown": 2, "moved": 1}),
        ("equal", {"missing": 1, "unknown": 2}),
        ("subset", {"missing": 1}),
        ("superset", {"unknown": 2}),
        ("partial", {}),
    ],
)
def test_columns_agree_as_the_schema_says(match: str, wrong: dict[str, int], tmp_path: Path):
    file = tmp_path / "schema.json"
    fields = [{"name": name} for name in "abcd"]
    file.write_text(json.dumps({"fields": fields, "fieldsMatch": [match]}), "utf-8")
    taken = schemas.read(file, "t.csv")
    found = schema_columns.matched(taken, ["b", "a", "c", "x", "y"])
    assert columns_of(schema_columns.findings(taken, found, "t")) == wrong


@pytest.mark.slow
def test_what_looks_personal_in_a_schema_is_not_said(tmp_path: Path):
    field = {"type": "string", "constraints": {"enum": ["Anna Andersson", "121212-1212"]}}
    found = one_column(tmp_path, field, ["x"], primaryKey="rad")
    said = json.dumps([one.message for one in found], ensure_ascii=False)
    assert "Andersson" not in said and "121212-1212" not in said and "AAAA" in said


@pytest.mark.slow
def test_a_workbook_s_own_numbers_and_dates_are_what_the_schema_asks(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (
        ["antal", "pris", "öppet", "dag", "tid", "kl"],
        [1, 1.5, True, dt.date(2024, 1, 31), dt.datetime(2024, 1, 31, 10, 30), dt.time(10, 30)],
        [2, 0.5, False, dt.date(2024, 3, 1), dt.datetime(2024, 3, 1, 10, 30), dt.time(11, 30)],
    ):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    fields = [
        {"name": "antal", "type": "integer", "constraints": {"maximum": 1}},
        {"name": "pris", "type": "number", "decimalChar": ",", "constraints": {"minimum": "1,0"}},
        {"name": "öppet", "type": "boolean", "trueValues": ["ja"], "falseValues": ["nej"]},
        {
            "name": "dag",
            "type": "date",
            "format": "%d/%m/%Y",
            "constraints": {"maximum": "01/02/2024"},
        },
        {"name": "tid", "type": "datetime"},
        {"name": "kl", "type": "time", "format": "%H:%M"},
    ]
    found = tried(tmp_path, {"fields": fields}, "schema.json", "t.xlsx")
    failed = {(one.id, one.column): one.rows for one in found if one.outcome == "failed"}
    assert failed == {
        ("schema_field_1_bounds", "antal"): [3],
        ("schema_field_2_bounds", "pris"): [3],
        ("schema_field_4_bounds", "dag"): [3],
    }
