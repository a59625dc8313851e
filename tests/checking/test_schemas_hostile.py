"""A schema of others with anything in it is taken or refused; no word of it becomes SQL."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from helpers.checking import schema_rules
from helpers.declared.schemas import reading as schemas
from helpers.words.errors import ConfigurationError

from .schema_trials import COLUMNS, CSVW, table, tried

HOSTILE = ["'", '"', "');--", "{0}", "\0", "$today.year", "%", "c0", "*", "\\", "a" * 300]


def test_no_word_of_a_schema_becomes_sql_or_a_reference(tmp_path: Path):
    """Each stands where a schema may have any text; the value itself is right, another is wrong."""
    fields = [{"name": "rad"}] + [
        {
            "name": f"c{n}",
            "type": "string",
            "missingValues": [text],
            "constraints": {"enum": [text, "rätt"], "pattern": "rätt|fel"},
        }
        for n, text in enumerate(HOSTILE)
    ]
    fields += [
        {"name": "d", "type": "list", "itemType": "boolean", "delimiter": "'", "trueValues": ["'"]},
        {"name": "e", "type": "number", "decimalChar": "'", "groupChar": "\\"},
        {"name": "f", "type": "boolean", "trueValues": HOSTILE[:4], "falseValues": []},
    ]
    header = [one["name"] for one in fields]
    wrong = ["2", *["fel" for _ in HOSTILE], "true'x", "x", "x"]
    right = ["1", *["rätt" for _ in HOSTILE], "true'false", "1'5", "'"]
    table(tmp_path, header, [right, wrong])
    found = tried(tmp_path, {"fields": fields}, "schema.json", "t.csv")
    failed = {one.column: one.rows for one in found if one.outcome == "failed"}
    assert failed == {name: [3] for name in header[1:]}


TABLE_SCHEMA = {
    "fields": [{"name": f"c{n}", **case["field"]} for n, case in enumerate(COLUMNS)],
    "primaryKey": "c0",
    "uniqueKeys": [["c0", "c1"]],
    "foreignKeys": [{"fields": "c0", "reference": {"resource": "", "fields": "c1"}}],
}
PACKAGE = {
    "resources": [
        {"path": "t.csv", "schema": TABLE_SCHEMA, "dialect": {"delimiter": ";", "headerRows": [2]}},
        {"name": "b", "path": "o.csv", "schema": {"fields": [{"name": "x"}]}},
    ]
}
KEY = {"columnReference": "c0", "reference": {"resource": "o.csv", "columnReference": "x"}}
METADATA = {
    "tables": [
        {
            "url": "t.csv",
            "tableSchema": {
                "columns": [{"name": f"c{n}", **case["column"]} for n, case in enumerate(CSVW)],
                "foreignKeys": [KEY],
            },
        },
        {"url": "o.csv", "tableSchema": {"columns": [{"name": "x"}]}},
    ]
}
ODD: list[Any] = [None, True, -1, 1e308, 10**30, "", "x", "\0", "(", ["a"], [], {}, [None], [[]]]
ODD += [{"a": 1}, "https://a", "../x", "%", "%Q", "'", {"$ref": "#"}, [{}], "date", "list", "åä"]


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [at, *(place for key, child in children for place in places(child, (*at, key)))]


@pytest.mark.slow
def test_a_schema_with_anything_in_it_is_taken_or_refused(tmp_path: Path):
    """One or two parts of a right schema are something else: never a crash, never a foreign word
    of an error."""
    chance, columns, taken = random.Random(17), {f"c{n}": f"t{n}" for n in range(60)}, 0
    file = tmp_path / "schema.json"
    (tmp_path / "o.csv").write_text("x,y\n1,2\n", "utf-8")
    for _ in range(200):
        schema = copy.deepcopy(chance.choice([TABLE_SCHEMA, PACKAGE, METADATA]))
        for _ in range(chance.randint(1, 2)):
            *way, last = chance.choice(places(schema)[1:])
            part: Any = schema
            for key in way:
                part = part[key]
            part[last] = chance.choice(ODD)
        file.write_text(json.dumps(schema), "utf-8")
        try:
            asked = schema_rules.made(schemas.read(file, "t.csv"), columns)
        except ConfigurationError as refused:
            assert refused.key.startswith("schemas.") and refused.text("en")
        else:
            taken += 1
            assert all(rule.because["sv"] and rule.fix["en"] for rule in asked.rules)
    assert 20 < taken < 180
