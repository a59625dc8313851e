"""Specifications: what a dataset type's fields are, which form of the type a table has, and which
type it is.

``data/specifications/<type>.yaml`` is a Frictionless Table Schema with synonyms, ``personal`` and
``role`` beside it. In the folder of the same name each variant has a file of its own: versions,
subtypes, formats, each with a status and a source of its own (``variants``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from helpers.declared import forms, matching, own, table_schemas, units, variants
from helpers.declared.fields import Field, Specification, Variant
from helpers.declared.matching import held, layout, match, nameless, short, spread, unknown
from helpers.declared.table_schemas import TYPES, SpecificationFile, WrittenField
from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files.ours import Folder, remembered
from helpers.words.folding import fold
from helpers.words.messages import text

__all__ = [
    "Field",
    "Specification",
    "Variant",
    "fold",
    "held",
    "layout",
    "match",
    "nameless",
    "short",
    "spread",
    "unknown",
]  # beside what stands here
SPECIFICATIONS = Folder("data/specifications/*.yaml")
RECOGNISED = 0.5


def _field(written: WrittenField) -> Field:
    return Field(
        name=written.name,
        title=written.title,
        type=TYPES[written.type],
        synonyms=written.synonyms,
        required=written.constraints.required,
        personal=written.personal,
        role=written.role,
        choices=written.constraints.words,
        example=written.example,
        beside=written.beside,
    )


def _own(written: variants.OwnField, shared: Field | None) -> Field:
    """A variant's own field; of one that the type has too, what is said otherwise of it."""
    of_type = shared or Field(written.name, written.title or {}, "text")
    choices = () if written.type else of_type.choices  # of another type they are no longer true
    if written.constraints is not None:
        choices = written.constraints.words
    return replace(
        of_type,
        title=written.title or of_type.title,
        type=TYPES[written.type] if written.type else of_type.type,
        synonyms=(*of_type.synonyms, *written.synonyms),
        personal=written.personal or of_type.personal,
        role=written.role or of_type.role,
        choices=choices,
        example=written.example or of_type.example,
    )


def _spelled(spec_field: Field) -> Field:
    """Of a layout that is no proposal of ours, a field of true and false as it is written there."""
    booleans = spec_field.type == "boolean" and not spec_field.choices
    return replace(spec_field, choices=("true", "false")) if booleans else spec_field


def _known_as(status: str, mine: bool) -> str:
    """A specification's status; of an organisation's own, that it is so: never the national one."""
    if not mine:
        return status
    return "own_draft" if status == "draft" else "own"


def _variant(
    variant: variants.VariantFile, whole: SpecificationFile, shared: Mapping[str, Field], mine: bool
) -> Variant:
    fields = tuple(_own(written, shared.get(written.name)) for written in variant.own)
    if variant.form is not None:
        fields = tuple(map(_spelled, fields))
    return Variant(
        name=variant.name,
        title=variant.title or whole.title,
        status=_known_as(variant.status or whole.status, mine),
        source=variant.source or whole.source,
        url=whole.url if variant.url is None else variant.url,
        fields=variant.order,
        required=variant.required,
        either=variant.either,
        names=variant.names,
        own=fields,
        formats=variant.formats,
        headers=variant.headers,
        without=variant.without,
        words=variant.words,
        unless=variant.unless,
        default=variant.default,
        verified=variant.verified,
        forms=_forms(variant),
    )


def _forms(variant: variants.VariantFile) -> tuple[variants.Form, ...]:
    """The layouts that files follow, the specification's own first, where that is not a proposal of
    ours."""
    if variant.form is None:
        return variant.forms
    national = variants.Form(
        name="national",
        title=variant.form,
        kind="national",
        source=variant.source or "",
        columns={variant.names.get(name, name): name for name in variant.order},
    )
    return (national, *variant.forms)


def _united(shared: tuple[Field, ...], several: tuple[Variant, ...]) -> tuple[Field, ...]:
    """The fields of the type, and after them each that a variant alone has; all that any of them is
    called."""
    fields = {spec_field.name: spec_field for spec_field in shared}
    for variant in several:
        for added in variant.own:
            known = fields.get(added.name, added)
            called = dict.fromkeys((*known.synonyms, *added.synonyms))
            fields[added.name] = replace(known, synonyms=tuple(called))
    return tuple(fields.values())


@remembered
def _load(file: Path) -> tuple[Specification, tuple[Field, ...]]:
    """The type with all that any variant of it has, and the fields that they share."""
    mine = file.parent != paths.specifications()
    written = table_schemas.read(file, _taken(file) if mine else ())
    shared = tuple(map(_field, written.fields))
    by_name = {spec_field.name: spec_field for spec_field in shared}
    several = tuple(
        _variant(variant, written, by_name, mine or local)
        for variant, local in variants.read(file.stem, written.fields)
    )
    whole = Specification(
        name=written.name,
        title=written.title,
        status=_known_as(written.status, mine),
        source=written.source,
        url=written.url,
        fields=_united(shared, several),
        signatures=written.recognition.signatures or _mandatory(shared),
        general=written.recognition.general,
        ceiling=written.recognition.ceiling,
        variants=several,
    )
    return whole, shared


def _mandatory(shared: Sequence[Field]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """What tells a type that does not say it: each of its mandatory fields is there."""
    wanted = tuple((spec_field.name,) for spec_field in shared if spec_field.required)
    return (wanted,) if wanted else ()


def _taken(file: Path) -> set[str]:
    """The types that an own one may not be called: ours, and those of the folder read before."""
    before = own.specifications()
    before = before[: before.index(file)] if file in before else []
    return {known.stem for known in (*SPECIFICATIONS.files(), *before)}


def _files() -> dict[str, Path]:
    """The file of each type: of ours, of the organisation's own where ``own`` names a folder."""
    there = [*SPECIFICATIONS.files(), *own.specifications()]
    return {file.stem: file for file in reversed(there)}


def types() -> list[str]:
    """The dataset types there is a specification of, in order of name."""
    return sorted(_files())


def own_types() -> list[str]:
    """Those of them that are the organisation's own, in order of name."""
    return sorted(name for name, file in _files().items() if file.parent != paths.specifications())


def sound(file: Path) -> None:
    """Raises ``ConfigurationError`` where a specification of an own folder is wrong, or has a name
    that is taken, with every fault of the file that is read first."""
    _load(file)


def title_of(type: str, language: str) -> str:
    """What people call the type; of one that there is no specification of, that it is another."""
    file = _files().get(type)
    return _load(file)[0].title[language] if file else text("reporting.other_type", language)


def _of_variant(whole: Specification, shared: tuple[Field, ...], variant: Variant) -> Specification:
    """The variant's fields in its order, and after them, as ``extra``, those that the type's other
    variants share."""
    known = {spec_field.name: spec_field for spec_field in (*shared, *variant.own)}
    order = variant.fields or tuple(known)
    required = (
        {spec_field.name for spec_field in shared if spec_field.required}
        if variant.required is None
        else set(variant.required)
    )
    chosen = [
        replace(known[name], required=name in required, column=variant.names.get(name, ""))
        for name in order
    ]
    rest = [
        replace(spec_field, required=False, extra=True)
        for name, spec_field in known.items()
        if name not in order
    ]
    return replace(
        whole,
        title=variant.title,
        status=variant.status,
        source=variant.source,
        url=variant.url,
        fields=(*chosen, *rest),
        variant=variant.name,
        aspects=variant.verified,
        forms=variant.forms,
        either=variant.either,
    )


def load(type: str, variant: str | None = None) -> Specification:
    """The specification of a dataset type, or of one variant of it: its own fields first, the
    type's others as ``extra``.

    Raises ConfigurationError where there is none, or it is invalid.
    """
    there = _files()
    if type not in there:
        raise ConfigurationError(
            "specifications.unknown", {"type": type, "known": ", ".join(sorted(there))}
        )
    whole, shared = _load(there[type])
    if variant is None:
        return whole
    chosen = next((candidate for candidate in whole.variants if candidate.name == variant), None)
    if chosen is None:
        known = ", ".join(candidate.name for candidate in whole.variants)
        raise ConfigurationError(
            "specifications.unknown_variant", {"type": type, "variant": variant, "known": known}
        )
    return _of_variant(whole, shared, chosen)


def variant_of(
    type: str, columns: list[str], *, file: str = "", format: str | None = None
) -> str | None:
    """Which variant of the type a source follows, by its format, the layout that it has, its
    headers, or words in its file's name; else the default.

    A header that is a field's name may stand there under any name that means this field alone. Of
    several that the headers tell, the one with most of its own; of several words the first in the
    file's name.
    """
    if type not in types():
        return None
    whole = load(type)
    tables = [variant for variant in whole.variants if not variant.formats]
    told = (
        *(variant for variant in whole.variants if format in variant.formats),
        *_by_form(tables, columns),
        *_by_headers(tables, whole, columns),
        *_by_words(tables, fold(file)),
        *(variant for variant in tables if variant.default),
    )
    return told[0].name if told else None


def _by_form(tables: Sequence[Variant], columns: list[str]) -> list[Variant]:
    """The variant of whose layouts the table has most, where it has most of one."""
    told = [(followed.weight, variant) for followed, variant in _telling(columns, tables)]
    return [max(told, key=lambda one: one[0])[1]] if told else []


def _telling(
    columns: list[str], tables: Sequence[Variant]
) -> Iterator[tuple[forms.Followed, Variant]]:
    """The layouts that tell what the table is. One whose columns other variants have too, as names
    and addresses, tells nothing unless all of it is there."""
    for variant in tables:
        followed = forms.followed(columns, variant.forms)
        if followed is None or followed.share < forms.TELLING:
            continue
        others = {
            fold(header)
            for other in tables
            if other is not variant
            for header in (*other.fields, *(name for form in other.forms for name in form.columns))
        }
        if followed.share == 1 or any(fold(column) not in others for column in followed.columns):
            yield followed, variant


def _by_headers(tables: list[Variant], whole: Specification, columns: list[str]) -> list[Variant]:
    """The variants that the headers tell, the one with most evidence first."""
    folded, names = {fold(column) for column in columns}, matching.own_names(whole)

    def there(header: str) -> bool:
        return bool(names.get(header, {fold(header)}) & folded)

    told = [
        variant
        for variant in tables
        if variant.headers
        and all(any(map(there, group)) for group in variant.headers)
        and not any(fold(header) in folded for header in variant.without)
    ]
    evidence = {
        variant.name: sum(there(header) for group in variant.headers for header in group)
        for variant in told
    }
    return sorted(told, key=lambda variant: -evidence[variant.name])


def _by_words(tables: list[Variant], name: str) -> list[Variant]:
    """The variants that a file's name speaks of, the first named first."""

    def place(variant: Variant) -> int:
        kept = name
        for word in variant.unless:
            kept = kept.replace(word, "-" * len(word))
        return min((kept.index(word) for word in variant.words if word in kept), default=-1)

    places = {variant.name: place(variant) for variant in tables}
    told = [variant for variant in tables if places[variant.name] >= 0]
    return sorted(told, key=lambda variant: places[variant.name])


def mandatory(
    specification: Specification, fields: Collection[str], *, placed: bool
) -> tuple[list[str], list[str]]:
    """Names of the mandatory fields, and of those of them that a table with these ``fields`` lacks.
    ``placed``: it has positions, so latitude and longitude lie in its geometry. A field that is
    there in another unit, or for which another is enough, is not lacking."""
    wanted = [spec_field.name for spec_field in specification.fields if spec_field.required]
    there = {*fields, *(("latitude", "longitude") if placed else ())}
    there |= {name for group in specification.either if there & set(group) for name in group}
    return wanted, [name for name in wanted if name not in there and not units.others(name) & there]


def _confidence(columns: list[str], specification: Specification, geometry: bool) -> float:
    matched = match(columns, specification)
    told = {name for name, column in matched.items() if fold(column) not in specification.general}
    present = told | ({"geometry", "latitude", "longitude"} if geometry else set())
    shares = [
        (sum(any(name in present for name in group) for group in groups) / len(groups))
        if any(name in present for name in groups[0])
        else 0.0
        for groups in specification.signatures
    ]
    share = max(shares, default=0.0)
    coverage = len(matched) / len(columns) if columns else 0.0
    by_fields = 0.85 * share**2 + 0.15 * coverage if matched else 0.0
    return round(specification.ceiling * max(by_fields, _by_layout(columns, specification)), 3)


def _by_layout(columns: list[str], specification: Specification) -> float:
    """How much of a layout of one of its variants the table has (0-1), where it has most of it."""
    told = _telling(columns, specification.variants)
    return max((followed.share for followed, _ in told), default=0.0)


def recognise(
    columns: list[str], *, geometry: bool = False, format: str | None = None
) -> tuple[str, float]:
    """The dataset type and the confidence in it (0-1), of two that are as sure the organisation's
    own; 'annan' with 1 - the best guess where that is below 0.5."""
    if format == "gtfs":
        return "rorelsedata", 1.0
    best, confidence = "annan", 0.0
    mine = own_types()
    for name in (*mine, *(name for name in types() if name not in mine)):
        score = _confidence(columns, load(name), geometry)
        if score > confidence:
            best, confidence = name, score
    return (best, confidence) if confidence >= RECOGNISED else ("annan", round(1 - confidence, 3))
