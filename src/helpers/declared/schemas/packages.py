"""A Table Schema by itself, in a Data Resource or in a Data Package, which may name the other table
that a foreign key points to."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from helpers.declared.schemas import documents
from helpers.declared.schemas.documents import Documents
from helpers.declared.schemas.model import At, Foreign, TableSchema
from helpers.declared.schemas.table_schema import ForeignKey, Reader, SchemaOf
from helpers.words.errors import ConfigurationError
from helpers.words.files.strict_json import Document

DIALECT_USUAL = {  # what reading does anyhow, or heeds as a hint
    "delimiter": None,
    "header": (True,),
    "headerRows": None,
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "lineTerminator": ("\r\n", "\n"),
    "caseSensitiveHeader": None,
    "csvddfVersion": None,
    "skipInitialSpace": None,
    "commentChar": (None,),
    "type": None,
}


def _hints(files: Documents, resource: dict[str, Any], at: At) -> dict[str, Any]:
    """How the resource's file is written."""
    files.skip(at, *(name for name in ("hash", "bytes") if name in resource))
    dialect = resource.get("dialect")
    if isinstance(dialect, str):
        files.skip(at, "dialect", why="dialect")
    dialect = dialect if isinstance(dialect, dict) else {}
    for name, value in dialect.items():
        usual = DIALECT_USUAL.get(name, ()) if not name.startswith("$") else None
        if usual is not None and value not in usual:
            files.skip((*at, "dialect"), name, why="dialect")
    rows = dialect.get("headerRows")
    header = rows[0] if isinstance(rows, list) and len(rows) == 1 else None
    if rows is not None and header is None:
        files.skip((*at, "dialect"), "headerRows", why="dialect")
    given = {"delimiter": dialect.get("delimiter"), "header_row": header}
    return documents.hinted(files, given, (*at, "dialect")) | documents.hinted(
        files, {"encoding": resource.get("encoding")}, at
    )


def _paths(resource: Any) -> list[str]:
    path = resource.get("path") if isinstance(resource, dict) else None
    listed = [path] if isinstance(path, str) else path
    return (
        [one for one in listed if isinstance(one, str) and one] if isinstance(listed, list) else []
    )


def _chosen(document: Document, source: str) -> int:
    """The number of the resource that the file is: by the name of its file, else the only one."""
    resources = document.value["resources"]
    named = [
        n
        for n, one in enumerate(resources)
        if any(PurePosixPath(path).name == source for path in _paths(one))
    ]
    if len(named) == 1 or len(resources) == 1:
        return named[0] if named else 0
    known = ", ".join(PurePosixPath(path).name for one in resources for path in _paths(one))
    raise ConfigurationError(
        "schemas.no_resource", {"schema": document.file, "file": source, "known": known}
    )


def _schema_of(
    files: Documents, document: Document, resource: dict[str, Any], at: At
) -> tuple[Document, Any, At]:
    """The schema of a resource with the document and the place where it stands: it may be a file of
    its own."""
    schema = resource.get("schema")
    if isinstance(schema, str):
        file = files.within(document, schema, (*at, "schema"))
        files.sound()
        assert file is not None
        other = files.opened(file)
        return other, other.value, ()
    if not isinstance(schema, dict):
        document.fault("missing", *at, "schema")
        files.sound()
    return document, schema, (*at, "schema")


class Package:
    """What the foreign keys of one table may point to."""

    def __init__(self, files: Documents, document: Document, own: str) -> None:
        self.files, self.document, self.own = files, document, own
        resources = document.value.get("resources")
        self.resources = resources if isinstance(resources, list) else []

    def foreign(self, reader: Reader, given: SchemaOf, fields: list[str]) -> list[Foreign]:
        """The foreign keys that can be tried."""
        made = [
            self._one(reader, key, fields, (*reader.at, "foreignKeys", n))
            for n, key in enumerate(given.foreign_keys)
        ]
        return [one for one in made if one]

    def _one(self, reader: Reader, key: ForeignKey, fields: list[str], at: At) -> Foreign | None:
        columns = reader.key(key.fields, fields, (*at, "fields"))
        own = key.reference.resource in ("", self.own)
        there = (*at, "reference", "fields")
        their = (
            reader.key(key.reference.fields, fields, there)
            if own
            else reader.key(key.reference.fields, _listed(key.reference.fields), there)
        )
        if len(columns) != len(their):
            reader.document.fault("schema_as_many", *there)
        called = tuple((name,) for name in their)
        if own:
            return Foreign(columns, called, at)
        found = self._resource(key.reference.resource)
        if found is None:
            self.files.skip((*at, "reference"), "resource", why="no_table")
            return None
        number, resource = found
        paths = _paths(resource)
        if len(paths) != 1 or documents.is_address(paths[0]):
            self.files.skip((*at, "reference"), "resource", why="no_table")
            return None
        place: At = ("resources", number)
        file = self.files.within(self.document, paths[0], (*place, "path"))
        if file is None:
            return None
        if not file.is_file():
            self.files.skip((*at, "reference"), "resource", why="no_table")
            return None
        self.files.files.append(file)
        hints = _hints(self.files, resource, place)
        return Foreign(columns, called, at, file, key.reference.resource, hints)

    def _resource(self, name: str) -> tuple[int, dict[str, Any]] | None:
        return next(
            (
                (n, one)
                for n, one in enumerate(self.resources)
                if isinstance(one, dict) and one.get("name") == name
            ),
            None,
        )


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else value if isinstance(value, list) else []


def _made(
    files: Documents,
    package: Package,
    found: tuple[Document, Any, At],
    kind: str,
    hints: dict[str, Any],
) -> TableSchema:
    reader = Reader(files, found[0], found[2])
    given = reader.schema(found[1])
    fields = reader.fields(given)
    primary, unique = reader.keys(given, fields)
    foreign = package.foreign(reader, given, [field.name for field in fields])
    match = reader.match(given)
    files.sound()
    return TableSchema(
        kind,
        fields,
        tuple(files.files),
        primary,
        unique,
        tuple(foreign),
        match,
        hints,
        tuple(files.not_tried),
        found[0].file,
    )


def table_schema(files: Documents, document: Document) -> TableSchema:
    """The schema that the document itself is."""
    package = Package(files, document, "")
    return _made(files, package, (document, document.value, ()), "table_schema", {})


def resource(files: Documents, document: Document) -> TableSchema:
    """The schema of the one table that a Data Resource is."""
    package = Package(files, document, str(document.value.get("name") or ""))
    found = _schema_of(files, document, document.value, ())
    return _made(files, package, found, "data_package", _hints(files, document.value, ()))


def package(files: Documents, document: Document, source: str) -> TableSchema:
    """The schema of the table of a Data Package whose file is called ``source``.
    ``ConfigurationError`` where none is."""
    resources = document.value["resources"]
    if not isinstance(resources, list) or not resources:
        document.fault("list", "resources")
    for n, one in enumerate(resources if isinstance(resources, list) else ()):
        if not isinstance(one, dict):
            document.fault("map", "resources", n)
    files.sound()
    number = _chosen(document, source)
    chosen, at = resources[number], ("resources", number)
    found = _schema_of(files, document, chosen, at)
    held = Package(files, document, str(chosen.get("name") or ""))
    return _made(files, held, found, "data_package", _hints(files, chosen, at))
