"""Specifications: what a dataset type's fields are, which column is which field, and which type a
table is.

``data/specifications/<type>.yaml`` is a Frictionless Table Schema with synonyms, ``personal`` and
``role`` beside it. Its ``variants`` are the forms that a type has: versions, subtypes, formats;
each with a status and a source of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from helpers.declared import table_schemas, units
from helpers.declared.table_schemas import TYPES, Written, WrittenField, WrittenVariant
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.ours import Folder, remembered
from helpers.words.folding import fold
from helpers.words.messages import text

SPECIFICATIONS = Folder("data/specifications/*.yaml")
RECOGNISED = 0.5
LONGEST_NAME = 500


@dataclass(frozen=True)
class Field:
    """One field. ``type`` is the snapshot's: text | integer | decimal | date | datetime | boolean;
    codes are text."""

    name: str
    title: dict[str, str]
    type: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    personal: str | None = None  # public_role: persons who are meant to be public
    # organisation_number, municipality_code, key, amount, date, url, latitude ...
    role: str | None = None
    choices: tuple[str, ...] = ()  # the values that it may have; () for any
    example: str | None = None
    column: str = ""  # its name in the variant, where that is another
    extra: bool = False  # known to the type, not part of the variant

    @property
    def header(self) -> str:
        """What the column is called in a file that follows the specification."""
        return self.column or self.name


@dataclass(frozen=True)
class Variant:
    """One form of a type. It is recognised by ``formats``, by ``headers`` (of each group one is
    there, none of ``without``) or by ``words`` in the file's name; ``default`` is taken where none
    is. One with words is a subtype: of bathing places, say."""

    name: str
    title: dict[str, str]
    status: str
    source: str
    url: str
    fields: tuple[str, ...] = ()  # in order; () for all
    required: tuple[str, ...] | None = None  # None: as the fields say
    names: dict[str, str] = field(default_factory=dict)  # field -> its header in this variant
    formats: tuple[str, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    default: bool = False


@dataclass(frozen=True)
class Specification:
    """A dataset type. Only ``status`` verified may ever be called the national specification."""

    name: str
    title: dict[str, str]
    status: str
    source: str
    url: str
    fields: tuple[Field, ...]
    signatures: tuple[tuple[tuple[str, ...], ...], ...] = ()
    ceiling: float = 1.0
    variants: tuple[Variant, ...] = ()
    variant: str | None = None  # the one that ``fields`` are of

    @property
    def verified(self) -> bool:
        """True where it may be called the national specification."""
        return self.status == "verified"

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        for known in self.fields:
            if known.name == name:
                return known
        raise KeyError(name)


def _field(written: WrittenField) -> Field:
    return Field(
        name=written.name,
        title=written.title,
        type=TYPES[written.type],
        synonyms=written.synonyms,
        required=written.constraints.required,
        personal=written.personal,
        role=written.role,
        choices=tuple(map(str, written.constraints.enum)),
        example=written.example,
    )


def _variant(variant: WrittenVariant, whole: Written) -> Variant:
    return Variant(
        name=variant.name,
        title=variant.title or whole.title,
        status=variant.status or whole.status,
        source=variant.source or whole.source,
        url=whole.url if variant.url is None else variant.url,
        fields=variant.fields,
        required=variant.required,
        names=variant.names,
        formats=variant.formats,
        headers=variant.headers,
        without=variant.without,
        words=variant.words,
        default=variant.default,
    )


@remembered
def _load(file: Path) -> Specification:
    written = table_schemas.read(file)
    return Specification(
        name=written.name,
        title=written.title,
        status=written.status,
        source=written.source,
        url=written.url,
        fields=tuple(map(_field, written.fields)),
        signatures=written.recognition.signatures,
        ceiling=written.recognition.ceiling,
        variants=tuple(_variant(variant, written) for variant in written.variants),
    )


def types() -> list[str]:
    """The dataset types there is a specification of, in order of name."""
    return sorted(file.stem for file in SPECIFICATIONS.files())


def title_of(type: str, language: str) -> str:
    """What people call the type; of one that there is no specification of, that it is another."""
    return (
        _load(paths.specifications() / f"{type}.yaml").title[language]
        if type in types()
        else (text("reporting.other_type", language))
    )


def _of_variant(whole: Specification, variant: Variant) -> Specification:
    order = list(variant.fields) or [spec_field.name for spec_field in whole.fields]
    required = (
        {spec_field.name for spec_field in whole.fields if spec_field.required}
        if variant.required is None
        else set(variant.required)
    )
    chosen = [
        replace(whole.field(name), required=name in required, column=variant.names.get(name, ""))
        for name in order
    ]
    rest = [
        replace(spec_field, required=False, extra=True)
        for spec_field in whole.fields
        if spec_field.name not in order
    ]
    return replace(
        whole,
        title=variant.title,
        status=variant.status,
        source=variant.source,
        url=variant.url,
        fields=(*chosen, *rest),
        variant=variant.name,
    )


def load(type: str, variant: str | None = None) -> Specification:
    """The specification of a dataset type, or of one variant of it: its own fields first, the
    type's others as ``extra``.

    Raises ConfigurationError where there is none, or it is invalid.
    """
    if type not in types():
        raise ConfigurationError(
            "specifications.unknown", {"type": type, "known": ", ".join(types())}
        )
    whole = _load(paths.specifications() / f"{type}.yaml")
    if variant is None:
        return whole
    chosen = next((candidate for candidate in whole.variants if candidate.name == variant), None)
    if chosen is None:
        known = ", ".join(candidate.name for candidate in whole.variants)
        raise ConfigurationError(
            "specifications.unknown_variant", {"type": type, "variant": variant, "known": known}
        )
    return _of_variant(whole, chosen)


def _own_names(specification: Specification) -> dict[str, set[str]]:
    """By field: its names, folded, that no other field has."""
    names = {
        spec_field.name: {fold(name) for name in _names(spec_field)}
        for spec_field in specification.fields
    }
    meant = Counter(name for several in names.values() for name in several)
    return {
        field_name: {name for name in several if meant[name] == 1 or name == fold(field_name)}
        for field_name, several in names.items()
    }


def variant_of(
    type: str, columns: list[str], *, file: str = "", format: str | None = None
) -> str | None:
    """Which variant of the type a source follows, by its format, its headers, or words in its
    file's name; else the default. A header that is a field's name may stand there under any name
    that means this field alone."""
    folded, name = {fold(column) for column in columns}, fold(file)
    variants = load(type).variants if type in types() else ()
    names = _own_names(load(type)) if variants else {}
    for variant in variants:
        if format in variant.formats:
            return variant.name
    tables = [variant for variant in variants if not variant.formats]
    for variant in tables:
        grouped = all(
            any(names.get(header, {fold(header)}) & folded for header in group)
            for group in variant.headers
        )
        excluded = any(fold(header) in folded for header in variant.without)
        if variant.headers and grouped and not excluded:
            return variant.name
    for variant in tables:
        if any(word in name for word in variant.words):
            return variant.name
    return next((variant.name for variant in tables if variant.default), None)


def mandatory(
    specification: Specification, fields: Mapping[str, str], *, placed: bool
) -> tuple[list[str], list[str]]:
    """Names of the mandatory fields, and of those of them that a table with these ``fields`` lacks.
    ``placed``: it has positions, so latitude and longitude lie in its geometry. A field that is
    there in another unit is not lacking."""
    wanted = [spec_field.name for spec_field in specification.fields if spec_field.required]
    there = {*fields, *(("latitude", "longitude") if placed else ())}
    return wanted, [name for name in wanted if name not in there and not units.others(name) & there]


@lru_cache(1 << 14)
def short(name: str) -> str:
    """A name folded, without what stands in brackets, what an outer object is called, and with
    ``nr`` for ``nummer``. Of a longer name the first 500 characters: no field is called more.

    >>> short("Nedladdning (Mbit/s)"), short("position.lat"), short("Organisationsnummer")
    ('nedladdning', 'lat', 'organisationsnr')
    """
    plain = re.sub(r"[(\[][^)\]]*[)\]]", "", name[:LONGEST_NAME])
    inner = plain.rsplit(".", 1)[-1] if re.fullmatch(r"\w+(?:\.\w+)+", plain.strip()) else plain
    return fold(inner).replace("nummer", "nr")


def _by_form(columns: list[str]) -> dict[Callable[[str], str], dict[str, list[str]]]:
    """For ``fold`` and for ``short``: what names become by it -> the columns of such names."""
    formed: dict[Callable[[str], str], dict[str, list[str]]] = {fold: {}, short: {}}
    for column in columns:
        for form, by_name in formed.items():
            by_name.setdefault(form(column), []).append(column)
    return formed


def _free(by_name: dict[str, list[str]], names: list[str], taken: Collection[str]) -> list[str]:
    """The columns that stand alone under one of these names, and are not taken."""
    alike = [by_name.get(name, []) for name in names]
    return [columns[0] for columns in alike if len(columns) == 1 and columns[0] not in taken]


def _names(spec_field: Field) -> list[str]:
    """All that a column of the field may be called."""
    return [spec_field.name, *spec_field.synonyms, *spec_field.title.values()]


def _called_after(column: str, specification: Specification) -> bool:
    """True for the id that is called after what has it: ``Utegym-ID``, ``lekplats_id``."""
    stem = fold(column).removesuffix("nr").removesuffix("nummer").removesuffix("id")
    if stem == fold(column) or len(stem) < 4 or not fold(column)[len(stem) :].startswith("id"):
        return False
    things = {word for variant in specification.variants for word in variant.words}
    things |= {fold(title) for title in specification.title.values()}
    return any(thing.startswith(stem) or stem.startswith(thing) for thing in things)


def match(columns: list[str], specification: Specification) -> dict[str, str]:
    """Field name -> column name, by name, title or synonym folded alike, then in ``short`` form;
    nothing rather than a guess.

    The field's own name wins over synonyms; a column that several fields may be goes to one that
    has no other. Two columns that fold alike match nothing by that name.
    """
    matched: dict[str, str] = {}
    formed = _by_form(columns)

    def candidates(spec_field: Field, names: list[str], form: Callable[[str], str]) -> list[str]:
        if spec_field.name in matched:
            return []
        return _free(formed[form], [form(name) for name in names], matched.values())

    def take(spec_field: Field, possible: list[str]) -> None:
        if possible:
            matched[spec_field.name] = possible[0]

    for spec_field in specification.fields:
        take(spec_field, candidates(spec_field, [spec_field.header], fold))
    names = [(spec_field, _names(spec_field)) for spec_field in specification.fields]
    for form in formed:
        claims = Counter(
            column
            for spec_field, known in names
            for column in set(candidates(spec_field, known, form))
        )
        for spec_field, known in names:
            possible = candidates(spec_field, known, form)
            take(spec_field, [column for column in possible if claims[column] == 1])
        for spec_field, known in names:
            take(spec_field, candidates(spec_field, known, form))
    for spec_field in specification.fields:
        if spec_field.role == "key" and spec_field.name not in matched:
            own = [column for column in columns if _called_after(column, specification)]
            take(spec_field, own if len(own) == 1 and own[0] not in matched.values() else [])
    return {
        spec_field.name: matched[spec_field.name]
        for spec_field in specification.fields
        if spec_field.name in matched
    }


def _confidence(columns: list[str], specification: Specification, geometry: bool) -> float:
    matched = match(columns, specification)
    present = set(matched) | ({"geometry", "latitude", "longitude"} if geometry else set())
    share = max(
        (
            (sum(any(name in present for name in group) for group in groups) / len(groups))
            if any(name in present for name in groups[0])
            else 0.0
        )
        for groups in specification.signatures
    )
    coverage = len(matched) / len(columns) if columns else 0.0
    return round(specification.ceiling * (0.85 * share**2 + 0.15 * coverage), 3) if matched else 0.0


_NAMELESS = re.compile(r"(c|col|column|f|field|attr|attribute|var|v|x|kolumn|falt|unnamed)?\d+")


def nameless(columns: Collection[str]) -> bool:
    """True where no header says what its column holds: ``C0``, ``Column 1``, ``Fält_2``, ``3``.

    >>> nameless(["C0", "C1"]), nameless(["C0", "namn"])
    (True, False)
    """
    return bool(columns) and all(_NAMELESS.fullmatch(fold(name)) for name in columns)


def recognise(
    columns: list[str], *, geometry: bool = False, format: str | None = None
) -> tuple[str, float]:
    """The dataset type and the confidence in it (0-1); 'annan' with 1 - the best guess where that
    is below 0.5."""
    if format == "gtfs":
        return "rorelsedata", 1.0
    best, confidence = "annan", 0.0
    for name in types():
        score = _confidence(columns, load(name), geometry)
        if score > confidence:
            best, confidence = name, score
    return (best, confidence) if confidence >= RECOGNISED else ("annan", round(1 - confidence, 3))
