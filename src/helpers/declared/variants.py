"""A variant of a dataset type is a file of its own, ``data/specifications/<type>/<variant>.yaml``:
its fields in order, which are mandatory, how it is told, and how much of it is verified.

What several variants share stands in a family, a file in the same folder whose name begins with
``_``: a variant that ``inherits`` it has the family's fields first, and of all else what it does
not say itself.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from helpers.declared import files, own
from helpers.declared.files import Declared, Exactly, Filled, Listed, Maturity, Said, Tell, among
from helpers.declared.table_schemas import TYPES, Constraints, WrittenField
from helpers.words.files.ours import Folder

VARIANTS = Folder("data/specifications/*/*.yaml")
FAMILY = "_"  # before the name of what several variants share
ASPECTS = ("names", "order", "mandatory", "types")  # of which each is verified by itself


class OwnField(Declared):
    """A field of the variant's own, or what it says otherwise of one of the type's."""

    name: Filled
    title: Said | None = None
    type: Annotated[str, among(TYPES)] | None = None
    synonyms: Listed[Filled] = ()
    personal: Filled | None = None
    role: Filled | None = None
    constraints: Constraints | None = None
    example: Filled | None = None


class Spread(Declared):
    """Columns that are rows in the specification: header -> the value of the field ``by``, whose
    cells are values of the field ``value``."""

    by: Filled
    value: Filled
    columns: Annotated[dict[str, Filled], Field(min_length=1)]


class Form(Declared):
    """A layout that files follow: header -> field, None for what the specification has no field
    for. ``national``: the specification's own; ``older``: an earlier draft or version;
    ``regional``: one that some publishers have agreed on. ``values``: field -> word of the layout
    -> the value that it is in the specification."""

    name: Filled
    title: Said
    kind: Literal["older", "regional", "national"]
    source: Filled
    columns: Annotated[dict[str, Filled | None], Field(min_length=1)]
    spread: Spread | None = None
    values: dict[str, Annotated[dict[Filled, Filled], Field(min_length=1)]] = Field(
        default_factory=dict
    )


class VariantFile(Declared):
    """The whole file. ``verified``: aspect -> where it was read; ``form``: what the layout is
    called, where it is no proposal of ours; ``unless``: longer words that begin or end as one of
    ``words`` and mean something else; ``own``: its own fields, last in order where ``fields``
    does not name them; ``either``: fields of which one is enough, where one is mandatory."""

    name: Filled
    inherits: Filled | None = None
    title: Said | None = None
    status: Maturity | None = None
    verified: Annotated[dict[str, Filled], Exactly((), ASPECTS)] = Field(default_factory=dict)
    source: Filled | None = None
    url: str | None = None
    form: Said | None = None
    fields: Listed[Filled] = ()
    own: Listed[OwnField] = ()
    required: Listed[Filled] | None = None
    either: Listed[Annotated[Listed[Filled], Field(min_length=2)]] = ()
    names: dict[str, Filled] = Field(default_factory=dict)
    formats: Listed[Filled] = ()
    headers: Listed[Listed[Filled]] = ()
    without: Listed[Filled] = ()
    words: Listed[Filled] = ()
    unless: Listed[Filled] = ()
    default: bool = False
    forms: Listed[Form] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The names of its fields, in order; () where it has all of the type's."""
        rest = tuple(one.name for one in self.own if one.name not in self.fields)
        return (*self.fields, *rest)


def _fitting(
    known: set[str], stem: str, families: list[str], taken: Collection[str]
) -> files.Also[VariantFile]:
    """What a variant must agree with: its file's name, the variants and families there are, the
    type's fields."""

    def also(declared: VariantFile, fault: Tell) -> None:
        if declared.name != stem:
            fault("among", "name", known=stem)
        elif stem in taken:
            fault("taken", "name", name=stem)
        if declared.inherits is not None and declared.inherits not in families:
            fault("among", "inherits", known=", ".join(families))
        if declared.status == "verified":
            for aspect in ASPECTS[:3]:
                if aspect not in declared.verified:
                    fault("missing", "verified", aspect)
        added = {one.name for one in declared.own}
        for i, one in enumerate(declared.own):
            for key in ("title", "type"):
                if one.name not in known and getattr(one, key) is None:
                    fault("missing", "own", i, key)
        for place, name in _spoken_of(declared):
            if name not in known | added:
                fault("no_field", *place, name=name)

    return also


def _spoken_of(declared: VariantFile) -> list[tuple[tuple[str | int, ...], str]]:
    """Each field that the file speaks of, and where."""
    places: list[tuple[tuple[str | int, ...], str]] = [
        ((part, i), name)
        for part in ("fields", "required")
        for i, name in enumerate(getattr(declared, part) or ())
    ]
    places += [(("names", name), name) for name in declared.names]
    places += [
        (("either", i, j), name)
        for i, group in enumerate(declared.either)
        for j, name in enumerate(group)
    ]
    for i, form in enumerate(declared.forms):
        places += [
            (("forms", i, "columns", header), name)
            for header, name in form.columns.items()
            if name is not None
        ]
        places += [(("forms", i, "values", name), name) for name in form.values]
        if form.spread:
            places.append((("forms", i, "spread", "by"), form.spread.by))
            places.append((("forms", i, "spread", "value"), form.spread.value))
    return places


def _joined(variant: VariantFile, family: VariantFile | None) -> VariantFile:
    """The variant with what it inherits."""
    if family is None:
        return variant
    said = {key: getattr(variant, key) for key in variant.model_fields_set}
    fields = [*family.order, *(name for name in variant.fields if name not in family.order)]
    return family.model_copy(
        update=said | {"fields": tuple(fields), "own": (*family.own, *variant.own)}
    )


def read(type: str, fields: tuple[WrittenField, ...]) -> list[tuple[VariantFile, bool]]:
    """The variants of a type, by name, ours first, each with what it inherits, and whether it is
    the organisation's own. ``fields``: the type's own.

    Raises ``ConfigurationError`` with every fault of a file.
    """
    shipped = [file for file in VARIANTS.files() if file.parent.name == type]
    there = [*shipped, *own.variants(type)]
    families: dict[str, VariantFile] = {}
    known = {field.name for field in fields}
    seen: list[str] = []

    def one(file: Path) -> VariantFile:
        inherited = known | {mine.name for family in families.values() for mine in family.own}
        fitting = _fitting(inherited, file.stem, list(families), tuple(seen))
        seen.append(file.stem)
        return files.read(file, VariantFile, fitting)

    for file in there:
        if file.stem.startswith(FAMILY):
            families[file.stem] = one(file)
    variants = [(one(file), file) for file in there if not file.stem.startswith(FAMILY)]
    return [
        (_joined(variant, families.get(variant.inherits or "")), file not in shipped)
        for variant, file in variants
    ]
