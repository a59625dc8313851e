"""Frictionless Table Schema, versions 1 and 2: its fields, types, formats, constraints and keys.

Source: the standards Table Schema 1.0 (2017) and 2.0 (2024), datapackage.org.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field as Limit

from helpers.declared.files import Filled, among
from helpers.declared.schemas import documents, model
from helpers.declared.schemas.documents import Documents
from helpers.declared.schemas.model import At, Bound, Limits, WrittenType
from helpers.words.files.strict_json import Document

ANNOTATIONS = frozenset(
    "title description example examples rdfType unit name homepage version image created keywords"
    " contributors sources licenses path profile".split()
)
MATCHES = ("exact", "equal", "subset", "superset", "partial")
Size = Annotated[int, Limit(ge=0)]
Text = Annotated[str, Limit(max_length=1000)]
Names = str | list[str]
Tokens = list[str | dict[str, Any]]


class Constraints(documents.Foreign):
    """Of a field. Bounds and members of ``enum`` are held against the field's type where they are
    made rules of."""

    required: bool = False
    unique: bool = False
    min_length: Size | None = None
    max_length: Size | None = None
    minimum: Any = None
    maximum: Any = None
    exclusive_minimum: Any = None
    exclusive_maximum: Any = None
    pattern: Text | None = None
    enum: Annotated[list[Any], Limit(min_length=1, max_length=20_000)] | None = None


class FieldOf(documents.Foreign):
    """One field. A field without a type may hold anything."""

    name: Filled
    type: Annotated[str, among(model.TYPES)] = "any"
    format: Text | None = None
    decimal_char: Annotated[str, Limit(min_length=1)] = "."
    group_char: str = ""
    bare_number: bool = True
    true_values: list[str] | None = None
    false_values: list[str] | None = None
    delimiter: Annotated[str, Limit(min_length=1)] = ","
    item_type: Annotated[str, among(model.TYPES)] | None = None
    missing_values: Tokens | None = None
    categories: Any = None
    constraints: Constraints = Constraints()


class Reference(documents.Foreign):
    """``resource``: the other table by its name in the data package; '' for the same table."""

    resource: str = ""
    fields: Any = None


class ForeignKey(documents.Foreign):
    """``fields`` of this table stand in those of the reference."""

    fields: Any
    reference: Reference


class SchemaOf(documents.Foreign):
    """The whole schema."""

    fields: Annotated[list[FieldOf], Limit(min_length=1, max_length=10_000)]
    missing_values: Tokens | None = None
    primary_key: Any = None
    unique_keys: Any = None
    foreign_keys: list[ForeignKey] = Limit(default_factory=list)
    fields_match: Any = "exact"


def _tokens(tokens: Tokens) -> tuple[str, ...]:
    """The texts that stand for no value; version 2 may give each a label."""
    texts = [one if isinstance(one, str) else one.get("value", "") for one in tokens]
    return tuple(str(text) for text in texts)


def names(value: Any) -> tuple[str, ...] | None:
    """One name or a list of names; None where it is neither."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return tuple(value)
    return None


class Reader:
    """One schema that stands at ``at`` of a document."""

    def __init__(self, files: Documents, document: Document, at: At) -> None:
        self.files, self.document, self.at = files, document, at

    def _skip(self, part: documents.Foreign, at: At) -> None:
        self.files.skip(at, *(name for name in part.unknown() if name not in ANNOTATIONS))

    def _bound(self, limits: Constraints, name: str, kind: str, at: At) -> Bound | None:
        value = getattr(limits, name)
        if value is None:
            return None
        alias = type(limits).model_fields[name].alias or name
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.document.fault("invalid", *at, alias)
            return None
        if kind not in model.ORDERED:
            self.files.skip(at, alias, why="not_ordered")
            return None
        return value

    def _limits(self, given: FieldOf, at: At) -> Limits:
        limits, kind = given.constraints, given.type
        self._skip(limits, at)
        for name in ("min_length", "max_length"):
            if getattr(limits, name) is not None and kind not in model.MEASURED:
                self.files.skip(at, Constraints.model_fields[name].alias or "", why="no_length")
        sized = kind in model.MEASURED
        bounds = {
            short: self._bound(limits, name, kind, at)
            for short, name in (
                ("minimum", "minimum"),
                ("maximum", "maximum"),
                ("above", "exclusive_minimum"),
                ("below", "exclusive_maximum"),
            )
        }
        return Limits(
            required=limits.required,
            unique=limits.unique,
            enum=tuple(limits.enum or ()),
            pattern=limits.pattern,
            least_length=limits.min_length if sized else None,
            most_length=limits.max_length if sized else None,
            **bounds,
        )

    def _categories(self, given: FieldOf, limits: Limits, at: At) -> Limits:
        """Version 2 lists the values of a field as categories: the same as ``enum``."""
        if given.categories is None:
            return limits
        listed = given.categories if isinstance(given.categories, list) else []
        values = [one.get("value") if isinstance(one, dict) else one for one in listed]
        if not values or limits.enum or any(value is None for value in values):
            self.files.skip(at, "categories")
            return limits
        return Limits(**{**limits.__dict__, "enum": tuple(values)})

    def field(self, given: FieldOf, number: int, missing: tuple[str, ...]) -> model.Field:
        """One field of the schema's list, counted from 0."""
        at = (*self.at, "fields", number)
        self._skip(given, at)
        plain = WrittenType(given.type)
        item = WrittenType(given.item_type) if given.item_type else None
        written = WrittenType(
            given.type,
            given.format or "default",
            given.decimal_char,
            given.group_char,
            given.bare_number,
            plain.true if given.true_values is None else tuple(given.true_values),
            plain.false if given.false_values is None else tuple(given.false_values),
            given.delimiter,
            item,
        )
        limits = self._limits(given, (*at, "constraints"))
        own = missing if given.missing_values is None else _tokens(given.missing_values)
        return model.Field(
            (given.name,), at, written, self._categories(given, limits, at), tuple(own)
        )

    def key(self, value: Any, known: Iterable[str], at: At) -> tuple[str, ...]:
        """The fields that a key is of; a fault where it is none."""
        listed, there = names(value), set(known)
        if listed is None:
            self.document.fault("list", *at)
            return ()
        for name in listed:
            if name not in there:
                self.document.fault("no_schema_field", *at, name=name)
        return listed

    def schema(self, value: Any) -> SchemaOf:
        """The schema as its model has it. ``ConfigurationError`` with every fault of its shape."""
        return self.files.taken(self.document, value, SchemaOf, self.at)

    def match(self, given: SchemaOf) -> str:
        """How fields and columns must agree; a list of one in version 2's first draft."""
        said = given.fields_match
        said = said[0] if isinstance(said, list) and len(said) == 1 else said
        if said not in MATCHES:
            self.document.fault("among", *self.at, "fieldsMatch", known=", ".join(MATCHES))
            return "exact"
        return str(said)

    def fields(self, given: SchemaOf) -> tuple[model.Field, ...]:
        """All fields; two of one name are a fault."""
        missing = ("",) if given.missing_values is None else _tokens(given.missing_values)
        made = tuple(self.field(one, n, missing) for n, one in enumerate(given.fields))
        seen: set[str] = set()
        for n, one in enumerate(made):
            if one.name in seen:
                self.document.fault("twice", *self.at, "fields", n, "name")
            seen.add(one.name)
        self._skip(given, self.at)
        return made

    def keys(
        self, given: SchemaOf, fields: tuple[model.Field, ...]
    ) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """The primary key and the unique keys."""
        known = [field.name for field in fields]
        primary: tuple[str, ...] = ()
        if given.primary_key not in (None, "", []):
            primary = self.key(given.primary_key, known, (*self.at, "primaryKey"))
        unique = given.unique_keys if isinstance(given.unique_keys, list) else []
        if given.unique_keys is not None and not isinstance(given.unique_keys, list):
            self.document.fault("list", *self.at, "uniqueKeys")
        listed = [self.key(one, known, (*self.at, "uniqueKeys", n)) for n, one in enumerate(unique)]
        return primary, tuple(one for one in listed if one)
