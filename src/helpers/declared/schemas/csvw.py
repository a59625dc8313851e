"""CSV on the Web: a table's columns, datatypes and keys from a metadata file (``*-metadata.json``)
or from a schema alone.

Source: W3C, Metadata Vocabulary for Tabular Data (2015).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import Field as Limit

from helpers.declared.schemas import csvw_types, documents
from helpers.declared.schemas.documents import Documents
from helpers.declared.schemas.model import At, Field, Foreign, Limits, TableSchema, WrittenType
from helpers.declared.schemas.table_schema import names
from helpers.words.errors import ConfigurationError
from helpers.words.files.strict_json import Document

INHERITED = ("datatype", "null", "required", "separator", "default", "ordered")
ANNOTATIONS = frozenset(
    "lang textDirection aboutUrl propertyUrl valueUrl notes suppressOutput tableDirection"
    " transformations rowTitles id".split()
)
DIALECT_USUAL: dict[str, tuple[Any, ...] | None] = {
    "encoding": None,
    "delimiter": None,
    "header": (True,),
    "headerRowCount": (1,),
    "skipRows": None,
    "doubleQuote": (True,),
    "quoteChar": ('"',),
    "lineTerminators": None,
    "skipBlankRows": None,
    "trim": None,
    "skipInitialSpace": None,
    "commentPrefix": ("#", None),
    "skipColumns": (0,),
}


class Column(documents.Foreign):
    """One column of a schema."""

    name: str | None = None
    titles: Any = None
    virtual: bool = False
    datatype: Any = None
    null: str | list[str] | None = None
    required: bool | None = None
    separator: str | None = None
    default: str | None = None
    ordered: bool | None = None


class Key(documents.Foreign):
    """Columns of this table that stand in those of the reference."""

    column_reference: Any
    reference: dict[str, Any]


class SchemaOf(documents.Foreign):
    """A table's schema."""

    columns: Annotated[list[Column], Limit(min_length=1, max_length=10_000)]
    primary_key: Any = None
    foreign_keys: list[Key] = Limit(default_factory=list)


def _titles(value: Any) -> list[str]:
    """All titles, in whichever language."""
    listed = list(value.values()) if isinstance(value, dict) else [value]
    flat = [one for part in listed for one in (part if isinstance(part, list) else [part])]
    return [one for one in flat if isinstance(one, str) and one]


class Table:
    """One table of a metadata file. ``inherited``: what the group and the table say for all their
    columns."""

    def __init__(
        self, files: Documents, document: Document, at: At, inherited: Mapping[str, Any]
    ) -> None:
        self.files, self.document, self.at, self.inherited = files, document, at, inherited

    def _skip(self, part: documents.Foreign, at: At) -> None:
        known = (name for name in part.unknown() if ":" not in name and name not in ANNOTATIONS)
        self.files.skip(at, *known)

    def _listed(self, written: WrittenType, limits: Limits, separator: str, at: At) -> Field:
        """A column whose cells hold several values: each reads as the datatype."""
        said = replace(limits, required=False)
        if said != Limits():
            self.files.skip(at, "datatype", why="in_list")
        whole = WrittenType("list", delimiter=separator, item=written)
        return Field(("",), at, whole, Limits(required=limits.required))

    def column(self, given: Column, number: int, schema: Mapping[str, Any]) -> Field:
        """One column, counted from 0; what it does not say of itself is as the schema, the table
        and the group say."""
        at = (*self.at, "columns", number)
        self._skip(given, at)

        def said(name: str) -> Any:
            own = getattr(given, name)
            return own if own is not None else schema.get(name, self.inherited.get(name))

        titles = _titles(given.titles)
        called = [given.name] if given.name else []
        called += [title for title in titles if title not in called]
        if not called:
            self.document.fault("missing", *at, "name")
            called = [""]
        datatype = said("datatype")
        place: At = (*at, "datatype")
        written, limits = csvw_types.read(
            "string" if datatype is None else datatype, self.document, self.files, place
        )
        limits = replace(limits, required=said("required") is True)
        if said("default") not in (None, ""):
            self.files.skip(at, "default", why="default")
        null = said("null")
        missing = ("",) if null is None else names(null) or ()
        field = Field(("",), at, written, limits)
        if isinstance(said("separator"), str) and said("separator"):
            field = self._listed(written, limits, said("separator"), at)
        return replace(field, names=tuple(called), missing=missing)

    def schema(self, value: Any) -> tuple[SchemaOf, tuple[Field, ...]]:
        """The schema at this place, and its fields."""
        given = self.files.taken(self.document, value, SchemaOf, self.at)
        self._skip(given, self.at)
        fields = tuple(
            self.column(one, n, value) for n, one in enumerate(given.columns) if not one.virtual
        )
        return given, fields

    def key(self, value: Any, fields: tuple[Field, ...], at: At) -> tuple[str, ...]:
        """Columns by name; a fault where there is none of that name."""
        listed = names(value)
        if listed is None:
            self.document.fault("list", *at)
            return ()
        for name in listed:
            if all(field.name != name for field in fields):
                self.document.fault("no_schema_field", *at, name=name)
        return listed


class Metadata:
    """A whole metadata file: a table, a group of tables, or a schema alone."""

    def __init__(self, files: Documents, document: Document, source: str) -> None:
        self.files, self.document, self.source = files, document, source
        value = document.value
        self.inherited = {name: value[name] for name in INHERITED if name in value}
        self.tables: list[tuple[At, dict[str, Any]]] = [((), value)]
        if "tables" in value:
            tables = value["tables"]
            if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
                document.fault("list", "tables")
                files.sound()
            self.tables = [(("tables", n), one) for n, one in enumerate(tables)]
        elif "columns" in value:
            self.tables = [((), {"tableSchema": value})]

    def chosen(self) -> tuple[At, dict[str, Any]]:
        """The table that the source is, by its address; else the only one. ``ConfigurationError``
        where neither tells which."""
        named = [one for one in self.tables if _named(one[1]) == self.source]
        if len(named) == 1 or len(self.tables) == 1:
            return named[0] if named else self.tables[0]
        known = ", ".join(_named(table) for _, table in self.tables)
        values = {"schema": self.document.file, "file": self.source, "known": known}
        raise ConfigurationError("schemas.no_resource", values)

    def schema_of(self, at: At, table: dict[str, Any]) -> tuple[Table, Any]:
        """Where a table's schema stands, and what it is: it may be a file of its own."""
        inherited = self.inherited | {name: table[name] for name in INHERITED if name in table}
        schema = table.get("tableSchema", self.document.value.get("tableSchema"))
        if isinstance(schema, str):
            file = self.files.within(self.document, schema, (*at, "tableSchema"))
            self.files.sound()
            assert file is not None
            other = self.files.opened(file)
            return Table(self.files, other, (), inherited), other.value
        if not isinstance(schema, dict):
            self.document.fault("missing", *at, "tableSchema")
            self.files.sound()
        place: At = (*at, "tableSchema") if table.get("tableSchema") is not None else ()
        place = () if schema is self.document.value else place
        return Table(self.files, self.document, place, inherited), schema

    def hints(self, at: At, table: dict[str, Any]) -> dict[str, Any]:
        """How the table's file is written."""
        dialect = table.get("dialect", self.document.value.get("dialect"))
        if isinstance(dialect, str):
            self.files.skip(at, "dialect", why="dialect")
        if not isinstance(dialect, dict):
            return {}
        place: At = (*at, "dialect")
        for name, value in dialect.items():
            usual = DIALECT_USUAL.get(name, ()) if not name.startswith("@") else None
            if usual is not None and value not in usual:
                self.files.skip(place, name, why="dialect")
        skipped = dialect.get("skipRows")
        whole = isinstance(skipped, int) and not isinstance(skipped, bool)
        given = {
            "delimiter": dialect.get("delimiter"),
            "encoding": dialect.get("encoding"),
            "header_row": skipped + 1 if skipped is not None and whole else None,
        }
        return documents.hinted(self.files, given, place)

    def foreign(self, table: Table, given: SchemaOf, fields: tuple[Field, ...]) -> list[Foreign]:
        """The foreign keys that can be tried."""
        made = []
        for n, key in enumerate(given.foreign_keys):
            at = (*table.at, "foreignKeys", n)
            columns = table.key(key.column_reference, fields, (*at, "columnReference"))
            their = names(key.reference.get("columnReference"))
            place = (*at, "reference")
            if their is None or len(their) != len(columns):
                table.document.fault("schema_as_many", *place, "columnReference")
                continue
            one = self._pointed(key.reference, columns, their, place)
            made += [one] if one else []
        return made

    def _pointed(
        self, reference: dict[str, Any], columns: tuple[str, ...], their: tuple[str, ...], at: At
    ) -> Foreign | None:
        resource = reference.get("resource")
        found = next(
            ((place, one) for place, one in self.tables if one.get("url") == resource), None
        )
        if not isinstance(resource, str) or documents.is_address(resource) or found is None:
            self.files.skip(at, "resource", why="no_table")
            return None
        place, other = found
        schema = other.get("tableSchema")
        columns_there = schema.get("columns") if isinstance(schema, dict) else None
        called = {
            str(one.get("name")): (str(one.get("name")), *_titles(one.get("titles")))
            for one in (columns_there if isinstance(columns_there, list) else ())
            if isinstance(one, dict)
        }
        known = tuple(called.get(name, (name,)) for name in their)
        if _named(other) == self.source:
            return Foreign(columns, known, at)
        file = self.files.within(self.document, resource, (*at, "resource"))
        if file is None:
            return None
        if not file.is_file():
            self.files.skip(at, "resource", why="no_table")
            return None
        self.files.files.append(file)
        return Foreign(columns, known, at, file, resource, self.hints(place, other))


def _named(table: dict[str, Any]) -> str:
    """The file's name in the address of a table."""
    return PurePosixPath(str(table.get("url") or "")).name


def read(files: Documents, document: Document, source: str) -> TableSchema:
    """The schema of the table whose file is called ``source``. ``ConfigurationError`` with every
    fault."""
    whole = Metadata(files, document, source)
    at, chosen = whole.chosen()
    table, schema = whole.schema_of(at, chosen)
    given, fields = table.schema(schema)
    primary: tuple[str, ...] = ()
    if given.primary_key is not None:
        primary = table.key(given.primary_key, fields, (*table.at, "primaryKey"))
    foreign = whole.foreign(table, given, fields)
    hints = whole.hints(at, chosen)
    files.sound()
    return TableSchema(
        "csvw",
        fields,
        tuple(files.files),
        primary,
        foreign=tuple(foreign),
        hints=hints,
        not_tried=tuple(files.not_tried),
        said_in=table.document.file,
    )
