"""A schema file is taken for what it is by its content: Table Schema, Data Resource, Data Package
or CSV on the Web."""

from __future__ import annotations

from pathlib import Path

from helpers.declared.schemas import csvw, documents, packages
from helpers.declared.schemas.documents import Documents
from helpers.declared.schemas.model import TableSchema
from helpers.words.errors import ConfigurationError


def path_of(given: str) -> Path:
    """The path of a schema on this machine. ``ConfigurationError`` for an address: nothing is
    fetched."""
    if documents.is_address(given):
        raise ConfigurationError("schemas.address")
    return Path(given).absolute()


def read(file: Path, source: str) -> TableSchema:
    """What the schema says of the table in the file called ``source``. ``ConfigurationError`` with
    every fault by file and place, for a file of another kind, and for one that speaks of other
    tables alone."""
    files = Documents(file)
    document = files.opened(file)
    value = document.value
    if "resources" in value:
        return packages.package(files, document, source)
    if {"tables", "tableSchema", "columns"} & set(value):
        return csvw.read(files, document, source)
    if "fields" in value:
        return packages.table_schema(files, document)
    if "schema" in value and ({"path", "data"} & set(value)):
        return packages.resource(files, document)
    raise ConfigurationError("schemas.no_schema", {"file": file.name})
