"""Specifications: what a dataset type's fields are, which column is which field, and which type a
table is.

``data/specifications/<type>.yaml`` is a Frictionless Table Schema with synonyms, ``personal`` and
``role`` beside it. Its ``variants`` are the forms that a type has: versions, subtypes, formats;
each with a status and a source of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.words import paths
from helpers.words.errors import ConfigurationError
from helpers.words.files import strict_yaml
from helpers.words.files.ours import Folder, remembered

SPECIFICATIONS = Folder("data/specifications/*.yaml")
STATUSES = ("verified", "reconstructed", "draft")
RECOGNISED = 0.5
# Frictionless Table Schema's types, and the snapshot's names for them.
TYPES = {
    "string": "text",
    "number": "decimal",
    "integer": "integer",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
}


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
    role: str | None = (
        None  # organisation_number, municipality_code, key, amount, date, url, latitude ...
    )
    constraints: dict[str, Any] = field(default_factory=dict)
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
        return self.status == "verified"

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)


@lru_cache(1 << 14)  # screening asks for the same words in every text of a column
def fold(name: str) -> str:
    """A name without case, spaces, punctuation and the dots and rings of å, ä, ö.

    >>> fold("Leverantör ID")
    'leverantorid'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def _field(one: dict[str, Any]) -> Field:
    return Field(
        name=one["name"],
        title=one["title"],
        type=TYPES[one["type"]],
        synonyms=tuple(one.get("synonyms", ())),
        required=bool(one.get("constraints", {}).get("required", False)),
        personal=one.get("personal"),
        role=one.get("role"),
        constraints=one.get("constraints", {}),
        example=one.get("example"),
    )


def _variant(one: dict[str, Any], plain: dict[str, Any], known: set[str]) -> Variant:
    same = {key: one.get(key, plain[key]) for key in ("title", "status", "source", "url")}
    required = one.get("required")
    names = dict(one.get("names", {}))
    if (
        same["status"] not in STATUSES
        or not {*one.get("fields", ()), *(required or ()), *names} <= known
    ):
        raise ValueError(one["name"])
    return Variant(
        name=one["name"],
        fields=tuple(one.get("fields", ())),
        required=None if required is None else tuple(required),
        names=names,
        formats=tuple(one.get("formats", ())),
        headers=tuple(map(tuple, one.get("headers", ()))),
        without=tuple(one.get("without", ())),
        words=tuple(one.get("words", ())),
        default=bool(one.get("default")),
        **same,
    )


@remembered
def _load(file: Path) -> Specification:
    return strict_yaml.built(file, _whole)


def _whole(plain: dict[str, Any]) -> Specification:
    if plain["status"] not in STATUSES:
        raise ValueError("status")
    fields = tuple(_field(one) for one in plain["fields"])
    known = {one.name for one in fields}
    recognition = plain.get("recognition", {})
    return Specification(
        name=plain["name"],
        title=plain["title"],
        status=plain["status"],
        source=plain["source"],
        url=plain["url"],
        fields=fields,
        signatures=tuple(tuple(tuple(g) for g in s) for s in recognition.get("signatures", ())),
        ceiling=float(recognition.get("ceiling", 1.0)),
        variants=tuple(_variant(one, plain, known) for one in plain.get("variants", ())),
    )


def types() -> list[str]:
    """The dataset types there is a specification of, in order of name."""
    return sorted(file.stem for file in SPECIFICATIONS.files())


def _of_variant(whole: Specification, variant: Variant) -> Specification:
    order = list(variant.fields) or [one.name for one in whole.fields]
    required = (
        {one.name for one in whole.fields if one.required}
        if variant.required is None
        else set(variant.required)
    )
    own = [
        replace(whole.field(name), required=name in required, column=variant.names.get(name, ""))
        for name in order
    ]
    rest = [
        replace(one, required=False, extra=True) for one in whole.fields if one.name not in order
    ]
    return replace(
        whole,
        title=variant.title,
        status=variant.status,
        source=variant.source,
        url=variant.url,
        fields=(*own, *rest),
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
    found = next((one for one in whole.variants if one.name == variant), None)
    if found is None:
        known = ", ".join(one.name for one in whole.variants)
        raise ConfigurationError(
            "specifications.unknown_variant", {"type": type, "variant": variant, "known": known}
        )
    return _of_variant(whole, found)


def variant_of(
    type: str, columns: list[str], *, file: str = "", format: str | None = None
) -> str | None:
    """Which variant of the type a source follows, by its format, its headers, or words in its
    file's name; else the default."""
    folded, name = {fold(column) for column in columns}, fold(file)
    variants = load(type).variants if type in types() else ()
    for one in variants:
        if format in one.formats:
            return one.name
    tables = [one for one in variants if not one.formats]
    for one in tables:
        grouped = all(any(fold(header) in folded for header in group) for group in one.headers)
        if one.headers and grouped and not any(fold(header) in folded for header in one.without):
            return one.name
    for one in tables:
        if any(word in name for word in one.words):
            return one.name
    return next((one.name for one in tables if one.default), None)


def short(name: str) -> str:
    """A name folded, without what stands in brackets, what an outer object is called, and with
    ``nr`` for ``nummer``.

    >>> short("Nedladdning (Mbit/s)"), short("position.lat"), short("Organisationsnummer")
    ('nedladdning', 'lat', 'organisationsnr')
    """
    plain = re.sub(r"[(\[][^)\]]*[)\]]", "", name)
    inner = plain.rsplit(".", 1)[-1] if re.fullmatch(r"\w+(?:\.\w+)+", plain.strip()) else plain
    return fold(inner).replace("nummer", "nr")


def match(columns: list[str], specification: Specification) -> dict[str, str]:
    """Field name -> column name, by name, title or synonym folded alike, then in ``short`` form;
    nothing rather than a guess.

    The field's own name wins over synonyms; a column that several fields may be goes to one that
    has no other. Two columns that fold alike match nothing by that name.
    """
    matched: dict[str, str] = {}

    def candidates(one: Field, names: list[str], form: Callable[[str], str]) -> list[str]:
        if one.name in matched:
            return []
        found = [formed[form].get(form(name), []) for name in names]
        return [
            columns[0]
            for columns in found
            if len(columns) == 1 and columns[0] not in matched.values()
        ]

    def take(one: Field, there: list[str]) -> None:
        if there:
            matched[one.name] = there[0]

    formed: dict[Callable[[str], str], dict[str, list[str]]] = {fold: {}, short: {}}
    for column in columns:
        for form, folded in formed.items():
            folded.setdefault(form(column), []).append(column)
    for one in specification.fields:
        take(one, candidates(one, [one.header], fold))
    names = [(one, [one.name, *one.synonyms, *one.title.values()]) for one in specification.fields]
    for form in formed:
        claims = Counter(
            column for one, known in names for column in set(candidates(one, known, form))
        )
        for one, known in names:
            take(one, [column for column in candidates(one, known, form) if claims[column] == 1])
        for one, known in names:
            take(one, candidates(one, known, form))
    return {one.name: matched[one.name] for one in specification.fields if one.name in matched}


def _confidence(columns: list[str], specification: Specification, geometry: bool) -> float:
    matched = match(columns, specification)
    there = set(matched) | ({"geometry", "latitude", "longitude"} if geometry else set())
    share = max(
        (
            (sum(any(name in there for name in group) for group in groups) / len(groups))
            if any(name in there for name in groups[0])
            else 0.0
        )
        for groups in specification.signatures
    )
    coverage = len(matched) / len(columns) if columns else 0.0
    return round(specification.ceiling * (0.85 * share**2 + 0.15 * coverage), 3) if matched else 0.0


def recognise(
    columns: list[str], *, geometry: bool = False, format: str | None = None
) -> tuple[str, float]:
    """The dataset type and the confidence in it (0-1); 'annan' with 1 - the best guess where that
    is below 0.5."""
    if format == "gtfs":
        return "rorelsedata", 1.0
    best, confidence = "annan", 0.0
    for name in types():
        found = _confidence(columns, load(name), geometry)
        if found > confidence:
            best, confidence = name, found
    return (best, confidence) if confidence >= RECOGNISED else ("annan", round(1 - confidence, 3))
