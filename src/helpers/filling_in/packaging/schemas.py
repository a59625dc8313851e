"""What the columns of a package's table are, for programs: a Table Schema and a CSVW file.

They promise only what every row keeps: a mandatory column with an empty cell is not called required
there, and a type that one cell breaks is text. What lacks is told where people read it.
Sources: Data Package, Table Schema 1.0; W3C, Metadata Vocabulary for Tabular Data.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from helpers.filling_in.packaging.columns import WrittenColumn
from helpers.words.messages import text

TABLE_TYPES = {"text": "string", "decimal": "number"}
CSVW_TYPES = {"text": "string"}
_NAME = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")


def _note(draft: bool, title: str) -> dict[str, Any]:
    note = {"_title": title}
    return note | ({"_utkast": text("package.draft_line", "sv")} if draft else {})


def table_schema(columns: tuple[WrittenColumn, ...], title: str, *, draft: bool = False) -> str:
    """The Table Schema of the columns, as JSON."""
    keys = [column.name for column in columns if column.key]
    plain = {
        **_note(draft, title),
        "fields": [_field(column) for column in columns],
        "missingValues": [""],
        **({"primaryKey": keys[0]} if keys else {}),
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _field(column: WrittenColumn) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    listed = column.choices and column.type == "text"
    constraints |= {"enum": list(column.choices)} if listed else {}
    said: dict[str, Any] = {
        "name": column.name,
        "type": TABLE_TYPES.get(column.type, column.type),
        "title": column.title["sv"],
    }
    if column.type == "boolean":
        said |= {"trueValues": ["true"], "falseValues": ["false"]}
    return said | ({"constraints": constraints} if constraints else {})


def csvw(
    columns: tuple[WrittenColumn, ...],
    file: str,
    title: str,
    *,
    licence: str | None = None,
    conforms_to: str | None = None,
    draft: bool = False,
) -> str:
    """The CSVW description of the table in ``file``, a name beside it, as JSON."""
    keys = [column.name for column in columns if column.key and _NAME.fullmatch(column.name)]
    plain = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "sv"}],
        "url": quote(file),
        "dc:title": title,
        **({"dc:description": text("package.draft_line", "sv")} if draft else {}),
        **({"dc:license": {"@id": licence}} if licence else {}),
        **({"dc:conformsTo": {"@id": conforms_to}} if conforms_to else {}),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "doubleQuote": True},
        "tableSchema": {
            "columns": [_column(column) for column in columns],
            **({"primaryKey": keys[0]} if keys else {}),
        },
    }
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _column(column: WrittenColumn) -> dict[str, Any]:
    name = {"name": column.name} if _NAME.fullmatch(column.name) else {}
    return {
        **name,
        "titles": column.name,
        "dc:title": column.title["sv"],
        "datatype": CSVW_TYPES.get(column.type, column.type),
        **({"required": True} if column.required else {}),
    }
